//! Replacing a status: its leads move to another status, then it is archived or deleted. A few leads move in the
//! transaction that archives or deletes it. Many leads move in batches by a background worker of any server of the
//! database; until the last has moved, the status takes no leads and can't be changed.

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::Result;
use crate::leads;
use crate::pipeline::domain::replacement::{Removal, Replacement};
use crate::pipeline::store::replacements::{self, ReplacementJob};
use crate::statuses::changes;

/// The most leads that move in the transaction that archives or deletes their status.
pub const MAX_IMMEDIATE_MOVES: i64 = 300;
fn move_leads(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    replacement: Replacement,
    limit: i64,
) -> Result<i64> {
    let keeps_age = !replacement.restarts_age;
    leads::move_leads_to_replacement(conn, actor, from, replacement.to, keeps_age, limit)
}

/// Moves all leads of a status in this transaction. The caller has locked the status, so no lead comes in meanwhile.
pub(crate) fn move_all(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    replacement: Replacement,
    removal: Removal,
) -> Result<()> {
    let moved = move_leads(conn, actor, from, replacement, i64::MAX)?;
    if moved > 0 {
        let id = replacements::start(conn, actor, from, replacement, removal, moved)?;
        replacements::add_moved(conn, id, moved)?;
        replacements::finish(conn, id, actor.now)?;
    }
    Ok(())
}

/// Archives or deletes a status, without closing the gap in the pipeline.
pub(crate) fn remove(conn: &mut Conn, actor: &Actor, id: i64, removal: Removal) -> Result<()> {
    match removal {
        Removal::Archive => changes::archive(conn, actor, id)?,
        Removal::Delete => changes::delete(conn, actor, id)?,
    };
    Ok(())
}

/// Moves at most `limit` leads, or archives or deletes the status if no lead is left. Returns how many moved; nothing if
/// the replacement is finished or another server works on it.
pub(crate) fn run_step(
    conn: &mut Conn,
    now: Timestamp,
    id: i64,
    limit: usize,
) -> Result<Option<usize>> {
    let Some(job) = replacements::lock(conn, id, now)? else {
        return Ok(None);
    };
    let moved = match replacements::has_leads(conn, job.from)? {
        true => move_step(conn, &job, limit)?,
        false => finish(conn, &job, limit)?,
    };
    Ok(Some(moved))
}

fn move_step(conn: &mut Conn, job: &ReplacementJob, limit: usize) -> Result<usize> {
    let moved = move_leads(conn, &job.actor, job.from, job.replacement, limit as i64)?;
    replacements::add_moved(conn, job.id, moved)?;
    Ok(moved as usize)
}

/// Archives or deletes the status. Nothing can block this: its roles were moved at the start, it takes no leads, and
/// the status that receives them can't be archived or deleted meanwhile.
fn finish(conn: &mut Conn, job: &ReplacementJob, limit: usize) -> Result<usize> {
    locks::pipeline(conn)?;
    let target = (job.replacement.to, Strength::Shared);
    locks::statuses(conn, &[(job.from, Strength::Exclusive), target])?;
    // A lead may have come in before the lock was taken.
    let moved = move_step(conn, job, limit)?;
    if moved == 0 {
        replacements::finish(conn, job.id, job.actor.now)?;
        remove(conn, &job.actor, job.from, job.removal)?;
        changes::close_gaps(conn)?;
    }
    Ok(moved)
}
