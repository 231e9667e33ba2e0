//! Limits on how many requests do something costly at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};

/// Limits how many requests do something costly at once. A few more wait in a queue; others are refused.
#[derive(Debug)]
pub struct ConcurrencyLimit {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
    /// Seconds after which a refused request should try again.
    retry_seconds: u64,
}

/// A request in the queue, until it is dropped.
struct QueueEntry<'a>(&'a AtomicUsize);

impl Drop for QueueEntry<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl ConcurrencyLimit {
    /// `permits` at once, and at most `queue` waiting for one; other requests should try again after `retry_seconds`.
    pub fn new(permits: usize, queue: usize, retry_seconds: u64) -> ConcurrencyLimit {
        ConcurrencyLimit {
            permits: Arc::new(Semaphore::new(permits)),
            waiting: AtomicUsize::new(0),
            queue,
            retry_seconds,
        }
    }

    /// How many requests wait for a permit.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// A permit, as soon as there is one.
    ///
    /// # Errors
    /// [`Error::Crowded`] if the queue is full.
    pub async fn acquire(&self) -> Result<OwnedSemaphorePermit> {
        if let Ok(permit) = self.permits.clone().try_acquire_owned() {
            return Ok(permit);
        }
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= self.queue {
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(Error::Crowded(self.retry_seconds));
        }
        let _waiting = QueueEntry(&self.waiting);
        let permit = self.permits.clone().acquire_owned().await;
        permit.map_err(Error::internal)
    }

    /// [`ConcurrencyLimit::acquire`], waiting no longer than `timeout`.
    ///
    /// # Errors
    /// [`Error::Crowded`] if the queue is full or does not move on in time.
    pub async fn acquire_within(&self, timeout: Duration) -> Result<OwnedSemaphorePermit> {
        let permit = tokio::time::timeout(timeout, self.acquire()).await;
        permit.unwrap_or(Err(Error::Crowded(self.retry_seconds)))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[actix_web::test]
    async fn a_request_after_a_full_queue_is_refused_for_a_while() {
        let limit = ConcurrencyLimit::new(1, 1, 2);
        let first = limit.acquire().await.unwrap();
        let mut second = Box::pin(limit.acquire());
        assert!(second.as_mut().now_or_never().is_none());
        assert!(matches!(limit.acquire().await, Err(Error::Crowded(2))));
        drop(first);
        assert!(second.await.is_ok());
        assert!(limit.acquire().await.is_ok());
    }

    #[actix_web::test]
    async fn a_request_that_stops_waiting_frees_its_place_in_the_queue() {
        let limit = ConcurrencyLimit::new(1, 1, 2);
        let _first = limit.acquire().await.unwrap();
        let mut second = Box::pin(limit.acquire());
        assert!(second.as_mut().now_or_never().is_none());
        drop(second);
        let mut third = Box::pin(limit.acquire());
        assert!(third.as_mut().now_or_never().is_none());
    }
}
