//! How long a request waits for the database. Its work either begins in that time, or never does.

use std::cell::Cell;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use crate::error::Error;

/// How long a request waits for the database in all before it is answered without.
const DEADLINE: Duration = Duration::from_secs(9);

tokio::task_local! {
    /// The time that a request has left.
    static TIME_LEFT: Cell<Duration>;
}

/// Gives all that a request reads and writes one deadline together, however often it goes to the database.
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
    let begun = Instant::now();
    let done = tokio::time::timeout(left, work).await;
    let rest = left.saturating_sub(begun.elapsed());
    let _ = TIME_LEFT.try_with(|left| left.set(rest));
    done.ok()
}

/// The cause in the log after the deadline.
pub(super) const NO_ANSWER: &str = "the database did not answer in time";

const WAITING: u8 = 0;
const BEGUN: u8 = 1;
const ABANDONED: u8 = 2;

/// The state of a piece of work, for the thread that does it.
#[derive(Clone)]
pub(super) struct Worker(Arc<AtomicU8>);

/// The state of a piece of work, for the request that waits for it. Dropped, it says that the request has left.
pub(super) struct Waiter(Arc<AtomicU8>);

/// The state of work that hasn't begun, in its two halves.
pub(super) fn work() -> (Worker, Waiter) {
    let state = Arc::new(AtomicU8::new(WAITING));
    (Worker(state.clone()), Waiter(state))
}

impl Worker {
    /// True as long as the request waits.
    pub(super) fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Acquire) != ABANDONED
    }

    /// True if the work may be done, because the request waits. From then on its outcome counts, also if the request
    /// leaves.
    pub(super) fn begin(&self) -> bool {
        let (before, after) = (Ordering::AcqRel, Ordering::Acquire);
        match self.0.compare_exchange(WAITING, BEGUN, before, after) {
            Ok(_) => true,
            Err(state) => state == BEGUN,
        }
    }
}

impl Waiter {
    /// The error of a request that leaves: work that hasn't begun never will, the outcome of other work is unknown.
    pub(super) fn give_up(&self, cause: &str) -> Error {
        match self.0.swap(ABANDONED, Ordering::AcqRel) {
            BEGUN => Error::Late(cause.into()),
            _ => Error::Busy(cause.into()),
        }
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        self.0.store(ABANDONED, Ordering::Release);
    }
}
