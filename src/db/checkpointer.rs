//! Copies the log of SQLite into the database file beside the writer.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::conn::{Conn, Connector, RETRY_INTERVAL, without_waiting};
use super::health::Health;
use super::start_error::StartError;
use crate::error::{Error, Result};

/// How often the length of the log is looked at while there are commits.
const INTERVAL: Duration = Duration::from_millis(25);
/// Pages of the log that are copied together: those that were written several times are copied once.
const MIN_PAGES: i32 = 4_000;
/// Fewer are copied after this time.
const MAX_AGE: Duration = Duration::from_millis(500);
/// A log of so many pages, 128 MiB, is restarted, which the writer must do.
pub(super) const MAX_LOG_PAGES: i32 = 32_000;
/// Pages that the writer copies itself, in a few milliseconds.
const MAX_REMAINING: i32 = 1_000;
/// How often the log is copied to make the remaining part so small; after that, the writer copies it all.
const MAX_COPIES: usize = 10;
/// How long the writer waits for writers and readers of other processes before it restarts the log.
const RESTART_TIMEOUT: Duration = Duration::from_millis(100);

/// The thread that copies, stopped and waited for when this is dropped.
pub(super) struct Checkpointer {
    /// Nothing once the thread is to stop.
    commits: Option<SyncSender<()>>,
    is_restart_due: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    /// `file` is the database file. It may be closed only after the last write, since this process loses its locks on it
    /// then.
    pub(super) fn start(
        db: &Connector,
        file: Arc<File>,
        health: Health,
        max_log_pages: i32,
    ) -> Result<Self, StartError> {
        let mut conn = db.establish()?;
        let (commits, receiver) = sync_channel(1);
        let is_restart_due = Arc::<AtomicBool>::default();
        let flag = is_restart_due.clone();
        let thread = std::thread::Builder::new()
            .name("checkpointer".into())
            .spawn(move || {
                while wait_for_pages(&mut conn, &receiver, &health) {
                    if copy(&mut conn, &file, &health, max_log_pages) {
                        flag.store(true, Ordering::SeqCst);
                    }
                }
            })
            .map_err(|cause| StartError(format!("The log can't be copied: {cause}.")))?;
        Ok(Checkpointer {
            commits: Some(commits),
            is_restart_due,
            thread: Some(thread),
        })
    }

    /// Tells the thread that something was committed.
    pub(super) fn notify(&self) {
        if let Some(commits) = &self.commits {
            // If the channel is full, the thread knows of a commit already.
            let _ = commits.try_send(());
        }
    }

    /// True, once, if the log is long and is copied as far as possible during transactions: the writer must call
    /// [`restart_log`] before its next transaction.
    pub(super) fn is_restart_due(&self) -> bool {
        self.is_restart_due.swap(false, Ordering::SeqCst)
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
struct LogState {
    /// 1 if another connection blocked it.
    #[diesel(sql_type = Integer)]
    busy: i32,
    #[diesel(sql_type = Integer)]
    log: i32,
    #[diesel(sql_type = Integer)]
    checkpointed: i32,
}

impl LogState {
    fn remaining(&self) -> i32 {
        self.log - self.checkpointed
    }
}

/// Copies the log, as far as no other connection blocks it, if `mode` is `PASSIVE`; `NOOP` only reads its state.
fn checkpoint(conn: &mut Conn, mode: &str) -> Result<LogState> {
    let checkpoint = diesel::sql_query(format!("PRAGMA wal_checkpoint({mode})"));
    Ok(checkpoint.get_result(conn)?)
}

/// Waits until there is enough to copy; false once the thread is to stop.
fn wait_for_pages(conn: &mut Conn, commits: &Receiver<()>, health: &Health) -> bool {
    if commits.recv().is_err() {
        return false;
    }
    let started_at = Instant::now();
    loop {
        match commits.recv_timeout(INTERVAL) {
            Err(RecvTimeoutError::Disconnected) => return false,
            Ok(()) => std::thread::park_timeout(INTERVAL),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let remaining = health
            .record(checkpoint(conn, "NOOP"))
            .map(|log| log.remaining());
        if started_at.elapsed() > MAX_AGE || remaining.is_ok_and(|pages| pages >= MIN_PAGES) {
            return true;
        }
    }
}

/// Copies the log, a long one again and again until little is left. True if the writer must restart it. The writer
/// waits until everything that was copied is on the disk, so most of it is synced here beforehand.
fn copy(conn: &mut Conn, file: &File, health: &Health, max_log_pages: i32) -> bool {
    for _ in 0..MAX_COPIES {
        if health.is_damaged() {
            return false;
        }
        let copied = checkpoint(conn, "PASSIVE");
        // If it fails, the sync of the writer fails as well.
        let _ = file.sync_data();
        let copied = copied.and_then(|_| checkpoint(conn, "NOOP"));
        match health.record(copied) {
            Ok(log) if log.log < max_log_pages => return false,
            Ok(log) if log.remaining() < MAX_REMAINING => return true,
            Ok(_) => {}
            Err(Error::Corrupt(_)) => return false,
            Err(cause) => {
                tracing::warn!(%cause, "the log could not be copied into the database file");
                return false;
            }
        }
    }
    true
}

/// Copies the remaining part of the log while no process writes, so that the next transaction restarts it. A transaction of
/// another process may come in between and leave a part again. Leaves the log as it is if other connections block it for
/// too long.
///
/// # Errors
/// Returns an error if the database fails.
pub(super) fn restart_log(conn: &mut Conn) -> Result<()> {
    let started_at = Instant::now();
    without_waiting(conn, |conn| {
        while checkpoint(conn, "RESTART")?.busy != 0 && started_at.elapsed() < RESTART_TIMEOUT {
            std::thread::sleep(RETRY_INTERVAL);
        }
        Ok(())
    })
}

/// Copies all of the log, and makes its file empty.
///
/// # Errors
/// Returns an error if the database fails.
pub(super) fn empty_log(conn: &mut Conn) -> Result<()> {
    checkpoint(conn, "TRUNCATE")?;
    Ok(())
}
