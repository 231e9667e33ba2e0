//! A cache of the leads that match filters, for one request.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use crate::clock::Timestamp;
use crate::db::{Conn, SqlText};
use crate::leads::domain::filters::LeadFilter;
use crate::leads::store::query::index_range::IndexRange;

/// The columns of a lead that lists need before its row is read.
#[derive(Debug, Clone, PartialEq, Eq, diesel::Queryable)]
pub struct LeadMatch {
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

/// All leads of a list.
pub type Matches = Rc<[LeadMatch]>;

/// The range in which the leads of a list are found with the least effort.
#[derive(Debug, Clone)]
pub struct SmallestRange {
    pub range: IndexRange,
    /// The number of its entries, or of entries that take as long to read where the leads are read too; nothing if there are
    /// too many to count.
    pub size: Option<i64>,
    /// The condition that a lead is a candidate of the search, if only those in the range are read.
    pub candidates: Option<SqlText>,
    /// True if all its leads have the words of the search.
    pub has_words: bool,
}

impl SmallestRange {
    /// A range of an index with so many entries.
    pub fn new(range: IndexRange, size: Option<i64>) -> SmallestRange {
        SmallestRange {
            range,
            size,
            candidates: None,
            has_words: false,
        }
    }

    /// The leads whose ids meet a condition, which take as long to read as so many entries.
    pub fn by_id(condition: SqlText, size: i64) -> SmallestRange {
        SmallestRange::new(IndexRange::by_id(condition), Some(size))
    }

    /// A filter, without the words of the search if all its leads have them.
    pub fn remaining<'a>(&self, filter: &'a LeadFilter) -> Cow<'a, LeadFilter> {
        match self.has_words {
            true => Cow::Owned(filter.without_words()),
            false => Cow::Borrowed(filter),
        }
    }

    /// `columns` of its leads for which `condition` holds.
    pub fn rows(&self, conn: &Conn, columns: &str, condition: &SqlText) -> SqlText {
        let ids = || self.entries(conn, "id", &SqlText::new("1 = 1"));
        let by_id = |_| IndexRange::by_id(SqlText::new("id in (").then(ids()).sql(")"));
        let range = self.candidates.as_ref().map(by_id);
        let range = range.as_ref().unwrap_or(&self.range);
        range.select(conn, columns, condition)
    }

    /// `columns` from the entries of its index alone. SQLite looks the candidates up once for all parts of the range, since
    /// a limit keeps it from joining the two selects.
    pub fn entries(&self, conn: &Conn, columns: &str, condition: &SqlText) -> SqlText {
        let entries = self.range.select(conn, columns, condition);
        match &self.candidates {
            None => entries,
            Some(is_candidate) => SqlText::new(format!("select {columns} from ("))
                .then(entries)
                .sql(" limit -1) as entries where ")
                .then(is_candidate.clone()),
        }
    }
}

/// The matches and ranges of filters.
#[derive(Default)]
pub struct MatchCache {
    matches: RefCell<Vec<(LeadFilter, i64, Option<Matches>)>>,
    ranges: RefCell<Vec<(LeadFilter, SmallestRange)>>,
}

impl MatchCache {
    /// The cached result of a read of up to `limit` matches or more: `Some(None)` if there were too many.
    pub fn matches(&self, filter: &LeadFilter, limit: i64) -> Option<Option<Matches>> {
        let entries = self.matches.borrow();
        let is_enough = |(key, max, matches): &&(LeadFilter, i64, Option<Matches>)| {
            key == filter && (*max >= limit || matches.is_some())
        };
        let entry = entries.iter().find(is_enough);
        entry.map(|(_, _, matches)| matches.clone())
    }

    /// Caches the result of a read of up to `limit` matches, which is `None` if there were too many.
    pub fn insert_matches(&self, filter: &LeadFilter, limit: i64, matches: Option<Matches>) {
        let entry = (filter.clone(), limit, matches);
        self.matches.borrow_mut().push(entry);
    }

    /// The cached range of a filter.
    pub fn range(&self, filter: &LeadFilter) -> Option<SmallestRange> {
        let entries = self.ranges.borrow();
        let entry = entries.iter().find(|(key, _)| key == filter);
        entry.map(|(_, range)| range.clone())
    }

    /// Caches the range of a filter.
    pub fn insert_range(&self, filter: &LeadFilter, range: SmallestRange) {
        self.ranges.borrow_mut().push((filter.clone(), range));
    }
}
