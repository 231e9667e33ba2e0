//! How many leads get from one status to others.

use crate::reports::domain::durations::DAY_SECONDS;
use crate::reports::domain::figures::{Funnel, FunnelStep, ReachRule, Resolved};
use crate::reports::domain::flow::Place;
use crate::reports::domain::stays::{LeadStays, Stay};
use crate::reports::domain::window::Window;
use crate::statuses::Kind;

/// From where, how soon, and what counts as reaching a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConversionQuestion {
    /// The id of the status.
    pub start: i64,
    pub within_days: i64,
    pub rule: ReachRule,
}

impl ConversionQuestion {
    /// The days in seconds.
    pub fn within(&self) -> i64 {
        self.within_days.saturating_mul(DAY_SECONDS)
    }
}

/// The first stay of a lead in the start status, with what came after it.
pub struct Entry<'a> {
    first: &'a Stay,
    later: &'a [Stay],
}

impl<'a> Entry<'a> {
    /// The entry of a lead into the status of this index, if its first one ever was in the window.
    pub fn of(stays: &'a [Stay], start: usize, window: Window) -> Option<Entry<'a>> {
        let at = stays.iter().position(|stay| stay.status == start)?;
        let entry = Entry {
            first: &stays[at],
            later: &stays[at + 1..],
        };
        window.contains(entry.first.entered_at).then_some(entry)
    }

    /// The first stay itself.
    pub fn first(&self) -> &'a Stay {
        self.first
    }

    /// True if it was at least so many seconds ago.
    pub fn is_eligible(&self, within: i64, now: i64) -> bool {
        now - self.first.entered_at >= within
    }

    /// True if the lead reached the status `to` within so many seconds.
    pub fn reaches(&self, to: &Place, places: &[Place], rule: ReachRule, within: i64) -> bool {
        let deadline = self.first.entered_at.saturating_add(within);
        let counts = |stay: &Stay| {
            let place = &places[stay.status];
            place.id == to.id || (rule == ReachRule::Passed && is_past(place, to))
        };
        let in_time = |stay: &&Stay| stay.entered_at <= deadline;
        self.later.iter().filter(in_time).any(counts)
    }
}

/// True if a lead that enters `place` has gone past `to`; lost and junk statuses never count.
fn is_past(place: &Place, to: &Place) -> bool {
    let counts = matches!(place.kind, Kind::Open | Kind::Paused | Kind::Won);
    counts && place.is_behind(to)
}

/// True for a won or lost status.
pub fn is_resolved(place: &Place) -> bool {
    matches!(place.kind, Kind::Won | Kind::Lost)
}

/// The last entry of a lead into a won or lost status in the window.
pub fn last_resolved<'a>(stays: &'a [Stay], places: &[Place], window: Window) -> Option<&'a Stay> {
    let is_last =
        |stay: &&Stay| is_resolved(&places[stay.status]) && window.contains(stay.entered_at);
    stays.iter().rev().find(is_last)
}

/// Counts conversions from the start to each status behind it.
pub struct ConversionCounts {
    question: ConversionQuestion,
    window: Window,
    start: Option<usize>,
    /// The indexes of the steps.
    steps: Vec<usize>,
    eligible: i64,
    younger: i64,
    reached: Vec<i64>,
    entries: Vec<i64>,
    resolved: Resolved,
}

impl ConversionCounts {
    /// Steps are the start, and the open, paused and won statuses in use behind it, or only `reach`.
    pub fn new(
        question: ConversionQuestion,
        reach: Option<i64>,
        window: Window,
        places: &[Place],
    ) -> ConversionCounts {
        let start = places.iter().position(|place| place.id == question.start);
        let is_step = |place: &Place| match reach {
            Some(reach) => place.id == reach,
            None => start.is_some_and(|start| place.is_in_use && is_past(place, &places[start])),
        };
        let behind = (0..places.len()).filter(|at| is_step(&places[*at]));
        let steps: Vec<usize> = start.into_iter().chain(behind).collect();
        ConversionCounts {
            question,
            window,
            start,
            reached: vec![0; steps.len()],
            steps,
            eligible: 0,
            younger: 0,
            entries: vec![0; places.len()],
            resolved: Resolved::default(),
        }
    }

    /// Adds a lead.
    pub fn add(&mut self, lead: &LeadStays, places: &[Place]) {
        for stay in lead.stays {
            if self.window.contains(stay.entered_at) {
                self.entries[stay.status] += 1;
            }
        }
        match last_resolved(lead.stays, places, self.window) {
            Some(stay) if places[stay.status].kind == Kind::Won => self.resolved.won += 1,
            Some(_) => self.resolved.lost += 1,
            None => {}
        }
        let entry = self
            .start
            .and_then(|start| Entry::of(lead.stays, start, self.window));
        if let Some(entry) = entry {
            self.add_entry(&entry, places, lead.now);
        }
    }

    fn add_entry(&mut self, entry: &Entry, places: &[Place], now: i64) {
        let within = self.question.within();
        if !entry.is_eligible(within, now) {
            self.younger += 1;
            return;
        }
        self.eligible += 1;
        let rule = self.question.rule;
        for (reached, step) in self.reached.iter_mut().zip(&self.steps) {
            let is_start = Some(*step) == self.start;
            if is_start || entry.reaches(&places[*step], places, rule, within) {
                *reached += 1;
            }
        }
    }

    /// The counts.
    pub fn finish(self, places: &[Place]) -> Funnel {
        let step = |(at, reached): (&usize, i64)| FunnelStep {
            status: places[*at].id,
            reached,
            entries: self.entries[*at],
        };
        Funnel {
            start: self.question.start,
            within_days: self.question.within_days,
            rule: self.question.rule,
            eligible: self.eligible,
            younger: self.younger,
            entries: self.start.map_or(0, |start| self.entries[start]),
            steps: self.steps.iter().zip(self.reached).map(step).collect(),
            resolved: self.resolved,
        }
    }
}
