//! Durations of many visits in bounded memory: exact to the second for up to 100,000, in buckets beyond.

use std::collections::BTreeMap;

use crate::reports::domain::durations::{DurationCount, Durations, WayOut};

/// More visits are counted in buckets.
const MAX_EXACT: usize = 100_000;
/// The width of short buckets, in seconds.
const MINUTE: i64 = 60;
/// Where 1 % is as wide as a minute.
const FIRST_WIDE: i64 = 100 * MINUTE;

/// The durations of visits as they come in.
#[derive(Debug, Clone, Default)]
pub struct DurationSample {
    exact: Vec<(i64, Option<WayOut>)>,
    buckets: BTreeMap<i64, DurationCount>,
}

impl DurationSample {
    /// Adds a visit with its way out; nothing if it is censored.
    pub fn add(&mut self, seconds: i64, way: Option<WayOut>) {
        if self.is_rounded() {
            return self.add_to_bucket(seconds, way);
        }
        self.exact.push((seconds, way));
        if self.exact.len() > MAX_EXACT {
            for (seconds, way) in std::mem::take(&mut self.exact) {
                self.add_to_bucket(seconds, way);
            }
        }
    }

    fn add_to_bucket(&mut self, seconds: i64, way: Option<WayOut>) {
        let seconds = bucket(seconds);
        let count = self.buckets.entry(seconds).or_insert(DurationCount {
            seconds,
            ..DurationCount::default()
        });
        match way {
            Some(way) => count.exits[way as usize] += 1,
            None => count.censored += 1,
        }
    }

    /// True if durations were rounded down to a bucket.
    pub fn is_rounded(&self) -> bool {
        !self.buckets.is_empty()
    }

    /// What came in.
    pub fn finish(self) -> Durations {
        match self.is_rounded() {
            true => Durations::new(self.buckets.into_values()),
            false => Durations::of_visits(self.exact),
        }
    }
}

/// The start of the bucket of a duration: a whole minute, and from 100 minutes on a power of 1.01.
fn bucket(seconds: i64) -> i64 {
    if seconds < FIRST_WIDE {
        return seconds - seconds.rem_euclid(MINUTE);
    }
    let start = |power: f64| (FIRST_WIDE as f64 * 1.01_f64.powf(power)).ceil() as i64;
    let power = ((seconds as f64 / FIRST_WIDE as f64).ln() / 1.01_f64.ln()).floor();
    match start(power) {
        start_of_next if start_of_next > seconds => start(power - 1.0),
        found => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_at_most_a_minute_or_one_percent_wide() {
        let mut seconds = 0;
        while seconds < 400_000_000 {
            let start = bucket(seconds);
            assert!(start <= seconds && bucket(start) == start, "{seconds}");
            let width = (seconds - start) as f64;
            assert!(width < 60.0_f64.max(0.01 * start as f64 + 1.0), "{seconds}");
            seconds += 1 + seconds / 997;
        }
    }

    #[test]
    fn a_large_sample_keeps_its_counts() {
        let mut sample = DurationSample::default();
        for n in 0..=MAX_EXACT as i64 {
            assert!(!sample.is_rounded());
            let way = (n % 2 == 0).then_some(WayOut::Advanced);
            sample.add(n * 100, way);
        }
        assert!(sample.is_rounded());
        let durations = sample.finish();
        assert_eq!(durations.visits(), MAX_EXACT as i64 + 1);
        assert_eq!(durations.exits(), MAX_EXACT as i64 / 2 + 1);
    }
}
