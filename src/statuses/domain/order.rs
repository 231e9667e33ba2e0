//! The order of the pipeline: moving one status in it, and replacing the whole of it.

use std::collections::HashSet;

use crate::digest::sha256_hex;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, parse_id};

/// A move of one status in the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PipelineMove {
    Up,
    Down,
    Top,
    Bottom,
    /// To this position, counted from 1; beyond the end means the end.
    To(usize),
}

impl PipelineMove {
    /// The move that a form asks for: `to` is `up`, `down`, `top`, `bottom`, or a position counted from 1;
    /// `to=position`, or no `to`, takes the number in `position`.
    pub fn read(sent: &Fields) -> Result<PipelineMove, FieldErrors> {
        let (field, text) = match sent.text("to").map(str::trim) {
            Some("up") => return Ok(PipelineMove::Up),
            Some("down") => return Ok(PipelineMove::Down),
            Some("top") => return Ok(PipelineMove::Top),
            Some("bottom") => return Ok(PipelineMove::Bottom),
            Some("position") => ("position", sent.text("position")),
            None if sent.has("position") => ("position", sent.text("position")),
            text => ("to", text),
        };
        text.and_then(|number| number.trim().parse().ok())
            .filter(|position| *position >= 1)
            .map(PipelineMove::To)
            .ok_or_else(|| FieldErrors::one(field, Message::new("status-order-position")))
    }
}

/// The pipeline with one status moved; nothing if it is not in it.
pub fn reordered(order: &[i64], id: i64, step: PipelineMove) -> Option<Vec<i64>> {
    let from = order.iter().position(|other| *other == id)?;
    let last = order.len() - 1;
    let to = match step {
        PipelineMove::Up => from.saturating_sub(1),
        PipelineMove::Down => from + 1,
        PipelineMove::Top => 0,
        PipelineMove::Bottom => last,
        PipelineMove::To(position) => position.saturating_sub(1),
    };
    let mut order = order.to_vec();
    order.remove(from);
    order.insert(to.min(last), id);
    Some(order)
}

/// A short hash of an order. A form that moves a status sends it along and is refused if the order has changed.
pub fn order_etag(order: &[i64]) -> String {
    let ids: Vec<String> = order.iter().map(i64::to_string).collect();
    sha256_hex(&ids.join(",")).chars().take(16).collect()
}

/// A new order of the whole pipeline, and the one that it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Reorder {
    pub ids: Vec<i64>,
    pub expect: Option<Vec<i64>>,
}

impl Reorder {
    /// The order that a page or another system sent: `ids`, and `expect` if it was sent.
    pub fn read(sent: &Fields) -> Result<Reorder, FieldErrors> {
        let mut errors = FieldErrors::new();
        let ids = read_ids(sent, "ids", &mut errors);
        let expect = read_ids(sent, "expect", &mut errors);
        if ids.is_none() && errors.is_empty() {
            errors.add("ids", Message::new("status-order-ids"));
        }
        let ids = ids.unwrap_or_default();
        errors.value_or_errors(Reorder { ids, expect })
    }

    /// The new order, if it was made from `current` and names each of its statuses once.
    pub fn check(self, current: &[i64]) -> Result<Vec<i64>> {
        let stale = || Error::StaleOrder(current.to_vec());
        if self
            .expect
            .as_deref()
            .is_some_and(|expect| expect != current)
        {
            return Err(stale());
        }
        let unique: HashSet<i64> = self.ids.iter().copied().collect();
        if unique.len() != self.ids.len() {
            let message = Message::new("status-order-twice");
            return Err(Error::invalid("ids", message));
        }
        if unique != current.iter().copied().collect() {
            if self.expect.is_none() {
                return Err(stale());
            }
            let message = Message::new("status-order-incomplete");
            return Err(Error::invalid("ids", message));
        }
        Ok(self.ids)
    }
}

/// The ids sent under a name: a JSON list, repeated, or in one text with commas.
fn read_ids(sent: &Fields, name: &'static str, errors: &mut FieldErrors) -> Option<Vec<i64>> {
    if !sent.has(name) {
        return None;
    }
    let ids = sent
        .all(name)
        .into_iter()
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(parse_id)
        .collect::<Option<Vec<i64>>>()
        .filter(|ids| !ids.is_empty());
    if ids.is_none() {
        errors.add(name, Message::new("status-order-ids"));
    }
    ids
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn reorder(value: serde_json::Value) -> Result<Reorder, FieldErrors> {
        Reorder::read(&Fields::from_json(value).unwrap())
    }

    #[test]
    fn a_status_moves_by_one_to_an_end_or_to_a_position() {
        let order = [1, 2, 3, 4];
        for (step, expected) in [
            (PipelineMove::Up, [1, 3, 2, 4]),
            (PipelineMove::Down, [1, 2, 4, 3]),
            (PipelineMove::Top, [3, 1, 2, 4]),
            (PipelineMove::Bottom, [1, 2, 4, 3]),
            (PipelineMove::To(1), [3, 1, 2, 4]),
            (PipelineMove::To(3), [1, 2, 3, 4]),
            (PipelineMove::To(usize::MAX), [1, 2, 4, 3]),
        ] {
            assert_eq!(reordered(&order, 3, step).unwrap(), expected, "{step:?}");
        }
        assert_eq!(reordered(&order, 1, PipelineMove::Up).unwrap(), order);
        assert_eq!(reordered(&order, 4, PipelineMove::Down).unwrap(), order);
        assert_eq!(reordered(&order, 9, PipelineMove::Up), None);
        assert_eq!(reordered(&[], 9, PipelineMove::Up), None);
    }

    #[test]
    fn a_form_names_the_target() {
        let step = |pairs: &[(&'static str, &'static str)]| {
            PipelineMove::read(&Fields::from_pairs(pairs.iter().copied()))
        };
        assert_eq!(step(&[("to", "top")]), Ok(PipelineMove::Top));
        assert_eq!(step(&[("to", "7")]), Ok(PipelineMove::To(7)));
        assert_eq!(
            step(&[("to", "position"), ("position", "2")]),
            Ok(PipelineMove::To(2))
        );
        assert!(
            step(&[("to", "position"), ("position", "0")])
                .unwrap_err()
                .at("position")
                .is_some()
        );
        for bad in ["sideways", "-1", "0", "1e3", ""] {
            assert!(
                step(&[("to", bad)]).unwrap_err().at("to").is_some(),
                "{bad}"
            );
        }
        assert!(step(&[]).is_err());
    }

    #[test]
    fn an_order_made_from_an_older_one_is_stale() {
        let sent = reorder(json!({"ids": [3, 1, 2], "expect": [1, 2, 3]})).unwrap();
        assert_eq!(sent.clone().check(&[1, 2, 3]).unwrap(), [3, 1, 2]);
        assert!(matches!(sent.check(&[2, 1, 3]), Err(Error::StaleOrder(now)) if now == [2, 1, 3]));
        let unconditional = reorder(json!({"ids": [3, 1, 2]})).unwrap();
        assert!(matches!(
            unconditional.clone().check(&[1, 2, 3, 4]),
            Err(Error::StaleOrder(_))
        ));
        assert_eq!(unconditional.check(&[1, 2, 3]).unwrap(), [3, 1, 2]);
    }

    #[test]
    fn an_order_names_every_status_once() {
        for ids in [
            json!([1, 2]),
            json!([1, 2, 2]),
            json!([1, 2, 9]),
            json!([1, 2, 3, 4]),
        ] {
            let sent = reorder(json!({"ids": ids, "expect": [1, 2, 3]})).unwrap();
            assert!(
                matches!(sent.check(&[1, 2, 3]), Err(Error::Invalid(_))),
                "{ids}"
            );
        }
        for ids in [
            json!(["x"]),
            json!([]),
            json!([-1]),
            json!([{}]),
            json!(null),
            json!("1e3"),
        ] {
            assert!(
                reorder(json!({"ids": ids}))
                    .unwrap_err()
                    .at("ids")
                    .is_some(),
                "{ids}"
            );
        }
        assert!(reorder(json!({})).unwrap_err().at("ids").is_some());
        assert!(
            reorder(json!({"ids": [1], "expect": "a"}))
                .unwrap_err()
                .at("expect")
                .is_some()
        );
    }

    #[test]
    fn ids_come_repeated_or_with_commas_from_a_page() {
        let sent = Fields::from_urlencoded(b"ids=3,1&ids=2&expect=1%2C2%2C3").unwrap();
        let sent = Reorder::read(&sent).unwrap();
        assert_eq!(sent.check(&[1, 2, 3]).unwrap(), [3, 1, 2]);
    }

    proptest! {
        #[test]
        fn a_move_loses_no_status_and_keeps_the_order_of_the_others(
            length in 1usize..12, index in 0usize..12, target in 1usize..15
        ) {
            let order: Vec<i64> = (1..=length as i64).collect();
            let id = order[index % length];
            let after = reordered(&order, id, PipelineMove::To(target)).unwrap();
            prop_assert_eq!(after.iter().position(|other| *other == id), Some(target.min(length) - 1));
            let others: Vec<i64> = after.into_iter().filter(|other| *other != id).collect();
            prop_assert_eq!(others, order.iter().copied().filter(|other| *other != id).collect::<Vec<_>>());
        }
    }
}
