//! The lease of a job, which says which run works on it. The run renews its lease with each chunk and in between; once
//! the lease has expired, any process may take over.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::audit::new_batch;
use crate::db::Db;
use crate::leads::domain::import_job::LeaseHolder;
use crate::leads::store::import_jobs;

/// How often the lease is renewed if no chunk does so.
const RENEWAL_INTERVAL: Duration = Duration::from_secs(3);

/// The holder of the lease of a new run in this process.
pub fn new_lease_holder() -> LeaseHolder {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .or_else(|_| std::env::var("HOSTNAME"))
        .or_else(|_| std::env::var("COMPUTERNAME"))
        .unwrap_or_default();
    let host = host.split_whitespace().next().unwrap_or("localhost");
    let process = std::process::id();
    LeaseHolder::stored(format!("{process} {host} {:x}", new_batch()))
}

/// Renews the lease of a run until it is dropped or another run has taken the job.
pub struct Heartbeat {
    _stop: Sender<()>,
}

impl Heartbeat {
    /// Starts a thread that renews the lease.
    pub fn start(db: &Db, id: i64, holder: &LeaseHolder) -> Heartbeat {
        let (sender, receiver) = channel::<()>();
        let (db, holder) = (db.clone(), holder.clone());
        let renew = move || {
            while receiver.recv_timeout(RENEWAL_INTERVAL) == Err(RecvTimeoutError::Timeout) {
                let holder = holder.clone();
                let result = db.write_blocking(move |conn| import_jobs::renew(conn, id, &holder));
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
        Heartbeat { _stop: sender }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_of_one_process_are_two_workers() {
        let (first, second) = (new_lease_holder(), new_lease_holder());
        assert_ne!(first, second);
        assert_eq!(first.process_and_host(), second.process_and_host());
        let process = std::process::id().to_string();
        assert_eq!(
            first.process_and_host().map(|(process, _)| process),
            Some(process.as_str())
        );
    }
}
