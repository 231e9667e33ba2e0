//! Locks that a caller takes before it makes leads or moves them.

use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::{Error, Result};
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::store;

/// Locks statuses in shared mode until the transaction ends, so that they stay in use. A caller that moves leads into
/// them locks them before the leads.
pub fn lock_shared(conn: &mut Conn, ids: &[i64]) -> Result<()> {
    let shared = ids.iter().map(|id| (*id, Strength::Shared));
    locks::statuses(conn, &shared.collect::<Vec<_>>())
}

/// Locks one status in shared mode and reads it.
pub fn lock_and_find(conn: &mut Conn, id: i64) -> Result<LeadStatus> {
    lock_shared(conn, &[id])?;
    store::find(conn, id)
}

/// Locks the default role and its holder, the status in which new leads start, and reads that status.
pub fn lock_and_find_default(conn: &mut Conn) -> Result<LeadStatus> {
    locks::default_role(conn)?;
    let id = default_id(conn)?;
    lock_and_find(conn, id)
}

/// The status in which new leads start.
pub fn default_id(conn: &mut Conn) -> Result<i64> {
    let holders = store::role_holders(conn)?;
    let holder = holders.into_iter().find(|(role, _)| *role == Role::Default);
    holder
        .map(|(_, id)| id)
        .ok_or_else(|| Error::internal("no status is the default"))
}
