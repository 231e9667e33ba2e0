//! How many leads get from one status to others.

use crate::clock::DAY_SECONDS;
use crate::reports::domain::figures::{Funnel, FunnelStep, ReachRule, Resolved, StepConversion};
use crate::reports::domain::flow::PipelineStatus;
use crate::reports::domain::period::InstantRange;
use crate::reports::domain::stays::{LeadStays, Stay};
use crate::statuses::Kind;

/// From where, how soon, and what counts as reaching a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConversionSpec {
    /// The id of the status.
    pub start: i64,
    pub within_days: i64,
    pub rule: ReachRule,
}

impl ConversionSpec {
    /// The days in seconds.
    pub fn within(&self) -> i64 {
        self.within_days.saturating_mul(DAY_SECONDS)
    }
}

/// The first stay of a lead in the start status, with what came after it.
pub struct CohortEntry<'a> {
    first: &'a Stay,
    later: &'a [Stay],
}

impl<'a> CohortEntry<'a> {
    /// The entry of a lead into the status of this index, if its first one ever was in the period.
    pub fn of(stays: &'a [Stay], start: usize, period: InstantRange) -> Option<CohortEntry<'a>> {
        let index = stays.iter().position(|stay| stay.status == start)?;
        let entry = CohortEntry {
            first: &stays[index],
            later: &stays[index + 1..],
        };
        period.contains(entry.first.entered_at).then_some(entry)
    }

    /// The first stay itself.
    pub fn first(&self) -> &'a Stay {
        self.first
    }

    /// True if it was at least so many seconds ago.
    pub fn is_eligible(&self, within: i64, as_of: i64) -> bool {
        as_of - self.first.entered_at >= within
    }

    /// True if the lead reached the status `to` within so many seconds.
    pub fn reaches(
        &self,
        to: &PipelineStatus,
        pipeline: &[PipelineStatus],
        rule: ReachRule,
        within: i64,
    ) -> bool {
        let deadline = self.first.entered_at.saturating_add(within);
        let counts = |stay: &Stay| {
            let status = &pipeline[stay.status];
            status.id == to.id || (rule == ReachRule::Passed && is_past(status, to))
        };
        let in_time = |stay: &&Stay| stay.entered_at <= deadline;
        self.later.iter().filter(in_time).any(counts)
    }
}

/// True if a lead that enters `status` has gone past `to`; lost and junk statuses never count.
fn is_past(status: &PipelineStatus, to: &PipelineStatus) -> bool {
    let counts = matches!(status.kind, Kind::Open | Kind::Paused | Kind::Won);
    counts && status.comes_after(to)
}

/// True for a won or lost status.
fn is_resolved(status: &PipelineStatus) -> bool {
    matches!(status.kind, Kind::Won | Kind::Lost)
}

/// The last entry of a lead into a won or lost status in the period.
pub fn last_resolved<'a>(
    stays: &'a [Stay],
    pipeline: &[PipelineStatus],
    period: InstantRange,
) -> Option<&'a Stay> {
    let is_last =
        |stay: &&Stay| is_resolved(&pipeline[stay.status]) && period.contains(stay.entered_at);
    stays.iter().rev().find(is_last)
}

/// A step of the funnel.
#[derive(Debug, Clone, Copy)]
pub struct StepIndexes {
    /// The index of its status.
    pub status: usize,
    /// The index of the step that leads come from: the open one before it, or the start.
    pub previous: Option<usize>,
}

/// The start, and the open, paused and won statuses in use that come after it, or only `reach`.
pub fn steps(start: i64, reach: Option<i64>, pipeline: &[PipelineStatus]) -> Vec<StepIndexes> {
    let start = pipeline.iter().position(|status| status.id == start);
    let is_step = |status: &PipelineStatus| match reach {
        Some(reach) => status.id == reach,
        None => start.is_some_and(|start| status.is_in_use && is_past(status, &pipeline[start])),
    };
    let later = (0..pipeline.len()).filter(|index| is_step(&pipeline[*index]));
    let mut steps = Vec::new();
    let mut last_open = None;
    for status in start.into_iter().chain(later) {
        let kind = pipeline[status].kind;
        steps.push(StepIndexes {
            status,
            previous: last_open.filter(|_| kind != Kind::Paused),
        });
        if kind == Kind::Open || last_open.is_none() {
            last_open = Some(steps.len() - 1);
        }
    }
    steps
}

/// The leads that reached a step.
#[derive(Debug, Clone, Copy, Default)]
struct StepCounts {
    reached: i64,
    /// Those of them that reached the previous step, too.
    from_previous: i64,
}

/// Counts conversions from the start to each status that comes after it.
pub struct ConversionCounter {
    spec: ConversionSpec,
    period: InstantRange,
    start: Option<usize>,
    steps: Vec<StepIndexes>,
    eligible: i64,
    too_recent: i64,
    counts: Vec<StepCounts>,
    /// Which steps the lead that is being added reached.
    has_reached: Vec<bool>,
    entries: Vec<i64>,
    resolved: Resolved,
}

impl ConversionCounter {
    /// To each step of the funnel, or only to `reach`.
    pub fn new(
        spec: ConversionSpec,
        reach: Option<i64>,
        period: InstantRange,
        pipeline: &[PipelineStatus],
    ) -> ConversionCounter {
        let steps = steps(spec.start, reach, pipeline);
        ConversionCounter {
            spec,
            period,
            start: pipeline.iter().position(|status| status.id == spec.start),
            counts: vec![StepCounts::default(); steps.len()],
            has_reached: vec![false; steps.len()],
            steps,
            eligible: 0,
            too_recent: 0,
            entries: vec![0; pipeline.len()],
            resolved: Resolved::default(),
        }
    }

    /// Adds a lead.
    pub fn add(&mut self, lead: &LeadStays, pipeline: &[PipelineStatus]) {
        for stay in lead.stays {
            if self.period.contains(stay.entered_at) {
                self.entries[stay.status] += 1;
            }
        }
        match last_resolved(lead.stays, pipeline, self.period) {
            Some(stay) if pipeline[stay.status].kind == Kind::Won => self.resolved.won += 1,
            Some(_) => self.resolved.lost += 1,
            None => {}
        }
        let entry = self
            .start
            .and_then(|start| CohortEntry::of(lead.stays, start, self.period));
        if let Some(entry) = entry {
            self.add_entry(&entry, pipeline, lead.as_of);
        }
    }

    fn add_entry(&mut self, entry: &CohortEntry, pipeline: &[PipelineStatus], as_of: i64) {
        let within = self.spec.within();
        if !entry.is_eligible(within, as_of) {
            self.too_recent += 1;
            return;
        }
        self.eligible += 1;
        let rule = self.spec.rule;
        for (index, step) in self.steps.iter().enumerate() {
            let is_start = Some(step.status) == self.start;
            let has_reached =
                is_start || entry.reaches(&pipeline[step.status], pipeline, rule, within);
            self.has_reached[index] = has_reached;
            let came_from = |previous: usize| self.has_reached[previous];
            let counts = &mut self.counts[index];
            counts.reached += i64::from(has_reached);
            counts.from_previous += i64::from(has_reached && step.previous.is_some_and(came_from));
        }
    }

    /// The counts.
    pub fn finish(self, pipeline: &[PipelineStatus]) -> Funnel {
        let counts = &self.counts;
        let step = |(step, own): (&StepIndexes, &StepCounts)| FunnelStep {
            status: pipeline[step.status].id,
            reached: own.reached,
            entries: self.entries[step.status],
            from_previous: step.previous.map(|previous| StepConversion {
                previous: pipeline[self.steps[previous].status].id,
                previous_reached: counts[previous].reached,
                reached: own.from_previous,
            }),
        };
        Funnel {
            start: self.spec.start,
            within_days: self.spec.within_days,
            rule: self.spec.rule,
            eligible: self.eligible,
            too_recent: self.too_recent,
            entries: self.start.map_or(0, |start| self.entries[start]),
            steps: self.steps.iter().zip(counts).map(step).collect(),
            resolved: self.resolved,
        }
    }
}
