//! Single flight: one request reads for all that wait for the same answer. After a write, or when a second begins, many
//! requests would otherwise read it at once on the few connections. A read serves the requests that came before it
//! began; later ones wait for the next, so that no answer is older than its request. A read is a task of its own: it
//! goes on when the request that started it leaves, as long as another one waits, and is ended with the last.

use std::any::Any;
use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, Weak};
use std::time::Instant;

use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinError, JoinHandle, spawn_local};

use super::answer_cache::CacheKey;
use super::deadline::{NO_ANSWER, within};
use crate::error::{Error, Result};

/// With this many keys, those that no request waits for are dropped.
const MAX_IDLE_KEYS: usize = 64;

/// What is being read at this moment, by key.
#[derive(Default)]
pub(super) struct SingleFlight {
    flights: Mutex<HashMap<CacheKey, Weak<Flight>>>,
}

/// A read, held by each request that waits for it. Without one, it is ended.
struct Flight {
    started_at: Instant,
    second: i64,
    outcome: watch::Receiver<Option<Outcome>>,
    task: AbortHandle,
}

/// The result of a read, for the requests that did not start it.
#[derive(Clone)]
enum Outcome {
    Read(Arc<dyn Any + Send + Sync>),
    /// It took too long, or the database can't be reached: the next read would fail in the same way.
    Busy,
    Failed,
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Flight {
    fn outcome(&self) -> Option<Outcome> {
        self.outcome.borrow().clone()
    }

    /// Waits until the read has ended.
    async fn wait(&self) -> Outcome {
        let mut receiver = self.outcome.clone();
        let outcome = receiver.wait_for(Option::is_some).await;
        outcome.map_or(Outcome::Failed, |outcome| {
            outcome.clone().unwrap_or(Outcome::Failed)
        })
    }
}

impl SingleFlight {
    /// The answer to `key`: one that was `cached` while this request waited, or that of a read of this second which
    /// began after this call. `start` makes the read if no other request does.
    ///
    /// # Errors
    /// Returns the error of the read that this request starts; [`Error::Busy`] if the read of another request fails
    /// with it, or takes longer than this request may wait.
    pub(super) async fn share<T, F>(
        &self,
        key: &CacheKey,
        second: i64,
        cached: impl Fn() -> Option<Arc<T>>,
        start: impl FnOnce() -> F,
    ) -> Result<Arc<T>>
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<Arc<T>>> + 'static,
    {
        let (arrived_at, mut start) = (Instant::now(), Some(start));
        loop {
            let (flight, own) = self.join(key, second, &mut start)?;
            if let Some(task) = own {
                return finished(within(task).await);
            }
            let outcome = within(flight.wait()).await;
            match outcome.ok_or_else(|| Error::Busy(NO_ANSWER.into()))? {
                Outcome::Busy => return Err(Error::Busy(NO_ANSWER.into())),
                Outcome::Read(value)
                    if flight.started_at >= arrived_at && flight.second == second =>
                {
                    if let Ok(value) = value.downcast() {
                        return Ok(value);
                    }
                }
                Outcome::Read(_) | Outcome::Failed => {}
            }
            if let Some(value) = cached() {
                return Ok(value);
            }
        }
    }

    /// The read that is under way, or a new one together with its task.
    fn join<T, F>(
        &self,
        key: &CacheKey,
        second: i64,
        start: &mut Option<impl FnOnce() -> F>,
    ) -> Result<(Arc<Flight>, Option<ReadTask<T>>)>
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<Arc<T>>> + 'static,
    {
        let mut flights = self.flights.lock().map_err(Error::internal)?;
        let running = flights.get(key).and_then(Weak::upgrade);
        if let Some(flight) = running.filter(|flight| flight.outcome().is_none()) {
            return Ok((flight, None));
        }
        if flights.len() >= MAX_IDLE_KEYS {
            flights.retain(|_, flight| flight.strong_count() > 0);
        }
        let start = start.take();
        let start = start.ok_or_else(|| Error::internal("a read is started twice"))?;
        let (sender, receiver) = watch::channel(None);
        let (started_at, read) = (Instant::now(), start());
        let task = spawn_local(async move {
            let result = read.await;
            let outcome = match &result {
                Ok(value) => Outcome::Read(value.clone()),
                Err(Error::Busy(_)) => Outcome::Busy,
                Err(_) => Outcome::Failed,
            };
            let _ = sender.send(Some(outcome));
            result
        });
        let flight = Arc::new(Flight {
            started_at,
            second,
            outcome: receiver,
            task: task.abort_handle(),
        });
        flights.insert(key.clone(), Arc::downgrade(&flight));
        Ok((flight, Some(task)))
    }
}

/// The task of a read.
type ReadTask<T> = JoinHandle<Result<Arc<T>>>;

/// The result of the read that this request has started; a panic of the read goes on here.
fn finished<T>(ended: Option<Result<Result<Arc<T>>, JoinError>>) -> Result<Arc<T>> {
    match ended {
        Some(Ok(result)) => result,
        Some(Err(cause)) => match cause.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(cause) => Err(Error::internal(cause)),
        },
        None => Err(Error::Busy(NO_ANSWER.into())),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;
    use std::time::Duration;

    use futures_util::FutureExt;
    use tokio::task::{LocalSet, yield_now};

    use super::super::deadline::limited;
    use super::*;

    fn key(address: &str) -> CacheKey {
        CacheKey {
            credential: String::new(),
            address: address.into(),
            representation: String::new(),
        }
    }

    /// Counts reads, which go on until they may end.
    #[derive(Default)]
    struct Reads {
        flights: SingleFlight,
        begun: Rc<Cell<usize>>,
        may_end: Rc<Cell<bool>>,
    }

    impl Reads {
        async fn read(&self, second: i64) -> Result<usize> {
            let start = || {
                self.begun.set(self.begun.get() + 1);
                let (number, may_end) = (self.begun.get(), self.may_end.clone());
                async move {
                    while !may_end.get() {
                        yield_now().await;
                    }
                    Ok(Arc::new(number))
                }
            };
            let key = key("count");
            let read = self.flights.share(&key, second, || None, start);
            read.await.map(|number| *number)
        }

        /// How many reads have not ended.
        fn running(&self) -> usize {
            Rc::strong_count(&self.may_end) - 1
        }

        /// Waits until a read has begun.
        async fn begin(&self) {
            while self.begun.get() == 0 {
                yield_now().await;
            }
        }
    }

    #[tokio::test]
    async fn requests_that_come_during_a_read_share_the_next_one() {
        let reads = Reads::default();
        let during = async || {
            reads.begin().await;
            reads.read(0).await.unwrap()
        };
        let end = async {
            reads.begin().await;
            yield_now().await;
            reads.may_end.set(true);
        };
        let all = async { tokio::join!(reads.read(0), during(), during(), end) };
        let (first, one, two, ()) = LocalSet::new().run_until(all).await;
        assert_eq!(first.unwrap(), 1);
        assert_eq!((one, two), (2, 2), "the first read began too early");
        assert_eq!(reads.begun.get(), 2, "one of them read for both");
    }

    #[tokio::test]
    async fn an_answer_of_another_second_is_not_taken() {
        let reads = Reads::default();
        reads.may_end.set(true);
        let both = async { tokio::join!(reads.read(0), reads.read(1)) };
        let (one, two) = LocalSet::new().run_until(both).await;
        assert_ne!(one.unwrap(), two.unwrap());
    }

    #[tokio::test]
    async fn a_later_request_reads_anew_and_a_failed_read_is_not_shared() {
        let flights = SingleFlight::default();
        let fail = async || Err::<Arc<usize>, _>(Error::NotFound);
        let read = async || Ok(Arc::new(7));
        let key = key("count");
        let all = async {
            let failing = flights.share(&key, 0, || None, fail);
            tokio::join!(failing, flights.share(&key, 0, || None, read))
        };
        let (failed, read) = LocalSet::new().run_until(all).await;
        assert!(matches!(failed, Err(Error::NotFound)));
        assert_eq!(read.unwrap(), Arc::new(7));
    }

    #[tokio::test]
    async fn a_read_goes_on_without_the_request_that_started_it_and_ends_with_the_last() {
        let reads = Reads::default();
        let all = async {
            let mut first = Box::pin(reads.read(0));
            let mut second = Box::pin(reads.read(0));
            for request in [&mut first, &mut second] {
                assert!(request.as_mut().now_or_never().is_none());
            }
            drop(first);
            for _ in 0..9 {
                yield_now().await;
            }
            assert_eq!(reads.running(), 1, "it goes on");
            drop(second);
            while reads.running() > 0 {
                yield_now().await;
            }
        };
        LocalSet::new().run_until(all).await;
    }

    #[tokio::test]
    async fn no_request_waits_for_the_read_of_another_beyond_its_deadline() {
        let reads = Reads::default();
        let all = async {
            let mut first = Box::pin(reads.read(0));
            assert!(first.as_mut().now_or_never().is_none());
            let late = limited(Duration::from_millis(20), reads.read(0)).await;
            assert!(matches!(late, Err(Error::Busy(_))));
            reads.may_end.set(true);
            assert_eq!(first.await.unwrap(), 1);
        };
        LocalSet::new().run_until(all).await;
    }

    #[tokio::test]
    async fn keys_that_no_request_waits_for_are_dropped() {
        let flights = SingleFlight::default();
        let all = async {
            for n in 0..10 * MAX_IDLE_KEYS {
                let read = || async move { Ok(Arc::new(n)) };
                let key = key(&n.to_string());
                flights.share(&key, 0, || None, read).await.unwrap();
            }
        };
        LocalSet::new().run_until(all).await;
        assert!(flights.flights.lock().unwrap().len() <= MAX_IDLE_KEYS + 1);
    }
}
