//! The worker of each server: it runs the steps of replacements, of large bulk actions and of undos, those started here and those
//! that a stopped server left unfinished.

use crate::clock::{Clock, Timestamp};
use crate::db::{Conn, Db, FIRST_STEP_ROWS, STEP_TIME, next_step_size};
use crate::error::{Error, Result};
use crate::leads;
use crate::pipeline::actions::{replace, undo};
use crate::pipeline::store::{replacements, undos};
use crate::web::JobSignal;

/// A kind of jobs and how far they have come.
struct JobKind {
    /// The id of the job of the last step; the next step is of the next job.
    last: i64,
    step_size: usize,
    /// Reads the id of the unfinished job after another one, or else of the first.
    next: fn(&mut Conn, i64) -> Result<Option<i64>>,
    /// Handles up to so many leads of a job and returns their number; nothing if the job is finished or another server works
    /// on it.
    step: fn(&mut Conn, Timestamp, i64, usize) -> Result<Option<usize>>,
}

impl JobKind {
    /// Runs a step of the next job; false if there is nothing to do now.
    async fn run_step(&mut self, db: &Db, clock: &Clock) -> bool {
        let (last, next) = (self.last, self.next);
        let Ok(Some(id)) = db.read(move |conn| next(conn, last)).await else {
            return false;
        };
        self.last = id;
        let (writer, now, size, step) = (db.clone(), clock.now(), self.step_size, self.step);
        let work = move || writer.write_alone(move |conn| step(conn, now, id, size));
        let result = tokio::task::spawn_blocking(work).await;
        match result.map_err(Error::internal).and_then(|result| result) {
            Ok((Some(rows), took)) => {
                self.step_size = next_step_size(size, rows, took, STEP_TIME);
                true
            }
            Ok((None, _)) => false,
            Err(error) => {
                if !error.is_corrupt() {
                    tracing::warn!(%id, ?error, "a step of a job could not be done yet");
                }
                false
            }
        }
    }
}

/// Runs jobs until the server stops or the database is damaged.
pub async fn run_jobs(db: Db, clock: Clock, signal: &JobSignal) {
    let kind = |next, step| JobKind {
        last: 0,
        step_size: FIRST_STEP_ROWS,
        next,
        step,
    };
    let mut kinds = [
        kind(replacements::next, replace::run_step),
        kind(leads::next_bulk_job, leads::run_bulk_step),
        kind(undos::next, undo::run_step),
    ];
    while !db.is_damaged() {
        let mut is_idle = true;
        for kind in &mut kinds {
            is_idle &= !kind.run_step(&db, &clock).await;
        }
        signal.notify_step();
        if is_idle {
            signal.wait().await;
        }
    }
}
