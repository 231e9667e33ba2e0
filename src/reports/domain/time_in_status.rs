//! How long visits to each status took.

use crate::clock::DAY_SECONDS;
use crate::reports::domain::counted_set::MAX_DAYS;
use crate::reports::domain::curve::{Curve, MIN_VISITS};
use crate::reports::domain::durations::{Durations, EXITS, TargetCounts};
use crate::reports::domain::figures::{LimitBasis, ReportStatus, TimeInStatus};
use crate::reports::domain::flow::PipelineStatus;
use crate::reports::domain::period::InstantRange;
use crate::reports::domain::sample::DurationSample;
use crate::reports::domain::stays::{LeadStays, Stay};
use crate::statuses::Kind;

/// Limits are suggested from the visits that began within so many days.
pub const LIMIT_BASIS_DAYS: i64 = 180;

/// Counts the durations of visits by status.
pub struct TimeInStatusCounter {
    period: InstantRange,
    /// Targets in seconds.
    targets: Vec<Option<i64>>,
    within_target: Vec<TargetCounts>,
    sampled: DurationSample<usize>,
    recent: DurationSample<usize>,
    ongoing: Vec<i64>,
    clock_days: Vec<Vec<i64>>,
}

impl TimeInStatusCounter {
    /// For these statuses.
    pub fn new(period: InstantRange, statuses: &[ReportStatus]) -> TimeInStatusCounter {
        let target = |status: &ReportStatus| Some(i64::from(status.target_days?) * DAY_SECONDS);
        let (targets, statuses) = (statuses.iter().map(target).collect(), statuses.len());
        TimeInStatusCounter {
            period,
            targets,
            within_target: vec![TargetCounts::default(); statuses],
            sampled: DurationSample::default(),
            recent: DurationSample::default(),
            ongoing: vec![0; statuses],
            clock_days: vec![Vec::new(); statuses],
        }
    }

    /// Adds the visits of a lead.
    pub fn add(&mut self, lead: &LeadStays, pipeline: &[PipelineStatus]) {
        let recent_from = lead.as_of - LIMIT_BASIS_DAYS * DAY_SECONDS;
        for stay in lead.stays {
            let (seconds, exit) = (stay.seconds(), stay.exit(pipeline));
            if self.period.contains(stay.entered_at) {
                self.sampled.add(stay.status, seconds, exit);
                if let Some(target) = self.targets[stay.status] {
                    self.within_target[stay.status].add(seconds, exit.is_some(), target);
                }
                self.ongoing[stay.status] += i64::from(stay.is_ongoing());
            }
            if stay.entered_at >= recent_from {
                self.recent.add(stay.status, seconds, exit);
            }
            if let Some(days) = clock_days(lead, stay) {
                add_to(&mut self.clock_days[stay.status], days);
            }
        }
    }

    /// The figures of these statuses, which have the indexes that were counted.
    pub fn finish(mut self, statuses: &[ReportStatus]) -> Vec<TimeInStatus> {
        let statuses = statuses.iter().enumerate();
        statuses
            .map(|(index, status)| self.of_status(index, status))
            .collect()
    }

    fn of_status(&mut self, index: usize, status: &ReportStatus) -> TimeInStatus {
        let is_rounded = self.sampled.is_rounded();
        let (period, ongoing) = (self.sampled.take(&index), self.ongoing[index]);
        let mut exit_counts = [0; EXITS];
        for count in period.counts() {
            for (sum, exits) in exit_counts.iter_mut().zip(count.exits) {
                *sum += exits;
            }
        }
        TimeInStatus {
            status: status.id,
            visits: period.visits(),
            exits: period.exits(),
            ongoing,
            censored: period.without_exit() - ongoing,
            exit_counts,
            curve: curve(&period, status.kind).map(|curve| curve.thinned(&[])),
            is_rounded,
            within_target: self.targets[index].map(|_| self.within_target[index]),
            limit_basis: self.limit_basis(index, status.kind),
        }
    }

    fn limit_basis(&mut self, index: usize, kind: Kind) -> LimitBasis {
        let recent = self.recent.take(&index);
        let curve = curve(&recent, kind).filter(|_| kind == Kind::Open);
        let days: Vec<i64> = (0..=LIMIT_BASIS_DAYS)
            .map(|day| day * DAY_SECONDS)
            .collect();
        LimitBasis {
            exits: recent.exits(),
            suggested: curve.as_ref().and_then(Curve::suggested_limits),
            curve: curve.map(|curve| curve.thinned(&days)),
            clock_days: std::mem::take(&mut self.clock_days[index]),
        }
    }
}

/// The curve of a status where time is a figure, from enough visits.
fn curve(durations: &Durations, kind: Kind) -> Option<Curve> {
    (!kind.is_closed() && durations.visits() >= MIN_VISITS).then(|| Curve::of(durations))
}

fn add_to(days: &mut Vec<i64>, day: i64) {
    let day = usize::try_from(day).unwrap_or(0);
    if days.len() <= day {
        days.resize(day + 1, 0);
    }
    days[day] += 1;
}

/// The whole days on the clock of a lead that is in this stay now, up to [`MAX_DAYS`]; nothing while it is paused.
pub fn clock_days(lead: &LeadStays, stay: &Stay) -> Option<i64> {
    let is_running = stay.is_ongoing() && !is_paused_at(lead, stay, lead.as_of);
    let seconds = stay.seconds() - paused_seconds(lead, stay, lead.as_of);
    is_running.then_some((seconds / DAY_SECONDS).min(MAX_DAYS))
}

/// True if the lead is paused at an instant of this stay.
pub fn is_paused_at(lead: &LeadStays, stay: &Stay, at: i64) -> bool {
    pauses_in(lead, stay).any(|(from, until)| from <= at && at < until)
}

/// How long the lead was paused in this stay up to an instant.
pub fn paused_seconds(lead: &LeadStays, stay: &Stay, at: i64) -> i64 {
    let until_then = |(from, until): (i64, i64)| (until.min(at) - from).max(0);
    pauses_in(lead, stay).map(until_then).sum()
}

/// The pauses that began in this stay, or in the one before it if a replacement kept its age and its clock.
pub fn pauses_in(lead: &LeadStays, stay: &Stay) -> impl Iterator<Item = (i64, i64)> {
    let (from, until) = (stay.entered_at, stay.until);
    let is_in = move |(begin, _): &(i64, i64)| from <= *begin && *begin <= until;
    lead.pauses.iter().copied().filter(is_in)
}
