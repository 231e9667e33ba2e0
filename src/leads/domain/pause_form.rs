//! The form for pausing one lead, before it is checked.

use crate::clock::{Repetition, Zone};
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::leads::domain::pause::{PauseEnd, REASON_MISSING};
use crate::leads::domain::text::Reason;
use crate::records::fields::Fields;
use crate::records::form_value::{FormValue, parse_field};

/// The form of a pause. An empty day without a reason ends the pause.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PauseForm {
    pub until: FormValue,
    pub reason: FormValue,
}

impl PauseForm {
    /// Reads the form.
    pub fn read(fields: &Fields) -> PauseForm {
        PauseForm {
            until: FormValue::read(fields, "until"),
            reason: FormValue::read(fields, "reason"),
        }
    }

    /// True if this can be the button that ends a pause: the form that starts one always sends a reason.
    pub fn is_resuming(&self) -> bool {
        self.until.is_sent() && !self.reason.is_sent()
    }

    /// The end of the pause, a day in `zone`, and the reason. The end of the `current` pause as the API shows it stays
    /// as it is, whatever day of whichever zone it was. `can_resume` lets an empty form mean the end of the pause: no
    /// day, no reason.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(
        &self,
        can_resume: bool,
        zone: Zone,
        current: Option<PauseEnd>,
    ) -> Result<(Option<PauseEnd>, Reason), FieldErrors> {
        if can_resume && self.until.is_blank() && self.reason.is_blank() {
            return Ok((None, Reason::default()));
        }
        let mut errors = FieldErrors::new();
        let parse = |text: &str| match current {
            Some(current) if text.trim() == current.at.rfc3339() => Ok(current),
            _ => parse_day(text, zone),
        };
        let until = parse_field(&mut errors, "until", self.until.simple(), parse);
        if until.is_none() && errors.at("until").is_none() {
            errors.add("until", Message::new("lead-pause-day-missing"));
        }
        let reason = parse_field(&mut errors, "reason", self.reason.simple(), parse_reason);
        if reason.is_none() && errors.at("reason").is_none() {
            errors.add("reason", Message::new(REASON_MISSING));
        }
        errors.value_or_errors((until, reason.unwrap_or_default()))
    }
}

fn parse_reason(text: &str) -> Result<Reason, Message> {
    Reason::required(text, REASON_MISSING)
}

/// The pause until a day, which may be given as an instant.
///
/// # Errors
/// The sentence to show.
pub fn parse_day(text: &str, zone: Zone) -> Result<PauseEnd, Message> {
    if text.trim().is_empty() {
        return Err(Message::new("lead-pause-day-missing"));
    }
    // Only the day of an instant matters.
    let moment = zone.read(text, Some(Repetition::First)).ok();
    let end = moment.and_then(|moment| PauseEnd::of_day(zone.day(moment), zone));
    end.ok_or_else(|| Message::new("lead-pause-unreadable"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_ends_at_the_first_moment_of_a_day() {
        let zone = Zone::parse("Europe/Bucharest").unwrap();
        let form = |until| {
            let pairs = [("until", until), ("reason", "away")];
            PauseForm::read(&Fields::from_pairs(pairs)).parse(true, zone, None)
        };
        let day = PauseEnd::of_day("2026-05-10".parse().unwrap(), zone);
        assert_eq!(day.unwrap().at.rfc3339(), "2026-05-09T21:00:00Z");
        assert_eq!(form("2026-05-10").unwrap().0, day);
        assert_eq!(form("2026-05-10T11:00").unwrap().0, day);
        assert!(form("").is_err() && form("soon").is_err());
    }

    #[test]
    fn the_end_of_a_pause_can_be_sent_as_it_is_read() {
        let zone = Zone::parse("Europe/Bucharest").unwrap();
        let current = PauseEnd::of_day("2026-05-10".parse().unwrap(), zone);
        let pairs = [("until", "2026-05-09T21:00:00Z"), ("reason", "away")];
        let form = PauseForm::read(&Fields::from_pairs(pairs));
        assert_eq!(form.parse(true, Zone::UTC, current).unwrap().0, current);
        let other = PauseEnd::of_day("2026-05-09".parse().unwrap(), Zone::UTC);
        assert_eq!(form.parse(true, Zone::UTC, None).unwrap().0, other);
    }

    #[test]
    fn only_an_empty_day_without_a_reason_ends_a_pause() {
        let form = |pairs: &[(&str, &str)], can_resume| {
            let form = PauseForm::read(&Fields::from_pairs(pairs.iter().copied()));
            let result = form.parse(can_resume, Zone::UTC, None);
            let result = result.map(|(until, _)| until);
            let names = |errors: FieldErrors| -> Vec<String> {
                errors.iter().map(|(field, _)| field.to_owned()).collect()
            };
            result.map_err(names)
        };
        let empty = [("until", ""), ("reason", " ")];
        assert_eq!(form(&empty, true), Ok(None));
        assert_eq!(
            form(&empty, false),
            Err(vec!["until".to_owned(), "reason".to_owned()])
        );
        let only_reason = [("until", ""), ("reason", "away")];
        assert_eq!(form(&only_reason, true), Err(vec!["until".to_owned()]));
        assert_eq!(
            form(&[("until", "2026-05-10")], true),
            Err(vec!["reason".to_owned()])
        );
    }
}
