//! Who works on an import. A worker renews its lease with each step and in between; when the lease has run out, the
//! process is taken to be gone, and any other may take the import over.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::audit::new_batch;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::leads::store::import_jobs;

/// How long a lease lasts, by the clock of the database.
const SECONDS: i64 = 10;
/// How often it is renewed where no step does so.
const BEAT: Duration = Duration::from_secs(3);

/// One run of one import: the process, its machine, and a number that no other run has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker(String);

impl Worker {
    /// A run of this process.
    pub fn of_this_process() -> Worker {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname")
            .or_else(|_| std::env::var("HOSTNAME"))
            .or_else(|_| std::env::var("COMPUTERNAME"))
            .unwrap_or_default();
        let host = host.split_whitespace().next().unwrap_or("localhost");
        let process = std::process::id();
        Worker(format!("{process} {host} {:x}", new_batch()))
    }

    /// The worker that was noted.
    pub fn stored(word: String) -> Worker {
        Worker(word)
    }

    /// As it is noted.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number of the process and the name of its machine.
    pub fn place(&self) -> Option<(&str, &str)> {
        let mut words = self.0.split(' ');
        Some((words.next()?, words.next()?))
    }

    /// Until when a lease lasts that is renewed now.
    pub fn lease(now: Timestamp) -> Timestamp {
        now.plus_seconds(SECONDS)
    }
}

/// True if a lease is in force. One that lasts longer than any can comes from a clock that was set back since.
pub fn is_in_force(until: Timestamp, now: Timestamp) -> bool {
    now < until && until <= now.plus_seconds(SECONDS)
}

/// Renews the lease of a run until it is dropped, or another has taken the import.
pub struct Heartbeat {
    _run: Sender<()>,
}

impl Heartbeat {
    /// Begins to renew.
    pub fn start(db: &Db, id: i64, worker: &Worker) -> Heartbeat {
        let (run, dropped) = channel::<()>();
        let (db, worker) = (db.clone(), worker.clone());
        let beat = move || {
            while dropped.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                let worker = worker.clone();
                let renewed = db.write_blocking(move |conn| import_jobs::renew(conn, id, &worker));
                match renewed {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(error) => tracing::warn!(%error, id, "a lease could not be renewed"),
                }
            }
        };
        let spawned = std::thread::Builder::new().name("lease".into()).spawn(beat);
        if let Err(cause) = spawned {
            tracing::warn!(%cause, "the lease of an import is renewed by its steps alone");
        }
        Heartbeat { _run: run }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_runs_out_and_one_from_the_future_is_none() {
        let now = Timestamp(1_000_000_000);
        let until = Worker::lease(now);
        assert!(is_in_force(until, now));
        assert!(!is_in_force(until, now.plus_seconds(SECONDS)));
        assert!(!is_in_force(until, now.plus_seconds(-1)));
        assert!(!is_in_force(Timestamp(0), now));
    }

    #[test]
    fn two_runs_of_one_process_are_two_workers() {
        let (one, other) = (Worker::of_this_process(), Worker::of_this_process());
        assert_ne!(one, other);
        assert_eq!(one.place(), other.place());
        let process = std::process::id().to_string();
        assert_eq!(
            one.place().map(|(process, _)| process),
            Some(process.as_str())
        );
    }
}
