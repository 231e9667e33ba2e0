//! Which entries of the log someone wants to see, as the address of the page says it.

use chrono::NaiveDate;

use crate::clock::{DAY, Timestamp};
use crate::web::fields::{Fields, parse_id};
use crate::web::filters::{Filtered, Unreadable, day, filter_table, set};

filter_table! {
    /// The filters of the log.
    Filter {
        Subject = "subject", "audit-filter-subject";
        Id = "id", "audit-filter-id";
        Person = "person", "audit-filter-person";
        Door = "door", "audit-filter-door";
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

fn word_of(words: Words, sent: &str) -> Option<&'static str> {
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

/// The filters of the page. With one that can't be read the log shows nothing.
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
    pub unreadable: Unreadable<Filter>,
}

impl LogFilter {
    /// What the address asks for.
    pub fn read(query: &Fields) -> (LogFilter, Turn) {
        let mark = |name| query.text(name).and_then(Mark::parse);
        let turn = match (mark("before"), mark("after")) {
            (Some(mark), _) => Turn::Before(mark),
            (None, Some(mark)) => Turn::After(mark),
            (None, None) => Turn::Newest,
        };
        let mut filter = LogFilter::default();
        filter.read_filters(query);
        // Without its kind, a number names nothing.
        if filter.subject.is_none()
            && filter.unreadable.typed(Filter::Subject).is_none()
            && let Some(id) = filter.subject_id.take()
        {
            filter.unreadable.add(Filter::Id, &id.to_string());
        }
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
}

impl Filtered for LogFilter {
    type Filter = Filter;

    fn set(&mut self, filter: Filter, typed: &str) -> bool {
        let word = |words| move |typed: &str| word_of(words, typed);
        match filter {
            Filter::Subject => set(&mut self.subject, typed, word(SUBJECTS)),
            Filter::Id => set(&mut self.subject_id, typed, parse_id),
            Filter::Person => set(&mut self.person, typed, Person::from_word),
            Filter::Door => set(&mut self.door, typed, word(DOORS)),
            Filter::Action => set(&mut self.action, typed, word(ACTIONS)),
            Filter::From => set(&mut self.from, typed, day),
            Filter::To => set(&mut self.to, typed, day),
        }
    }

    fn value(&self, filter: Filter) -> Option<String> {
        match filter {
            Filter::Subject => self.subject.map(str::to_owned),
            Filter::Id => self.subject_id.map(|id| id.to_string()),
            Filter::Person => self.person.map(Person::to_word),
            Filter::Door => self.door.map(str::to_owned),
            Filter::Action => self.action.map(str::to_owned),
            Filter::From => self.from.map(|day| day.to_string()),
            Filter::To => self.to.map(|day| day.to_string()),
        }
    }

    fn unreadable(&self) -> &Unreadable<Filter> {
        &self.unreadable
    }

    fn unreadable_mut(&mut self) -> &mut Unreadable<Filter> {
        &mut self.unreadable
    }
}

impl Person {
    fn from_word(word: &str) -> Option<Person> {
        match word {
            "program" => Some(Person::Program),
            word => parse_id(word).map(Person::User),
        }
    }

    fn to_word(self) -> String {
        match self {
            Person::User(id) => id.to_string(),
            Person::Program => "program".to_owned(),
        }
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
            .filter_pairs()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(pairs.join("&"), query);
        assert_eq!(turn, Turn::Newest);
    }

    #[test]
    fn what_cannot_be_read_is_kept_and_a_bad_place_is_the_newest() {
        let query = "subject=x&id=3&person=-1&door=y&action=z&from=yesterday&before=1&after=z-2";
        let (filter, turn) = read(query);
        assert_eq!(filter.unreadable.errors().iter().count(), 5, "{filter:?}");
        assert_eq!(filter.readable_pairs(), [("id", "3".to_owned())]);
        assert_eq!(turn, Turn::Newest);
    }

    #[test]
    fn a_number_without_its_kind_names_nothing() {
        let (filter, _) = read("id=3");
        assert_eq!(filter.unreadable.typed(Filter::Id), Some("3"));
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
        let mark = Mark {
            at: Timestamp(1_795_424_400_000_000),
            id: 12,
        };
        let (_, turn) = read(&format!("before={}", mark.text()));
        assert_eq!(turn, Turn::Before(mark));
    }
}
