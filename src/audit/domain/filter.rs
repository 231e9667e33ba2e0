//! The filters of the log, and which page of it is shown.

use chrono::NaiveDate;

use crate::channel::Channel;
use crate::clock::{Timestamp, Zone};
use crate::error::Result;
use crate::records::fields::{Fields, FromFields, parse_id};
use crate::records::filter_value::{FilterParam, word_filter};
use crate::records::filters::{FilterSet, UnreadableFilters, filter_table};
use crate::records::list::{List, PagePosition, Pair};
use crate::words::word_enum;

word_enum! {
    /// The kind of the record that an entry is about.
    pub enum Subject {
        LeadStatus = "lead_status", "audit-subject-status";
        LeadStatusOrder = "lead_status_order", "audit-subject-order";
        LeadStatusRole = "lead_status_role", "audit-subject-role";
        Lead = "lead", "audit-subject-lead";
        User = "user", "audit-subject-user";
        ApiToken = "api_token", "audit-subject-token";
        Import = "import", "audit-subject-import";
    }
}

word_enum! {
    /// What happened to the record.
    pub enum Action {
        Create = "create", "audit-action-create";
        Update = "update", "audit-action-update";
        Archive = "archive", "audit-action-archive";
        Restore = "restore", "audit-action-restore";
        Delete = "delete", "audit-action-delete";
        BringBack = "bring-back", "audit-action-bring-back";
        Reorder = "reorder", "audit-action-reorder";
        TakeRole = "take-role", "audit-action-take-role";
        GiveUpRole = "give-up-role", "audit-action-give-up-role";
        Default = "default", "audit-action-default";
        Converted = "converted", "audit-action-converted";
        Move = "move", "audit-action-move";
        Assign = "assign", "audit-action-assign";
        Note = "note", "audit-action-note";
        Pause = "pause", "audit-action-pause";
        Resume = "resume", "audit-action-resume";
        Void = "void", "audit-action-void";
        AcceptOffer = "accept-offer", "audit-action-accept-offer";
        RejectOffer = "reject-offer", "audit-action-reject-offer";
        RecycleOffer = "recycle-offer", "audit-action-recycle-offer";
        WithdrawOffer = "withdraw-offer", "audit-action-withdraw-offer";
        Disable = "disable", "audit-action-disable";
        Enable = "enable", "audit-action-enable";
        Password = "password", "audit-action-password";
        SignIn = "sign-in", "audit-action-sign-in";
        SignOut = "sign-out", "audit-action-sign-out";
        Throttle = "throttle", "audit-action-throttle";
        EndSession = "end-session", "audit-action-end-session";
        Revoke = "revoke", "audit-action-revoke";
        History = "history", "audit-action-history";
        Import = "import", "audit-action-import";
        Undo = "undo", "audit-action-undo";
    }
}

word_filter!(Subject);
word_filter!(Channel);
word_filter!(Action);

/// The author of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    User(i64),
    /// The program itself, also for requests without a session.
    Program,
}

/// The position of an entry in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub at: Timestamp,
    pub id: i64,
}

impl Cursor {
    /// Its value in the URL.
    pub fn to_param(self) -> String {
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

/// The filters of the log. With one that can't be read the log shows nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LogFilter {
    pub subject: Option<Subject>,
    pub subject_id: Option<i64>,
    pub person: Option<Author>,
    pub channel: Option<Channel>,
    pub action: Option<Action>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// The time zone of the days; nothing means UTC.
    pub zone: Option<Zone>,
    pub unreadable: UnreadableFilters<LogFilterField>,
}

filter_table! {
    /// The filters of the log.
    LogFilterField of LogFilter {
        Subject = "subject", subject: Option<Subject>, "audit-filter-subject";
        Id = "id", subject_id: Option<i64>, "audit-filter-id";
        Person = "person", person: Option<Author>, "audit-filter-person";
        Channel = "door", channel: Option<Channel>, "audit-filter-channel";
        Action = "action", action: Option<Action>, "audit-filter-action";
        From = "from", from: Option<NaiveDate>, "audit-filter-day";
        To = "to", to: Option<NaiveDate>, "audit-filter-day";
        Zone = "tz", zone: Option<Zone>, "web-filter-zone";
    }
}

/// The log as its URL describes it. It begins with the newest entry.
#[derive(Debug, Clone, PartialEq)]
pub struct LogListing {
    pub filter: LogFilter,
    pub position: PagePosition<Cursor>,
}

impl FromFields for LogListing {
    /// In a URL, `before` means earlier in time, which is later in the list.
    fn from_fields(fields: Fields) -> Result<LogListing> {
        let cursor = |name| fields.text(name).and_then(Cursor::parse);
        let position = match (cursor("before"), cursor("after")) {
            (Some(cursor), _) => PagePosition::After(cursor),
            (None, Some(cursor)) => PagePosition::Before(cursor),
            (None, None) => PagePosition::First,
        };
        let mut filter = LogFilter::read(&fields);
        // An id needs the kind of its subject.
        if filter.subject.is_none()
            && filter.unreadable.text(LogFilterField::Subject).is_none()
            && let Some(id) = filter.subject_id.take()
        {
            filter.unreadable.add(LogFilterField::Id, &id.to_string());
        }
        Ok(LogListing { filter, position })
    }
}

impl List for LogListing {
    type Filters = LogFilter;

    fn filters(&self) -> &LogFilter {
        &self.filter
    }

    fn filters_mut(&mut self) -> &mut LogFilter {
        &mut self.filter
    }

    fn pairs(&self) -> Vec<Pair> {
        let mut pairs = self.filter.filter_pairs();
        // An id needs the kind of its subject.
        let has_subject = pairs.iter().any(|(name, _)| *name == "subject");
        pairs.retain(|(name, _)| *name != "id" || has_subject);
        pairs.extend(match self.position {
            PagePosition::After(cursor) => Some(("before", cursor.to_param())),
            PagePosition::Before(cursor) => Some(("after", cursor.to_param())),
            PagePosition::First | PagePosition::Last => None,
        });
        pairs
    }

    fn first_page(&self) -> LogListing {
        LogListing {
            position: PagePosition::First,
            ..self.clone()
        }
    }
}

impl LogFilter {
    /// The time zone of the filtered days.
    pub fn zone(&self) -> Zone {
        self.zone.unwrap_or_default()
    }

    /// The first instant of the filtered days.
    pub fn start(&self) -> Option<Timestamp> {
        self.zone().start_of_day(self.from?)
    }

    /// The first instant after the filtered days.
    pub fn end(&self) -> Option<Timestamp> {
        self.zone().end_of_day(self.to?)
    }
}

impl FilterParam for Author {
    fn from_param(typed: &str) -> Option<Author> {
        match typed {
            "program" => Some(Author::Program),
            typed => parse_id(typed).map(Author::User),
        }
    }

    fn to_param(&self) -> String {
        match self {
            Author::User(id) => id.to_string(),
            Author::Program => "program".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> (LogFilter, PagePosition<Cursor>) {
        let fields = Fields::from_urlencoded(query.as_bytes()).unwrap();
        let listing = LogListing::from_fields(fields).unwrap();
        (listing.filter, listing.position)
    }

    #[test]
    fn the_address_comes_back_from_what_it_asked_for() {
        let query =
            "subject=user&id=3&person=7&door=ui&action=update&from=2026-11-01&to=2026-11-23";
        let (filter, position) = read(query);
        let pairs: Vec<String> = filter
            .filter_pairs()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(pairs.join("&"), query);
        assert_eq!(position, PagePosition::First);
    }

    #[test]
    fn what_cannot_be_read_is_kept_and_a_bad_place_is_the_newest() {
        let query = "subject=x&id=3&person=-1&door=y&action=z&from=yesterday&before=1&after=z-2";
        let (filter, position) = read(query);
        assert_eq!(filter.unreadable.errors().iter().count(), 5, "{filter:?}");
        assert_eq!(filter.readable_pairs(), [("id", "3".to_owned())]);
        assert_eq!(position, PagePosition::First);
    }

    #[test]
    fn a_number_without_its_kind_names_nothing() {
        let (filter, _) = read("id=3");
        assert_eq!(filter.unreadable.text(LogFilterField::Id), Some("3"));
        assert_eq!(filter.subject_id, None);
    }

    #[test]
    fn the_last_day_is_shown_whole() {
        let (filter, _) = read("from=2026-11-23&to=2026-11-23");
        let (start, end) = (filter.start().unwrap(), filter.end().unwrap());
        assert_eq!(start.rfc3339(), "2026-11-23T00:00:00Z");
        assert_eq!(end.rfc3339(), "2026-11-24T00:00:00Z");
        let (filter, _) = read("from=2026-11-23&tz=Europe%2FBucharest");
        assert_eq!(filter.start().unwrap().rfc3339(), "2026-11-22T22:00:00Z");
    }

    #[test]
    fn a_cursor_is_unchanged_by_its_way_through_an_address() {
        let cursor = Cursor {
            at: Timestamp(1_795_424_400_000_000),
            id: 12,
        };
        let (_, position) = read(&format!("before={}", cursor.to_param()));
        assert_eq!(position, PagePosition::After(cursor));
    }
}
