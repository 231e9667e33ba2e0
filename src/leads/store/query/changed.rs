//! The leads that changed the longest ago, among those that entered their status since a day, or whose state says that
//! their clock began after an instant. Their order begins with leads that did so long before, so the reading starts at that
//! instant: a lead changes when it enters a status, and its clock begins before its last change or before its pause ends.

use diesel::sql_types::BigInt;

use crate::clock::DAY;
use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::sort::LeadSort;
use crate::leads::store::query::conditions::clock_bounds;
use crate::leads::store::query::index_range::IndexRange;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::order::Order;
use crate::leads::store::query::pages::first_ids;

/// How much earlier than the entry a change may be that came after it: it waited for others, or another machine or a clock
/// that was set back wrote it.
const MAX_DIFFERENCE: i64 = DAY;

impl LeadQuery {
    /// The ids for one page of a list by last change, the longest ago first, that begins at an instant; nothing for another
    /// list.
    pub(super) fn changed_ids(
        &self,
        conn: &mut Conn,
        listing: &Listing,
    ) -> Result<Option<Vec<i64>>> {
        let filter = &listing.filter;
        let is_backward = Order::of_page(listing).is_descending;
        let is_other = listing.sort.key != LeadSort::UpdatedAt || filter.is_in_bin;
        // With rare words PostgreSQL would read too many leads before it finds a page.
        let is_searched = matches!(conn, Conn::Postgres(_)) && !filter.q.is_empty();
        if is_other || is_backward || (is_searched && !self.has_frequent_words(conn, filter)?) {
            return Ok(None);
        }
        let condition = self.after_cursor(listing, filter);
        let mut ids: Vec<i64> = Vec::new();
        for range in self.changed_ranges(filter) {
            let entries = range.select(conn, "updated_at, id", &condition);
            let first = first_ids(listing, entries, listing.per_page + 1);
            ids.extend(first.load::<BigInt, i64>(conn)?);
        }
        Ok((!ids.is_empty()).then_some(ids))
    }

    /// The ranges that hold all leads of a list that begins at an instant.
    fn changed_ranges(&self, filter: &LeadFilter) -> Vec<IndexRange> {
        let range = |index, column: &str, since: i64| IndexRange {
            index: Some(index),
            parts: vec![
                SqlText::new(format!("deleted_at is null and {column} >= "))
                    .number(since - MAX_DIFFERENCE),
            ],
        };
        let changed = |since| range("leads_updated_at", "updated_at", since);
        if let Some(entered) = filter.entered.start(filter.zone()) {
            return vec![changed(entered)];
        }
        let Some(state) = filter.state else {
            return Vec::new();
        };
        let statuses = self.selected_statuses(filter.status);
        let bounds = statuses.filter_map(|each| clock_bounds(state, each.cutoffs(self.now)));
        // A status without a bound has leads of any age.
        match bounds.map(|[after, _]| after).min().flatten() {
            Some(after) => vec![
                changed(after.0),
                range("leads_paused_until", "paused_until", after.0),
            ],
            None => Vec::new(),
        }
    }
}
