//! The form of a bulk action, before it is checked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::channel::Channel;
use crate::clock::{Repetition, Timestamp, Zone};
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::leads::domain::answers::MoveAnswers;
use crate::leads::domain::bulk_action::{BulkAction, BulkActionKind};
use crate::leads::domain::lead::parse_owner;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::pause::{PauseEnd, REASON_MISSING, check_until};
use crate::leads::domain::text::{Note, Reason, TextLine};
use crate::records::fields::{Fields, parse_optional_id};
use crate::records::form_value::parse_time;

/// The form value for no owner; an empty one is not filled in yet.
pub const UNASSIGNED: &str = "none";

/// The texts of the form of a bulk action. The last value counts if one was sent twice.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    /// The id of the status that leads enter.
    pub status: String,
    /// When they entered the status.
    pub entered_at: String,
    /// `first` or `second` for an hour that a clock change repeats.
    pub entered_hour: String,
    /// A user's id, or `none`.
    pub owner: String,
    /// The day on which a pause ends.
    pub until: String,
    pub reason: String,
    pub note: String,
    /// True if this can be the button that ends a pause: the form that starts one always sends a reason.
    pub is_resuming: bool,
    /// The time zone of days and hours.
    pub zone: Zone,
    /// The answers to the rules of the status, for all leads.
    pub answers: MoveAnswers,
    /// The errors in the answers.
    #[serde(skip)]
    pub answer_errors: FieldErrors,
}

impl BulkForm {
    /// Reads the form from what a browser sent; its times are those of `zone`.
    pub fn read(fields: &Fields, zone: Zone) -> BulkForm {
        let text = |name| fields.text(name).unwrap_or_default().to_owned();
        let answers = MoveAnswers::read(fields);
        BulkForm {
            status: text("status"),
            entered_at: text("entered_at"),
            entered_hour: text("entered_hour"),
            owner: text("owner"),
            until: text("until"),
            reason: text("reason"),
            note: text("note"),
            is_resuming: fields.text("until").is_some() && fields.text("reason").is_none(),
            zone,
            answers: answers.clone().unwrap_or_default(),
            answer_errors: answers.err().unwrap_or_default(),
        }
    }

    /// The action, or `None` until the form has all that it needs. An empty day ends a pause if the button for that was
    /// pressed and confirmed.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(
        &self,
        kind: BulkActionKind,
        is_confirmed: bool,
        now: Timestamp,
    ) -> Result<Option<BulkAction>, FieldErrors> {
        let mut errors = FieldErrors::new();
        let action = match kind {
            BulkActionKind::Move => self.parse_move(&mut errors),
            BulkActionKind::Assign => self.parse_assign(&mut errors),
            BulkActionKind::Pause => self.parse_pause(&mut errors, is_confirmed, now),
            BulkActionKind::Note => errors
                .check("note", Note::parse(&self.note))
                .filter(|note| !note.is_empty())
                .map(BulkAction::Note),
            BulkActionKind::Delete => Some(BulkAction::Delete),
            BulkActionKind::Restore => Some(BulkAction::Restore),
        };
        errors.value_or_errors(action)
    }

    /// The errors for values that are missing.
    pub fn missing_errors(&self, kind: BulkActionKind) -> FieldErrors {
        let (field, key) = match kind {
            BulkActionKind::Move => ("status", "lead-bulk-no-status"),
            BulkActionKind::Assign => ("owner", "lead-bulk-no-owner"),
            BulkActionKind::Pause => return self.missing_pause_errors(),
            _ => ("note", "lead-note-missing"),
        };
        FieldErrors::one(field, Message::new(key))
    }

    /// The errors for a pause without a day or a reason.
    fn missing_pause_errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if self.until.trim().is_empty() {
            errors.add("until", Message::new("lead-pause-day-missing"));
        }
        errors.check("reason", Reason::required(&self.reason, REASON_MISSING));
        errors
    }

    fn parse_move(&self, errors: &mut FieldErrors) -> Option<BulkAction> {
        let status = parse_optional_id(&self.status, "lead-status-unknown");
        let hour = Repetition::from_word(&self.entered_hour);
        let entered_at = parse_time(&self.entered_at, self.zone, hour, "lead-bulk-moment");
        let to = errors.check("status", status).flatten();
        let reason = errors.check("reason", TextLine::parse(&self.reason));
        let note = errors.check("note", Note::parse(&self.note));
        let entered_at = errors.check("entered_at", entered_at);
        errors.extend(self.answer_errors.clone());
        Some(BulkAction::Move(Move {
            reason: reason?,
            note: note?,
            entered_at: entered_at?,
            zone: self.zone,
            answers: self.answers.clone(),
            ..Move::new(to?, Channel::Bulk)
        }))
    }

    fn parse_assign(&self, errors: &mut FieldErrors) -> Option<BulkAction> {
        let owner = match self.owner.trim() {
            "" => return None,
            UNASSIGNED => Ok(None),
            text => parse_owner(text),
        };
        errors.check("owner", owner).map(BulkAction::Assign)
    }

    fn parse_pause(
        &self,
        errors: &mut FieldErrors,
        is_confirmed: bool,
        now: Timestamp,
    ) -> Option<BulkAction> {
        let reason: Option<Reason> = errors.check("reason", TextLine::parse(&self.reason));
        let until = match self.until.trim() {
            "" if is_confirmed && self.is_resuming => Ok(None),
            "" => return None,
            text => parse_day(text, self.zone, now).map(Some),
        };
        let (until, reason) = (errors.check("until", until), reason?);
        if is_confirmed && matches!(until, Some(Some(_))) && reason.is_empty() {
            errors.add("reason", Message::new(REASON_MISSING));
        }
        // Without day and reason there is no action yet.
        let until = until.filter(|until| until.is_none() || !reason.is_empty())?;
        Some(BulkAction::Pause { until, reason })
    }
}

/// The start of a day on which a pause may end.
fn parse_day(text: &str, zone: Zone, now: Timestamp) -> Result<PauseEnd, Message> {
    let day: Option<NaiveDate> = text.parse().ok();
    let end = day.and_then(|day| PauseEnd::of_day(day, zone));
    let end = end.ok_or_else(|| Message::new("lead-bulk-day"))?;
    check_until(end.at, now).map(|()| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_424_400_000_000); // 2026-11-23 09:00 UTC

    fn parse(
        kind: BulkActionKind,
        pairs: &[(&str, &str)],
    ) -> Result<Option<BulkAction>, Vec<String>> {
        let form = BulkForm::read(&Fields::from_pairs(pairs.iter().copied()), Zone::UTC);
        let names =
            |errors: FieldErrors| errors.iter().map(|(field, _)| field.to_owned()).collect();
        form.parse(kind, false, NOW).map_err(names)
    }

    fn refused(fields: &[&str]) -> Result<Option<BulkAction>, Vec<String>> {
        Err(fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn an_action_without_its_value_is_none() {
        for kind in [
            BulkActionKind::Move,
            BulkActionKind::Assign,
            BulkActionKind::Pause,
            BulkActionKind::Note,
        ] {
            assert_eq!(parse(kind, &[("note", " ")]), Ok(None), "{kind:?}");
        }
        assert_eq!(
            parse(BulkActionKind::Delete, &[]),
            Ok(Some(BulkAction::Delete))
        );
    }

    #[test]
    fn no_owner_can_be_chosen() {
        let parse_owner = |owner| parse(BulkActionKind::Assign, &[("owner", owner)]);
        assert_eq!(parse_owner("none"), Ok(Some(BulkAction::Assign(None))));
        assert_eq!(parse_owner("7"), Ok(Some(BulkAction::Assign(Some(7)))));
        assert_eq!(parse_owner("me"), refused(&["owner"]));
    }

    #[test]
    fn all_errors_are_reported_together() {
        let long = "x".repeat(201);
        let errors = parse(
            BulkActionKind::Move,
            &[("status", "01"), ("entered_at", "soon"), ("reason", &long)],
        );
        assert_eq!(errors, refused(&["status", "reason", "entered_at"]));
        for until in ["2026-11-23", "31.12.2026", "9999-12-31", "x"] {
            assert_eq!(
                parse(BulkActionKind::Pause, &[("until", until)]),
                refused(&["until"])
            );
        }
    }

    #[test]
    fn an_empty_day_without_a_reason_field_ends_a_pause() {
        let form = |pairs: &[(&str, &str)]| {
            BulkForm::read(&Fields::from_pairs(pairs.iter().copied()), Zone::UTC).parse(
                BulkActionKind::Pause,
                true,
                NOW,
            )
        };
        let ended = form(&[("until", "")]);
        let expected = BulkAction::Pause {
            until: None,
            reason: TextLine::default(),
        };
        assert_eq!(ended, Ok(Some(expected)));
        assert_eq!(form(&[("until", ""), ("reason", "away")]), Ok(None));
        assert_eq!(form(&[]), Ok(None));
        for reason in [None, Some(("reason", " "))] {
            let pairs = [Some(("until", "2026-12-24")), reason];
            let pairs: Vec<_> = pairs.into_iter().flatten().collect();
            assert!(form(&pairs).unwrap_err().at("reason").is_some());
        }
    }
}
