//! The forms of pages and API calls for moving one lead and for a note about it, before they are checked.

use crate::channel::Channel;
use crate::clock::{Repetition, Zone};
use crate::error::{Error, FieldErrors};
use crate::i18n::{Lang, Message};
use crate::leads::domain::answers::MoveAnswers;
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::text::{Note, Reason};
use crate::records::fields::{Fields, parse_id};
use crate::records::form_value::{FormValue, parse_field, parse_time, parse_version};

/// The form of a move, before it is checked.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveForm {
    pub status: FormValue,
    pub reason: FormValue,
    pub note: FormValue,
    /// When it entered the status; empty means now.
    pub entered_at: FormValue,
    /// `first` or `second` for an hour that a clock change repeats.
    pub entered_hour: FormValue,
    /// The status of the lead when the form was rendered.
    pub from_status: FormValue,
    pub version: FormValue,
    pub channel: FormValue,
    /// The id of the user who is to receive the lead.
    pub offer_to: FormValue,
    /// The answers to the rules of the status, or what is wrong with them.
    pub answers: Result<MoveAnswers, FieldErrors>,
    /// The fields of the lead that change with the move.
    pub changes: Result<LeadForm, FieldErrors>,
}

impl Default for MoveForm {
    fn default() -> MoveForm {
        MoveForm::read(&Fields::default())
    }
}

impl MoveForm {
    /// Reads the form from the body of an API call.
    pub fn read(fields: &Fields) -> MoveForm {
        MoveForm::read_in_lang(fields, None)
    }

    /// Reads the form from that of a page. `lang` is the language of the value of the lead.
    pub fn read_in_lang(fields: &Fields, lang: Option<Lang>) -> MoveForm {
        let value = |name| FormValue::read(fields, name);
        MoveForm {
            status: value("status"),
            reason: value("reason"),
            note: value("note"),
            entered_at: value("entered_at"),
            entered_hour: value("entered_hour"),
            from_status: value("from"),
            version: value("version"),
            channel: value("via"),
            offer_to: value("offer_to"),
            answers: MoveAnswers::read(fields),
            changes: read_changes(fields, lang),
        }
    }

    /// The move, with every error in one answer. Times are those of `zone`.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(&self, zone: Zone) -> Result<Move, FieldErrors> {
        let mut errors = FieldErrors::new();
        let to = parse_field(&mut errors, "status", self.status.simple(), parse_status);
        if to.is_none() && errors.is_empty() {
            errors.add("status", Message::new("lead-move-where"));
        }
        let reason = parse_field(&mut errors, "reason", self.reason.simple(), Reason::parse);
        let note = parse_field(&mut errors, "note", self.note.simple(), Note::parse);
        let hour = Repetition::from_word(self.entered_hour.text());
        let parse_at = |text: &str| parse_time(text, zone, hour, "lead-entered-unreadable");
        let value = self.entered_at.simple();
        let entered_at = parse_field(&mut errors, "entered_at", value, parse_at);
        parse_field(&mut errors, "version", self.version.simple(), parse_version);
        let answers = self.answers.clone().unwrap_or_else(|more| {
            errors.extend(more);
            MoveAnswers::default()
        });
        let changes = self.changes.clone().unwrap_or_else(|more| {
            errors.extend(more);
            LeadForm::default()
        });
        match to {
            Some(to) if errors.is_empty() => Ok(Move {
                reason: reason.unwrap_or_default(),
                note: note.unwrap_or_default(),
                entered_at: entered_at.flatten(),
                zone,
                answers,
                changes: Box::new(changes),
                ..Move::new(to, self.channel())
            }),
            _ => Err(errors),
        }
    }

    /// The channel that the form names.
    pub fn channel(&self) -> Channel {
        match self.channel.text() {
            "board" => Channel::Board,
            _ => Channel::Ui,
        }
    }

    /// True if the lead had another status or version when the form was rendered.
    pub fn is_stale(&self, status: i64, current: i32) -> bool {
        let differs = |old: &FormValue, now: String| !old.text().is_empty() && old.text() != now;
        differs(&self.from_status, status.to_string())
            || differs(&self.version, current.to_string())
    }
}

/// The fields of the lead that change with the move: the members of `fields`.
fn read_changes(fields: &Fields, lang: Option<Lang>) -> Result<LeadForm, FieldErrors> {
    match fields.object("fields") {
        Ok(None) => Ok(LeadForm::default()),
        Ok(Some(members)) => Ok(match lang {
            Some(lang) => LeadForm::read_in_lang(&members, lang),
            None => LeadForm::read(&members),
        }),
        Err(Error::Invalid(errors)) => Err(errors),
        Err(_) => Err(FieldErrors::one(
            "fields",
            Message::new("web-input-not-object"),
        )),
    }
}

fn parse_status(text: &str) -> Result<i64, Message> {
    match text.trim() {
        "" => Err(Message::new("lead-move-where")),
        text => parse_id(text).ok_or_else(|| Message::new("lead-status-unknown")),
    }
}

/// Checks the text of a note.
///
/// # Errors
/// A message at `note`.
pub fn parse_note(value: &FormValue) -> Result<Note, FieldErrors> {
    let mut errors = FieldErrors::new();
    let note = parse_field(&mut errors, "note", value.simple(), Note::parse);
    errors.value_or_errors(note.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(pairs: &[(&str, &str)]) -> Vec<String> {
        let form = MoveForm::read(&Fields::from_pairs(pairs.iter().copied()));
        let errors = form.parse(Zone::UTC).unwrap_err();
        errors.iter().map(|(field, _)| field.to_owned()).collect()
    }

    #[test]
    fn all_errors_of_a_move_are_reported_together() {
        let long = "x".repeat(201);
        let pairs = [
            ("reason", long.as_str()),
            ("note", "\u{7}"),
            ("entered_at", "yesterday"),
        ];
        assert_eq!(errors(&pairs), ["status", "reason", "note", "entered_at"]);
        assert_eq!(errors(&[("status", "01")]), ["status"]);
    }

    #[test]
    fn a_form_is_stale_once_the_lead_has_another_status_or_version() {
        let form = MoveForm::read(&Fields::from_pairs([("from", "3")]));
        assert!(!form.is_stale(3, 9) && form.is_stale(4, 9));
        let form = MoveForm::read(&Fields::from_pairs([("version", "9")]));
        assert!(!form.is_stale(3, 9) && form.is_stale(3, 10));
    }
}
