//! Which entries of the log someone wants to see, as the address of the page says it.

use chrono::NaiveDate;

use crate::clock::{DAY, Timestamp};
use crate::web::fields::{Fields, parse_id};

/// Words of the log with the catalogue keys of what they mean.
type Words = &'static [(&'static str, &'static str)];

/// What entries are about.
pub const SUBJECTS: Words = &[
    ("lead_status", "audit-subject-status"),
    ("lead_status_order", "audit-subject-order"),
    ("lead_status_role", "audit-subject-role"),
    ("lead", "audit-subject-lead"),
    ("user", "audit-subject-user"),
    ("api_token", "audit-subject-token"),
];

/// The ways a change comes in.
pub const DOORS: Words = &[
    ("ui", "audit-door-ui"),
    ("board", "audit-door-board"),
    ("bulk", "audit-door-bulk"),
    ("import", "audit-door-import"),
    ("api", "audit-door-api"),
    ("replace", "audit-door-replace"),
    ("undo", "audit-door-undo"),
    ("cli", "audit-door-cli"),
    ("setup", "audit-door-setup"),
];

/// What is done.
pub const ACTIONS: Words = &[
    ("create", "audit-action-create"),
    ("update", "audit-action-update"),
    ("archive", "audit-action-archive"),
    ("restore", "audit-action-restore"),
    ("delete", "audit-action-delete"),
    ("bring-back", "audit-action-bring-back"),
    ("reorder", "audit-action-reorder"),
    ("take-role", "audit-action-take-role"),
    ("give-up-role", "audit-action-give-up-role"),
    ("default", "audit-action-default"),
    ("converted", "audit-action-converted"),
    ("move", "audit-action-move"),
    ("assign", "audit-action-assign"),
    ("note", "audit-action-note"),
    ("pause", "audit-action-pause"),
    ("resume", "audit-action-resume"),
    ("void", "audit-action-void"),
    ("disable", "audit-action-disable"),
    ("enable", "audit-action-enable"),
    ("password", "audit-action-password"),
    ("sign-in", "audit-action-sign-in"),
    ("sign-out", "audit-action-sign-out"),
    ("throttle", "audit-action-throttle"),
    ("end-session", "audit-action-end-session"),
    ("revoke", "audit-action-revoke"),
    ("history", "audit-action-history"),
];

/// The catalogue key of a word; nothing for one that isn't in the list.
pub fn key_of(words: Words, word: &str) -> Option<&'static str> {
    words
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, key)| *key)
}

fn word_of(words: Words, sent: Option<&str>) -> Option<&'static str> {
    let sent = sent?;
    words
        .iter()
        .find(|(known, _)| *known == sent)
        .map(|(word, _)| *word)
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    User(i64),
    /// The program itself, or someone who was not signed in.
    Program,
}

/// A place in the log: just before or just after this entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub at: Timestamp,
    pub id: i64,
}

impl Mark {
    /// The mark as addresses carry it.
    pub fn text(self) -> String {
        format!("{}-{}", self.at.0, self.id)
    }

    fn parse(text: &str) -> Option<Mark> {
        let (at, id) = text.split_once('-')?;
        Some(Mark {
            at: Timestamp(parse_id(at)?),
            id: parse_id(id)?,
        })
    }
}

/// Which part of the log to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    /// From the newest on.
    #[default]
    Newest,
    /// What is older than the mark.
    Before(Mark),
    /// What is newer than the mark.
    After(Mark),
}

/// The filters of the page. A value that isn't understood is left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LogFilter {
    pub subject: Option<&'static str>,
    pub subject_id: Option<i64>,
    pub person: Option<Person>,
    pub door: Option<&'static str>,
    pub action: Option<&'static str>,
    /// The first day, in UTC.
    pub from: Option<NaiveDate>,
    /// The last day, in UTC.
    pub to: Option<NaiveDate>,
}

impl LogFilter {
    /// What the address asks for.
    pub fn read(query: &Fields) -> (LogFilter, Turn) {
        let subject = word_of(SUBJECTS, query.text("subject"));
        let person = match query.text("person") {
            Some("program") => Some(Person::Program),
            sent => sent.and_then(parse_id).map(Person::User),
        };
        let day = |name| {
            let text = query.text(name)?;
            NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
        };
        let mark = |name| query.text(name).and_then(Mark::parse);
        let turn = match (mark("before"), mark("after")) {
            (Some(mark), _) => Turn::Before(mark),
            (None, Some(mark)) => Turn::After(mark),
            (None, None) => Turn::Newest,
        };
        let filter = LogFilter {
            subject,
            subject_id: subject.and(query.text("id").and_then(parse_id)),
            person,
            door: word_of(DOORS, query.text("door")),
            action: word_of(ACTIONS, query.text("action")),
            from: day("from"),
            to: day("to"),
        };
        (filter, turn)
    }

    /// The first instant asked for.
    pub fn start(&self) -> Option<Timestamp> {
        self.from.map(midnight)
    }

    /// The first instant after what is asked for.
    pub fn end(&self) -> Option<Timestamp> {
        self.to
            .map(|day| Timestamp(midnight(day).0.saturating_add(DAY)))
    }

    /// The filters as the address carries them; those left out are empty.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let person = match self.person {
            Some(Person::User(id)) => id.to_string(),
            Some(Person::Program) => "program".to_owned(),
            None => String::new(),
        };
        let id = self.subject_id.map(|id| id.to_string());
        vec![
            ("subject", word(self.subject)),
            ("id", id.unwrap_or_default()),
            ("person", person),
            ("door", word(self.door)),
            ("action", word(self.action)),
            ("from", day(self.from)),
            ("to", day(self.to)),
        ]
    }
}

fn midnight(day: NaiveDate) -> Timestamp {
    day.and_time(chrono::NaiveTime::MIN).and_utc().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> (LogFilter, Turn) {
        LogFilter::read(&Fields::from_urlencoded(query.as_bytes()).unwrap())
    }

    #[test]
    fn the_address_comes_back_from_what_it_asked_for() {
        let query =
            "subject=user&id=3&person=7&door=ui&action=update&from=2026-11-01&to=2026-11-23";
        let (filter, turn) = read(query);
        let pairs: Vec<String> = filter
            .pairs()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(pairs.join("&"), query);
        assert_eq!(turn, Turn::Newest);
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let (filter, turn) =
            read("subject=x&id=3&person=-1&door=y&from=yesterday&before=1&after=z-2");
        assert_eq!(filter, LogFilter::default());
        assert_eq!(turn, Turn::Newest);
    }

    #[test]
    fn the_last_day_is_shown_whole() {
        let (filter, _) = read("from=2026-11-23&to=2026-11-23");
        let (start, end) = (filter.start().unwrap(), filter.end().unwrap());
        assert_eq!(start.rfc3339(), "2026-11-23T00:00:00Z");
        assert_eq!(end.0 - start.0, DAY);
    }

    #[test]
    fn a_mark_survives_its_way_through_an_address() {
        let mark = Mark {
            at: Timestamp(1_795_424_400_000_000),
            id: 12,
        };
        let (_, turn) = read(&format!("before={}", mark.text()));
        assert_eq!(turn, Turn::Before(mark));
    }
}
