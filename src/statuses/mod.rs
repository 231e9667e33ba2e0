//! The statuses that a lead moves through, from New to Won or Lost, in the order of the pipeline.
//! Each says what it means, what must be true to enter and to leave it, and how long a lead should and may stay.
//! One of them is where new leads start, one is where won leads land, and none is ever deleted out from under its leads.

mod ages;
pub mod api;
pub mod bulk;
pub mod changes;
mod check;
mod color;
mod columns;
mod days;
pub mod demo;
pub mod edit;
pub mod exchange;
mod form;
pub mod import;
mod kind;
mod listing;
mod merge;
mod name;
mod occupancy;
mod order;
pub mod pages;
pub mod reference;
mod replace;
mod rewrite;
mod rules;
mod seed;
mod sets;
mod snapshot;
mod state;
mod status;
mod store;
pub mod undo;
mod view;
mod views;
mod wording;
mod words;

pub use ages::Ages;
pub use check::{faults, total};
pub use color::{Color, Hue};
pub use columns::{Column, Columns};
pub use days::Days;
pub use form::{Flags, Mode, StatusForm};
pub use kind::{Kind, Role};
pub use listing::{Archived, Filter, Listing, SortKey};
pub use merge::{Conflict, Merge, choose, merge};
pub use name::{Name, Slug};
pub use occupancy::{
    Headcount, Occupancy, Waiting, entered, headcount_of, headcounts, occupancy, occupancy_of,
    stuck_in_all, stuck_of_owner, waiting,
};
pub use order::{Reorder, Step, moved, seal};
pub use replace::{AT_ONCE, MoveOut, Replacement, Residents, is_leaving, work_off};
pub use rules::{blockers, check_kind, check_role};
pub use seed::{is_seeded, seed};
pub use sets::{SetStatus, StandardSet, seed_statuses};
pub use snapshot::{FieldChange, Shown, Snapshot, diff};
pub use state::{Cutoffs, State};
pub use status::{DeletedStatus, FIELDS, LeadStatus, Leaving, NewLeadStatus, StatusFields, label};
pub use view::StatusBody;
pub use wording::{Criteria, Definition};
#[cfg(test)]
pub use words::tests::words as words_of;
pub use words::{Meant, Reading, Words};

use crate::db::locks::{self, Strength};

/// How many statuses are in use, for the frame around every page.
pub fn count(conn: &mut crate::db::Conn) -> crate::error::Result<i64> {
    store::count(conn)
}

/// The statuses in use, in pipeline order.
pub fn in_use(conn: &mut crate::db::Conn) -> crate::error::Result<Vec<LeadStatus>> {
    store::in_use(conn)
}

/// Every status by its id, archived ones too.
pub fn everything(conn: &mut crate::db::Conn) -> crate::error::Result<Vec<LeadStatus>> {
    store::everything(conn)
}

/// One status, archived or not.
pub fn find(conn: &mut crate::db::Conn, id: i64) -> crate::error::Result<LeadStatus> {
    store::find(conn, id)
}

/// Keeps statuses in use until the transaction ends, while others may do the same. Whoever moves leads into them holds
/// them before the leads.
pub fn keep(conn: &mut crate::db::Conn, ids: &[i64]) -> crate::error::Result<()> {
    let shared = ids.iter().map(|id| (*id, Strength::Shared));
    locks::statuses(conn, &shared.collect::<Vec<_>>())
}

/// A status that is kept in use until the transaction ends.
pub fn hold(conn: &mut crate::db::Conn, id: i64) -> crate::error::Result<LeadStatus> {
    keep(conn, &[id])?;
    store::find(conn, id)
}

/// The status in which new leads start, which stays that one until the transaction ends.
pub fn hold_default(conn: &mut crate::db::Conn) -> crate::error::Result<LeadStatus> {
    locks::default_role(conn)?;
    let id = default_id(conn)?;
    hold(conn, id)
}

/// The status in which new leads start.
pub fn default_id(conn: &mut crate::db::Conn) -> crate::error::Result<i64> {
    let holders = store::role_holders(conn)?;
    let holder = holders.into_iter().find(|(role, _)| *role == Role::Default);
    holder
        .map(|(_, id)| id)
        .ok_or_else(|| crate::error::Error::internal("no status is the default"))
}

/// How many leads there are, in all statuses together.
pub fn leads_in_all(conn: &mut crate::db::Conn) -> crate::error::Result<i64> {
    let totals = store::totals(conn)?;
    let standing = totals.iter().filter(|total| !total.is_deleted);
    Ok(standing.map(|total| total.leads).sum())
}

/// The statuses that were deleted: history still names them.
pub fn deleted(conn: &mut crate::db::Conn) -> crate::error::Result<Vec<DeletedStatus>> {
    store::deleted(conn)
}
