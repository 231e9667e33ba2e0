//! Imports that a process has left: every server looks for them as long as it runs, and so does a command that imports.

use std::time::{Duration, Instant};

use actix_web::web::Data;

use super::job::{Job, LeftOut, NewJob};
use super::parts;
use super::run::{Context, Run};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::store::{import_jobs, import_parts};
use crate::web::App;

/// How often a server looks.
const LOOK_AGAIN: Duration = Duration::from_secs(3);
/// After how long a job of an earlier schema ends whose file is on no server, in seconds.
const FILE_IS_LOST: i64 = 7 * 86_400;

/// The imports that nobody works on, oldest first.
///
/// # Errors
/// If they can't be read.
pub fn left(context: &Context) -> Result<Vec<Job>> {
    let (jobs, now) = context.db.read_blocking(|conn| {
        Ok((
            import_jobs::unfinished(conn)?,
            import_jobs::lease_clock(conn)?,
        ))
    })?;
    let jobs = jobs.into_iter().filter(|job| !job.is_worked_on(now));
    Ok(jobs.filter(|job| is_for_us(job, context, now)).collect())
}

/// An import as it stands, and whether somebody works on it; nothing if it was taken away.
///
/// # Errors
/// If it can't be read.
pub fn look(context: &Context, id: i64) -> Result<Option<(Job, bool)>> {
    let looked = context.db.read_blocking(|conn| {
        let job = import_jobs::find(conn, id)?;
        let is_worked_on = job.is_worked_on(import_jobs::lease_clock(conn)?);
        Ok((job, is_worked_on))
    });
    match looked {
        Err(Error::NotFound) => Ok(None),
        other => other.map(Some),
    }
}

/// The very same import, if it is under way.
///
/// # Errors
/// If it can't be read.
pub fn under_way(context: &Context, new: &NewJob) -> Result<Option<Job>> {
    let found = context
        .db
        .read_blocking(|conn| import_jobs::last_of(conn, &new.digest, false));
    found.map(|found| found.map(|(job, _)| job))
}

/// The very same import, if it has ended since this process came to a point.
///
/// # Errors
/// If it can't be read.
pub fn ended_since(context: &Context, new: &NewJob, begun: Instant) -> Result<Option<Job>> {
    let found = context
        .db
        .read_blocking(|conn| import_jobs::last_of(conn, &new.digest, true))?;
    let Some((job, now)) = found else {
        return Ok(None);
    };
    let ago = i64::try_from(begun.elapsed().as_micros()).unwrap_or_default();
    Ok((now.0 - job.lease_until.0 < ago).then_some(job))
}

/// The first lines that an import has left out.
///
/// # Errors
/// If they can't be read.
pub fn left_out(context: &Context, id: i64) -> Result<Vec<LeftOut>> {
    context
        .db
        .read_blocking(|conn| import_jobs::left_out(conn, id, i64::MAX))
}

/// True if this process can go on. The file of a job of an earlier schema lies in the data directory of one server:
/// the others leave that job alone, unless the file is lost.
fn is_for_us(job: &Job, context: &Context, now: Timestamp) -> bool {
    job.file.is_empty() || context.dir.join(&job.file).exists() || is_lost(job, now)
}

fn is_lost(job: &Job, now: Timestamp) -> bool {
    now.seconds_since(job.started_at) > FILE_IS_LOST
}

/// Looks for imports that were left, as long as the server runs, and goes on with them.
pub async fn watch(app: Data<App>) {
    let context = Context::of_server(&app);
    parts::sweep(&context.dir);
    // What goes on in a damaged database makes it worse.
    while !context.db.is_damaged() {
        let looking = context.clone();
        let looked = tokio::task::spawn_blocking(move || pick_up(&looking)).await;
        if let Ok(Err(error)) = looked
            && !error.is_corrupt()
        {
            tracing::warn!(%error, "imports that were left could not be looked for");
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

fn pick_up(context: &Context) -> Result<()> {
    for job in left(context)? {
        let taken = match Run::take_over(context, job.id) {
            // One job that can't be taken keeps nobody from the others.
            Err(Error::Busy(cause)) => {
                tracing::warn!(%cause, id = job.id, "an import could not be taken over");
                continue;
            }
            taken => taken?,
        };
        if let Some((run, job)) = taken {
            tracing::info!(
                id = job.id,
                rows = job.rows_done,
                "an import that was left goes on"
            );
            in_background(move || go_on(&run, &job).map(drop));
        }
    }
    match context.db.read_blocking(import_parts::left_behind)? {
        Some(id) => parts::remove(&context.db, id),
        None => Ok(()),
    }
}

/// Goes on with an import that was taken over; nothing if nothing comes of it.
///
/// # Errors
/// As [`Run::finish`].
pub fn go_on(run: &Run, job: &Job) -> Result<Option<Job>> {
    let is_here = job.file.is_empty() || run.context.dir.join(&job.file).exists();
    match (job.is_ready, is_here) {
        // Its file never arrived as a whole, and nobody was told that it did.
        (false, _) => run.forget().map(|()| None),
        (true, true) => run.finish(&|_| ()),
        (true, false) => run.end(Some(Message::new("lead-job-file-lost"))),
    }
}

/// Does the work in a thread of its own.
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
