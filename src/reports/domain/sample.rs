//! Durations of many visits in bounded memory: exact to the second for up to 100,000, in buckets beyond.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::reports::domain::durations::{DurationCount, Durations, Exit};

/// Larger samples are counted in buckets.
const MAX_EXACT: usize = 100_000;
/// The width of short buckets, in seconds.
const MINUTE: i64 = 60;
/// From so many minutes on, 1 % is wider than one.
const SHORT_BUCKETS: usize = 100;
/// The width of long buckets, as a part of their start.
const WIDTH: f64 = 0.01;
/// Longer durations, of more than a century, fall into the last bucket.
const LONGEST: i64 = u32::MAX as i64;

/// The starts of all buckets in seconds: whole minutes, then each 1 % after the one before.
static STARTS: LazyLock<Vec<i64>> = LazyLock::new(|| {
    let mut starts: Vec<i64> = (0..=SHORT_BUCKETS as i64).map(|n| n * MINUTE).collect();
    let mut next = SHORT_BUCKETS as i64 * MINUTE;
    while next < LONGEST {
        next += (next as f64 * WIDTH) as i64;
        starts.push(next);
    }
    starts
});

/// The durations of the visits of a sample by `K`, such as their status.
#[derive(Debug, Clone)]
pub struct DurationSample<K> {
    exact: BTreeMap<K, Vec<(i64, Option<Exit>)>>,
    /// By bucket.
    rounded: BTreeMap<K, Vec<DurationCount>>,
    visits: usize,
}

impl<K: Ord + Copy> Default for DurationSample<K> {
    fn default() -> Self {
        DurationSample {
            exact: BTreeMap::new(),
            rounded: BTreeMap::new(),
            visits: 0,
        }
    }
}

impl<K: Ord + Copy> DurationSample<K> {
    /// Adds a visit with its exit; nothing if it has none.
    pub fn add(&mut self, key: K, seconds: i64, exit: Option<Exit>) {
        self.visits += 1;
        if !self.is_rounded() {
            return self.exact.entry(key).or_default().push((seconds, exit));
        }
        for (key, visits) in std::mem::take(&mut self.exact) {
            for (seconds, exit) in visits {
                self.add_rounded(key, seconds, exit);
            }
        }
        self.add_rounded(key, seconds, exit);
    }

    fn add_rounded(&mut self, key: K, seconds: i64, exit: Option<Exit>) {
        let counts = self.rounded.entry(key).or_default();
        let index = bucket(seconds);
        if counts.len() <= index {
            counts.resize(index + 1, DurationCount::default());
        }
        match exit {
            Some(exit) => counts[index].exits[exit as usize] += 1,
            None => counts[index].without_exit += 1,
        }
    }

    /// True if durations were rounded down to the start of a bucket.
    pub fn is_rounded(&self) -> bool {
        self.visits > MAX_EXACT
    }

    /// Takes the durations of a key.
    pub fn take(&mut self, key: &K) -> Durations {
        match self.exact.remove(key) {
            Some(visits) => Durations::of_visits(visits),
            None => of_buckets(self.rounded.remove(key).unwrap_or_default()),
        }
    }

    /// All durations, by key.
    pub fn finish(mut self) -> Vec<(K, Durations)> {
        let keys: Vec<K> = self
            .exact
            .keys()
            .chain(self.rounded.keys())
            .copied()
            .collect();
        keys.into_iter().map(|key| (key, self.take(&key))).collect()
    }
}

fn of_buckets(counts: Vec<DurationCount>) -> Durations {
    let starts = STARTS.iter().zip(counts);
    let counts = starts.map(|(seconds, count)| DurationCount {
        seconds: *seconds,
        ..count
    });
    Durations::new(counts.filter(|count| count.exited() + count.without_exit > 0))
}

/// The bucket of a duration.
fn bucket(seconds: i64) -> usize {
    let seconds = seconds.clamp(0, LONGEST);
    let minutes = (seconds / MINUTE) as usize;
    if minutes < SHORT_BUCKETS {
        return minutes;
    }
    // Close to the right one, since each starts about 1 % after the one before: a search takes three times as long.
    let powers = (minutes as f64 / SHORT_BUCKETS as f64).ln() / WIDTH.ln_1p();
    let mut index = (SHORT_BUCKETS + powers as usize).min(STARTS.len() - 1);
    while STARTS[index] > seconds {
        index -= 1;
    }
    while STARTS.get(index + 1).is_some_and(|next| *next <= seconds) {
        index += 1;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_at_most_a_minute_or_one_percent_wide() {
        let mut seconds = 0;
        while seconds < 400_000_000 {
            let start = STARTS[bucket(seconds)];
            assert!(
                start <= seconds && STARTS[bucket(start)] == start,
                "{seconds}"
            );
            let width = (seconds - start) as f64;
            assert!(width < 60.0_f64.max(0.01 * start as f64), "{seconds}");
            seconds += 1 + seconds / 997;
        }
    }

    #[test]
    fn a_large_sample_keeps_its_counts() {
        let (mut sample, last) = (DurationSample::default(), MAX_EXACT as i64);
        for n in 0..=last {
            assert!(!sample.is_rounded());
            let exit = (n % 2 == 0).then_some(Exit::Advanced);
            sample.add(n % 3, n * 100, exit);
        }
        assert!(sample.is_rounded());
        let (mut visits, mut exits) = (0, 0);
        for (_, durations) in sample.finish() {
            visits += durations.visits();
            exits += durations.exits();
        }
        assert_eq!((visits, exits), (last + 1, last / 2 + 1));
    }
}
