//! The newest leads among those that are at risk or stuck. The index of creation begins with leads that are too new for
//! either state. Most leads entered their status after they were created, so the reading starts at the cutoff; the few
//! others have an index of their own.

use diesel::sql_types::BigInt;

use crate::clock::Timestamp;
use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::domain::cursor::{Cursor, CursorKey};
use crate::leads::domain::listing::Listing;
use crate::leads::domain::sort::LeadSort;
use crate::leads::store::query::conditions::state_ranges;
use crate::leads::store::query::index_range::{IndexRange, MAX_UNION_PARTS};
use crate::leads::store::query::lead_query::LeadQuery;
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
            let cutoffs = status.cutoffs(self.now);
            let cutoff = match state {
                State::Stuck => cutoffs.stuck,
                _ => cutoffs.at_risk,
            };
            let (pause, ranges) = state_ranges(state, Some(status.id), self);
            if let (Some(cutoff), Some(range)) = (cutoff, ranges.first()) {
                let condition = pause.sql(" and ").then(range.clone());
                parts.push(created_before(conn, listing, &condition, cutoff));
                parts.push(created_after_clock(conn, listing, &condition));
            }
        }
        let mut ids: Vec<i64> = Vec::new();
        for chunk in parts.chunks(MAX_UNION_PARTS) {
            let union = SqlText::join(chunk.iter().cloned(), " union all ");
            ids.extend(union.load::<BigInt, i64>(conn)?);
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(Some(ids))
    }
}

fn applies_to(listing: &Listing) -> bool {
    let filter = &listing.filter;
    matches!(filter.state, Some(State::Stuck | State::AtRisk))
        && filter.has_counters()
        && !filter.is_in_bin
        && listing.sort.key == LeadSort::CreatedAt
        && listing.sort.is_reversed != listing.position.is_backward()
}

/// Leads created before the cutoff, or before the cursor if that is earlier.
fn created_before(
    conn: &Conn,
    listing: &Listing,
    condition: &SqlText,
    cutoff: Timestamp,
) -> SqlText {
    let start = match cursor_position(listing) {
        Some(cursor) if cursor.0 <= cutoff.0 => created_before_cursor(cursor),
        _ => SqlText::new("created_at <= ").number(cutoff.0),
    };
    id_query(conn, listing, "leads_status_created_at", condition, start)
}

/// Leads whose clock began before they were created, at any time.
fn created_after_clock(conn: &Conn, listing: &Listing, condition: &SqlText) -> SqlText {
    let late = SqlText::new("created_at > clock_from");
    let start = match cursor_position(listing) {
        Some(cursor) => late.sql(" and ").then(created_before_cursor(cursor)),
        None => late,
    };
    id_query(conn, listing, "leads_made_late", condition, start)
}

fn created_before_cursor((created_at, id): (i64, i64)) -> SqlText {
    let head = SqlText::new("(created_at, id) < (").number(created_at);
    head.sql(", ").number(id).sql(")")
}

fn id_query(
    conn: &Conn,
    listing: &Listing,
    index: &'static str,
    condition: &SqlText,
    start: SqlText,
) -> SqlText {
    let range = IndexRange {
        index: Some(index),
        parts: vec![SqlText::new("deleted_at is null")],
    };
    let condition = condition.clone().sql(" and ").then(start);
    SqlText::new("select id from (")
        .then(range.select(conn, "id", &condition))
        .sql(" order by created_at desc, id desc limit ")
        .number(listing.per_page + 1)
        .sql(") as part")
}

fn cursor_position(listing: &Listing) -> Option<(i64, i64)> {
    match listing.position.cursor()? {
        Cursor {
            key: CursorKey::Number(created_at),
            id,
        } => Some((*created_at, *id)),
        _ => None,
    }
}
