//! The newest leads among those that are at risk or stuck. The index of creation begins with leads that are too new for
//! either state. Most leads entered their status after they were created, so the reading starts at the cutoff; the few
//! others have an index of their own.

use diesel::sql_types::BigInt;

use crate::clock::Timestamp;
use crate::db::{Conn, MAX_UNION_PARTS, SqlText};
use crate::error::Result;
use crate::leads::domain::cursor::CursorKey;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::sort::LeadSort;
use crate::leads::store::query::conditions::{clock_bounds, conditions};
use crate::leads::store::query::index_range::IndexRange;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::order::Order;
use crate::leads::store::query::pages::first_ids;
use crate::statuses::State;

impl LeadQuery {
    /// The ids for one page of the list of leads at risk or stuck, newest first; nothing for another list.
    pub(super) fn overdue_ids(
        &self,
        conn: &mut Conn,
        listing: &Listing,
    ) -> Result<Option<Vec<i64>>> {
        let filter = &listing.filter;
        let Some(state) = filter.state.filter(|_| applies_to(listing)) else {
            return Ok(None);
        };
        let mut parts: Vec<SqlText> = Vec::new();
        for status in self.selected_statuses(filter.status) {
            let Some([_, Some(cutoff)]) = clock_bounds(state, status.cutoffs(self.now)) else {
                continue;
            };
            // The condition on the state names only this status: that of all in each part would be too long.
            let of_one = filter.with_status(Some(status.id));
            let of_filter = conditions(&of_one, self);
            let after_cursor = self.after_cursor(listing, &of_one);
            let of_status = SqlText::new("deleted_at is null and status_id = ").number(status.id);
            let of_status = of_status.sql(" and ");
            let before = of_status.clone().then(created_before(listing, cutoff));
            // Leads whose clock began before they were created, at any time.
            let late = of_status.sql("created_at > clock_from");
            for (index, part, condition) in [
                ("leads_status_created_at", before, &of_filter),
                ("leads_made_late", late, &after_cursor),
            ] {
                let range = IndexRange {
                    index: Some(index),
                    parts: vec![part],
                };
                let entries = range.select(conn, "created_at, id", condition);
                parts.push(first_ids(listing, entries, listing.per_page + 1));
            }
        }
        let mut ids: Vec<i64> = Vec::new();
        for chunk in parts.chunks(MAX_UNION_PARTS) {
            let union = SqlText::join(chunk.iter().cloned(), " union all ");
            ids.extend(union.load::<BigInt, i64>(conn)?);
        }
        Ok(Some(ids))
    }
}

/// Leads created before the cutoff, or before the cursor if that is earlier.
fn created_before(listing: &Listing, cutoff: Timestamp) -> SqlText {
    match listing.position.cursor() {
        Some(cursor) if matches!(cursor.key, CursorKey::Number(at) if at <= cutoff.0) => {
            Order::of_page(listing).after(cursor)
        }
        _ => SqlText::new("created_at <= ").number(cutoff.0),
    }
}

fn applies_to(listing: &Listing) -> bool {
    let filter = &listing.filter;
    matches!(filter.state, Some(State::Stuck | State::AtRisk))
        && filter.has_counters()
        && !filter.is_in_bin
        && listing.sort.key == LeadSort::CreatedAt
        && Order::of_page(listing).is_descending
}
