//! Replacing a status: its leads move to another status, then it is archived or deleted. A few leads move in the
//! transaction that archives or deletes it. Many leads move in batches by a background worker of any server of the
//! database; until the last has moved, the status takes no leads and can't be changed.

use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::audit::Actor;
use crate::clock::{Clock, Timestamp};
use crate::db::locks::{self, Strength};
use crate::db::{Conn, Db};
use crate::error::Result;
use crate::leads;
use crate::pipeline::domain::replacement::{Removal, Replacement};
use crate::pipeline::store::replacements::{self, ReplacementJob};
use crate::statuses::changes;

/// The most leads that move in the transaction that archives or deletes their status.
pub const MAX_IMMEDIATE_MOVES: i64 = 300;
/// How long moving one batch should take, where there are more leads. Other writes wait for two batches at most.
const BATCH_TIME: Duration = Duration::from_millis(20);
/// The leads of the first batch; how long it took decides on the next.
const FIRST_BATCH: i64 = 20;
/// The most leads of a batch.
const MAX_BATCH: i64 = 500;
/// The interval at which the worker looks for replacements that another server left unfinished.
const POLL_INTERVAL: Duration = Duration::from_secs(3);

/// Wakes the worker of this server when a replacement has started.
#[derive(Debug, Default)]
pub struct ReplacementSignal(Notify);

impl ReplacementSignal {
    /// Wakes the worker.
    pub fn wake(&self) {
        self.0.notify_one();
    }

    async fn wait(&self) {
        let _ = tokio::time::timeout(POLL_INTERVAL, self.0.notified()).await;
    }
}

fn move_leads(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    replacement: Replacement,
    limit: i64,
) -> Result<i64> {
    let keeps_age = !replacement.restarts_age;
    leads::move_out(conn, actor, from, replacement.to, keeps_age, limit)
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

/// Moves one batch, or archives or deletes the status if no lead is left. Answers how many leads the next batch should
/// have; nothing if the replacement is finished or another server works on it.
fn run_step(conn: &mut Conn, now: Timestamp, id: i64, size: i64) -> Result<Option<i64>> {
    let Some(job) = replacements::lock(conn, id, now)? else {
        return Ok(None);
    };
    let begun = Instant::now();
    if replacements::has_leads(conn, job.from)? {
        move_batch(conn, &job, size)?;
        return Ok(Some(next_size(size, begun.elapsed())));
    }
    finish(conn, &job, size)?;
    Ok(Some(size))
}

/// As many leads as would have taken the time of a batch, at most twice as many as before.
fn next_size(size: i64, took: Duration) -> i64 {
    let in_time = size as f64 * BATCH_TIME.as_secs_f64() / took.as_secs_f64().max(1e-6);
    (in_time as i64).clamp(1, (size * 2).min(MAX_BATCH))
}

fn move_batch(conn: &mut Conn, job: &ReplacementJob, size: i64) -> Result<i64> {
    let moved = move_leads(conn, &job.actor, job.from, job.replacement, size)?;
    replacements::add_moved(conn, job.id, moved)?;
    Ok(moved)
}

/// Archives or deletes the status. Nothing can block this: its roles were moved at the start, it takes no leads, and
/// the status that receives them can't be archived or deleted meanwhile.
fn finish(conn: &mut Conn, job: &ReplacementJob, size: i64) -> Result<()> {
    locks::pipeline(conn)?;
    let target = (job.replacement.to, Strength::Shared);
    locks::statuses(conn, &[(job.from, Strength::Exclusive), target])?;
    // A lead may have come in before the lock was taken.
    if move_batch(conn, job, size)? > 0 {
        return Ok(());
    }
    replacements::finish(conn, job.id, job.actor.now)?;
    remove(conn, &job.actor, job.from, job.removal)?;
    changes::close_gaps(conn)
}

/// Works on replacements as long as the server runs: those started here, and those that a stopped server left
/// unfinished. Several replacements take turns, batch by batch. Stops if the database is damaged.
pub async fn run_replacements(db: Db, clock: Clock, signal: &ReplacementSignal) {
    let (mut after, mut size) = (0, FIRST_BATCH);
    while !db.is_damaged() {
        let next = db.read(move |conn| replacements::next(conn, after)).await;
        let Ok(Some(id)) = next else {
            signal.wait().await;
            continue;
        };
        after = id;
        let now = clock.now();
        let done = db.write(move |conn| run_step(conn, now, id, size)).await;
        if let Err(error) = &done
            && !error.is_corrupt()
        {
            tracing::warn!(%id, ?error, "the leads of a status could not be moved yet");
        }
        match done {
            Ok(Some(next)) => size = next,
            Ok(None) | Err(_) => signal.wait().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_as_large_as_its_time_allows() {
        let millis = Duration::from_millis;
        assert_eq!(next_size(100, millis(20)), 100);
        assert_eq!(next_size(100, millis(80)), 25);
        assert_eq!(next_size(100, millis(5)), 200, "twice as many at most");
        assert_eq!(next_size(400, millis(1)), MAX_BATCH);
        assert_eq!(next_size(1, millis(900)), 1);
        assert_eq!(next_size(20, Duration::ZERO), 40);
    }
}
