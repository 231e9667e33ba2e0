//! Which stays of a lead a number counts.

use crate::clock::{DAY_SECONDS, Zone};
use crate::reports::domain::conversion::{CohortEntry, StepIndexes, last_resolved, steps};
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::daily_series::Thresholds;
use crate::reports::domain::durations::{Exit, TargetResult};
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::flow::{Direction, PipelineStatus};
use crate::reports::domain::flow_counter::is_return;
use crate::reports::domain::period::InstantRange;
use crate::reports::domain::report_spec::ReportSpec;
use crate::reports::domain::stays::{End, LeadStays, Stay};
use crate::reports::domain::time_in_status::{LIMIT_BASIS_DAYS, clock_days};
use crate::statuses::{Kind, State};

/// Decides which stays a number counts.
pub struct StayFilter<'a> {
    set: CountedSet,
    spec: &'a ReportSpec,
    period: InstantRange,
    /// The end of the day that the set is about.
    end: Option<i64>,
    pipeline: Vec<PipelineStatus>,
    steps: Vec<StepIndexes>,
    thresholds: Vec<Thresholds>,
    targets: Vec<Option<i64>>,
}

impl<'a> StayFilter<'a> {
    /// `statuses[n]` is the status of the stays whose `status` is `n`.
    pub fn new(set: CountedSet, spec: &'a ReportSpec, statuses: &[ReportStatus]) -> StayFilter<'a> {
        let target = |status: &ReportStatus| Some(i64::from(status.target_days?) * DAY_SECONDS);
        let pipeline: Vec<PipelineStatus> =
            statuses.iter().map(ReportStatus::in_pipeline).collect();
        StayFilter {
            set,
            spec,
            period: spec.period.instants(),
            end: set
                .day()
                .and_then(|day| Some(Zone::UTC.end_of_day(day)?.second())),
            steps: steps(spec.conversion.start, spec.reach, &pipeline),
            pipeline,
            thresholds: statuses.iter().map(Thresholds::of).collect(),
            targets: statuses.iter().map(target).collect(),
        }
    }

    /// The stays that are counted; of a set of leads, the one by which the lead is counted.
    pub fn stays<'l>(&self, lead: &LeadStays<'l>) -> Vec<&'l Stay> {
        match self.set {
            CountedSet::Eligible
            | CountedSet::TooRecent
            | CountedSet::Reached(_)
            | CountedSet::FromPrevious(_) => self.cohort_stay(lead).into_iter().collect(),
            CountedSet::ResolvedWon => self.resolved(lead, Kind::Won).into_iter().collect(),
            CountedSet::ResolvedLost => self.resolved(lead, Kind::Lost).into_iter().collect(),
            _ => {
                let stays = lead.stays.iter().enumerate();
                let counted = stays.filter(|(index, stay)| self.is_counted(lead, *index, stay));
                counted.map(|(_, stay)| stay).collect()
            }
        }
    }

    fn cohort_stay<'l>(&self, lead: &LeadStays<'l>) -> Option<&'l Stay> {
        let (conversion, period) = (&self.spec.conversion, self.period);
        let start = self.index(conversion.start)?;
        let entry = CohortEntry::of(lead.stays, start, period)?;
        let within = conversion.within();
        let is_eligible = entry.is_eligible(within, lead.as_of);
        let reaches = |to: usize| {
            let to = &self.pipeline[to];
            to.id == conversion.start || entry.reaches(to, &self.pipeline, conversion.rule, within)
        };
        let is_counted = match self.set {
            CountedSet::TooRecent => !is_eligible,
            CountedSet::Reached(to) => is_eligible && reaches(self.index(to)?),
            CountedSet::FromPrevious(to) => {
                let to = self.index(to)?;
                let step = self.steps.iter().find(|step| step.status == to)?;
                is_eligible && reaches(to) && reaches(self.steps[step.previous?].status)
            }
            _ => is_eligible,
        };
        is_counted.then_some(entry.first())
    }

    fn resolved<'l>(&self, lead: &LeadStays<'l>, kind: Kind) -> Option<&'l Stay> {
        last_resolved(lead.stays, &self.pipeline, self.period)
            .filter(|stay| self.pipeline[stay.status].kind == kind)
    }

    fn index(&self, id: i64) -> Option<usize> {
        self.pipeline.iter().position(|status| status.id == id)
    }

    fn is_counted(&self, lead: &LeadStays, index: usize, stay: &Stay) -> bool {
        let is_of = |id: i64| self.pipeline[stay.status].id == id;
        let (exit, target) = (stay.exit(&self.pipeline), self.targets[stay.status]);
        let left_by = |exits: &[Exit]| exit.is_some_and(|exit| exits.contains(&exit));
        let result = target.map(|target| TargetResult::of(stay.seconds(), exit.is_some(), target));
        let is_sampled = self.period.contains(stay.entered_at);
        let entered = |id: i64| is_sampled && is_of(id);
        match self.set {
            CountedSet::Visits(id) | CountedSet::Entries(id) => entered(id),
            CountedSet::Exits(id) => entered(id) && exit.is_some(),
            CountedSet::ExitsBy(id, by) => entered(id) && exit == Some(by),
            CountedSet::MovedOn(id) => entered(id) && left_by(&Exit::MOVED_ON),
            CountedSet::Dropped(id) => entered(id) && left_by(&Exit::DROPPED),
            CountedSet::Ongoing(id) => entered(id) && stay.is_ongoing(),
            CountedSet::Censored(id) => entered(id) && stay.end == End::Censored,
            CountedSet::TargetMet(id) => entered(id) && result == Some(TargetResult::Met),
            CountedSet::TargetMissed(id) => entered(id) && result == Some(TargetResult::Missed),
            CountedSet::TargetUndecided(id) => {
                entered(id) && result == Some(TargetResult::Undecided)
            }
            CountedSet::Moves { from, to } => entered(from) && self.leads_to(stay, to),
            CountedSet::Direction(way) => is_sampled && self.direction(stay) == Some(way),
            CountedSet::Returns => is_sampled && is_return(lead.stays, index),
            CountedSet::LimitBasis(id) => {
                let from = lead.as_of - LIMIT_BASIS_DAYS * DAY_SECONDS;
                is_of(id) && stay.entered_at >= from && exit.is_some()
            }
            CountedSet::Flagged { status, days } => {
                is_of(status) && clock_days(lead, stay).is_some_and(|clock| clock >= days)
            }
            CountedSet::OpenOrPausedOn(_) | CountedSet::AtRiskOn(_) | CountedSet::StuckOn(_) => {
                self.is_counted_on_day(lead, stay)
            }
            CountedSet::Eligible
            | CountedSet::TooRecent
            | CountedSet::Reached(_)
            | CountedSet::FromPrevious(_)
            | CountedSet::ResolvedWon
            | CountedSet::ResolvedLost => false,
        }
    }

    fn leads_to(&self, stay: &Stay, id: i64) -> bool {
        matches!(stay.end, End::Moved(to) if self.pipeline[to].id == id)
    }

    fn direction(&self, stay: &Stay) -> Option<Direction> {
        match stay.end {
            End::Moved(to) => {
                let from = &self.pipeline[stay.status];
                Some(from.direction(&self.pipeline[to], &self.pipeline))
            }
            End::Ongoing | End::Censored => None,
        }
    }

    fn is_counted_on_day(&self, lead: &LeadStays, stay: &Stay) -> bool {
        let end = self.end.unwrap_or(lead.as_of);
        if !stay.is_there_at_end(end, lead.as_of) {
            return false;
        }
        let state = || self.thresholds[stay.status].state(lead, stay, end.min(lead.as_of));
        match self.set {
            CountedSet::AtRiskOn(_) => state() == State::AtRisk,
            CountedSet::StuckOn(_) => state() == State::Stuck,
            _ => !self.pipeline[stay.status].kind.is_closed(),
        }
    }
}
