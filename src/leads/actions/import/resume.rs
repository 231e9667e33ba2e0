//! Finds jobs whose lease has ended and continues them: every server does so while it runs, and so does an import
//! command.

use std::time::{Duration, Instant};

use crate::clock::{DAY_SECONDS, Timestamp};
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::import::context::JobContext;
use crate::leads::actions::import::file_parts as parts;
use crate::leads::actions::import::run::JobRun;
use crate::leads::domain::import_job::{Job, NewJob, SkippedLine};
use crate::leads::store::{import_jobs, import_parts};

/// How often a server looks for jobs whose lease has ended.
const POLL_INTERVAL: Duration = Duration::from_secs(3);
/// The seconds after which a job of an earlier schema ends if its file is on no server.
const FILE_LOST_SECONDS: i64 = 7 * DAY_SECONDS;

/// The unfinished jobs whose lease has ended, oldest first.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn list_abandoned(context: &JobContext) -> Result<Vec<Job>> {
    let (jobs, now) = context
        .db
        .read_blocking(|conn| Ok((import_jobs::unfinished(conn)?, import_jobs::db_now(conn)?)))?;
    let jobs = jobs.into_iter().filter(|job| !job.is_worked_on(now));
    Ok(jobs.filter(|job| can_resume(job, context, now)).collect())
}

/// A job, and whether its lease is in force; `None` if the job was deleted.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn find_job(context: &JobContext, id: i64) -> Result<Option<(Job, bool)>> {
    let result = context.db.read_blocking(|conn| {
        let job = import_jobs::find(conn, id)?;
        let is_worked_on = job.is_worked_on(import_jobs::db_now(conn)?);
        Ok((job, is_worked_on))
    });
    match result {
        Err(Error::NotFound) => Ok(None),
        result => result.map(Some),
    }
}

/// The running job with the digest of a new one.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn find_running(context: &JobContext, new: &NewJob) -> Result<Option<Job>> {
    let job = context
        .db
        .read_blocking(|conn| import_jobs::find_last(conn, &new.digest, false));
    job.map(|job| job.map(|(job, _)| job))
}

/// The job with the digest of a new one, if it has finished since an instant.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn find_ended_since(context: &JobContext, new: &NewJob, since: Instant) -> Result<Option<Job>> {
    let job = context
        .db
        .read_blocking(|conn| import_jobs::find_last(conn, &new.digest, true))?;
    let Some((job, now)) = job else {
        return Ok(None);
    };
    let elapsed = i64::try_from(since.elapsed().as_micros()).unwrap_or_default();
    Ok((now.0 - job.lease_until.0 < elapsed).then_some(job))
}

/// The lines that a job has skipped.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn list_skipped(context: &JobContext, id: i64) -> Result<Vec<SkippedLine>> {
    context
        .db
        .read_blocking(|conn| import_jobs::list_skipped(conn, id, i64::MAX))
}

/// True if this process can continue a job. The file of a job from an earlier schema is on one server: other servers
/// skip the job unless the file is lost.
fn can_resume(job: &Job, context: &JobContext, now: Timestamp) -> bool {
    job.file.is_empty() || context.dir.join(&job.file).exists() || is_file_lost(job, now)
}

fn is_file_lost(job: &Job, now: Timestamp) -> bool {
    now.seconds_since(job.started_at) > FILE_LOST_SECONDS
}

/// Continues jobs whose lease has ended, for as long as the server runs.
pub async fn watch_abandoned(context: JobContext) {
    parts::delete_stale(&context.dir);
    // Writing to a damaged database would make it worse.
    while !context.db.is_damaged() {
        let own = context.clone();
        let result = tokio::task::spawn_blocking(move || resume_abandoned(&own)).await;
        if let Ok(Err(error)) = result
            && !error.is_corrupt()
        {
            tracing::warn!(%error, "imports that were left could not be looked for");
        }
        tokio::time::sleep(POLL_INTERVAL).await;
    }
}

fn resume_abandoned(context: &JobContext) -> Result<()> {
    for job in list_abandoned(context)? {
        let run = match JobRun::take_over(context, job.id) {
            // A job that can't be taken over must not block the others.
            Err(Error::Busy(cause)) => {
                tracing::warn!(%cause, id = job.id, "an import could not be taken over");
                continue;
            }
            run => run?,
        };
        if let Some((run, job)) = run {
            tracing::info!(
                id = job.id,
                rows = job.rows_done,
                "an import that was left goes on"
            );
            in_background(move || resume(&run, &job).map(drop));
        }
    }
    match context.db.read_blocking(import_parts::find_leftover)? {
        Some(id) => parts::delete_file(&context.db, id),
        None => Ok(()),
    }
}

/// Continues a job that was taken over; returns `None` if it was deleted or another process took it.
///
/// # Errors
/// Returns an error if the database can't be written at the end.
pub fn resume(run: &JobRun, job: &Job) -> Result<Option<Job>> {
    let has_file = job.file.is_empty() || run.context.dir.join(&job.file).exists();
    match (job.is_ready, has_file) {
        // Its file was never stored as a whole, and no user got an answer.
        (false, _) => run.discard().map(|()| None),
        (true, true) => run.finish(&|_| ()),
        (true, false) => run.end_job(Some(Message::new("lead-job-file-lost"))),
    }
}

/// Runs the work in a thread of its own and logs its error.
pub fn in_background(work: impl FnOnce() -> Result<()> + Send + 'static) {
    let work = move || match work() {
        Ok(()) => {}
        Err(Error::Busy(cause)) => tracing::warn!(%cause, "an import goes on later"),
        // The database has logged it.
        Err(error) if error.is_corrupt() => {}
        Err(error) => tracing::error!(%error, "an import could not go on"),
    };
    let spawned = std::thread::Builder::new()
        .name("import".into())
        .spawn(work);
    if let Err(cause) = spawned {
        tracing::error!(%cause, "an import could not go on");
    }
}
