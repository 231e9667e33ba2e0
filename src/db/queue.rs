//! The one writer of SQLite: a thread with a bounded queue. What waits together is committed together.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use tokio::sync::oneshot;

use super::StartError;
use super::conn::{Conn, Manager, begin_write, commit, rollback, savepoint};
use crate::error::{Error, Result};

/// Jobs that may wait; one more is told to come back.
const WAITING: usize = 4096;
/// Jobs that share a commit at most.
const TOGETHER: usize = 256;
/// Idle time after which the log is folded back into the file.
const IDLE: Duration = Duration::from_millis(1500);

/// Tells the submitter what became of the job, once the commit is known.
type Tell = Box<dyn FnOnce(Result<()>) + Send>;

/// What a job left: whether its transaction is to be kept, and how to say so.
struct Done {
    is_kept: bool,
    tell: Tell,
}

struct Job {
    run: Box<dyn FnOnce(&mut Conn) -> Done + Send>,
    /// It has its transaction for itself.
    is_alone: bool,
    /// Set when nobody waits for the answer any more; such a job is not begun.
    is_abandoned: Arc<AtomicBool>,
    refuse: Box<dyn FnOnce(Error) + Send>,
}

/// A handle on the writer thread.
#[derive(Clone)]
pub(super) struct Queue {
    jobs: Arc<Mutex<Option<SyncSender<Job>>>>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

/// A job's answer to come.
pub(super) struct Answer<T> {
    receiver: Option<oneshot::Receiver<Result<T>>>,
    is_abandoned: Arc<AtomicBool>,
}

impl<T> Answer<T> {
    pub(super) async fn wait(mut self) -> Result<T> {
        match self.receiver.take() {
            Some(receiver) => receiver.await.unwrap_or_else(|_| Err(gone())),
            None => Err(gone()),
        }
    }

    pub(super) fn wait_blocking(mut self) -> Result<T> {
        match self.receiver.take() {
            Some(receiver) => receiver.blocking_recv().unwrap_or_else(|_| Err(gone())),
            None => Err(gone()),
        }
    }
}

impl<T> Drop for Answer<T> {
    fn drop(&mut self) {
        self.is_abandoned.store(true, Ordering::Relaxed);
    }
}

fn gone() -> Error {
    Error::Busy("the writer has stopped".into())
}

impl Queue {
    pub(super) fn start(manager: Manager) -> Result<Queue, StartError> {
        let conn = manager.establish()?;
        let (sender, receiver) = sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || serve(conn, &receiver))
            .map_err(|cause| StartError(format!("The writer can't be started: {cause}.")))?;
        Ok(Queue {
            jobs: Arc::new(Mutex::new(Some(sender))),
            thread: Arc::new(Mutex::new(Some(thread))),
        })
    }

    pub(super) fn submit<T, F>(&self, work: F) -> Result<Answer<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.enter(work, false)
    }

    /// The same for work that writes much: it shares its transaction with nobody. A savepoint around it would keep
    /// what every page was before, in memory, and go through all of that after each statement.
    pub(super) fn submit_alone<T, F>(&self, work: F) -> Result<Answer<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.enter(work, true)
    }

    fn enter<T, F>(&self, work: F, is_alone: bool) -> Result<Answer<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let sender = Arc::new(Mutex::new(Some(sender)));
        let is_abandoned = Arc::new(AtomicBool::new(false));
        let answer = Answer {
            receiver: Some(receiver),
            is_abandoned: is_abandoned.clone(),
        };
        let refuser = sender.clone();
        let job = Job {
            run: Box::new(move |conn| {
                let result = match is_alone {
                    true => guarded(conn, &work),
                    false => in_savepoint(conn, &work),
                };
                Done {
                    is_kept: !is_alone || result.is_ok(),
                    tell: Box::new(move |committed| tell(&sender, committed.and(result))),
                }
            }),
            is_alone,
            is_abandoned,
            refuse: Box::new(move |error| tell(&refuser, Err(error))),
        };
        let jobs = self
            .jobs
            .lock()
            .map_err(Error::internal)?
            .clone()
            .ok_or_else(gone)?;
        match jobs.try_send(job) {
            Ok(()) => Ok(answer),
            Err(TrySendError::Full(_)) => Err(Error::Busy("the write queue is full".into())),
            Err(TrySendError::Disconnected(_)) => Err(gone()),
        }
    }

    /// Lets the queue run dry and waits for the thread to close its connection.
    pub(super) fn stop(&self) {
        if let Ok(mut jobs) = self.jobs.lock() {
            jobs.take();
        }
        let thread = self.thread.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

fn tell<T>(sender: &Mutex<Option<oneshot::Sender<Result<T>>>>, result: Result<T>) {
    if let Some(sender) = sender.lock().ok().and_then(|mut slot| slot.take()) {
        let _ = sender.send(result);
    }
}

/// The work in a savepoint of its own: if it fails or panics, the others of the batch don't notice.
fn in_savepoint<T>(conn: &mut Conn, work: &dyn Fn(&mut Conn) -> Result<T>) -> Result<T> {
    savepoint(conn)?;
    match guarded(conn, work) {
        Ok(value) => commit(conn).map(|()| value).map_err(Error::from),
        Err(error) => rollback(conn).map_err(Error::from).and(Err(error)),
    }
}

fn guarded<T>(conn: &mut Conn, work: &dyn Fn(&mut Conn) -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(|| work(conn)))
        .unwrap_or_else(|_| Err(Error::Internal("a write panicked".into())))
}

fn serve(mut conn: Conn, jobs: &Receiver<Job>) {
    let (mut is_dirty, mut next) = (false, None::<Job>);
    loop {
        let first = match next.take() {
            Some(job) => Ok(job),
            None => jobs.recv_timeout(IDLE),
        };
        match first {
            Ok(first) => {
                next = run_batch(&mut conn, first, jobs);
                is_dirty = true;
            }
            Err(RecvTimeoutError::Timeout) if is_dirty => {
                checkpoint(&mut conn);
                is_dirty = false;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    checkpoint(&mut conn);
}

fn checkpoint(conn: &mut Conn) {
    if let Err(cause) = conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)") {
        tracing::warn!(%cause, "the log could not be folded into the database file");
    }
}

/// Runs what waits together, and returns a job that wants to be alone and came in between.
fn run_batch(conn: &mut Conn, first: Job, jobs: &Receiver<Job>) -> Option<Job> {
    if let Err(error) = begin_write(conn) {
        let error = Error::from(error);
        tracing::error!(%error, "a write could not begin");
        (first.refuse)(error);
        return None;
    }
    let is_alone = first.is_alone;
    let (mut tells, mut is_kept) = (Vec::new(), true);
    let mut next = Some(first);
    while let Some(job) = next.take_if(|job| is_alone || !job.is_alone) {
        if !job.is_abandoned.load(Ordering::Relaxed) {
            let done = (job.run)(conn);
            is_kept &= done.is_kept;
            tells.push(done.tell);
        }
        next = if tells.len() < TOGETHER && !is_alone {
            jobs.try_recv().ok()
        } else {
            None
        };
    }
    let outcome = match is_kept {
        true => commit(conn).map_err(Error::from),
        false => rollback(conn).map_err(Error::from),
    };
    if let Err(error) = &outcome {
        tracing::error!(%error, "a commit failed");
        let _ = rollback(conn);
    }
    for tell in tells {
        tell(match &outcome {
            Ok(()) => Ok(()),
            Err(error) => Err(Error::Busy(error.to_string())),
        });
    }
    next
}
