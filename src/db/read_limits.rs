//! How many reads run at once, by how long they take. Most take milliseconds, and must not wait for those that take
//! seconds. Whether a list is slow depends on its filters and on the data, so it is found out by running it: a read that
//! takes longer than [`QUICK_TIME`] goes on as a slow one if there is a permit, and else is ended and run again once
//! there is. On PostgreSQL it is ended and run again in any case.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};

/// What a read is for, which says how long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadKind {
    /// Some rows by their keys: the page of one thing, a form. It keeps a connection that no list may have, and is never
    /// run twice.
    Short,
    /// A page of a list, a board. It may turn out to be slow.
    List,
    /// All that match a filter: an exact number, the preview of an action.
    Whole,
    /// A part of long work on a thread of its own, such as a page of an export.
    Part,
}

/// How long a list may take on a connection for quick reads. At a million leads lists take 50 ms at most, and a read that
/// waits for this long is still answered soon.
pub(super) const QUICK_TIME: Duration = Duration::from_millis(50);
/// Slow reads that may wait; one more is refused.
const MAX_QUEUED: usize = 64;

impl ReadKind {
    /// How long the database works on it before it ends it.
    pub(super) fn deadline(self) -> Duration {
        match self {
            ReadKind::Short => Duration::from_secs(3),
            ReadKind::List => Duration::from_secs(4),
            ReadKind::Whole => Duration::from_secs(6),
            ReadKind::Part => Duration::from_secs(30),
        }
    }
}

/// The permits of all reads, one for each connection.
pub(super) struct ReadLimits {
    connections: usize,
    quick: Arc<Semaphore>,
    /// Lists, quick or slow: no more than there are processors, so that short reads find one.
    lists: Arc<Semaphore>,
    slow: Arc<Semaphore>,
    /// Slow reads that run or wait.
    queue: Arc<Semaphore>,
}

/// The right to read on one connection, until it is dropped.
pub(super) struct ReadPermit {
    is_slow: bool,
    _list: Option<OwnedSemaphorePermit>,
    others: Vec<OwnedSemaphorePermit>,
}

impl ReadPermit {
    /// The permit of a part of long work, which is limited otherwise.
    pub(super) fn of_part() -> ReadPermit {
        ReadPermit {
            is_slow: true,
            _list: None,
            others: Vec::new(),
        }
    }

    pub(super) fn is_slow(&self) -> bool {
        self.is_slow
    }
}

impl ReadLimits {
    /// For this many connections, two for each processor: a quarter of them for slow reads.
    pub(super) fn new(connections: u32) -> ReadLimits {
        let connections = connections.max(3) as usize;
        let slow = (connections / 4).max(1);
        let semaphore = |permits| Arc::new(Semaphore::new(permits));
        ReadLimits {
            connections,
            quick: semaphore(connections - slow),
            lists: semaphore(connections / 2),
            slow: semaphore(slow),
            queue: semaphore(slow + MAX_QUEUED),
        }
    }

    /// How many connections the reads need.
    pub(super) fn connections(&self) -> u32 {
        self.connections as u32
    }

    /// How many reads run.
    pub(super) fn running(&self) -> usize {
        let free = self.quick.available_permits() + self.slow.available_permits();
        self.connections - free
    }

    /// A permit to begin, as soon as there is one.
    pub(super) async fn quick(&self, kind: ReadKind) -> Result<ReadPermit> {
        let list = match kind {
            ReadKind::Short => None,
            _ => Some(acquire(&self.lists).await?),
        };
        Ok(ReadPermit {
            is_slow: false,
            _list: list,
            others: vec![acquire(&self.quick).await?],
        })
    }

    /// A permit for a slow read, as soon as there is one.
    ///
    /// # Errors
    /// Returns [`Error::Busy`] if too many wait.
    pub(super) async fn slow(&self) -> Result<ReadPermit> {
        let queue = self.queue.clone().try_acquire_owned();
        let queue = queue.map_err(|_| Error::Busy("too many slow reads wait".into()))?;
        let slow = acquire(&self.slow).await?;
        Ok(ReadPermit {
            is_slow: true,
            _list: Some(acquire(&self.lists).await?),
            others: vec![slow, queue],
        })
    }

    /// Exchanges the permit of a list for that of a slow read, if there is one at this moment.
    pub(super) fn become_slow(&self, permit: &mut ReadPermit) -> bool {
        let slow = self.slow.clone().try_acquire_owned();
        let queue = self.queue.clone().try_acquire_owned();
        let (Ok(slow), Ok(queue)) = (slow, queue) else {
            return false;
        };
        permit.is_slow = true;
        permit.others = vec![slow, queue];
        true
    }
}

async fn acquire(semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit> {
    let permit = semaphore.clone().acquire_owned().await;
    permit.map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn begin(limits: &ReadLimits, kind: ReadKind) -> Option<ReadPermit> {
        limits.quick(kind).now_or_never()?.ok()
    }

    #[test]
    fn lists_leave_connections_to_short_reads() {
        let limits = ReadLimits::new(4);
        let lists: Vec<_> = [ReadKind::List, ReadKind::Whole]
            .map(|kind| begin(&limits, kind))
            .into();
        assert!(lists.iter().all(Option::is_some));
        assert!(begin(&limits, ReadKind::List).is_none());
        assert!(begin(&limits, ReadKind::Short).is_some());
        assert_eq!(limits.running(), 2);
    }

    #[test]
    fn a_list_becomes_slow_where_no_other_is_and_makes_way_for_short_reads() {
        let limits = ReadLimits::new(4);
        let mut first = begin(&limits, ReadKind::List).unwrap();
        let mut second = begin(&limits, ReadKind::List).unwrap();
        assert!(limits.become_slow(&mut first) && first.is_slow());
        assert!(!limits.become_slow(&mut second) && !second.is_slow());
        drop(second);
        let short: Vec<_> = (0..3).map(|_| begin(&limits, ReadKind::Short)).collect();
        assert!(short.iter().all(Option::is_some));
        drop(first);
        assert!(
            limits
                .slow()
                .now_or_never()
                .is_some_and(|slow| slow.is_ok())
        );
    }

    #[test]
    fn slow_reads_that_find_too_many_waiting_are_refused() {
        let limits = ReadLimits::new(4);
        let _running = limits.slow().now_or_never();
        let mut waiting: Vec<_> = (0..MAX_QUEUED).map(|_| Box::pin(limits.slow())).collect();
        for one in &mut waiting {
            assert!(one.as_mut().now_or_never().is_none());
        }
        let refused = limits.slow().now_or_never();
        assert!(matches!(refused, Some(Err(Error::Busy(_)))));
    }
}
