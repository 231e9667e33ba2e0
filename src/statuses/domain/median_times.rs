//! The median time in each open status, of visits that began in the last 180 days. The reports compute it now and then.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use crate::clock::DAY_SECONDS;
use crate::statuses::domain::days::Days;

/// The median time in status by status id, in seconds. Copies share the same values.
#[derive(Debug, Clone, Default)]
pub struct MedianTimes(Arc<RwLock<Arc<HashMap<i64, i64>>>>);

impl MedianTimes {
    /// The values as they are now.
    pub fn get(&self) -> Arc<HashMap<i64, i64>> {
        let values = self.0.read();
        values.map(|values| values.clone()).unwrap_or_default()
    }

    /// Replaces all values.
    pub fn set(&self, values: HashMap<i64, i64>) {
        if let Ok(mut shared) = self.0.write() {
            *shared = Arc::new(values);
        }
    }
}

/// A median in whole days, rounded up as limits are, and whether it is past the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MedianTime {
    pub days: i64,
    pub is_past_limit: bool,
}

impl MedianTime {
    /// The median of so many seconds beside a limit.
    pub fn new(seconds: i64, limit: Option<Days>) -> MedianTime {
        let is_past = |limit: Days| seconds > i64::from(limit.get()) * DAY_SECONDS;
        MedianTime {
            days: seconds.div_euclid(DAY_SECONDS) + i64::from(seconds % DAY_SECONDS > 0),
            is_past_limit: limit.is_some_and(is_past),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_past_a_limit_that_it_exceeds() {
        let time = |seconds, limit| {
            let time = MedianTime::new(seconds, Days::new(limit));
            (time.days, time.is_past_limit)
        };
        assert_eq!(time(DAY_SECONDS, 1), (1, false));
        assert_eq!(time(DAY_SECONDS + 1, 1), (2, true));
        assert_eq!(time(0, 1), (0, false));
    }
}
