//! Durations of many visits in bounded memory: exact to the second for up to 100,000, in buckets beyond.

use std::collections::BTreeMap;

use crate::reports::domain::durations::{DurationCount, Durations, WayOut};

/// Larger samples are counted in buckets.
const MAX_EXACT: i64 = 100_000;
/// The width of short buckets, in seconds.
const MINUTE: i64 = 60;
/// Where 1 % is as wide as a minute.
const FIRST_WIDE: i64 = 100 * MINUTE;

/// The durations of the visits of a sample by `K`, such as their status.
#[derive(Debug, Clone)]
pub struct DurationSample<K> {
    by_key: BTreeMap<K, BTreeMap<i64, DurationCount>>,
    visits: i64,
}

impl<K: Ord + Copy> Default for DurationSample<K> {
    fn default() -> Self {
        DurationSample {
            by_key: BTreeMap::new(),
            visits: 0,
        }
    }
}

impl<K: Ord + Copy> DurationSample<K> {
    /// Adds a visit with its way out; nothing if it is censored.
    pub fn add(&mut self, key: K, seconds: i64, way: Option<WayOut>) {
        self.visits += 1;
        if self.visits == MAX_EXACT + 1 {
            self.round();
        }
        let seconds = match self.is_rounded() {
            true => bucket(seconds),
            false => seconds,
        };
        let counts = self.by_key.entry(key).or_default();
        let count = counts.entry(seconds).or_insert(DurationCount {
            seconds,
            ..DurationCount::default()
        });
        match way {
            Some(way) => count.exits[way as usize] += 1,
            None => count.censored += 1,
        }
    }

    fn round(&mut self) {
        for counts in self.by_key.values_mut() {
            let exact = std::mem::take(counts).into_values();
            let in_buckets = exact.map(|count| DurationCount {
                seconds: bucket(count.seconds),
                ..count
            });
            let rounded = Durations::new(in_buckets);
            *counts = rounded
                .counts()
                .iter()
                .map(|count| (count.seconds, *count))
                .collect();
        }
    }

    /// True if durations were rounded down to a bucket.
    pub fn is_rounded(&self) -> bool {
        self.visits > MAX_EXACT
    }

    /// Takes the durations of a key.
    pub fn take(&mut self, key: &K) -> Durations {
        Durations::new(self.by_key.remove(key).unwrap_or_default().into_values())
    }

    /// All durations, by key.
    pub fn finish(self) -> impl Iterator<Item = (K, Durations)> {
        let by_key = self.by_key.into_iter();
        by_key.map(|(key, counts)| (key, Durations::new(counts.into_values())))
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
        for n in 0..=MAX_EXACT {
            assert!(!sample.is_rounded());
            let way = (n % 2 == 0).then_some(WayOut::Advanced);
            sample.add(n % 3, n * 100, way);
        }
        assert!(sample.is_rounded());
        let sums = sample
            .finish()
            .fold((0, 0), |(visits, exits), (_, durations)| {
                (visits + durations.visits(), exits + durations.exits())
            });
        assert_eq!(sums, (MAX_EXACT + 1, MAX_EXACT / 2 + 1));
    }
}
