//! How long the read on this thread may take. SQLite asks [`must_stop`] while it works; PostgreSQL gets the time in
//! milliseconds. Writes have no budget: a write that has begun is never ended.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::deadline::WorkToken;
use super::read_limits::{QUICK_TIME, ReadKind, ReadLimits, ReadPermit};

tokio::task_local! {
    static CURRENT: RefCell<ReadBudget>;
}

/// How long a read may take, and whether a request still waits for it.
pub(super) struct ReadBudget {
    limits: Arc<ReadLimits>,
    permit: ReadPermit,
    token: WorkToken,
    until: Instant,
    deadline: Instant,
    /// The end of the time for the part that is being attempted.
    attempt_until: Option<Instant>,
}

impl ReadBudget {
    /// The budget of a read that begins now.
    pub(super) fn new(
        kind: ReadKind,
        limits: Arc<ReadLimits>,
        permit: ReadPermit,
        token: WorkToken,
    ) -> ReadBudget {
        let now = Instant::now();
        let deadline = now + kind.deadline();
        let may_become_slow = kind != ReadKind::Short && !permit.is_slow();
        ReadBudget {
            limits,
            permit,
            token,
            until: if may_become_slow {
                now + QUICK_TIME
            } else {
                deadline
            },
            deadline,
            attempt_until: None,
        }
    }

    /// Runs `work` under this budget.
    pub(super) fn run<T>(self, work: impl FnOnce() -> T) -> T {
        CURRENT.sync_scope(RefCell::new(self), work)
    }

    fn must_stop(&mut self) -> bool {
        let now = Instant::now();
        if !self.token.is_awaited() || self.attempt_until.is_some_and(|until| until <= now) {
            return true;
        }
        self.is_over(now)
    }

    /// True if the time of the read is over. A list whose time as a quick read is over may go on as a slow read.
    fn is_over(&mut self, now: Instant) -> bool {
        if now < self.until {
            return false;
        }
        let may_go_on = now < self.deadline
            && !self.permit.is_slow()
            && self.limits.become_slow(&mut self.permit);
        if may_go_on {
            self.until = self.deadline;
        }
        !may_go_on
    }
}

/// True if the statement on this thread must end.
pub(super) fn must_stop() -> bool {
    with_current(ReadBudget::must_stop).unwrap_or(false)
}

/// How long a statement may take from now on; nothing outside a read.
pub(super) fn time_left() -> Option<Duration> {
    with_current(|budget| budget.until.saturating_duration_since(Instant::now()))
}

/// True if the read was ended before its deadline because no slow read may begin now.
pub(super) fn was_ended_early() -> bool {
    with_current(|budget| budget.until < budget.deadline && budget.token.is_awaited())
        .unwrap_or(false)
}

/// Begins an optional part of the read, which has at most this time; nothing outside a read.
pub(super) fn begin_attempt(limit: Duration) -> Option<Duration> {
    with_current(|budget| {
        let now = Instant::now();
        budget.attempt_until = Some(now + limit);
        limit.min(budget.until.saturating_duration_since(now))
    })
}

/// Ends the optional part. True if the read may go on.
pub(super) fn end_attempt() -> bool {
    let may_go_on = with_current(|budget| {
        budget.attempt_until = None;
        budget.token.is_awaited() && !budget.is_over(Instant::now())
    });
    may_go_on.unwrap_or(false)
}

fn with_current<T>(work: impl FnOnce(&mut ReadBudget) -> T) -> Option<T> {
    let result = CURRENT.try_with(|current| Some(work(&mut *current.try_borrow_mut().ok()?)));
    result.ok().flatten()
}
