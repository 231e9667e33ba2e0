//! The leads that were found for filters, kept for one request.

use std::cell::RefCell;
use std::rc::Rc;

use crate::clock::Timestamp;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::store::query::index_range::IndexRange;

/// What lists need of a lead before its row is read.
#[derive(Debug, Clone, PartialEq, Eq, diesel::Queryable)]
pub struct Match {
    pub id: i64,
    pub status_id: i64,
    pub status_since: Timestamp,
    pub clock_from: Timestamp,
    pub paused_until: Option<Timestamp>,
    pub created_at: Timestamp,
    pub currency: String,
    /// In minor units; -1 if the value is unknown.
    pub value_key: i64,
}

/// All leads of a list, or nothing if there are too many.
pub type Matches = Option<Rc<[Match]>>;

/// The range in which the leads of a list are found with the least effort.
#[derive(Debug, Clone)]
pub struct SmallestRange {
    pub range: IndexRange,
    /// The number of its entries; nothing if there are too many to count.
    pub size: Option<i64>,
}

/// Leads and ranges that were found, by their filter.
#[derive(Default)]
pub struct MatchCache {
    matches: RefCell<Vec<(LeadFilter, i64, Matches)>>,
    ranges: RefCell<Vec<(LeadFilter, SmallestRange)>>,
}

impl MatchCache {
    /// What is known after looking for up to `limit` matches or more.
    pub fn matches(&self, filter: &LeadFilter, limit: i64) -> Option<Matches> {
        let entries = self.matches.borrow();
        let is_known = |(of, tried, found): &&(LeadFilter, i64, Matches)| {
            of == filter && (*tried >= limit || found.is_some())
        };
        let known = entries.iter().find(is_known);
        known.map(|(_, _, found)| found.clone())
    }

    /// Keeps what was found.
    pub fn insert_matches(&self, filter: &LeadFilter, limit: i64, found: Matches) {
        let entry = (filter.clone(), limit, found);
        self.matches.borrow_mut().push(entry);
    }

    /// The range that was chosen.
    pub fn range(&self, filter: &LeadFilter) -> Option<SmallestRange> {
        let entries = self.ranges.borrow();
        let known = entries.iter().find(|(of, _)| of == filter);
        known.map(|(_, range)| range.clone())
    }

    /// Keeps the range that was chosen.
    pub fn insert_range(&self, filter: &LeadFilter, range: SmallestRange) {
        self.ranges.borrow_mut().push((filter.clone(), range));
    }
}
