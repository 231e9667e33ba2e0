//! Single flight: one request reads for all that wait for the same answer. After a write, or when a second begins, many
//! requests would otherwise read it at once on the few connections. A reading serves the requests that came before it
//! began; later ones wait for the next, so that no answer is older than its request.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};
use std::time::Instant;

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

use super::cache::CacheKey;
use super::deadline::{NO_ANSWER, within};
use crate::error::{Error, Result};

/// With this many keys, those that no request waits for are dropped.
const MAX_IDLE_KEYS: usize = 64;

/// What is being read at this moment, by key.
#[derive(Default)]
pub(super) struct SingleFlight {
    flights: Mutex<HashMap<CacheKey, Weak<AsyncMutex<LastAnswer>>>>,
}

/// The last answer for a key, as long as a request waits for one.
type LastAnswer = Option<TimedAnswer>;

struct TimedAnswer {
    begun: Instant,
    second: i64,
    value: Arc<dyn Any + Send + Sync>,
}

/// A request's part in reading one answer.
pub(super) enum Flight<T> {
    /// Another request has read it.
    Follower(Arc<T>),
    /// This request is to read it.
    Leader(Leader),
}

/// The right to read for all requests with one key. The others wait until it is dropped.
pub(super) struct Leader {
    begun: Instant,
    second: i64,
    answer: Option<OwnedMutexGuard<LastAnswer>>,
}

impl SingleFlight {
    /// Waits while another request reads the answer to `key`. Only an answer of this second, whose reading began after
    /// this call, is taken.
    ///
    /// # Errors
    /// [`Error::Busy`] if that takes longer than this request has left.
    pub(super) async fn join<T: Send + Sync + 'static>(
        &self,
        key: &CacheKey,
        second: i64,
    ) -> Result<Flight<T>> {
        let arrived = Instant::now();
        let Some(flight) = self.flight(key) else {
            return Ok(Flight::Leader(Leader {
                begun: arrived,
                second,
                answer: None,
            }));
        };
        let guard = within(flight.lock_owned()).await;
        let guard = guard.ok_or_else(|| Error::Busy(NO_ANSWER.into()))?;
        let answer = guard
            .as_ref()
            .filter(|answer| answer.begun >= arrived && answer.second == second);
        let value = answer.and_then(|answer| answer.value.clone().downcast().ok());
        Ok(match value {
            Some(value) => Flight::Follower(value),
            None => Flight::Leader(Leader {
                begun: Instant::now(),
                second,
                answer: Some(guard),
            }),
        })
    }

    fn flight(&self, key: &CacheKey) -> Option<Arc<AsyncMutex<LastAnswer>>> {
        let mut flights = self.flights.lock().ok()?;
        if let Some(flight) = flights.get(key).and_then(Weak::upgrade) {
            return Some(flight);
        }
        if flights.len() >= MAX_IDLE_KEYS {
            flights.retain(|_, flight| flight.strong_count() > 0);
        }
        let flight = Arc::new(AsyncMutex::default());
        flights.insert(key.clone(), Arc::downgrade(&flight));
        Some(flight)
    }
}

impl Leader {
    /// Gives the waiting requests what was read. Without this call, one of them reads.
    pub(super) fn publish<T: Send + Sync + 'static>(mut self, value: Arc<T>) {
        if let Some(answer) = &mut self.answer {
            **answer = Some(TimedAnswer {
                begun: self.begun,
                second: self.second,
                value,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use tokio::sync::Barrier;

    use super::super::deadline::limited;
    use super::*;

    fn key(address: &str) -> CacheKey {
        CacheKey {
            credential: String::new(),
            address: address.into(),
            representation: String::new(),
        }
    }

    async fn join(flights: &SingleFlight, second: i64) -> Result<Flight<usize>> {
        flights.join(&key("count"), second).await
    }

    /// Joins, and as the leader reads the next number.
    async fn read(flights: &SingleFlight, next: &AtomicUsize) -> usize {
        match join(flights, 0).await.unwrap() {
            Flight::Follower(value) => *value,
            Flight::Leader(leader) => {
                let value = next.fetch_add(1, Ordering::SeqCst);
                leader.publish(Arc::new(value));
                value
            }
        }
    }

    #[tokio::test]
    async fn requests_that_come_during_a_reading_share_the_next_one() {
        let flights = SingleFlight::default();
        let Ok(Flight::Leader(first)) = join(&flights, 0).await else {
            panic!("there is no reading yet");
        };
        let (next, at_once) = (AtomicUsize::new(7), Barrier::new(3));
        let follower = async || {
            at_once.wait().await;
            read(&flights, &next).await
        };
        let leader = async {
            at_once.wait().await;
            tokio::task::yield_now().await;
            first.publish(Arc::new(1usize));
        };
        let (one, two, ()) = tokio::join!(follower(), follower(), leader);
        assert_eq!((one, two), (7, 7), "the first reading began too early");
        assert_eq!(next.load(Ordering::SeqCst), 8, "one of them read for both");
    }

    #[tokio::test]
    async fn an_answer_of_another_second_is_not_taken() {
        let flights = SingleFlight::default();
        let Ok(Flight::Leader(first)) = join(&flights, 0).await else {
            panic!("there is no reading yet");
        };
        let (second, ()) = tokio::join!(join(&flights, 1), async {
            tokio::task::yield_now().await;
            first.publish(Arc::new(1usize));
        });
        assert!(matches!(second, Ok(Flight::Leader(_))));
    }

    #[tokio::test]
    async fn a_later_request_reads_anew_and_a_failed_reading_is_not_shared() {
        let (flights, next) = (SingleFlight::default(), AtomicUsize::new(0));
        assert_eq!(read(&flights, &next).await, 0);
        assert_eq!(read(&flights, &next).await, 1);
        drop(join(&flights, 0).await);
        assert_eq!(read(&flights, &next).await, 2);
    }

    #[tokio::test]
    async fn no_request_waits_for_the_reading_of_another_beyond_its_deadline() {
        let flights = SingleFlight::default();
        let reading = join(&flights, 0).await;
        let late = limited(Duration::from_millis(20), join(&flights, 0)).await;
        assert!(matches!(late, Err(Error::Busy(_))));
        drop(reading);
        assert!(join(&flights, 0).await.is_ok());
    }

    #[tokio::test]
    async fn keys_that_no_request_waits_for_are_dropped() {
        let flights = SingleFlight::default();
        for n in 0..10 * MAX_IDLE_KEYS {
            drop(flights.join::<usize>(&key(&n.to_string()), 0).await);
        }
        assert!(flights.flights.lock().unwrap().len() <= MAX_IDLE_KEYS + 1);
    }
}
