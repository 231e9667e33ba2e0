//! What becomes of leads whose status is replaced by another.

use super::{Move, Rights, Via, move_leads, store};
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::Result;
use crate::statuses::Replacement;

/// Moves at most `limit` leads out of a status, those in the bin too, with the age they have unless told otherwise;
/// returns how many went.
///
/// # Errors
/// [`crate::error::Error::Invalid`] if the status that takes over takes no leads.
pub fn move_out(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    taker: Replacement,
    limit: i64,
) -> Result<i64> {
    let ids = store::hold_in(conn, from, limit)?;
    if ids.is_empty() {
        return Ok(0);
    }
    let order = Move {
        keeps_age: !taker.restarts_age,
        ..Move::new(taker.to, Via::Replace)
    };
    let moved = move_leads(conn, actor, Rights::program(), &order, &ids)?;
    Ok(moved.len() as i64)
}
