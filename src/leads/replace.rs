//! What becomes of leads whose status is replaced by another.

use super::{Move, Rights, Via, move_held, store, target};
use crate::audit::Actor;
use crate::db::{Conn, locks};
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
    let to = target(conn, taker.to)?;
    let ids = locks::leads_in(conn, &[from], limit)?;
    let leads = store::find_many(conn, &ids)?;
    let order = Move {
        keeps_age: !taker.restarts_age,
        ..Move::new(to.id, Via::Replace)
    };
    let moved = move_held(conn, actor, Rights::program(), &order, leads)?;
    Ok(moved.len() as i64)
}
