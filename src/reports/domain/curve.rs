//! Time in status: the estimate of Kaplan and Meier (1958) with Greenwood's variance on the log-log scale, and the exits
//! by Aalen and Johansen (1978), which count each of the other exits as an exit.

use std::collections::BTreeSet;

use crate::clock::DAY_SECONDS;
use crate::reports::domain::durations::{DurationCount, Durations, EXITS, Exit};

/// The 97.5 % point of the normal distribution, for intervals of 95 %.
const Z: f64 = 1.96;
/// Sums and products of shares are compared with this tolerance.
const TOLERANCE: f64 = 1e-9;
/// Fewer visits have counts only, and no curve.
pub const MIN_VISITS: i64 = 10;
/// A thinned curve has a point for each of so many parts of its time.
const PARTS: i64 = 400;
/// The percentiles that are shown or suggested as limits.
const PERCENTILES: [f64; 4] = [0.5, 0.75, 0.85, 0.9];
/// Limits are suggested from at least so many visits that ended.
const MIN_EXITS_FOR_LIMITS: i64 = 30;

/// The curve right after one duration at which visits ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    pub seconds: i64,
    /// Visits that took at least so long.
    pub observed: i64,
    /// Visits that ended after exactly so long.
    pub exits: i64,
    /// The share that is still here: S(t).
    pub survival: f64,
    /// The 95 % interval of `survival`; nothing where none is left.
    pub interval: Option<(f64, f64)>,
    /// The share that has left by each exit, in the order of [`Exit::ALL`]: CIF(t). With `survival` they add up to 1.
    pub exit_shares: [f64; EXITS],
}

/// The share of visits that are still in their status after any time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Curve {
    points: Vec<CurvePoint>,
    longest: i64,
    exits: i64,
}

/// The time after which a share of the visits has ended, in seconds, with its 95 % interval. Nothing is a value that was
/// not reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quantile {
    pub seconds: Option<i64>,
    pub low: Option<i64>,
    pub high: Option<i64>,
}

/// A target and a limit in whole days that recent visits suggest; nothing where a percentile was not reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SuggestedLimits {
    pub target_days: Option<i64>,
    pub limit_days: Option<i64>,
}

impl Curve {
    /// The curve of a sample. Of visits of one duration, exits come before those without one.
    pub fn of(durations: &Durations) -> Curve {
        let mut observed = durations.visits();
        let (mut survival, mut exit_shares, mut variance) = (1.0, [0.0; EXITS], 0.0);
        let mut points = Vec::new();
        for count in durations.counts() {
            let exits = count.exited();
            if exits > 0 {
                add_exits(&mut exit_shares, survival, count, observed);
                let staying = observed - exits;
                survival *= staying as f64 / observed as f64;
                variance += exits as f64 / (observed as f64 * staying as f64);
                points.push(CurvePoint {
                    seconds: count.seconds,
                    observed,
                    exits,
                    survival,
                    interval: (staying > 0).then(|| interval(survival, variance)),
                    exit_shares,
                });
            }
            observed -= exits + count.without_exit;
        }
        Curve {
            points,
            longest: durations.longest(),
            exits: durations.exits(),
        }
    }

    /// The curve with fewer points: one for each of some equal parts of time, those at or before the given seconds, and
    /// those at which percentiles are reached. Percentiles and the shares at these seconds stay what they are.
    pub fn thinned(self, seconds: &[i64]) -> Curve {
        let (points, mut indexes) = (&self.points, BTreeSet::new());
        let parts = (0..=PARTS).map(|part| self.longest * part / PARTS);
        for time in parts.chain(seconds.iter().copied()) {
            indexes.extend(self.points_until(time).len().checked_sub(1));
        }
        for part in PERCENTILES {
            let Quantile { seconds, low, high } = self.quantile(part);
            for time in [seconds, low, high].into_iter().flatten() {
                indexes.extend(points.binary_search_by_key(&time, |point| point.seconds));
            }
        }
        Curve {
            points: indexes.into_iter().map(|index| points[index]).collect(),
            ..self
        }
    }

    /// The points, the shortest duration first.
    pub fn points(&self) -> &[CurvePoint] {
        &self.points
    }

    /// The longest observed duration in seconds.
    pub fn longest(&self) -> i64 {
        self.longest
    }

    /// The share that is still here after so many seconds.
    pub fn survival_at(&self, seconds: i64) -> f64 {
        let point = self.points_until(seconds).last();
        point.map_or(1.0, |point| point.survival)
    }

    /// The share that has left by one exit within so many seconds.
    pub fn exit_share(&self, exit: Exit, seconds: i64) -> f64 {
        let point = self.points_until(seconds).last();
        point.map_or(0.0, |point| point.exit_shares[exit as usize])
    }

    /// The share that leaves by each exit in the end, as far as it was observed.
    pub fn exit_shares(&self) -> [f64; EXITS] {
        self.points
            .last()
            .map_or([0.0; EXITS], |point| point.exit_shares)
    }

    /// The time after which the share `part` of the visits has ended: the smallest t with S(t) ≤ 1 − part.
    pub fn quantile(&self, part: f64) -> Quantile {
        let staying = 1.0 - part + TOLERANCE;
        let first = |has_fallen: &dyn Fn(&CurvePoint) -> bool| {
            let point = self.points.iter().find(|point| has_fallen(point));
            point.map(|point| point.seconds)
        };
        Quantile {
            seconds: first(&|point| point.survival <= staying),
            low: first(&|point| point.interval.is_none_or(|(low, _)| low <= staying)),
            high: first(&|point| point.interval.is_some_and(|(_, high)| high <= staying)),
        }
    }

    /// The chance that a visit of `seconds` so far ends by advancing or winning within `within` more. Nothing if none is
    /// left then, or beyond the longest observed duration, unless all have left by then.
    pub fn chance_to_move_on(&self, seconds: i64, within: i64) -> Option<f64> {
        let (share, end) = (self.survival_at(seconds), seconds.saturating_add(within));
        let is_observed = end <= self.longest || self.survival_at(self.longest) < TOLERANCE;
        let moved_on = |seconds| {
            self.exit_share(Exit::Advanced, seconds) + self.exit_share(Exit::Won, seconds)
        };
        (share > TOLERANCE && is_observed).then(|| (moved_on(end) - moved_on(seconds)) / share)
    }

    /// Half of the visits end within the target, 85 % within the limit; nothing if fewer than [`MIN_EXITS_FOR_LIMITS`]
    /// ended.
    pub fn suggested_limits(&self) -> Option<SuggestedLimits> {
        let days = |part| {
            let seconds = self.quantile(part).seconds?;
            // A visit of no time at all still takes a part of a day.
            Some(seconds.div_euclid(DAY_SECONDS) + i64::from(seconds % DAY_SECONDS > 0))
                .map(|days| days.max(1))
        };
        (self.exits >= MIN_EXITS_FOR_LIMITS).then(|| SuggestedLimits {
            target_days: days(0.5),
            limit_days: days(0.85),
        })
    }

    /// The points at or before a time.
    fn points_until(&self, seconds: i64) -> &[CurvePoint] {
        let points = &self.points;
        &points[..points.partition_point(|point| point.seconds <= seconds)]
    }
}

fn add_exits(shares: &mut [f64; EXITS], survival: f64, count: &DurationCount, observed: i64) {
    for (share, exits) in shares.iter_mut().zip(count.exits) {
        *share += survival * exits as f64 / observed as f64;
    }
}

/// S^exp(±1.96 √V ÷ |ln S|).
fn interval(survival: f64, variance: f64) -> (f64, f64) {
    let width = Z * variance.sqrt() / survival.ln().abs();
    (survival.powf(width.exp()), survival.powf((-width).exp()))
}
