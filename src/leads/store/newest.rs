//! The newest of the leads that have been in their status long. A walk along the order of creation would first meet
//! all that are too new to be at risk or stuck, which are more the more leads there are. Few leads are older in their
//! status than in the database, and those have an index of their own; all others were made before the cutoff, where
//! the walk begins.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::list::{Against, arms};
use super::route::{PARTS, Route};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::leads::State;
use crate::leads::listing::{Listing, Mark, MarkKey, SortKey, Turn};
use crate::statuses::LeadStatus;

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// The leads of one page of the list of those that are at risk or stuck, the newest first, and some more; nothing if
/// this is another list, or another database than SQLite.
pub fn route(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Option<Route>> {
    let Some(state) = listing.state.filter(|_| is_meant(conn, listing)) else {
        return Ok(None);
    };
    let of_list = |status: &&LeadStatus| listing.status.is_none_or(|id| id == status.id);
    let mut parts: Vec<String> = Vec::new();
    for status in against.statuses.iter().filter(of_list) {
        let cutoffs = status.cutoffs(against.now);
        let cutoff = match state {
            State::Stuck => cutoffs.stuck,
            _ => cutoffs.at_risk,
        };
        let (pause, ranges) = arms(state, Some(status.id), against);
        if let (Some(cutoff), Some(range)) = (cutoff, ranges.first()) {
            let stands = format!("{pause} and {range}");
            parts.push(made_before(listing, &stands, cutoff));
            parts.push(made_after(listing, &stands));
        }
    }
    let mut ids: Vec<i64> = Vec::new();
    for some in parts.chunks(PARTS) {
        let found: Vec<Found> = diesel::sql_query(some.join(" union all ")).load(conn)?;
        ids.extend(found.into_iter().map(|found| found.id));
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(Some(Route::Among(ids)))
}

fn is_meant(conn: &Conn, listing: &Listing) -> bool {
    matches!(conn, Conn::Sqlite(_))
        && matches!(listing.state, Some(State::Stuck | State::AtRisk))
        && listing.is_plain()
        && !listing.is_bin
        && listing.sort == SortKey::CreatedAt
        && listing.is_reversed != listing.turn.is_backward()
}

/// Those that were made before the cutoff, or before the place of the page if that is earlier.
fn made_before(listing: &Listing, stands: &str, cutoff: Timestamp) -> String {
    let from = match place(listing) {
        Some((made, id)) if made <= cutoff.0 => {
            format!("(leads.created_at, leads.id) < ({made}, {id})")
        }
        _ => format!("leads.created_at <= {}", cutoff.0),
    };
    part(listing, "leads_status_created_at", stands, &from)
}

/// Those that are older in their status than in the database, wherever they were made.
fn made_after(listing: &Listing, stands: &str) -> String {
    let from = match place(listing) {
        Some((made, id)) => format!(
            "leads.created_at > leads.clock_from and (leads.created_at, leads.id) < ({made}, {id})"
        ),
        None => "leads.created_at > leads.clock_from".to_owned(),
    };
    part(listing, "leads_made_late", stands, &from)
}

fn part(listing: &Listing, index: &str, stands: &str, from: &str) -> String {
    format!(
        "select id from (select id from leads indexed by {index} where deleted_at is null and {stands} and {from} \
         order by created_at desc, id desc limit {})",
        listing.per + 1
    )
}

fn place(listing: &Listing) -> Option<(i64, i64)> {
    match &listing.turn {
        Turn::After(Mark {
            key: MarkKey::Number(made),
            id,
        })
        | Turn::Before(Mark {
            key: MarkKey::Number(made),
            id,
        }) => Some((*made, *id)),
        _ => None,
    }
}
