//! The one writer of SQLite: a thread with a bounded queue. Waiting jobs share a commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use diesel::result::Error as DieselError;
use tokio::sync::oneshot;

use super::checkpointer::{Checkpointer, MAX_LOG_PAGES, empty_log, restart_log};
use super::conn::{Conn, Connector, begin_write, commit, rollback, savepoint, set_durable};
use super::deadline::{NO_ANSWER, WaitGuard, WorkToken, new_work, within};
use super::health::Health;
use super::start_error::StartError;
use super::transaction_values::{SharedValues, in_write};
use crate::error::{Error, Result};

/// Jobs that may wait; one more is refused.
const MAX_QUEUED: usize = 4096;
/// Jobs that share a commit at most.
const MAX_BATCH: usize = 256;
/// Idle time after which the log is emptied.
const CHECKPOINT_AFTER: Duration = Duration::from_millis(1500);
const STOPPED: &str = "the writer has stopped";

/// Sends the result of a job to its request, once that of the commit is known.
type Notify = Box<dyn FnOnce(Result<()>) + Send>;

/// A job that was run.
struct FinishedJob {
    /// False if the whole transaction must be rolled back.
    can_commit: bool,
    notify: Notify,
}

/// How a change is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Commit {
    /// With others that wait.
    Shared,
    /// In a transaction of its own.
    Alone,
    /// In a transaction of its own, which may be lost with the power, whole and with those after it, until the next commit
    /// that is not of this kind.
    AloneUnsynced,
}

impl Commit {
    fn is_alone(self) -> bool {
        self != Commit::Shared
    }
}

struct Job {
    run: Box<dyn FnOnce(&mut Conn) -> FinishedJob + Send>,
    commit: Commit,
    /// The job is begun only if its request still waits.
    token: WorkToken,
    refuse: Box<dyn FnOnce(Error) + Send>,
}

/// Where the writer's jobs come from, and what they share with reads.
struct JobSource {
    receiver: Receiver<Job>,
    shared: Arc<SharedValues>,
}

/// A handle on the writer thread.
#[derive(Clone)]
pub(super) struct Queue {
    jobs: Arc<Mutex<Option<SyncSender<Job>>>>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

/// A submitted change whose result is awaited.
pub(super) struct WriteHandle<T> {
    receiver: oneshot::Receiver<Result<T>>,
    guard: WaitGuard,
}

impl<T> WriteHandle<T> {
    /// Waits until the request's deadline.
    pub(super) async fn wait(self) -> Result<T> {
        match within(self.receiver).await {
            Some(Ok(result)) => result,
            Some(Err(_)) => Err(self.guard.give_up(STOPPED)),
            None => Err(self.guard.give_up(NO_ANSWER)),
        }
    }

    pub(super) fn wait_blocking(self) -> Result<T> {
        let result = self.receiver.blocking_recv();
        result.unwrap_or_else(|_| Err(self.guard.give_up(STOPPED)))
    }
}

fn stopped() -> Error {
    Error::Busy(STOPPED.into())
}

impl Queue {
    pub(super) fn start(
        connector: Connector,
        health: Health,
        shared: Arc<SharedValues>,
    ) -> Result<Queue, StartError> {
        Queue::start_with(connector, health, shared, MAX_LOG_PAGES)
    }

    /// With a log of SQLite that has about so many pages at the most.
    pub(super) fn start_with(
        connector: Connector,
        health: Health,
        shared: Arc<SharedValues>,
        max_log_pages: i32,
    ) -> Result<Queue, StartError> {
        let mut conn = connector.establish()?;
        let file = Arc::new(connector.open_file()?);
        let checkpointer =
            Checkpointer::start(&connector, file.clone(), health.clone(), max_log_pages)?;
        let (sender, receiver) = sync_channel(MAX_QUEUED);
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || {
                let source = JobSource { receiver, shared };
                run_jobs(&mut conn, &connector, &checkpointer, &source, &health);
                // Its connection would keep the last part of the log from being copied.
                drop(checkpointer);
                checkpoint(&mut conn, empty_log, &health);
                // The connection first: its locks are lost with the file.
                drop((conn, file));
            })
            .map_err(|cause| StartError(format!("The writer can't be started: {cause}.")))?;
        Ok(Queue {
            jobs: Arc::new(Mutex::new(Some(sender))),
            thread: Arc::new(Mutex::new(Some(thread))),
        })
    }

    /// Submits a change. One that writes much has its transaction for itself: a savepoint around it would keep in memory
    /// what every page was before, and go through all of that after each statement.
    pub(super) fn submit<T, F>(&self, change: F, commit: Commit) -> Result<WriteHandle<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let sender = Arc::new(Mutex::new(Some(sender)));
        let (token, guard) = new_work();
        let refuser = sender.clone();
        let job = Job {
            run: Box::new(move |conn| {
                let (result, can_commit) = match commit.is_alone() {
                    true => run_alone(conn, &change),
                    false => run_in_savepoint(conn, &change),
                };
                FinishedJob {
                    can_commit,
                    // Its own failure says more than that of the transaction.
                    notify: Box::new(move |committed| {
                        send(&sender, result.and_then(|value| committed.map(|()| value)));
                    }),
                }
            }),
            commit,
            token,
            refuse: Box::new(move |error| send(&refuser, Err(error))),
        };
        let jobs = self
            .jobs
            .lock()
            .map_err(Error::internal)?
            .clone()
            .ok_or_else(stopped)?;
        match jobs.try_send(job) {
            Ok(()) => Ok(WriteHandle { receiver, guard }),
            Err(TrySendError::Full(_)) => Err(Error::Busy("the write queue is full".into())),
            Err(TrySendError::Disconnected(_)) => Err(stopped()),
        }
    }

    /// Waits until the queue is empty and the thread has closed its connection.
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

fn send<T>(sender: &Mutex<Option<oneshot::Sender<Result<T>>>>, result: Result<T>) {
    if let Some(sender) = sender.lock().ok().and_then(|mut slot| slot.take()) {
        let _ = sender.send(result);
    }
}

/// The result of work in its own transaction, which is committed if it succeeds.
fn run_alone<T>(conn: &mut Conn, work: &dyn Fn(&mut Conn) -> Result<T>) -> (Result<T>, bool) {
    let result = catch_panic(conn, work);
    let can_commit = result.is_ok();
    (result, can_commit)
}

/// The work in a savepoint of its own: if it fails or panics, the others of the batch don't notice. Where SQLite has
/// taken back the whole transaction, as it does after an I/O error, nothing of the batch can be kept.
fn run_in_savepoint<T>(
    conn: &mut Conn,
    work: &dyn Fn(&mut Conn) -> Result<T>,
) -> (Result<T>, bool) {
    if let Err(error) = savepoint(conn) {
        return (Err(error.into()), false);
    }
    let result = catch_panic(conn, work);
    let ended = match result {
        Ok(_) => commit(conn),
        Err(_) => rollback(conn),
    };
    let can_commit = ended.is_ok();
    (
        result.and_then(|value| Ok(ended.map(|()| value)?)),
        can_commit,
    )
}

fn catch_panic<T>(conn: &mut Conn, work: &dyn Fn(&mut Conn) -> Result<T>) -> Result<T> {
    super::locks::clear();
    catch_unwind(AssertUnwindSafe(|| work(conn)))
        .unwrap_or_else(|_| Err(Error::Internal("a write panicked".into())))
}

fn run_jobs(
    conn: &mut Conn,
    connector: &Connector,
    checkpointer: &Checkpointer,
    jobs: &JobSource,
    health: &Health,
) {
    // After a crash the log may not be empty.
    let (mut is_dirty, mut next) = (true, None::<Job>);
    loop {
        let first = match next.take() {
            Some(job) => Ok(job),
            None => jobs.receiver.recv_timeout(CHECKPOINT_AFTER),
        };
        match first {
            Ok(first) => {
                match begin(conn, first.commit, connector, health) {
                    Ok(()) => next = run_batch(conn, first, jobs, health),
                    Err(error) => (first.refuse)(error),
                }
                checkpointer.notify();
                if checkpointer.is_restart_due() {
                    checkpoint(conn, restart_log, health);
                }
                is_dirty = true;
            }
            Err(RecvTimeoutError::Timeout) if is_dirty => {
                checkpoint(conn, empty_log, health);
                is_dirty = false;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
}

/// Runs one of the checkpoints of the writer, unless the file is damaged.
fn checkpoint(conn: &mut Conn, run: impl FnOnce(&mut Conn) -> Result<()>, health: &Health) {
    if health.is_damaged() {
        return;
    }
    if let Err(cause) = health.record(run(conn))
        && !cause.is_corrupt()
    {
        tracing::warn!(%cause, "the log could not be copied into the database file");
    }
}

/// Begins the transaction of a batch, unless the file is damaged.
fn begin(conn: &mut Conn, commit: Commit, connector: &Connector, health: &Health) -> Result<()> {
    health.refuse_damaged()?;
    let result = set_durable(conn, commit != Commit::AloneUnsynced)
        // It can't be set inside of a transaction.
        .map_err(|_| DieselError::AlreadyInTransaction)
        .and_then(|()| begin_write(conn));
    let result = match result {
        // SQLite has ended the last transaction by itself, and Diesel's state is out of date.
        Err(DieselError::BrokenTransactionManager | DieselError::AlreadyInTransaction) => {
            reconnect(conn, connector).and_then(|()| begin_write(conn).map_err(Error::from))
        }
        result => result.map_err(Error::from),
    };
    let result = health.record(result);
    if let Err(error) = &result
        && !error.is_corrupt()
    {
        tracing::error!(%error, "a write could not begin");
    }
    result
}

fn reconnect(conn: &mut Conn, connector: &Connector) -> Result<()> {
    *conn = connector
        .establish()
        .map_err(|StartError(why)| Error::Busy(why))?;
    Ok(())
}

/// Ends the transaction. A commit that fails is rolled back: no connection sees any of it, and the next commit overwrites
/// what it has written to the log.
fn end(conn: &mut Conn, can_commit: bool, health: &Health) -> Result<()> {
    // Damage may have been met since the batch began, by a request that reads.
    if let Err(damage) = health.refuse_damaged() {
        let _ = rollback(conn);
        return Err(damage);
    }
    if !can_commit {
        let undone = rollback(conn).map_err(Error::from);
        return undone.and(Err(Error::Busy("the transaction was taken back".into())));
    }
    let ended = health.record(commit(conn).map_err(Error::from));
    if let Err(error) = &ended {
        if !error.is_corrupt() {
            tracing::error!(%error, "a commit failed");
        }
        let _ = rollback(conn);
    }
    ended
}

/// Runs waiting jobs in one transaction. Returns the next job if it needs its own.
fn run_batch(conn: &mut Conn, first: Job, jobs: &JobSource, health: &Health) -> Option<Job> {
    let is_alone = first.commit.is_alone();
    let (mut finished, mut can_commit) = (Vec::new(), true);
    let mut next = Some(first);
    in_write(&jobs.shared, conn, |conn| {
        while let Some(job) = next.take_if(|job| is_alone || !job.commit.is_alone()) {
            if job.token.begin() {
                let job = (job.run)(conn);
                can_commit &= job.can_commit;
                finished.push(job.notify);
            }
            next = if can_commit && finished.len() < MAX_BATCH && !is_alone {
                jobs.receiver.try_recv().ok()
            } else {
                None
            };
        }
    });
    let outcome = end(conn, can_commit, health);
    for notify in finished {
        notify(match &outcome {
            Ok(()) => Ok(()),
            Err(Error::Corrupt(cause)) => Err(Error::Corrupt(cause.clone())),
            Err(error) => Err(Error::Busy(error.to_string())),
        });
    }
    next
}
