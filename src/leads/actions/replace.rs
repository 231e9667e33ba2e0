//! Moves leads out of a status that is replaced by another.

use crate::audit::Actor;
use crate::db::{Conn, locks};
use crate::error::Result;
use crate::leads::actions::moves::{Move, lock_target_status, move_locked};
use crate::leads::domain::rights::Rights;
use crate::leads::domain::visit::Channel;
use crate::leads::store;
use crate::statuses::Replacement;

/// Moves at most `limit` leads out of a status, those in the bin too, and returns how many moved. They keep their age
/// unless `replacement` restarts it.
///
/// [`crate::error::Error::Invalid`] if the new status is archived or being replaced.
pub fn move_out(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    replacement: Replacement,
    limit: i64,
) -> Result<i64> {
    let to = lock_target_status(conn, replacement.to)?;
    let ids = locks::leads_in(conn, &[from], limit)?;
    let leads = store::find_many(conn, &ids)?;
    let lead_move = Move {
        keeps_age: !replacement.restarts_age,
        ..Move::new(to.id, Channel::Replace)
    };
    let moved = move_locked(conn, actor, Rights::program(), &lead_move, leads)?;
    Ok(moved.len() as i64)
}
