//! How long a request waits for the database, and which of two comes first: that its work begins, or that nobody waits
//! for it any more.

use std::cell::Cell;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use crate::error::Error;

/// How long a request waits for the database in all before it is answered without.
const DEADLINE: Duration = Duration::from_secs(9);

tokio::task_local! {
    /// What is left of a request's time.
    static LEFT: Cell<Duration>;
}

/// Gives all that a request reads and writes one deadline together, however often it goes to the database.
pub async fn one_deadline<F: Future>(request: F) -> F::Output {
    limited(DEADLINE, request).await
}

pub(super) async fn limited<F: Future>(left: Duration, request: F) -> F::Output {
    LEFT.scope(Cell::new(left), request).await
}

/// What comes of `work`; nothing if it takes longer than this request has left. Work outside a request has the time of
/// a request for itself.
pub(super) async fn within<F: Future>(work: F) -> Option<F::Output> {
    let left = LEFT.try_with(Cell::get).unwrap_or(DEADLINE);
    if left.is_zero() {
        return None;
    }
    let begun = Instant::now();
    let done = tokio::time::timeout(left, work).await;
    let rest = left.saturating_sub(begun.elapsed());
    let _ = LEFT.try_with(|left| left.set(rest));
    done.ok()
}

/// What the log says when the deadline has passed.
pub(super) const NO_ANSWER: &str = "the database did not answer in time";

const WAITING: u8 = 0;
const BEGUN: u8 = 1;
const ABANDONED: u8 = 2;

/// A piece of work, as the one who does it sees it.
pub(super) struct Work(Arc<AtomicU8>);

/// The same, as the one who waits for it sees it. Dropped, it says that nobody waits.
pub(super) struct Waiter(Arc<AtomicU8>);

/// A piece of work that hasn't begun, and the one who waits for it.
pub(super) fn work() -> (Work, Waiter) {
    let state = Arc::new(AtomicU8::new(WAITING));
    (Work(state.clone()), Waiter(state))
}

impl Work {
    /// True as long as somebody waits.
    pub(super) fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Acquire) != ABANDONED
    }

    /// True if the work may be done: somebody waits. From then on its outcome counts, whoever waits.
    pub(super) fn begin(&self) -> bool {
        let (before, after) = (Ordering::AcqRel, Ordering::Acquire);
        match self.0.compare_exchange(WAITING, BEGUN, before, after) {
            Ok(_) => true,
            Err(state) => state == BEGUN,
        }
    }
}

impl Waiter {
    /// What to answer when no answer has come: work that hasn't begun never will; of the rest nobody knows.
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
