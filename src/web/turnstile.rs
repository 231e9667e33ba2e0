use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};

/// Lets only so many do something costly at once, with a short queue behind them; who comes later is told to
/// come back instead of waiting for memory and time that aren't there.
#[derive(Debug)]
pub struct Turnstile {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
    /// Seconds after which those who are refused should try again.
    retry_seconds: u64,
}

/// A place, held for as long as it lives.
#[derive(Debug)]
pub struct Place {
    _permit: OwnedSemaphorePermit,
}

/// Counts one who waits, for as long as it lives.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Turnstile {
    /// `places` at once, and at most `queue` waiting for one; others should try again after `retry_seconds`.
    pub fn new(places: usize, queue: usize, retry_seconds: u64) -> Turnstile {
        Turnstile {
            places: Arc::new(Semaphore::new(places)),
            waiting: AtomicUsize::new(0),
            queue,
            retry_seconds,
        }
    }

    /// How many wait for a place.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// A place, held until the answer is dropped.
    ///
    /// # Errors
    /// [`Error::Crowded`] if the queue is full.
    pub async fn pass(&self) -> Result<Place> {
        if let Ok(permit) = self.places.clone().try_acquire_owned() {
            return Ok(Place { _permit: permit });
        }
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= self.queue {
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(Error::Crowded(self.retry_seconds));
        }
        let _waiting = Waiting(&self.waiting);
        let permit = self.places.clone().acquire_owned().await;
        let permit = permit.map_err(Error::internal)?;
        Ok(Place { _permit: permit })
    }

    /// [`Turnstile::pass`], waiting no longer than `patience`.
    ///
    /// # Errors
    /// [`Error::Crowded`] if the queue is full or does not move on in time.
    pub async fn pass_within(&self, patience: Duration) -> Result<Place> {
        let passed = tokio::time::timeout(patience, self.pass()).await;
        passed.unwrap_or(Err(Error::Crowded(self.retry_seconds)))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[actix_web::test]
    async fn who_comes_after_a_full_queue_is_told_to_come_back() {
        let gate = Turnstile::new(1, 1, 2);
        let first = gate.pass().await.unwrap();
        let mut second = Box::pin(gate.pass());
        assert!(second.as_mut().now_or_never().is_none());
        assert!(matches!(gate.pass().await, Err(Error::Crowded(2))));
        drop(first);
        assert!(second.await.is_ok());
        assert!(gate.pass().await.is_ok());
    }

    #[actix_web::test]
    async fn who_stops_waiting_frees_a_place_in_the_queue() {
        let gate = Turnstile::new(1, 1, 2);
        let _first = gate.pass().await.unwrap();
        let mut second = Box::pin(gate.pass());
        assert!(second.as_mut().now_or_never().is_none());
        drop(second);
        let mut third = Box::pin(gate.pass());
        assert!(third.as_mut().now_or_never().is_none());
    }
}
