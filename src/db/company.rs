//! Reads in company. Many who ask the same at once, after a write or when the second turns, would each read the same
//! and wait for each other at the few connections there are. One of them reads for all who had asked by the time that
//! it began: whoever comes later waits for the next reading, so that nobody is told what was true before they asked.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};
use std::time::Instant;

use tokio::sync::{Mutex as Turnstile, OwnedMutexGuard};

use super::deadline::{NO_ANSWER, within};
use crate::error::{Error, Result};

/// Questions that nobody asks any more are forgotten when there are this many.
const MANY: usize = 64;

/// What is being read at this moment, by question.
#[derive(Default)]
pub(super) struct Company {
    asked: Mutex<HashMap<String, Weak<Turnstile<Told>>>>,
}

/// The last answer to a question, as long as somebody waits for one.
type Told = Option<Answer>;

struct Answer {
    begun: Instant,
    value: Arc<dyn Any + Send + Sync>,
}

/// What comes of asking together.
pub enum Asked<T> {
    /// Somebody has read it since.
    Told(Arc<T>),
    /// It is this one's turn to read, for all who wait.
    Turn(Turn),
}

/// The turn to read. Others wait until it is dropped.
pub struct Turn {
    begun: Instant,
    told: Option<OwnedMutexGuard<Told>>,
}

impl Company {
    /// Waits for who is reading the answer to `question`, if somebody is.
    ///
    /// # Errors
    /// [`Error::Busy`] if that takes longer than this request has left.
    pub(super) async fn ask<T: Send + Sync + 'static>(&self, question: &str) -> Result<Asked<T>> {
        let arrived = Instant::now();
        let Some(turnstile) = self.turnstile(question) else {
            return Ok(Asked::Turn(Turn {
                begun: arrived,
                told: None,
            }));
        };
        let told = within(turnstile.lock_owned()).await;
        let told = told.ok_or_else(|| Error::Busy(NO_ANSWER.into()))?;
        let answer = told.as_ref().filter(|answer| answer.begun >= arrived);
        let value = answer.and_then(|answer| answer.value.clone().downcast().ok());
        Ok(match value {
            Some(value) => Asked::Told(value),
            None => Asked::Turn(Turn {
                begun: Instant::now(),
                told: Some(told),
            }),
        })
    }

    fn turnstile(&self, question: &str) -> Option<Arc<Turnstile<Told>>> {
        let mut asked = self.asked.lock().ok()?;
        if let Some(turnstile) = asked.get(question).and_then(Weak::upgrade) {
            return Some(turnstile);
        }
        if asked.len() >= MANY {
            asked.retain(|_, turnstile| turnstile.strong_count() > 0);
        }
        let turnstile = Arc::new(Turnstile::default());
        asked.insert(question.to_owned(), Arc::downgrade(&turnstile));
        Some(turnstile)
    }
}

impl Turn {
    /// Tells those who wait what was read.
    pub fn tell<T: Send + Sync + 'static>(mut self, value: Arc<T>) {
        if let Some(told) = &mut self.told {
            **told = Some(Answer {
                begun: self.begun,
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

    /// Asks, and reads a number of its own where it is its turn.
    async fn ask(company: &Company, read: &AtomicUsize) -> usize {
        match company.ask::<usize>("how many").await.unwrap() {
            Asked::Told(value) => *value,
            Asked::Turn(turn) => {
                let value = read.fetch_add(1, Ordering::SeqCst);
                turn.tell(Arc::new(value));
                value
            }
        }
    }

    #[tokio::test]
    async fn those_who_ask_during_a_reading_share_the_next_one() {
        let company = Company::default();
        let Ok(Asked::Turn(first)) = company.ask::<usize>("how many").await else {
            panic!("nobody has read yet");
        };
        let (read, at_once) = (AtomicUsize::new(7), Barrier::new(3));
        let other = async {
            at_once.wait().await;
            ask(&company, &read).await
        };
        let another = async {
            at_once.wait().await;
            ask(&company, &read).await
        };
        let reader = async {
            at_once.wait().await;
            tokio::task::yield_now().await;
            first.tell(Arc::new(1usize));
        };
        let (one, two, ()) = tokio::join!(other, another, reader);
        assert_eq!(
            (one, two),
            (7, 7),
            "what began before they asked is not theirs"
        );
        assert_eq!(read.load(Ordering::SeqCst), 8, "one of them read for both");
    }

    #[tokio::test]
    async fn whoever_asks_afterwards_reads_anew_and_a_reading_that_failed_is_nobodys_answer() {
        let company = Company::default();
        let read = AtomicUsize::new(0);
        assert_eq!(ask(&company, &read).await, 0);
        assert_eq!(ask(&company, &read).await, 1);
        let failed = company.ask::<usize>("how many").await;
        drop(failed);
        assert_eq!(ask(&company, &read).await, 2);
    }

    #[tokio::test]
    async fn nobody_waits_for_the_reading_of_another_beyond_their_deadline() {
        let company = Company::default();
        let reading = company.ask::<usize>("how many").await;
        let left = Duration::from_millis(20);
        let late = limited(left, company.ask::<usize>("how many")).await;
        assert!(matches!(late, Err(Error::Busy(_))));
        drop(reading);
        assert!(company.ask::<usize>("how many").await.is_ok());
    }

    #[tokio::test]
    async fn questions_that_nobody_asks_any_more_are_forgotten() {
        let company = Company::default();
        for n in 0..10 * MANY {
            drop(company.ask::<usize>(&n.to_string()).await);
        }
        assert!(company.asked.lock().unwrap().len() <= MANY + 1);
    }
}
