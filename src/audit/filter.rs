//! The filters of the log, and which page of it is shown.

use chrono::NaiveDate;

use crate::clock::{DAY, Timestamp};
use crate::error::Result;
use crate::records::fields::{Fields, FromFields, parse_id};
use crate::records::filters::{Filtered, Unreadable, day, filter_table, set};

filter_table! {
    /// The filters of the log.
    LogFilterField {
        Subject = "subject", "audit-filter-subject";
        Id = "id", "audit-filter-id";
        Person = "person", "audit-filter-person";
        Channel = "door", "audit-filter-channel";
        Action = "action", "audit-filter-action";
        From = "from", "audit-filter-day";
        To = "to", "audit-filter-day";
    }
}

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

/// The channels of changes.
pub const CHANNELS: Words = &[
    ("ui", "audit-channel-ui"),
    ("board", "audit-channel-board"),
    ("bulk", "audit-channel-bulk"),
    ("import", "audit-channel-import"),
    ("api", "audit-channel-api"),
    ("replace", "audit-channel-replace"),
    ("undo", "audit-channel-undo"),
    ("cli", "audit-channel-cli"),
    ("setup", "audit-channel-setup"),
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

fn find_word(words: Words, sent: &str) -> Option<&'static str> {
    words
        .iter()
        .find(|(known, _)| *known == sent)
        .map(|(word, _)| *word)
}

/// The author of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    User(i64),
    /// The program itself, or a visitor who was not signed in.
    Program,
}

/// An entry before or after which a page of the log begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub at: Timestamp,
    pub id: i64,
}

impl Cursor {
    /// The cursor in an address.
    pub fn text(self) -> String {
        format!("{}-{}", self.at.0, self.id)
    }

    fn parse(text: &str) -> Option<Cursor> {
        let (at, id) = text.split_once('-')?;
        Some(Cursor {
            at: Timestamp(parse_id(at)?),
            id: parse_id(id)?,
        })
    }
}

/// Which part of the log to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PagePosition {
    /// From the newest on.
    #[default]
    Newest,
    /// What is older than the entry.
    Before(Cursor),
    /// What is newer than the entry.
    After(Cursor),
}

/// The filters of the page. With one that can't be read the log shows nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LogFilter {
    pub subject: Option<&'static str>,
    pub subject_id: Option<i64>,
    pub person: Option<Author>,
    pub channel: Option<&'static str>,
    pub action: Option<&'static str>,
    /// The first day, in UTC.
    pub from: Option<NaiveDate>,
    /// The last day, in UTC.
    pub to: Option<NaiveDate>,
    pub unreadable: Unreadable<LogFilterField>,
}

impl FromFields for PagePosition {
    fn from_fields(fields: Fields) -> Result<PagePosition> {
        let cursor = |name| fields.text(name).and_then(Cursor::parse);
        Ok(match (cursor("before"), cursor("after")) {
            (Some(cursor), _) => PagePosition::Before(cursor),
            (None, Some(cursor)) => PagePosition::After(cursor),
            (None, None) => PagePosition::Newest,
        })
    }
}

impl FromFields for LogFilter {
    fn from_fields(fields: Fields) -> Result<LogFilter> {
        let mut filter = LogFilter::from_filters(&fields);
        // Without its kind, a number names nothing.
        if filter.subject.is_none()
            && filter.unreadable.typed(LogFilterField::Subject).is_none()
            && let Some(id) = filter.subject_id.take()
        {
            filter.unreadable.add(LogFilterField::Id, &id.to_string());
        }
        Ok(filter)
    }
}

impl LogFilter {
    /// The first instant asked for.
    pub fn start(&self) -> Option<Timestamp> {
        self.from.map(midnight)
    }

    /// The first instant after what is asked for.
    pub fn end(&self) -> Option<Timestamp> {
        self.to
            .map(|day| Timestamp(midnight(day).0.saturating_add(DAY)))
    }
}

impl Filtered for LogFilter {
    type Filter = LogFilterField;

    fn set(&mut self, filter: LogFilterField, typed: &str) -> bool {
        let word = |words| move |typed: &str| find_word(words, typed);
        match filter {
            LogFilterField::Subject => set(&mut self.subject, typed, word(SUBJECTS)),
            LogFilterField::Id => set(&mut self.subject_id, typed, parse_id),
            LogFilterField::Person => set(&mut self.person, typed, Author::from_word),
            LogFilterField::Channel => set(&mut self.channel, typed, word(CHANNELS)),
            LogFilterField::Action => set(&mut self.action, typed, word(ACTIONS)),
            LogFilterField::From => set(&mut self.from, typed, day),
            LogFilterField::To => set(&mut self.to, typed, day),
        }
    }

    fn value(&self, filter: LogFilterField) -> Option<String> {
        match filter {
            LogFilterField::Subject => self.subject.map(str::to_owned),
            LogFilterField::Id => self.subject_id.map(|id| id.to_string()),
            LogFilterField::Person => self.person.map(Author::to_word),
            LogFilterField::Channel => self.channel.map(str::to_owned),
            LogFilterField::Action => self.action.map(str::to_owned),
            LogFilterField::From => self.from.map(|day| day.to_string()),
            LogFilterField::To => self.to.map(|day| day.to_string()),
        }
    }

    fn unreadable(&self) -> &Unreadable<LogFilterField> {
        &self.unreadable
    }

    fn unreadable_mut(&mut self) -> &mut Unreadable<LogFilterField> {
        &mut self.unreadable
    }
}

impl Author {
    fn from_word(word: &str) -> Option<Author> {
        match word {
            "program" => Some(Author::Program),
            word => parse_id(word).map(Author::User),
        }
    }

    fn to_word(self) -> String {
        match self {
            Author::User(id) => id.to_string(),
            Author::Program => "program".to_owned(),
        }
    }
}

fn midnight(day: NaiveDate) -> Timestamp {
    day.and_time(chrono::NaiveTime::MIN).and_utc().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> (LogFilter, PagePosition) {
        let fields = Fields::from_urlencoded(query.as_bytes()).unwrap();
        FromFields::from_fields(fields).unwrap()
    }

    #[test]
    fn the_address_comes_back_from_what_it_asked_for() {
        let query =
            "subject=user&id=3&person=7&door=ui&action=update&from=2026-11-01&to=2026-11-23";
        let (filter, turn) = read(query);
        let pairs: Vec<String> = filter
            .filter_pairs()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(pairs.join("&"), query);
        assert_eq!(turn, PagePosition::Newest);
    }

    #[test]
    fn what_cannot_be_read_is_kept_and_a_bad_place_is_the_newest() {
        let query = "subject=x&id=3&person=-1&door=y&action=z&from=yesterday&before=1&after=z-2";
        let (filter, turn) = read(query);
        assert_eq!(filter.unreadable.errors().iter().count(), 5, "{filter:?}");
        assert_eq!(filter.readable_pairs(), [("id", "3".to_owned())]);
        assert_eq!(turn, PagePosition::Newest);
    }

    #[test]
    fn a_number_without_its_kind_names_nothing() {
        let (filter, _) = read("id=3");
        assert_eq!(filter.unreadable.typed(LogFilterField::Id), Some("3"));
        assert_eq!(filter.subject_id, None);
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
        let mark = Cursor {
            at: Timestamp(1_795_424_400_000_000),
            id: 12,
        };
        let (_, turn) = read(&format!("before={}", mark.text()));
        assert_eq!(turn, PagePosition::Before(mark));
    }
}
