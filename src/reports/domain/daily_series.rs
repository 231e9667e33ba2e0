//! How many leads were open, at risk and stuck at the end of each day.

use chrono::{DateTime, NaiveDate};

use crate::clock::DAY_SECONDS;
use crate::reports::domain::figures::{ReportStatus, Series};
use crate::reports::domain::period::InstantRange;
use crate::reports::domain::stays::{LeadStays, Stay};
use crate::reports::domain::time_in_status::{is_paused_at, paused_seconds, pauses_in};
use crate::statuses::{Kind, State};

/// The most days of a series, ten years; of longer periods it has the last ones.
const MAX_DAYS: i64 = 3_653;

/// A number for each day, kept as its change from the day before.
#[derive(Debug, Clone)]
struct Changes(Vec<i64>);

impl Changes {
    fn add(&mut self, days: (usize, usize)) {
        let (first, end) = days;
        if first < end {
            self.0[first] += 1;
            self.0[end] -= 1;
        }
    }

    fn finish(mut self) -> Vec<i64> {
        let mut sum = 0;
        self.0.pop();
        for change in &mut self.0 {
            sum += *change;
            *change = sum;
        }
        self.0
    }
}

/// Counts leads by day.
pub struct SeriesCounter {
    /// The first day, counted from 1970, and how many there are with it.
    first_day: i64,
    days: usize,
    open: Vec<Changes>,
    at_risk: Changes,
    stuck: Changes,
}

/// After how many seconds on its clock a lead is at risk and stuck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    at_risk: Option<i64>,
    stuck: Option<i64>,
}

impl Thresholds {
    /// Those of a status today, in seconds; none unless it is open.
    pub fn of(status: &ReportStatus) -> Thresholds {
        let seconds = |days: Option<i32>| {
            days.filter(|_| status.kind == Kind::Open)
                .map(|days| i64::from(days) * DAY_SECONDS)
        };
        Thresholds {
            at_risk: seconds(status.target_days),
            stuck: seconds(status.limit_days),
        }
    }

    /// The state of a lead in this stay at an instant.
    pub fn state(&self, lead: &LeadStays, stay: &Stay, at: i64) -> State {
        if is_paused_at(lead, stay, at) {
            return State::Paused;
        }
        let clock = at - stay.entered_at - paused_seconds(lead, stay, at);
        let has_passed = |threshold: Option<i64>| threshold.is_some_and(|limit| clock >= limit);
        match (has_passed(self.stuck), has_passed(self.at_risk)) {
            (true, _) => State::Stuck,
            (false, true) => State::AtRisk,
            (false, false) => State::OnTrack,
        }
    }
}

impl SeriesCounter {
    /// For the days of a period up to `as_of`, from the earliest visit on.
    pub fn new(period: InstantRange, earliest: i64, as_of: i64, statuses: usize) -> SeriesCounter {
        let end = period
            .to
            .saturating_sub(1)
            .min(as_of)
            .div_euclid(DAY_SECONDS)
            + 1;
        let first = period.from.max(earliest).div_euclid(DAY_SECONDS);
        let first_day = first.max(end - MAX_DAYS).min(end);
        let days = usize::try_from(end - first_day).unwrap_or(0);
        let none = Changes(vec![0; days + 1]);
        SeriesCounter {
            first_day,
            days,
            open: vec![none.clone(); statuses],
            at_risk: none.clone(),
            stuck: none,
        }
    }

    /// Adds a lead.
    pub fn add(&mut self, lead: &LeadStays, thresholds: &[Thresholds]) {
        for stay in lead.stays {
            let days = self.days_of(stay, lead.as_of);
            self.open[stay.status].add(days);
            let thresholds = thresholds[stay.status];
            match pauses_in(lead, stay).next() {
                None => self.add_states(stay, days, thresholds, lead.as_of),
                Some(_) => self.add_paused(lead, stay, days, thresholds),
            }
        }
    }

    fn add_states(
        &mut self,
        stay: &Stay,
        (first, end): (usize, usize),
        thresholds: Thresholds,
        as_of: i64,
    ) {
        let begin = |threshold: Option<i64>| {
            let at = threshold.map(|seconds| stay.entered_at.saturating_add(seconds));
            // The last day may not be over: what happens later on it has not happened.
            match at.filter(|at| *at <= as_of) {
                Some(at) => self.first_day_at(at).max(first),
                None => end,
            }
        };
        let (at_risk, stuck) = (begin(thresholds.at_risk), begin(thresholds.stuck));
        self.at_risk.add((at_risk, stuck.min(end)));
        self.stuck.add((stuck, end));
    }

    /// A lead that was paused in this stay, day by day.
    fn add_paused(
        &mut self,
        lead: &LeadStays,
        stay: &Stay,
        (first, end): (usize, usize),
        thresholds: Thresholds,
    ) {
        for day in first..end {
            match thresholds.state(lead, stay, self.end_of(day).min(lead.as_of)) {
                State::Stuck => self.stuck.add((day, day + 1)),
                State::AtRisk => self.at_risk.add((day, day + 1)),
                _ => {}
            }
        }
    }

    /// The days at whose ends a lead was in a stay: those from the first, without the second.
    fn days_of(&self, stay: &Stay, as_of: i64) -> (usize, usize) {
        let first = self.index(stay.present_from.div_euclid(DAY_SECONDS));
        let end = match stay.until >= as_of {
            true if stay.is_ongoing() => self.days,
            _ => self.index(stay.until.div_euclid(DAY_SECONDS)),
        };
        (first, end)
    }

    /// The first day whose end is not before an instant.
    fn first_day_at(&self, at: i64) -> usize {
        self.index(at.saturating_add(DAY_SECONDS - 1).div_euclid(DAY_SECONDS) - 1)
    }

    fn index(&self, day: i64) -> usize {
        let index = day.saturating_sub(self.first_day).max(0);
        usize::try_from(index).unwrap_or(0).min(self.days)
    }

    /// The end of a day in seconds.
    fn end_of(&self, day: usize) -> i64 {
        (self.first_day + day as i64 + 1) * DAY_SECONDS
    }

    /// The series, by status of the open and paused ones.
    pub fn finish(self, statuses: &[ReportStatus]) -> Series {
        let day = |n: usize| date((self.first_day + n as i64) * DAY_SECONDS);
        let is_shown = |status: &ReportStatus| !status.kind.is_closed();
        let days = (0..self.days).map(day).collect();
        let open = self.open.into_iter().zip(statuses);
        Series {
            days,
            open: open
                .filter(|(_, status)| is_shown(status))
                .map(|(changes, status)| (status.id, changes.finish()))
                .collect(),
            at_risk: self.at_risk.finish(),
            stuck: self.stuck.finish(),
        }
    }
}

fn date(second: i64) -> NaiveDate {
    DateTime::from_timestamp_secs(second)
        .unwrap_or_default()
        .date_naive()
}
