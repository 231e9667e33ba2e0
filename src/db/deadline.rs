//! How long a request waits for the database. Work that doesn't begin in that time never begins.

use std::cell::Cell;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use crate::error::Error;

/// How long a request waits for the database in all before it gets an error.
const DEADLINE: Duration = Duration::from_secs(9);

tokio::task_local! {
    /// The time that a request may still wait.
    static TIME_LEFT: Cell<Duration>;
}

/// Runs a request with one deadline for all its reads and writes together.
pub async fn one_deadline<F: Future>(request: F) -> F::Output {
    limited(DEADLINE, request).await
}

pub(super) async fn limited<F: Future>(left: Duration, request: F) -> F::Output {
    TIME_LEFT.scope(Cell::new(left), request).await
}

/// The result of `work`; nothing if it takes longer than the request has left. Work outside a request has the whole
/// deadline.
pub(super) async fn within<F: Future>(work: F) -> Option<F::Output> {
    let left = TIME_LEFT.try_with(Cell::get).unwrap_or(DEADLINE);
    if left.is_zero() {
        return None;
    }
    let started_at = Instant::now();
    let output = tokio::time::timeout(left, work).await;
    let left = left.saturating_sub(started_at.elapsed());
    let _ = TIME_LEFT.try_with(|time_left| time_left.set(left));
    output.ok()
}

/// The cause in the log after the deadline.
pub(super) const NO_ANSWER: &str = "the database did not answer in time";

const WAITING: u8 = 0;
const BEGUN: u8 = 1;
const ABANDONED: u8 = 2;

/// The state of a piece of work; the thread that does the work has it.
#[derive(Clone)]
pub(super) struct WorkToken(Arc<AtomicU8>);

/// The state of a piece of work; the request that waits for it has it. Dropping it abandons work that hasn't begun.
pub(super) struct WaitGuard(Arc<AtomicU8>);

/// The state of a new piece of work, for its thread and for its request.
pub(super) fn new_work() -> (WorkToken, WaitGuard) {
    let state = Arc::new(AtomicU8::new(WAITING));
    (WorkToken(state.clone()), WaitGuard(state))
}

impl WorkToken {
    /// True while the request waits.
    pub(super) fn is_awaited(&self) -> bool {
        self.0.load(Ordering::Acquire) != ABANDONED
    }

    /// Begins the work, unless the request has left; true if it may be done.
    pub(super) fn begin(&self) -> bool {
        let (before, after) = (Ordering::AcqRel, Ordering::Acquire);
        match self.0.compare_exchange(WAITING, BEGUN, before, after) {
            Ok(_) => true,
            Err(state) => state == BEGUN,
        }
    }
}

impl WaitGuard {
    /// Abandons the work. The error says whether it never began, or has an unknown outcome.
    pub(super) fn give_up(&self, cause: &str) -> Error {
        match self.0.swap(ABANDONED, Ordering::AcqRel) {
            BEGUN => Error::OutcomeUnknown(cause.into()),
            _ => Error::Busy(cause.into()),
        }
    }
}

impl Drop for WaitGuard {
    fn drop(&mut self) {
        self.0.store(ABANDONED, Ordering::Release);
    }
}
