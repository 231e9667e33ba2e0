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
use crate::leads::store::query::index_range::MAX_UNION_PARTS;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::statuses::State;

impl LeadQuery {
    /// The ids for one page of the list of leads at risk or stuck, newest first; nothing for another list or database.
    pub(super) fn overdue_ids(
        &self,
        conn: &mut Conn,
        listing: &Listing,
    ) -> Result<Option<Vec<i64>>> {
        let filter = &listing.filter;
        let Some(state) = filter.state.filter(|_| applies_to(conn, listing)) else {
            return Ok(None);
        };
        let mut parts: Vec<String> = Vec::new();
        for status in self.selected_statuses(filter.status) {
            let cutoffs = status.cutoffs(self.now);
            let cutoff = match state {
                State::Stuck => cutoffs.stuck,
                _ => cutoffs.at_risk,
            };
            let (pause, ranges) = state_ranges(state, Some(status.id), self);
            if let (Some(cutoff), Some(range)) = (cutoff, ranges.first()) {
                let condition = format!("{pause} and {range}");
                parts.push(created_before(listing, &condition, cutoff));
                parts.push(created_after_clock(listing, &condition));
            }
        }
        let mut ids: Vec<i64> = Vec::new();
        for chunk in parts.chunks(MAX_UNION_PARTS) {
            let union = SqlText::new(chunk.join(" union all "));
            ids.extend(union.load::<BigInt, i64>(conn)?);
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(Some(ids))
    }
}

fn applies_to(conn: &Conn, listing: &Listing) -> bool {
    let filter = &listing.filter;
    matches!(conn, Conn::Sqlite(_))
        && matches!(filter.state, Some(State::Stuck | State::AtRisk))
        && filter.has_counters()
        && !filter.is_bin
        && listing.sort.key == LeadSort::CreatedAt
        && listing.sort.is_reversed != listing.position.is_backward()
}

/// Leads created before the cutoff, or before the cursor if that is earlier.
fn created_before(listing: &Listing, condition: &str, cutoff: Timestamp) -> String {
    let start = match cursor_position(listing) {
        Some((created_at, id)) if created_at <= cutoff.0 => {
            format!("(created_at, id) < ({created_at}, {id})")
        }
        _ => format!("created_at <= {}", cutoff.0),
    };
    id_query(listing, "leads_status_created_at", condition, &start)
}

/// Leads whose clock began before they were created, at any time.
fn created_after_clock(listing: &Listing, condition: &str) -> String {
    let start = match cursor_position(listing) {
        Some((created_at, id)) => {
            format!("created_at > clock_from and (created_at, id) < ({created_at}, {id})")
        }
        None => "created_at > clock_from".to_owned(),
    };
    id_query(listing, "leads_made_late", condition, &start)
}

fn id_query(listing: &Listing, index: &str, condition: &str, start: &str) -> String {
    format!(
        "select id from (select id from leads indexed by {index} where deleted_at is null and {condition} and {start} \
         order by created_at desc, id desc limit {})",
        listing.per_page + 1
    )
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
