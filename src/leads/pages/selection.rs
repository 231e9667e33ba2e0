//! Which leads a bulk action is about: those ticked, or all that a list shows.

use crate::access::Who;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::Listing;
use crate::leads::bulk::MOST;
use crate::leads::store::{self, Against, Letters};
use crate::statuses;
use crate::web::fields::{Fields, parse_id};

/// The fields that narrow a list, under the names they have in its address.
const FILTERS: [&str; 11] = [
    "q",
    "status",
    "owner",
    "source",
    "state",
    "created_from",
    "created_to",
    "entered_from",
    "entered_to",
    "currency",
    "bin",
];

/// Which leads: those ticked, or all that match.
#[derive(Debug, Clone)]
pub enum Selection {
    Ids(Vec<i64>),
    All {
        listing: Box<Listing>,
        /// How many the form thought there were.
        expect: Option<i64>,
    },
}

impl Selection {
    /// The leads that a form names. `takes` is the field that the action takes for itself and that is the name of a
    /// filter too: the last one sent is the action's; one sent before it is the filter. Ticked rows know no filters.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `ids` for none, or too many.
    pub fn read(fields: &Fields, takes: Option<&str>) -> Result<Selection> {
        if fields.text("scope") == Some("all") {
            return Ok(Selection::All {
                listing: Box::new(filters(fields, takes)),
                expect: fields.text("expect").and_then(|text| text.parse().ok()),
            });
        }
        let mut ids: Vec<i64> = fields.all("ids").into_iter().filter_map(parse_id).collect();
        ids.sort_unstable();
        ids.dedup();
        match ids.len() as i64 {
            0 => Err(refused("lead-bulk-nothing")),
            count if count > MOST => Err(refused("lead-bulk-too-many")),
            _ => Ok(Selection::Ids(ids)),
        }
    }

    /// The filters as hidden fields, where everything that matches was asked for: with the place of the field that
    /// the action `takes` held by an empty one, so that the action's own comes second.
    pub fn filters(&self, takes: Option<&'static str>) -> Option<Vec<(&'static str, String)>> {
        let Selection::All { listing, .. } = self else {
            return None;
        };
        let mut pairs = listing.filter_pairs();
        if let Some(name) = takes
            && pairs.iter().all(|(known, _)| *known != name)
        {
            pairs.push((name, String::new()));
        }
        Some(pairs)
    }

    /// The ids that are meant now, and how many more or less than the form expected.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `ids` for too many; [`Error::Conflict`] if none is left.
    pub fn resolve(&self, conn: &mut Conn, who: &Who) -> Result<(Vec<i64>, i64)> {
        let (listing, expect) = match self {
            Selection::Ids(ids) => return Ok((ids.clone(), 0)),
            Selection::All { listing, expect } => (listing, expect),
        };
        let statuses = statuses::everything(conn)?;
        let letters = Letters::default();
        let against = Against::new(&statuses, who.now, &letters);
        let listing = Listing::clone(listing).for_user(who.user_id);
        let found = store::ids(conn, &listing, against, MOST + 1)?;
        let count = found.len() as i64;
        match count {
            0 => Err(Error::Conflict(Message::new("lead-bulk-none"))),
            count if count > MOST => Err(refused("lead-bulk-too-many")),
            _ => Ok((found, expect.map_or(0, |expect| (count - expect).abs()))),
        }
    }
}

fn refused(key: &'static str) -> Error {
    let told = Message::new(key).with("count", MOST);
    Error::Invalid(FieldErrors::one("ids", told))
}

fn filters(fields: &Fields, takes: Option<&str>) -> Listing {
    let sent = FILTERS.into_iter().filter_map(|name| {
        let values = fields.all(name);
        let is_the_actions = takes == Some(name) && values.len() < 2;
        let first = values.first().filter(|_| !is_the_actions)?;
        Some((name, *first))
    });
    Listing::read(&Fields::from_pairs(sent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(query: &str, takes: Option<&str>) -> String {
        let fields = Fields::from_urlencoded(query.as_bytes()).unwrap();
        match Selection::read(&fields, takes).unwrap() {
            Selection::All { listing, .. } => listing.url(""),
            Selection::Ids(ids) => format!("{ids:?}"),
        }
    }

    #[test]
    fn the_last_value_is_the_actions_and_one_before_it_the_filters() {
        let takes = Some("status");
        assert_eq!(
            filter("scope=all&status=3&status=5&q=a", takes),
            "?q=a&status=3"
        );
        assert_eq!(
            filter("scope=all&status=&status=5&owner=2", takes),
            "?owner=2"
        );
        assert_eq!(filter("scope=all&status=5&owner=me", takes), "?owner=me");
        assert_eq!(filter("scope=all&status=5", None), "?status=5");
        assert_eq!(filter("scope=all&status=5&status=", None), "?status=5");
        assert_eq!(filter("ids=4&ids=2&ids=x&status=5", takes), "[2, 4]");
    }

    #[test]
    fn an_empty_filter_keeps_the_place_of_the_actions_field() {
        let all = Selection::All {
            listing: Box::default(),
            expect: None,
        };
        assert_eq!(
            all.filters(Some("owner")),
            Some(vec![("owner", String::new())])
        );
        assert_eq!(all.filters(None), Some(vec![]));
        assert_eq!(Selection::Ids(vec![1]).filters(Some("owner")), None);
    }

    #[test]
    fn too_many_and_none_at_all_are_refused() {
        let many: Vec<String> = (1..=5_001).map(|id: i64| id.to_string()).collect();
        let many = Fields::from_pairs(many.iter().map(|id| ("ids", id.as_str())));
        for fields in [many, Fields::default(), Fields::from_pairs([("ids", "x")])] {
            assert!(Selection::read(&fields, None).is_err());
        }
    }
}
