//! The filters of lists of leads.

use chrono::NaiveDate;

use crate::clock::{Timestamp, Zone};
use crate::leads::domain::date_range::DateRange;
use crate::money::Currency;
use crate::records::fields::parse_id;
use crate::records::filter_value::{FilterParam, SearchText, ValueFormat};
use crate::records::filters::{FilterKey as _, FilterSet, UnreadableFilters, filter_table};
use crate::statuses::State;
use crate::words::word_enum;

/// The filters of a list of leads. If one of them can't be read, the list is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadFilter {
    pub q: SearchText,
    pub status: Option<i64>,
    pub owner: Option<OwnerFilter>,
    pub source: Option<String>,
    /// One of on track, at risk, stuck and paused.
    pub state: Option<State>,
    /// Only leads with an open offer in this state.
    pub handoff: Option<HandoffFilter>,
    pub created: DateRange,
    /// Only leads created at this instant or later.
    pub created_after: Option<Timestamp>,
    /// Only leads created before this instant.
    pub created_before: Option<Timestamp>,
    /// Only leads that entered their status on these days.
    pub entered: DateRange,
    /// The time zone of the days; nothing means UTC.
    pub zone: Option<Zone>,
    /// Only leads with a value in this currency.
    pub currency: Option<Currency>,
    /// True for the leads in the bin instead of the others.
    pub is_in_bin: bool,
    pub unreadable: UnreadableFilters<Filter>,
}

filter_table! {
    /// The filters of a list of leads.
    Filter of LeadFilter {
        /// Words to find in name, company, e-mail, phone, external reference, extra fields or the beginnings of the owner's
        /// names, without regard to case and accents. A telephone number is found by its last nine digits.
        Q = "q", q: SearchText, "web-filter-unreadable";
        /// The id of a status.
        Status = "status", status: Option<i64>, "lead-filter-status";
        /// The id of a user, `me` for the owner of the token, or `none` for leads without an owner.
        Owner = "owner", owner: Option<OwnerFilter>, "lead-filter-owner";
        /// This source, without regard to case.
        Source = "source", source: Option<String>, "web-filter-unreadable";
        /// Only leads in this state.
        State = "state", state: Option<State>, "lead-filter-state";
        /// Only leads whose offer waits for an answer.
        Handoff = "handoff", handoff: Option<HandoffFilter>, "lead-filter-handoff";
        /// The first day on which they were made.
        CreatedFrom = "created_from", created.from: Option<NaiveDate>, "lead-filter-created";
        /// The last day on which they were made.
        CreatedTo = "created_to", created.to: Option<NaiveDate>, "lead-filter-created";
        /// Made at this instant or later; RFC 3339, or a day in UTC.
        CreatedAfter = "created_after", created_after: Option<Timestamp>, "lead-filter-instant";
        /// Made before this instant; RFC 3339, or a day in UTC.
        CreatedBefore = "created_before", created_before: Option<Timestamp>, "lead-filter-instant";
        /// The first day on which they entered the status they are in.
        EnteredFrom = "entered_from", entered.from: Option<NaiveDate>, "lead-filter-entered";
        /// The last day on which they entered it.
        EnteredTo = "entered_to", entered.to: Option<NaiveDate>, "lead-filter-entered";
        /// The time zone of the days, such as `Europe/Bucharest`; without it they are days in UTC.
        Zone = "tz", zone: Option<Zone>, "web-filter-zone";
        /// Only those with a value in this currency.
        Currency = "currency", currency: Option<Currency>, "lead-filter-currency";
        /// `1` lists the leads in the bin, which are left out otherwise.
        Bin = "bin", is_in_bin: bool, "lead-filter-bin";
    }
}

/// How a page sets a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// The search field.
    Search,
    /// The tabs.
    Tab,
    /// A text field of the filter menu.
    Text,
    /// The first of two days.
    DayFrom,
    DayTo,
    /// An instant, which other systems send.
    Instant,
    /// The time zone of the days, which no one sets by hand.
    Zone,
    Statuses,
    Owners,
    Sources,
    States,
    Handoffs,
    Currencies,
}

impl Filter {
    /// How a page sets it, and the catalogue keys of the label of its field and of the sentence that shows its `value`.
    pub fn control(self) -> (Control, &'static str, &'static str) {
        match self {
            Filter::Q => (Control::Search, "lead-list-search", "lead-chip-search"),
            Filter::Status => (Control::Statuses, "lead-list-status", "lead-chip-status"),
            Filter::Owner => (Control::Owners, "lead-list-owner", "lead-chip-owner"),
            Filter::Source => (Control::Sources, "lead-list-source", "lead-chip-source"),
            Filter::State => (Control::States, "lead-list-state", "lead-chip-state"),
            Filter::Handoff => (Control::Handoffs, "lead-list-handoff", "lead-chip-handoff"),
            Filter::CreatedFrom => (Control::DayFrom, "lead-created-from", "lead-chip-from"),
            Filter::CreatedTo => (Control::DayTo, "lead-created-to", "lead-chip-to"),
            Filter::CreatedAfter => (Control::Instant, "lead-created-from", "lead-chip-from"),
            Filter::CreatedBefore => (Control::Instant, "lead-created-to", "lead-chip-before"),
            Filter::EnteredFrom => (
                Control::DayFrom,
                "lead-entered-from",
                "lead-chip-entered-from",
            ),
            Filter::EnteredTo => (Control::DayTo, "lead-entered-to", "lead-chip-entered-to"),
            Filter::Zone => (Control::Zone, "lead-list-zone", "lead-list-zone"),
            Filter::Currency => (
                Control::Currencies,
                "lead-list-currency",
                "lead-chip-currency",
            ),
            Filter::Bin => (Control::Tab, "lead-list-bin", "lead-list-bin"),
        }
    }
}

impl LeadFilter {
    /// True if counters hold the number of its leads: only status, state and bin are filtered.
    pub fn has_counters(&self) -> bool {
        self.has_entry_counters() && self.entered.is_unbounded()
    }

    /// True if counters by day of entry hold the number of its leads: status, state, bin and days of entry are
    /// filtered. They leave out the bin.
    pub fn has_entry_counters(&self) -> bool {
        let is_counted = |filter: &Filter| match filter {
            Filter::Status | Filter::State | Filter::Bin => true,
            Filter::EnteredFrom | Filter::EnteredTo => true,
            // The counters count by days in UTC.
            Filter::Zone => self.zone() == Zone::UTC,
            filter => self.value(*filter).is_none(),
        };
        self.unreadable.is_empty() && Filter::ALL.iter().all(is_counted)
    }

    /// The time zone of the filtered days.
    pub fn zone(&self) -> Zone {
        self.zone.unwrap_or_default()
    }

    /// This filter with another state, in the bin or not; `None` means all states.
    pub fn with_state(&self, state: Option<State>, is_in_bin: bool) -> LeadFilter {
        let mut filter = self.clone();
        filter.clear(Filter::State);
        filter.clear(Filter::Bin);
        LeadFilter {
            state,
            is_in_bin,
            ..filter
        }
    }

    /// This filter without its search.
    pub fn without_words(&self) -> LeadFilter {
        let mut filter = self.clone();
        filter.clear(Filter::Q);
        filter
    }

    /// This filter with another status; `None` means all statuses.
    pub fn with_status(&self, status: Option<i64>) -> LeadFilter {
        let mut filter = self.clone();
        filter.clear(Filter::Status);
        LeadFilter { status, ..filter }
    }
}

/// The filter by owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerFilter {
    /// Leads without an owner: `owner=none`.
    Unassigned,
    /// The leads of the current user: `owner=me`.
    Me,
    User(i64),
}

impl FilterParam for OwnerFilter {
    fn from_param(text: &str) -> Option<OwnerFilter> {
        match text {
            "none" => Some(OwnerFilter::Unassigned),
            "me" => Some(OwnerFilter::Me),
            text => parse_id(text).map(OwnerFilter::User),
        }
    }

    fn to_param(&self) -> String {
        match self {
            OwnerFilter::Unassigned => "none".to_owned(),
            OwnerFilter::Me => "me".to_owned(),
            OwnerFilter::User(id) => id.to_string(),
        }
    }
}

word_enum! {
    /// The filter by offers.
    pub enum HandoffFilter {
        /// Not overdue yet.
        Pending = "pending", "offer-pending";
        Overdue = "overdue", "offer-overdue";
    }
}

impl FilterParam for HandoffFilter {
    fn from_param(text: &str) -> Option<HandoffFilter> {
        HandoffFilter::from_word(text)
    }

    fn to_param(&self) -> String {
        self.as_str().to_owned()
    }

    fn format() -> ValueFormat {
        ValueFormat::Words(HandoffFilter::ALL.map(HandoffFilter::as_str).to_vec())
    }
}

/// The states to filter by.
pub const STATES: [State; 4] = [State::OnTrack, State::AtRisk, State::Stuck, State::Paused];

impl FilterParam for State {
    fn from_param(text: &str) -> Option<State> {
        STATES.into_iter().find(|state| state.as_str() == text)
    }

    fn to_param(&self) -> String {
        self.as_str().to_owned()
    }

    fn format() -> ValueFormat {
        ValueFormat::Words(STATES.map(State::as_str).to_vec())
    }
}

#[cfg(test)]
impl Filter {
    /// A value that can be read.
    pub fn example(self) -> &'static str {
        match self.control().0 {
            Control::Search | Control::Text | Control::Sources => "a",
            Control::Statuses | Control::Owners => "7",
            Control::States => "stuck",
            Control::Handoffs => "overdue",
            Control::Currencies => "RON",
            Control::Tab => "1",
            Control::DayFrom | Control::DayTo => "2026-01-02",
            Control::Instant => "2026-01-02T00:00:00Z",
            Control::Zone => "Europe/Bucharest",
        }
    }
}
