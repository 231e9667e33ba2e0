//! The one way in which an import is done, whichever channel it comes through: its file goes into the database, the
//! statuses that it needs are made, and then its rows are applied in steps, each with the note how far it has come.
//! Others write in between. A process that ends loses nothing: any other goes on where it stopped.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Data;
use tempfile::NamedTempFile;

use super::apply::{Applier, Came, FIRST};
use super::job::{Job, NewJob};
use super::lease::{Heartbeat, Worker};
use super::order::Cut;
use super::{missing, parts};
use crate::audit::Actor;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::store::import_jobs;
use crate::web::{App, Flash, Kept};

/// How long an import waits when the database or the disk is busy.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a file is fetched from the database again because it can't be read.
const FETCHES: usize = 3;

/// What imports need of the process that works on them.
#[derive(Clone)]
pub struct Context {
    pub db: Db,
    pub clock: Clock,
    /// Where files lie while they are read.
    pub dir: PathBuf,
    is_stopping: Arc<dyn Fn() -> bool + Send + Sync>,
}

impl Context {
    /// That of a command, which runs until it is done.
    pub fn of_command(db: Db, clock: Clock, data_dir: &Path) -> Context {
        Context {
            db,
            clock,
            dir: data_dir.join(DIR),
            is_stopping: Arc::new(|| false),
        }
    }

    /// That of a server.
    pub fn of_server(app: &Data<App>) -> Context {
        let state = app.clone();
        Context {
            db: app.db.clone(),
            clock: app.clock.clone(),
            dir: app.data_dir.join(DIR),
            is_stopping: Arc::new(move || state.stopping.load(std::sync::atomic::Ordering::SeqCst)),
        }
    }

    pub(super) fn is_stopping(&self) -> bool {
        (self.is_stopping)()
    }
}

/// The directory below the data directory.
const DIR: &str = "imports";

/// An import that this process works on.
pub struct Run {
    pub(super) context: Context,
    pub id: i64,
    pub(super) worker: Worker,
    _heartbeat: Heartbeat,
}

/// Tells the rows so far.
pub type Progress<'a> = &'a dyn Fn(i64);

impl Run {
    /// The import that was just inserted for this worker.
    pub fn of(context: Context, id: i64, worker: Worker) -> Run {
        Run {
            _heartbeat: Heartbeat::start(&context.db, id, &worker),
            context,
            id,
            worker,
        }
    }

    /// Begins an import; nothing if one of the same digest is under way.
    ///
    /// # Errors
    /// What the database refuses.
    pub fn claim(context: &Context, actor: &Actor, new: &NewJob) -> Result<Option<Run>> {
        let worker = Worker::of_this_process();
        let (actor, new, mine) = (actor.clone(), new.clone(), worker.clone());
        let insert = move |conn: &mut _| import_jobs::insert(conn, &actor, &new, &mine);
        match context.db.write_blocking(insert) {
            Ok(id) => Ok(Some(Run::of(context.clone(), id, worker))),
            Err(Error::Conflict(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes over an import whose worker has gone; nothing if somebody works on it, or it has ended.
    ///
    /// # Errors
    /// What the database refuses.
    pub fn take_over(context: &Context, id: i64) -> Result<Option<(Run, Job)>> {
        let worker = Worker::of_this_process();
        let mine = worker.clone();
        let taken = context
            .db
            .write_blocking(move |conn| import_jobs::take(conn, id, &mine));
        match taken {
            Ok(Some(job)) => Ok(Some((Run::of(context.clone(), id, worker), job))),
            // It was taken away as one that nothing came of.
            Ok(None) | Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts the file into the database; it begins after `skip` bytes of something else.
    ///
    /// # Errors
    /// [`Error::Unreadable`] if it can't be read, or is not the one of this digest any more.
    pub fn send(&self, path: &Path, skip: u64, digest: &str) -> Result<()> {
        parts::send(&self.context.db, self.id, path, skip, digest)
    }

    /// Makes the statuses that the file needs. From here on the import is finished, come what may.
    ///
    /// # Errors
    /// [`Error::Conflict`] if a status can't be made.
    pub fn begin(&self, statuses: &[String], rows: usize) -> Result<()> {
        let (id, worker, statuses) = (self.id, self.worker.clone(), statuses.to_vec());
        let now = self.context.clock.now();
        self.context.db.write_blocking(move |conn| {
            let job = import_jobs::hold(conn, id)?;
            if job.worker != worker {
                return Err(Error::Busy("another process has taken the import".into()));
            }
            missing::make_statuses(conn, &job.actor(now), &statuses)?;
            import_jobs::set_ready(conn, id, rows)
        })
    }

    /// Takes away an import before it has begun: nothing came of it.
    ///
    /// # Errors
    /// What the database refuses.
    pub fn forget(&self) -> Result<()> {
        parts::remove(&self.context.db, self.id)?;
        let (id, worker) = (self.id, self.worker.clone());
        let forget = move |conn: &mut _| import_jobs::forget(conn, id, &worker);
        self.context.db.write_blocking(forget)
    }

    /// Applies the rows until all are done; nothing if another process goes on with it, or this one stops.
    ///
    /// # Errors
    /// What the database refuses at the very end.
    pub fn finish(&self, progress: Progress) -> Result<Option<Job>> {
        let (mut fetches, size) = (0, Cell::new(FIRST));
        while !self.context.is_stopping() {
            let problem = match self.apply(&size, progress) {
                Ok(Came::ToTheEnd) => None,
                Ok(Came::Elsewhere) => return Ok(None),
                Ok(Came::Stopping) => break,
                Err(Error::Busy(cause) | Error::Late(cause)) => {
                    tracing::warn!(%cause, id = self.id, "an import waits");
                    std::thread::park_timeout(PAUSE);
                    continue;
                }
                Err(error) if error.is_corrupt() => return Err(error),
                Err(Error::Unreadable(_)) if fetches < FETCHES => {
                    fetches += 1;
                    continue;
                }
                Err(error) => {
                    tracing::error!(%error, id = self.id, "an import ended early");
                    Some(error.message())
                }
            };
            match self.end(problem) {
                Err(Error::Busy(cause)) => tracing::warn!(%cause, "an import waits for its end"),
                other => return other,
            }
            std::thread::park_timeout(PAUSE);
        }
        let (id, worker) = (self.id, self.worker.clone());
        let release = move |conn: &mut _| import_jobs::release(conn, id, &worker);
        self.context.db.write_blocking(release).map(|_| None)
    }

    fn apply(&self, size: &Cell<usize>, progress: Progress) -> Result<Came> {
        let spool = self.fetch()?;
        let job = self.job()?;
        let order = Arc::new(job.order(spool.path())?);
        let from = usize::try_from(job.units_done).unwrap_or_default();
        let mut applier = Applier::new(self, &job, order.clone(), size);
        order.batches(Cut { from, size }, &mut |batch| {
            let goes_on = applier.apply(batch)?;
            progress(applier.rows);
            Ok(goes_on)
        })?;
        Ok(applier.came)
    }

    /// The file in a temporary place. One of an earlier schema goes into the database first.
    fn fetch(&self) -> Result<NamedTempFile> {
        let job = self.job()?;
        if !job.file.is_empty() {
            let (id, db) = (self.id, &self.context.db);
            let kept = Kept::at(self.context.dir.join(&job.file))?;
            parts::remove(db, id)?;
            let digest = parts::digest(&kept.path, kept.skip)?;
            parts::send(db, id, &kept.path, kept.skip, &digest)?;
            db.write_blocking(move |conn| import_jobs::set_received(conn, id))?;
            let _ = std::fs::remove_file(&kept.path);
        }
        parts::spool(&self.context.db, self.id, &self.context.dir)
    }

    fn job(&self) -> Result<Job> {
        let id = self.id;
        self.context
            .db
            .read_blocking(|conn| import_jobs::find(conn, id))
    }

    pub(super) fn end(&self, problem: Option<Message>) -> Result<Option<Job>> {
        let (id, worker, now) = (self.id, self.worker.clone(), self.context.clock.now());
        let problem = problem.map(|message| serde_json::to_string(&Flash::error(message)));
        let problem = problem.transpose().map_err(Error::internal)?;
        let db = &self.context.db;
        let is_mine = db.write_blocking(move |conn| {
            import_jobs::finish(conn, id, &worker, now, problem.as_deref())
        })?;
        if !is_mine {
            return Ok(None);
        }
        if let Err(error) = parts::remove(db, id) {
            tracing::warn!(%error, id, "the file of an import is removed later");
        }
        self.job().map(Some)
    }
}
