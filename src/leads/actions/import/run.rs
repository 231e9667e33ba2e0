//! Runs an import job, for every channel: the file is stored in the database, missing statuses are created, and the
//! rows are applied in chunks that store their progress. Other writers go in between, and any process can continue the
//! job.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use tempfile::NamedTempFile;

use crate::audit::{Actor, record_import};
use crate::db::FIRST_STEP_ROWS;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::import::apply::{Applier, ApplyOutcome};
use crate::leads::actions::import::context::JobContext;
use crate::leads::actions::import::file_parts::ImportFile;
use crate::leads::actions::import::job::{actor_of, request_of, summary_of};
use crate::leads::actions::import::lease::{Heartbeat, new_lease_holder};
use crate::leads::actions::import::request::ChunkRange;
use crate::leads::actions::import::{file_parts as parts, missing_statuses as missing};
use crate::leads::domain::import_job::{Job, LeaseHolder, NewJob, StoredMessage};
use crate::leads::store::import_jobs;

/// The pause after the database or the disk was busy.
const RETRY_DELAY: Duration = Duration::from_secs(1);
/// How often a file that can't be read is fetched from the database again.
const MAX_FETCHES: usize = 3;

/// A job that this process works on.
pub struct JobRun {
    pub(crate) context: JobContext,
    pub id: i64,
    pub(crate) holder: LeaseHolder,
    _heartbeat: Heartbeat,
}

/// Called with the number of rows done.
pub type OnProgress<'a> = &'a dyn Fn(i64);

impl JobRun {
    /// The run of a job that was inserted with this holder.
    pub fn new(context: JobContext, id: i64, holder: LeaseHolder) -> JobRun {
        JobRun {
            _heartbeat: Heartbeat::start(&context.db, id, &holder),
            context,
            id,
            holder,
        }
    }

    /// Starts a job; returns `None` if one with the same digest is running.
    ///
    /// # Errors
    /// Returns errors of the database.
    pub fn start(context: &JobContext, actor: &Actor, new: &NewJob) -> Result<Option<JobRun>> {
        let holder = new_lease_holder();
        let (actor, new, own) = (actor.clone(), new.clone(), holder.clone());
        let insert = move |conn: &mut _| import_jobs::insert(conn, &actor, &new, &own);
        match context.db.write_blocking(insert) {
            Ok(id) => Ok(Some(JobRun::new(context.clone(), id, holder))),
            Err(Error::Conflict(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes over a job whose lease has ended; returns `None` if its lease is in force or the job has finished.
    ///
    /// # Errors
    /// Returns errors of the database.
    pub fn take_over(context: &JobContext, id: i64) -> Result<Option<(JobRun, Job)>> {
        let holder = new_lease_holder();
        let own = holder.clone();
        let job = context
            .db
            .write_blocking(move |conn| import_jobs::take_over(conn, id, &own));
        match job {
            Ok(Some(job)) => Ok(Some((JobRun::new(context.clone(), id, holder), job))),
            // It was deleted before it was ready.
            Ok(None) | Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Stores the file and creates the missing statuses. From now on the job is always finished.
    ///
    /// # Errors
    /// Returns [`Error::Unreadable`] if the file can't be read, or has another digest by now; [`Error::Conflict`] if a
    /// status can't be created.
    pub fn accept(&self, file: &ImportFile, statuses: &[String], rows: usize) -> Result<()> {
        let (id, holder, statuses) = (self.id, self.holder.clone(), statuses.to_vec());
        let (db, now) = (&self.context.db, self.context.clock.now());
        parts::store_file(db, id, file)?;
        db.write_blocking(move |conn| {
            let job = import_jobs::lock(conn, id)?;
            if job.holder != holder {
                return Err(Error::Busy("another process has taken the import".into()));
            }
            missing::create_statuses(conn, &actor_of(&job, now), &statuses)?;
            import_jobs::set_ready(conn, id, rows)
        })
    }

    /// Deletes a job before any row was applied.
    ///
    /// # Errors
    /// Returns errors of the database.
    pub fn discard(&self) -> Result<()> {
        parts::delete_file(&self.context.db, self.id)?;
        let (id, holder) = (self.id, self.holder.clone());
        let delete = move |conn: &mut _| import_jobs::delete_unready(conn, id, &holder);
        self.context.db.write_blocking(delete)
    }

    /// Applies the rows until all are done; returns `None` if another process took over or this one is stopping.
    ///
    /// # Errors
    /// Returns an error if the database can't be written at the end.
    pub fn finish(&self, progress: OnProgress) -> Result<Option<Job>> {
        let (mut fetches, size) = (0, AtomicUsize::new(FIRST_STEP_ROWS));
        while !self.context.is_stopping() {
            let problem = match self.apply(&size, progress) {
                Ok(ApplyOutcome::Completed) => None,
                Ok(ApplyOutcome::TakenOver) => return Ok(None),
                Ok(ApplyOutcome::Stopping) => break,
                Err(Error::Busy(cause) | Error::OutcomeUnknown(cause)) => {
                    tracing::warn!(%cause, id = self.id, "an import waits");
                    std::thread::park_timeout(RETRY_DELAY);
                    continue;
                }
                Err(error) if error.is_corrupt() => return Err(error),
                Err(Error::Unreadable(_)) if fetches < MAX_FETCHES => {
                    fetches += 1;
                    continue;
                }
                Err(error) => {
                    tracing::error!(%error, id = self.id, "an import ended early");
                    Some(error.message())
                }
            };
            match self.end_job(problem) {
                Err(Error::Busy(cause)) => tracing::warn!(%cause, "an import waits for its end"),
                result => return result,
            }
            std::thread::park_timeout(RETRY_DELAY);
        }
        let (id, holder) = (self.id, self.holder.clone());
        let release = move |conn: &mut _| import_jobs::release(conn, id, &holder);
        self.context.db.write_blocking(release).map(|_| None)
    }

    fn apply(&self, size: &AtomicUsize, progress: OnProgress) -> Result<ApplyOutcome> {
        let spool = self.fetch_file()?;
        let job = self.job()?;
        let request = Arc::new(request_of(&job, spool.path())?);
        let items_done = usize::try_from(job.items_done).unwrap_or_default();
        let mut applier = Applier::new(&self.context, &self.holder, &job, request.clone(), size);
        let range = ChunkRange {
            start: items_done,
            size,
            // Only an import that skips bad lines may have repetitions.
            finds_repetitions: request.options.skips_bad_lines,
        };
        request.read_chunks(range, &mut |chunk| {
            let is_next = applier.apply(chunk)?;
            progress(applier.rows);
            Ok(is_next)
        })?;
        Ok(applier.outcome)
    }

    /// The file of the job as a temporary file. The file of a job from an earlier schema is stored in the database
    /// first.
    fn fetch_file(&self) -> Result<NamedTempFile> {
        let job = self.job()?;
        if !job.file.is_empty() {
            let (id, db) = (self.id, &self.context.db);
            let path = self.context.dir.join(&job.file);
            let prefix_len = parts::prefix_len(&path)?;
            parts::delete_file(db, id)?;
            parts::store_file(db, id, &ImportFile::read(path.clone(), prefix_len)?)?;
            db.write_blocking(move |conn| import_jobs::set_received(conn, id))?;
            let _ = std::fs::remove_file(&path);
        }
        parts::fetch_file(&self.context.db, self.id, &self.context.dir)
    }

    fn job(&self) -> Result<Job> {
        let id = self.id;
        self.context
            .db
            .read_blocking(|conn| import_jobs::find(conn, id))
    }

    pub(crate) fn end_job(&self, problem: Option<Message>) -> Result<Option<Job>> {
        let (id, holder, now) = (self.id, self.holder.clone(), self.context.clock.now());
        let problem = problem.map(|message| StoredMessage::from(message).to_json());
        let problem = problem.transpose()?;
        let db = &self.context.db;
        let is_own = db.write_blocking(move |conn| {
            let is_own = import_jobs::finish(conn, id, &holder, now, problem.as_deref())?;
            if is_own {
                let job = import_jobs::find(conn, id)?;
                let (actor, summary) = (actor_of(&job, now), summary_of(&job));
                record_import(conn, &actor, &job.filename, Some(id), &summary)?;
            }
            Ok(is_own)
        })?;
        if !is_own {
            return Ok(None);
        }
        if let Err(error) = parts::delete_file(db, id) {
            tracing::warn!(%error, id, "the file of an import is removed later");
        }
        self.job().map(Some)
    }
}
