//! Copies the log of SQLite into the database file beside the writer.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::conn::{Conn, Manager};
use super::health::Health;
use super::start_error::StartError;
use crate::error::{Error, Result};

/// How often the length of the log is looked at while there are commits.
const INTERVAL: Duration = Duration::from_millis(25);
/// Pages of the log that are copied together: those that were written several times are copied once.
const MIN_PAGES: i32 = 4_000;
/// Fewer are copied after this time.
const MAX_AGE: Duration = Duration::from_millis(500);
/// A log of so many pages, 128 MiB, is begun anew, which the writer must do.
const MAX_LOG_PAGES: i32 = 32_000;
/// Pages that the writer copies itself, in a few milliseconds.
const MAX_REST: i32 = 1_000;

/// The thread that copies, stopped and waited for when this is dropped.
pub(super) struct Checkpointer {
    /// Nothing once the thread is to stop.
    commits: Option<SyncSender<()>>,
    is_rest_small: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    /// `file` is the database file. It may be closed only after the last write, since this process loses its locks on it
    /// then.
    pub(super) fn start(db: &Manager, file: Arc<File>, health: Health) -> Result<Self, StartError> {
        let mut conn = db.establish()?;
        let (commits, receiver) = sync_channel(1);
        let is_rest_small = Arc::<AtomicBool>::default();
        let flag = is_rest_small.clone();
        let thread = std::thread::Builder::new()
            .name("checkpointer".into())
            .spawn(move || {
                while wait_for_pages(&mut conn, &receiver, &health) {
                    copy(&mut conn, &file, &health, &flag);
                }
            })
            .map_err(|cause| StartError(format!("The log can't be copied: {cause}.")))?;
        Ok(Checkpointer {
            commits: Some(commits),
            is_rest_small,
            thread: Some(thread),
        })
    }

    /// Tells the thread that something was committed.
    pub(super) fn notify(&self) {
        if let Some(commits) = &self.commits {
            // It knows already if the channel is full.
            let _ = commits.try_send(());
        }
    }

    /// True if the log is long and nearly copied: once the writer has copied the rest between two transactions, the next
    /// one begins the log anew. Beside transactions there is always a rest.
    pub(super) fn is_rest_small(&self) -> bool {
        self.is_rest_small.swap(false, Ordering::SeqCst)
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.commits.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[derive(QueryableByName)]
struct Log {
    #[diesel(sql_type = Integer)]
    log: i32,
    #[diesel(sql_type = Integer)]
    checkpointed: i32,
}

impl Log {
    fn rest(&self) -> i32 {
        self.log - self.checkpointed
    }
}

/// Copies what the log holds, as far as no other connection is in the way, if `mode` is `PASSIVE`; with `NOOP`, nothing.
fn checkpoint(conn: &mut Conn, mode: &str) -> Result<Log> {
    let checkpoint = diesel::sql_query(format!("PRAGMA wal_checkpoint({mode})"));
    Ok(checkpoint.get_result(conn)?)
}

/// Waits until there is enough to copy; false once the thread is to stop.
fn wait_for_pages(conn: &mut Conn, commits: &Receiver<()>, health: &Health) -> bool {
    if commits.recv().is_err() {
        return false;
    }
    let begun = Instant::now();
    loop {
        match commits.recv_timeout(INTERVAL) {
            Err(RecvTimeoutError::Disconnected) => return false,
            Ok(()) => std::thread::park_timeout(INTERVAL),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let rest = health
            .record(checkpoint(conn, "NOOP"))
            .map(|log| log.rest());
        if begun.elapsed() > MAX_AGE || rest.is_ok_and(|rest| rest >= MIN_PAGES) {
            return true;
        }
    }
}

/// Copies the log; a long one again and again, until so few pages are left that the writer may copy them. SQLite leaves it to
/// the writer to wait until the disk has all that was copied, so most of that is waited for here beforehand.
fn copy(conn: &mut Conn, file: &File, health: &Health, is_rest_small: &AtomicBool) {
    for _ in 0..10 {
        if health.is_damaged() {
            return;
        }
        let copied = checkpoint(conn, "PASSIVE");
        // If it fails, that of the writer does as well.
        let _ = file.sync_data();
        let copied = copied.and_then(|_| checkpoint(conn, "NOOP"));
        match health.record(copied) {
            Ok(log) if log.log < MAX_LOG_PAGES => return,
            Ok(log) if log.rest() < MAX_REST => {
                return is_rest_small.store(true, Ordering::SeqCst);
            }
            Ok(_) => {}
            Err(Error::Corrupt(_)) => return,
            Err(cause) => {
                tracing::warn!(%cause, "the log could not be copied into the database file");
                return;
            }
        }
    }
}
