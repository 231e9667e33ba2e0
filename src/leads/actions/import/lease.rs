//! Who works on a job. A worker renews its lease with each batch and in between; once the lease has expired, any
//! process may take over.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::audit::new_batch;
use crate::clock::Timestamp;
use crate::db::Db;
use crate::leads::store::import_jobs;

/// The length of a lease, by the lease clock.
const LEASE_SECONDS: i64 = 10;
/// How often the lease is renewed if no batch does so.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(3);

/// One run of one job: process id, host name and a unique number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker(String);

impl Worker {
    /// A new run of this process.
    pub fn of_this_process() -> Worker {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname")
            .or_else(|_| std::env::var("HOSTNAME"))
            .or_else(|_| std::env::var("COMPUTERNAME"))
            .unwrap_or_default();
        let host = host.split_whitespace().next().unwrap_or("localhost");
        let process = std::process::id();
        Worker(format!("{process} {host} {:x}", new_batch()))
    }

    /// A worker as stored.
    pub fn stored(name: String) -> Worker {
        Worker(name)
    }

    /// The text that is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The process id and the host name.
    pub fn process_and_host(&self) -> Option<(&str, &str)> {
        let mut words = self.0.split(' ');
        Some((words.next()?, words.next()?))
    }

    /// The end of a lease that is renewed now.
    pub fn lease_end(now: Timestamp) -> Timestamp {
        now.plus_seconds(LEASE_SECONDS)
    }
}

/// True if a lease is in force. One that ends later than any lease can was written before the clock was set back.
pub fn is_in_force(until: Timestamp, now: Timestamp) -> bool {
    now < until && until <= now.plus_seconds(LEASE_SECONDS)
}

/// Renews the lease of a run until it is dropped or another worker has taken the job.
pub struct Heartbeat {
    _run: Sender<()>,
}

impl Heartbeat {
    /// Starts a thread that renews the lease.
    pub fn start(db: &Db, id: i64, worker: &Worker) -> Heartbeat {
        let (sender, receiver) = channel::<()>();
        let (db, worker) = (db.clone(), worker.clone());
        let renew = move || {
            while receiver.recv_timeout(RENEWAL_INTERVAL) == Err(RecvTimeoutError::Timeout) {
                let worker = worker.clone();
                let result = db.write_blocking(move |conn| import_jobs::renew(conn, id, &worker));
                match result {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(error) => tracing::warn!(%error, id, "a lease could not be renewed"),
                }
            }
        };
        let spawned = std::thread::Builder::new()
            .name("lease".into())
            .spawn(renew);
        if let Err(cause) = spawned {
            tracing::warn!(%cause, "the lease of an import is renewed by its steps alone");
        }
        Heartbeat { _run: sender }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_expires_and_one_from_the_future_is_invalid() {
        let now = Timestamp(1_000_000_000);
        let until = Worker::lease_end(now);
        assert!(is_in_force(until, now));
        assert!(!is_in_force(until, now.plus_seconds(LEASE_SECONDS)));
        assert!(!is_in_force(until, now.plus_seconds(-1)));
        assert!(!is_in_force(Timestamp(0), now));
    }

    #[test]
    fn two_runs_of_one_process_are_two_workers() {
        let (one, other) = (Worker::of_this_process(), Worker::of_this_process());
        assert_ne!(one, other);
        assert_eq!(one.process_and_host(), other.process_and_host());
        let process = std::process::id().to_string();
        assert_eq!(
            one.process_and_host().map(|(process, _)| process),
            Some(process.as_str())
        );
    }
}
