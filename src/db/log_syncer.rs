//! Waits for the disk beside the writer, which goes on with the next batch meanwhile.

use std::fs::OpenOptions;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::conn::Manager;
use super::start_error::StartError;
use crate::error::{Error, Result};

/// Sends the result of a job to its request, once that of the commit is known.
pub(super) type Notify = Box<dyn FnOnce(Result<()>) + Send>;

/// The thread that waits, stopped and waited for when this is dropped.
pub(super) struct LogSyncer {
    /// Nothing once the thread is to stop.
    committed: Option<Sender<Vec<Notify>>>,
    thread: Option<JoinHandle<()>>,
}

impl LogSyncer {
    pub(super) fn start(manager: &Manager) -> Result<LogSyncer, StartError> {
        let log = manager.file_with_suffix("-wal");
        let (committed, receiver) = channel();
        let thread = std::thread::Builder::new()
            .name("log syncer".into())
            .spawn(move || run(&receiver, &log))
            .map_err(|cause| StartError(format!("The log can't be synced: {cause}.")))?;
        Ok(LogSyncer {
            committed: Some(committed),
            thread: Some(thread),
        })
    }

    /// Notifies these jobs, which are committed, once the disk has what was written.
    pub(super) fn notify_when_durable(&self, jobs: Vec<Notify>) {
        if let Some(committed) = &self.committed {
            // The thread ends after this sender.
            let _ = committed.send(jobs);
        }
    }
}

impl Drop for LogSyncer {
    fn drop(&mut self) {
        self.committed.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(committed: &Receiver<Vec<Notify>>, log: &Path) {
    let mut failure = None;
    while let Ok(mut jobs) = committed.recv() {
        jobs.extend(committed.try_iter().flatten());
        // What was written before a failure may be lost although a later call succeeds, and all that follows with it.
        if failure.is_none()
            && let Err(cause) = sync(log)
        {
            tracing::error!(%cause, "the log could not be written to the disk: no write is confirmed until a restart");
            failure = Some(format!("the log could not be written to the disk: {cause}"));
        }
        for notify in jobs {
            notify(match &failure {
                None => Ok(()),
                Some(cause) => Err(Error::Late(cause.clone())),
            });
        }
    }
}

/// SQLite's locks are not on its log, so it may be opened and closed.
fn sync(log: &Path) -> std::io::Result<()> {
    OpenOptions::new().write(true).open(log)?.sync_data()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_failure_nothing_is_confirmed_any_more() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("a.db-wal");
        let (committed, receiver) = channel();
        let thread = std::thread::spawn({
            let log = log.clone();
            move || run(&receiver, &log)
        });
        let commit = || {
            let (notify, outcome) = channel();
            let job: Notify = Box::new(move |result| notify.send(result).unwrap());
            committed.send(vec![job]).unwrap();
            outcome.recv().unwrap()
        };
        std::fs::write(&log, "").unwrap();
        assert!(commit().is_ok());
        std::fs::remove_file(&log).unwrap();
        assert!(matches!(commit(), Err(Error::Late(_))));
        std::fs::write(&log, "").unwrap();
        assert!(matches!(commit(), Err(Error::Late(_))));
        drop(committed);
        thread.join().unwrap();
    }
}
