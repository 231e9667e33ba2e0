//! The statuses that a lead moves through, from New to Won or Lost, in the order of the pipeline.
//! Each says what it means, what must be true to enter and to leave it, and how long a lead should and may stay.
//! One status receives new leads, one receives won leads, and a status that holds leads can't be deleted.

pub mod actions;
pub mod domain;
pub mod http;
mod store;

pub use actions::ages::AgeHistogram;
pub use actions::changes::create;
pub use actions::check::{count_all, faults};
#[cfg(test)]
pub use actions::lookup::tests::lookup_of as words_of;
pub use actions::lookup::{Interpretation, Match, StatusLookup};
pub use actions::replace::{
    LeadMover, MAX_IMMEDIATE_MOVES, MoveLeads, Replacement, being_replaced_message,
    run_replacements,
};
pub use actions::seed::{is_seeded, seed};
pub use actions::stats::{
    LeadTotals, OverdueCounts, StatusStats, count_entered, count_stuck, count_stuck_of_owner,
    lead_totals, lead_totals_of, overdue_counts, stats, stats_of,
};
pub use domain::api_body::StatusBody;
pub use domain::color::{Color, Hue};
pub use domain::days::Days;
pub use domain::definition::{Criteria, Definition};
pub use domain::form::{Flags, Mode, StatusForm};
pub use domain::kind::{Kind, Role};
pub use domain::name::{Name, Slug};
pub use domain::order::{PipelineMove, Reorder, order_etag, reordered};
pub use domain::rules::{blockers, check_days, check_kind, check_role};
pub use domain::sets::{SetStatus, StandardSet, seed_statuses};
pub use domain::snapshot::{DisplayValue, FieldChange, Snapshot, diff};
pub use domain::state::{Cutoffs, State};
pub use domain::status::{
    DeletedStatus, LeadStatus, NewLeadStatus, ReplacementProgress, StatusField, StatusFields,
    label_key,
};
pub use http::api::openapi::{Created, Done, IdempotencyKey, IfMatch};
pub use http::recovered::recovered_fields;

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
    let totals = store::counts::list_totals(conn)?;
    let standing = totals.iter().filter(|total| !total.is_deleted);
    Ok(standing.map(|total| total.leads).sum())
}

/// The names of deleted statuses, which history still shows.
pub fn list_deleted(conn: &mut crate::db::Conn) -> crate::error::Result<Vec<DeletedStatus>> {
    store::write::list_deleted(conn)
}
