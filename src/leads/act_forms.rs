use super::Move;
use super::Via;
use super::pause::NO_REASON;
use super::text::{Note, Reason};
use crate::clock::Timestamp;
use crate::error::FieldErrors;
use crate::i18n::Message;
use crate::web::fields::{Fields, parse_id};
use crate::web::{Raw, take, version};

/// A move as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MoveForm {
    pub status: Raw,
    pub reason: Raw,
    pub note: Raw,
    /// When it entered the status, in UTC; empty for now.
    pub entered_at: Raw,
    /// The status that the lead was in when the form was made.
    pub from: Raw,
    pub version: Raw,
    pub via: Raw,
}

impl MoveForm {
    /// The form in what a browser sent.
    pub fn read(fields: &Fields) -> MoveForm {
        let raw = |name| Raw::read(fields, name);
        MoveForm {
            status: raw("status"),
            reason: raw("reason"),
            note: raw("note"),
            entered_at: raw("entered_at"),
            from: raw("from"),
            version: raw("version"),
            via: raw("via"),
        }
    }

    /// The move, with every error in one answer.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(&self) -> Result<Move, FieldErrors> {
        let mut errors = FieldErrors::new();
        let to = take(&mut errors, "status", self.status.simple(), target);
        if to.is_none() && errors.is_empty() {
            errors.add("status", Message::new("lead-move-where"));
        }
        let reason = take(&mut errors, "reason", self.reason.simple(), Reason::parse);
        let note = take(&mut errors, "note", self.note.simple(), Note::parse);
        let entered_at = take(&mut errors, "entered_at", self.entered_at.simple(), moment);
        take(&mut errors, "version", self.version.simple(), version);
        match to {
            Some(to) if errors.is_empty() => Ok(Move {
                reason: reason.unwrap_or_default(),
                note: note.unwrap_or_default(),
                entered_at: entered_at.flatten(),
                ..Move::new(to, self.via())
            }),
            _ => Err(errors),
        }
    }

    /// The door that the form says it stands in.
    fn via(&self) -> Via {
        match self.via.text() {
            "board" => Via::Board,
            _ => Via::Ui,
        }
    }

    /// True if the form was made when the lead was elsewhere, or in another version.
    pub fn is_overtaken(&self, status: i64, current: i32) -> bool {
        let differs = |raw: &Raw, now: String| !raw.text().is_empty() && raw.text() != now;
        differs(&self.from, status.to_string()) || differs(&self.version, current.to_string())
    }
}

fn target(typed: &str) -> Result<i64, Message> {
    match typed.trim() {
        "" => Err(Message::new("lead-move-where")),
        typed => parse_id(typed).ok_or_else(|| Message::new("lead-status-unknown")),
    }
}

fn moment(typed: &str) -> Result<Option<Timestamp>, Message> {
    match typed.trim() {
        "" => Ok(None),
        typed => Timestamp::parse(typed)
            .map(Some)
            .ok_or_else(|| Message::new("lead-entered-unreadable")),
    }
}

/// A pause as it was typed. An empty day without a reason takes the lead up again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PauseForm {
    pub until: Raw,
    pub reason: Raw,
}

impl PauseForm {
    /// The form in what a browser sent.
    pub fn read(fields: &Fields) -> PauseForm {
        PauseForm {
            until: Raw::read(fields, "until"),
            reason: Raw::read(fields, "reason"),
        }
    }

    /// True if it may be the button that takes a lead up again: the form of a pause always sends a reason, if only
    /// an empty one.
    pub fn is_resuming(&self) -> bool {
        self.until.is_sent() && !self.reason.is_sent()
    }

    /// The first moment of the day, if there is one, and the reason; neither where an empty day `may_resume` and
    /// nothing was written.
    ///
    /// # Errors
    /// Messages at the fields.
    pub fn parse(&self, may_resume: bool) -> Result<(Option<Timestamp>, Reason), FieldErrors> {
        if may_resume && self.until.is_blank() && self.reason.is_blank() {
            return Ok((None, Reason::default()));
        }
        let mut errors = FieldErrors::new();
        let until = take(&mut errors, "until", self.until.simple(), day);
        if until.is_none() && errors.at("until").is_none() {
            errors.add("until", Message::new("lead-pause-day-missing"));
        }
        let reason = take(&mut errors, "reason", self.reason.simple(), why);
        if reason.is_none() && errors.at("reason").is_none() {
            errors.add("reason", Message::new(NO_REASON));
        }
        match errors.is_empty() {
            true => Ok((until, reason.unwrap_or_default())),
            false => Err(errors),
        }
    }
}

fn why(typed: &str) -> Result<Reason, Message> {
    Reason::required(typed, NO_REASON)
}

fn day(typed: &str) -> Result<Timestamp, Message> {
    let unreadable = || Message::new("lead-pause-unreadable");
    match typed.trim() {
        "" => Err(Message::new("lead-pause-day-missing")),
        typed => {
            let moment = Timestamp::parse(typed).ok_or_else(unreadable)?;
            Timestamp::of_day(moment.date()).ok_or_else(unreadable)
        }
    }
}

/// A note as it was typed.
///
/// # Errors
/// A message at `note`.
pub fn note(typed: &Raw) -> Result<Note, FieldErrors> {
    let mut errors = FieldErrors::new();
    let note = take(&mut errors, "note", typed.simple(), Note::parse);
    match errors.is_empty() {
        true => Ok(note.unwrap_or_default()),
        false => Err(errors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(pairs: &[(&str, &str)]) -> Vec<&'static str> {
        let form = MoveForm::read(&Fields::from_pairs(pairs.iter().copied()));
        let told = form.parse().unwrap_err();
        told.iter().map(|(field, _)| *field).collect()
    }

    #[test]
    fn every_error_of_a_move_comes_in_one_answer() {
        let long = "x".repeat(201);
        let sent = [
            ("reason", long.as_str()),
            ("note", "\u{7}"),
            ("entered_at", "yesterday"),
        ];
        assert_eq!(errors(&sent), ["status", "reason", "note", "entered_at"]);
        assert_eq!(errors(&[("status", "01")]), ["status"]);
    }

    #[test]
    fn a_form_knows_from_where_it_wanted_to_move() {
        let form = MoveForm::read(&Fields::from_pairs([("from", "3")]));
        assert!(!form.is_overtaken(3, 9) && form.is_overtaken(4, 9));
        let form = MoveForm::read(&Fields::from_pairs([("version", "9")]));
        assert!(!form.is_overtaken(3, 9) && form.is_overtaken(3, 10));
    }

    #[test]
    fn a_pause_ends_at_the_first_moment_of_a_day() {
        let form = |until| {
            let sent = [("until", until), ("reason", "away")];
            PauseForm::read(&Fields::from_pairs(sent)).parse(true)
        };
        let day = Timestamp::parse("2026-05-10");
        assert_eq!(form("2026-05-10").unwrap().0, day);
        assert_eq!(form("2026-05-10T11:00").unwrap().0, day);
        assert!(form("").is_err() && form("soon").is_err());
    }

    #[test]
    fn only_an_empty_day_without_a_reason_resumes() {
        let form = |sent: &[(&str, &str)], may_resume| {
            let form = PauseForm::read(&Fields::from_pairs(sent.iter().copied()));
            let told = form.parse(may_resume).map(|(until, _)| until);
            told.map_err(|errors| errors.iter().map(|(field, _)| *field).collect::<Vec<_>>())
        };
        let empty = [("until", ""), ("reason", " ")];
        assert_eq!(form(&empty, true), Ok(None));
        assert_eq!(form(&empty, false), Err(vec!["until", "reason"]));
        let only_reason = [("until", ""), ("reason", "away")];
        assert_eq!(form(&only_reason, true), Err(vec!["until"]));
        assert_eq!(form(&[("until", "2026-05-10")], true), Err(vec!["reason"]));
    }
}
