//! What someone chose to do to several leads, as it was typed.

use chrono::NaiveDate;

use super::bulk::Act;
use super::pause::NO_REASON;
use super::text::{Line, Note, Reason};
use super::{Move, Rights, Via, changes};
use crate::access::Permission;
use crate::clock::{DAY, Timestamp};
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::web::fields::{Fields, parse_id};

/// The word for nobody where an owner is chosen: an empty choice is none.
pub const NOBODY: &str = "none";

/// What can be done to several leads at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Move,
    Assign,
    Pause,
    Note,
    Delete,
    Restore,
}

impl Verb {
    const ALL: [Verb; 6] = [
        Verb::Move,
        Verb::Assign,
        Verb::Pause,
        Verb::Note,
        Verb::Restore,
        Verb::Delete,
    ];

    /// The word in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Verb::Move => "move",
            Verb::Assign => "assign",
            Verb::Pause => "pause",
            Verb::Note => "note",
            Verb::Delete => "delete",
            Verb::Restore => "restore",
        }
    }

    /// The verb of a word.
    pub fn from_word(word: &str) -> Option<Verb> {
        Verb::ALL.into_iter().find(|verb| verb.as_str() == word)
    }

    /// The catalogue key of its button.
    pub fn key(self) -> &'static str {
        match self {
            Verb::Move => "lead-act-move",
            Verb::Assign => "lead-act-assign",
            Verb::Pause => "lead-act-pause",
            Verb::Note => "lead-act-note",
            Verb::Delete => "lead-act-delete",
            Verb::Restore => "lead-act-restore",
        }
    }

    /// The name of its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Verb::Move => "circle-arrow-right",
            Verb::Assign => "user-plus",
            Verb::Pause => "circle-pause",
            Verb::Note => "message-square",
            Verb::Delete => "trash-2",
            Verb::Restore => "archive-restore",
        }
    }

    /// What it asks of those who do it.
    pub fn permission(self) -> Permission {
        match self {
            Verb::Move | Verb::Pause | Verb::Note => Permission::LeadsWrite,
            Verb::Assign | Verb::Delete | Verb::Restore => Permission::LeadsManage,
        }
    }

    /// The field that it takes and that is a filter's name too.
    pub fn takes(self) -> Option<&'static str> {
        match self {
            Verb::Move => Some("status"),
            Verb::Assign => Some("owner"),
            _ => None,
        }
    }

    /// What someone may do to leads of a list, or to those in the bin.
    pub fn offered(rights: Rights, is_bin: bool) -> Vec<Verb> {
        let offered = Verb::ALL.into_iter().filter(|verb| {
            let is_allowed = match verb.permission() {
                Permission::LeadsManage => rights.may_manage,
                _ => rights.may_write,
            };
            is_allowed && (*verb == Verb::Restore) == is_bin
        });
        offered.collect()
    }

    /// The act as it is judged before anything was chosen for it.
    pub(super) fn any(self, now: Timestamp) -> Act {
        match self {
            Verb::Move => Act::Move(Move::new(0, Via::Bulk)),
            Verb::Assign => Act::Assign(None),
            Verb::Pause => Act::Pause {
                until: Some(Timestamp(now.0 + DAY)),
                reason: Line::default(),
            },
            Verb::Note => Act::Note(Note::default()),
            Verb::Delete => Act::Delete,
            Verb::Restore => Act::Restore,
        }
    }
}

/// The values of an action as they were typed; of a field sent twice the last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BulkForm {
    /// The id of the status that leads enter.
    pub status: String,
    /// When they entered it.
    pub entered_at: String,
    /// A user's id, or `none`.
    pub owner: String,
    /// A day.
    pub until: String,
    pub reason: String,
    pub note: String,
    /// True if it may be the button that takes leads up again: the form of a pause always sends a reason.
    pub is_resuming: bool,
}

impl BulkForm {
    /// The form in what a browser sent.
    pub fn read(fields: &Fields) -> BulkForm {
        let text = |name| fields.text(name).unwrap_or_default().to_owned();
        BulkForm {
            status: text("status"),
            entered_at: text("entered_at"),
            owner: text("owner"),
            until: text("until"),
            reason: text("reason"),
            note: text("note"),
            is_resuming: fields.text("until").is_some() && fields.text("reason").is_none(),
        }
    }

    /// What is to be done; nothing as long as something isn't chosen that must be. An empty day ends a pause
    /// if the button for that was pressed, and confirmed.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(
        &self,
        verb: Verb,
        is_confirmed: bool,
        now: Timestamp,
    ) -> Result<Option<Act>, FieldErrors> {
        let mut errors = FieldErrors::new();
        let act = match verb {
            Verb::Move => self.moved(&mut errors),
            Verb::Assign => self.assigned(&mut errors),
            Verb::Pause => self.paused(&mut errors, is_confirmed, now),
            Verb::Note => kept(&mut errors, "note", Note::parse(&self.note))
                .filter(|note| !note.is_empty())
                .map(Act::Note),
            Verb::Delete => Some(Act::Delete),
            Verb::Restore => Some(Act::Restore),
        };
        match errors.is_empty() {
            true => Ok(act),
            false => Err(errors),
        }
    }

    /// What to say where nothing was chosen.
    pub fn missing(&self, verb: Verb) -> FieldErrors {
        let (field, key) = match verb {
            Verb::Move => ("status", "lead-bulk-no-status"),
            Verb::Assign => ("owner", "lead-bulk-no-owner"),
            Verb::Pause => return self.unfounded(),
            _ => ("note", "lead-note-missing"),
        };
        FieldErrors::one(field, Message::new(key))
    }

    /// What is missing of a pause.
    fn unfounded(&self) -> FieldErrors {
        let mut errors = FieldErrors::new();
        if self.until.trim().is_empty() {
            errors.add("until", Message::new("lead-pause-day-missing"));
        }
        kept(
            &mut errors,
            "reason",
            Reason::required(&self.reason, NO_REASON),
        );
        errors
    }

    fn moved(&self, errors: &mut FieldErrors) -> Option<Act> {
        let status = match self.status.trim() {
            "" => Ok(None),
            typed => parse_id(typed)
                .map(Some)
                .ok_or_else(|| Message::new("lead-status-unknown")),
        };
        let entered_at = match self.entered_at.trim() {
            "" => Ok(None),
            typed => Timestamp::parse(typed)
                .map(Some)
                .ok_or_else(|| Message::new("lead-bulk-moment")),
        };
        let to = kept(errors, "status", status).flatten();
        let reason = kept(errors, "reason", Line::parse(&self.reason));
        let note = kept(errors, "note", Note::parse(&self.note));
        let entered_at = kept(errors, "entered_at", entered_at);
        Some(Act::Move(Move {
            reason: reason?,
            note: note?,
            entered_at: entered_at?,
            ..Move::new(to?, Via::Bulk)
        }))
    }

    fn assigned(&self, errors: &mut FieldErrors) -> Option<Act> {
        let owner = match self.owner.trim() {
            "" => return None,
            NOBODY => Ok(None),
            typed => parse_id(typed)
                .map(Some)
                .ok_or_else(|| Message::new("lead-owner-unknown")),
        };
        kept(errors, "owner", owner).map(Act::Assign)
    }

    fn paused(&self, errors: &mut FieldErrors, is_confirmed: bool, now: Timestamp) -> Option<Act> {
        let reason: Option<Reason> = kept(errors, "reason", Line::parse(&self.reason));
        let until = match self.until.trim() {
            "" if is_confirmed && self.is_resuming => Ok(None),
            "" => return None,
            typed => day(typed, now).map(Some),
        };
        let (until, reason) = (kept(errors, "until", until), reason?);
        if is_confirmed && matches!(until, Some(Some(_))) && reason.is_empty() {
            errors.add("reason", Message::new(NO_REASON));
        }
        // Until both are there, it is asked what is missing.
        let until = until.filter(|until| until.is_none() || !reason.is_empty())?;
        Some(Act::Pause { until, reason })
    }
}

/// The first moment of a day that a pause may last until.
fn day(typed: &str, now: Timestamp) -> Result<Timestamp, Message> {
    let day: Option<NaiveDate> = typed.parse().ok();
    let until = day
        .and_then(Timestamp::of_day)
        .ok_or_else(|| Message::new("lead-bulk-day"))?;
    match changes::check_until(until, now) {
        Err(crate::error::Error::Invalid(errors)) => Err(errors
            .at("until")
            .cloned()
            .unwrap_or_else(|| Message::new("lead-bulk-day"))),
        _ => Ok(until),
    }
}

fn kept<T>(errors: &mut FieldErrors, field: &'static str, value: Result<T, Message>) -> Option<T> {
    match value {
        Ok(value) => Some(value),
        Err(message) => {
            errors.add(field, message);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_424_400_000_000); // 2026-11-23 09:00 UTC

    fn parse(verb: Verb, pairs: &[(&str, &str)]) -> Result<Option<Act>, Vec<&'static str>> {
        let form = BulkForm::read(&Fields::from_pairs(pairs.iter().copied()));
        let named = |errors: FieldErrors| errors.iter().map(|(field, _)| *field).collect();
        form.parse(verb, false, NOW).map_err(named)
    }

    #[test]
    fn nothing_is_done_before_it_is_chosen() {
        for verb in [Verb::Move, Verb::Assign, Verb::Pause, Verb::Note] {
            assert_eq!(parse(verb, &[("note", " ")]), Ok(None), "{verb:?}");
        }
        assert_eq!(parse(Verb::Delete, &[]), Ok(Some(Act::Delete)));
    }

    #[test]
    fn nobody_is_a_choice_of_its_own() {
        let chosen = |owner| parse(Verb::Assign, &[("owner", owner)]);
        assert_eq!(chosen("none"), Ok(Some(Act::Assign(None))));
        assert_eq!(chosen("7"), Ok(Some(Act::Assign(Some(7)))));
        assert_eq!(chosen("me"), Err(vec!["owner"]));
    }

    #[test]
    fn every_error_comes_in_one_answer() {
        let long = "x".repeat(201);
        let told = parse(
            Verb::Move,
            &[("status", "01"), ("entered_at", "soon"), ("reason", &long)],
        );
        assert_eq!(told, Err(vec!["status", "reason", "entered_at"]));
        for until in ["2026-11-23", "31.12.2026", "9999-12-31", "x"] {
            assert_eq!(parse(Verb::Pause, &[("until", until)]), Err(vec!["until"]));
        }
    }

    #[test]
    fn a_pause_ends_by_the_button_for_that_once_it_is_confirmed() {
        let form = |pairs: &[(&str, &str)]| {
            BulkForm::read(&Fields::from_pairs(pairs.iter().copied())).parse(Verb::Pause, true, NOW)
        };
        let ended = form(&[("until", "")]);
        let expected = Act::Pause {
            until: None,
            reason: Line::default(),
        };
        assert_eq!(ended, Ok(Some(expected)));
        assert_eq!(form(&[("until", ""), ("reason", "away")]), Ok(None));
        assert_eq!(form(&[]), Ok(None));
        for reason in [None, Some(("reason", " "))] {
            let sent = [Some(("until", "2026-12-24")), reason];
            let sent: Vec<_> = sent.into_iter().flatten().collect();
            assert!(form(&sent).unwrap_err().at("reason").is_some());
        }
    }
}
