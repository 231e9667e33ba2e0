//! Signals between requests and the worker that does jobs.

use std::time::Duration;

use tokio::sync::Notify;
use tokio::sync::futures::Notified;

/// The interval at which the worker looks for jobs that another server left unfinished.
const POLL_INTERVAL: Duration = Duration::from_secs(3);

/// Wakes the worker of this server when a job has started, and the requests that wait for a step of a job.
#[derive(Debug, Default)]
pub struct JobSignal {
    started: Notify,
    step: Notify,
}

impl JobSignal {
    /// Wakes the worker.
    pub fn wake(&self) {
        self.started.notify_one();
    }

    /// Waits until a job starts, but no longer than the interval.
    pub async fn wait(&self) {
        let _ = tokio::time::timeout(POLL_INTERVAL, self.started.notified()).await;
    }

    /// Wakes the requests, after the worker has done a step.
    pub fn notify_step(&self) {
        self.step.notify_waiters();
    }

    /// Ends when the worker has done another step after this call.
    pub fn step_done(&self) -> Notified<'_> {
        self.step.notified()
    }
}
