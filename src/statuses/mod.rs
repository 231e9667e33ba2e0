//! The statuses that a lead moves through, from New to Won or Lost, in the order of the pipeline.
//! Each says what it means, what must be true to enter and to leave it, and how long a lead should and may stay.
//! One status receives new leads, one receives won leads, and a status that holds leads can't be deleted.

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

pub use ages::AgeHistogram;
pub use check::{count_all, faults};
pub use color::{Color, Hue};
pub use columns::{Column, Columns};
pub use days::Days;
pub use form::{Flags, Mode, StatusForm};
pub use kind::{Kind, Role};
pub use listing::{ArchivedFilter, Filter, Listing, SortKey};
pub use merge::{FieldConflict, Merge, apply_choices, merge};
pub use name::{Name, Slug};
pub use occupancy::{
    LeadTotals, OverdueCounts, StatusStats, count_entered, count_stuck, count_stuck_of_owner,
    lead_totals, lead_totals_of, overdue_counts, stats, stats_of,
};
pub use order::{PipelineMove, Reorder, order_etag, reordered};
pub use replace::{
    LeadMover, MAX_IMMEDIATE_MOVES, MoveLeads, Replacement, being_replaced_message,
    run_replacements,
};
pub use rules::{blockers, check_kind, check_role};
pub use seed::{is_seeded, seed};
pub use sets::{SetStatus, StandardSet, seed_statuses};
pub use snapshot::{DisplayValue, FieldChange, Snapshot, diff};
pub use state::{Cutoffs, State};
pub use status::{
    DeletedStatus, FIELDS, LeadStatus, NewLeadStatus, ReplacementProgress, StatusFields, label_key,
};
pub use view::StatusBody;
pub use wording::{Criteria, Definition};
#[cfg(test)]
pub use words::tests::lookup_of as words_of;
pub use words::{Interpretation, Match, StatusLookup};

use crate::db::locks::{self, Strength};

/// The number of statuses in use.
pub fn count_in_use(conn: &mut crate::db::Conn) -> crate::error::Result<i64> {
    store::count_in_use(conn)
}

/// The statuses in use, in pipeline order.
pub fn list_in_use(conn: &mut crate::db::Conn) -> crate::error::Result<Vec<LeadStatus>> {
    store::list_in_use(conn)
}

/// Every status in the order of ids, archived ones too.
pub fn list_all(conn: &mut crate::db::Conn) -> crate::error::Result<Vec<LeadStatus>> {
    store::list_all(conn)
}

/// One status, archived or not.
pub fn find(conn: &mut crate::db::Conn, id: i64) -> crate::error::Result<LeadStatus> {
    store::find(conn, id)
}

/// Locks statuses in shared mode until the transaction ends, so that they stay in use. A caller that moves leads into
/// them locks them before the leads.
pub fn lock_shared(conn: &mut crate::db::Conn, ids: &[i64]) -> crate::error::Result<()> {
    let shared = ids.iter().map(|id| (*id, Strength::Shared));
    locks::statuses(conn, &shared.collect::<Vec<_>>())
}

/// Locks one status in shared mode and reads it.
pub fn lock_and_find(conn: &mut crate::db::Conn, id: i64) -> crate::error::Result<LeadStatus> {
    lock_shared(conn, &[id])?;
    store::find(conn, id)
}

/// Locks the default role and its holder, the status in which new leads start, and reads that status.
pub fn lock_and_find_default(conn: &mut crate::db::Conn) -> crate::error::Result<LeadStatus> {
    locks::default_role(conn)?;
    let id = default_id(conn)?;
    lock_and_find(conn, id)
}

/// The status in which new leads start.
pub fn default_id(conn: &mut crate::db::Conn) -> crate::error::Result<i64> {
    let holders = store::role_holders(conn)?;
    let holder = holders.into_iter().find(|(role, _)| *role == Role::Default);
    holder
        .map(|(_, id)| id)
        .ok_or_else(|| crate::error::Error::internal("no status is the default"))
}

/// The number of leads in all statuses together, without the bin.
pub fn count_leads(conn: &mut crate::db::Conn) -> crate::error::Result<i64> {
    let totals = store::list_totals(conn)?;
    let standing = totals.iter().filter(|total| !total.is_deleted);
    Ok(standing.map(|total| total.leads).sum())
}

/// The names of deleted statuses, which history still shows.
pub fn list_deleted(conn: &mut crate::db::Conn) -> crate::error::Result<Vec<DeletedStatus>> {
    store::list_deleted(conn)
}
