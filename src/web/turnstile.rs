use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::{Error, Result};

/// Lets only so many do something costly at once, with a short queue behind them; who comes later is told to
/// come back instead of waiting for memory and time that aren't there.
#[derive(Debug)]
pub struct Turnstile {
    places: Semaphore,
    waiting: AtomicUsize,
    queue: usize,
}

/// Seconds after which those turned away should try again.
const COME_BACK_SECONDS: u64 = 2;

/// Counts one who waits, for as long as it lives.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Turnstile {
    /// `places` at once, and at most `queue` waiting for one.
    pub fn new(places: usize, queue: usize) -> Turnstile {
        Turnstile {
            places: Semaphore::new(places),
            waiting: AtomicUsize::new(0),
            queue,
        }
    }

    /// A place, held until the answer is dropped.
    ///
    /// # Errors
    /// [`Error::TooMany`] if the queue is full.
    pub async fn pass(&self) -> Result<SemaphorePermit<'_>> {
        if let Ok(place) = self.places.try_acquire() {
            return Ok(place);
        }
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= self.queue {
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(Error::TooMany(COME_BACK_SECONDS));
        }
        let _waiting = Waiting(&self.waiting);
        self.places.acquire().await.map_err(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[actix_web::test]
    async fn who_comes_after_a_full_queue_is_told_to_come_back() {
        let gate = Turnstile::new(1, 1);
        let first = gate.pass().await.unwrap();
        let mut second = Box::pin(gate.pass());
        assert!(second.as_mut().now_or_never().is_none());
        assert!(matches!(gate.pass().await, Err(Error::TooMany(_))));
        drop(first);
        assert!(second.await.is_ok());
        assert!(gate.pass().await.is_ok());
    }

    #[actix_web::test]
    async fn who_stops_waiting_frees_a_place_in_the_queue() {
        let gate = Turnstile::new(1, 1);
        let _first = gate.pass().await.unwrap();
        let mut second = Box::pin(gate.pass());
        assert!(second.as_mut().now_or_never().is_none());
        drop(second);
        let mut third = Box::pin(gate.pass());
        assert!(third.as_mut().now_or_never().is_none());
    }
}
