//! How long visits to a status took, and how each ended.

use crate::words::word_enum;

word_enum! {
    /// How a visit ended.
    pub enum Exit {
        /// To an open or paused status at a higher position.
        Advanced = "advanced", "report-way-advanced";
        /// To a lower position, or out of a won, lost or junk status.
        Back = "back", "report-way-back";
        Won = "won", "report-way-won";
        Lost = "lost", "report-way-lost";
        Junk = "junk", "report-way-junk";
    }
}

impl Exit {
    /// The exits of leads that moved on.
    pub const MOVED_ON: [Exit; 2] = [Exit::Advanced, Exit::Won];
    /// The exits of leads that were dropped.
    pub const DROPPED: [Exit; 2] = [Exit::Lost, Exit::Junk];
}

/// The number of exits.
pub const EXITS: usize = Exit::ALL.len();

/// The visits of one duration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DurationCount {
    pub seconds: i64,
    /// Visits that ended after so long, by exit, in the order of [`Exit::ALL`].
    pub exits: [i64; EXITS],
    /// Visits without an exit after so long: they are open, or the replacement of the status or the deletion of the lead
    /// ended them.
    pub without_exit: i64,
}

impl DurationCount {
    /// The visits that a move ended.
    pub fn exited(&self) -> i64 {
        self.exits.iter().sum()
    }
}

/// The durations of the visits of a sample, the shortest first, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Durations(Vec<DurationCount>);

impl Durations {
    /// Adds up counts in any order.
    pub fn new(counts: impl IntoIterator<Item = DurationCount>) -> Durations {
        let mut counts: Vec<DurationCount> = counts.into_iter().collect();
        counts.sort_by_key(|count| count.seconds);
        counts.dedup_by(|next, count| {
            let is_same = next.seconds == count.seconds;
            if is_same {
                for (sum, exits) in count.exits.iter_mut().zip(next.exits) {
                    *sum += exits;
                }
                count.without_exit += next.without_exit;
            }
            is_same
        });
        Durations(counts)
    }

    /// The durations of single visits in seconds, each with its exit; nothing if it has none.
    pub fn of_visits(visits: impl IntoIterator<Item = (i64, Option<Exit>)>) -> Durations {
        let single = |(seconds, exit): (i64, Option<Exit>)| {
            let mut count = DurationCount {
                seconds,
                ..DurationCount::default()
            };
            match exit {
                Some(exit) => count.exits[exit as usize] = 1,
                None => count.without_exit = 1,
            }
            count
        };
        Durations::new(visits.into_iter().map(single))
    }

    /// The counts, the shortest duration first.
    pub fn counts(&self) -> &[DurationCount] {
        &self.0
    }

    /// The number of visits.
    pub fn visits(&self) -> i64 {
        self.exits() + self.without_exit()
    }

    /// The number of visits that a move ended.
    pub fn exits(&self) -> i64 {
        self.0.iter().map(DurationCount::exited).sum()
    }

    /// The number of visits without an exit.
    pub fn without_exit(&self) -> i64 {
        self.0.iter().map(|count| count.without_exit).sum()
    }

    /// The longest observed duration in seconds, of a visit with or without an exit.
    pub fn longest(&self) -> i64 {
        self.0.last().map_or(0, |count| count.seconds)
    }

    /// The smallest duration that at least half of the visits that ended do not exceed; nothing without any.
    pub fn median_exit(&self) -> Option<i64> {
        let half = self.exits() - self.exits() / 2;
        let mut ended = 0;
        let reaches_half = |count: &&DurationCount| {
            ended += count.exited();
            count.exited() > 0 && ended >= half
        };
        self.0.iter().find(reaches_half).map(|count| count.seconds)
    }
}

/// Whether a visit ended within a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetResult {
    /// Ended at or before it, by any exit.
    Met,
    /// Ended after it, or followed for longer without an end.
    Missed,
    /// Followed for no longer than it without an end.
    Undecided,
}

impl TargetResult {
    /// The result of a visit of so many seconds, which a move ended or not.
    pub fn of(seconds: i64, has_left: bool, target: i64) -> TargetResult {
        match (seconds <= target, has_left) {
            (true, true) => TargetResult::Met,
            (true, false) => TargetResult::Undecided,
            (false, _) => TargetResult::Missed,
        }
    }
}

/// Visits by their [`TargetResult`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TargetCounts {
    pub met: i64,
    pub missed: i64,
    pub undecided: i64,
}

impl TargetCounts {
    /// Adds a visit of so many seconds, which a move ended or not.
    pub fn add(&mut self, seconds: i64, has_left: bool, target: i64) {
        match TargetResult::of(seconds, has_left, target) {
            TargetResult::Met => self.met += 1,
            TargetResult::Missed => self.missed += 1,
            TargetResult::Undecided => self.undecided += 1,
        }
    }

    /// The share of the decided visits that met the target; nothing without any.
    pub fn share(self) -> Option<f64> {
        let decided = self.met + self.missed;
        (decided > 0).then(|| self.met as f64 / decided as f64)
    }
}

/// The median of durations: the smallest that at least half do not exceed; nothing without any.
pub fn median(durations: &mut [i64]) -> Option<i64> {
    let middle = durations.len().checked_sub(1)? / 2;
    Some(*durations.select_nth_unstable(middle).1)
}
