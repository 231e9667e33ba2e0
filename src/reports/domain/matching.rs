//! Which stays of a lead a number counts.

use crate::clock::Zone;
use crate::reports::domain::behind::BehindSet;
use crate::reports::domain::conversion::{Entry, last_resolved};
use crate::reports::domain::daily_series::Thresholds;
use crate::reports::domain::durations::DAY_SECONDS;
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::flow::{Direction, Place};
use crate::reports::domain::flow_counts::is_return;
use crate::reports::domain::question::ReportQuestion;
use crate::reports::domain::stays::{End, LeadStays, Stay};
use crate::reports::domain::time_in_status::{EVIDENCE_DAYS, clock_days};
use crate::reports::domain::window::Window;
use crate::statuses::{Kind, State};

/// Decides which stays a number counts.
pub struct Matching<'a> {
    set: BehindSet,
    question: &'a ReportQuestion,
    window: Window,
    /// The end of the day that the set is about.
    end: Option<i64>,
    places: Vec<Place>,
    thresholds: Vec<Thresholds>,
    targets: Vec<Option<i64>>,
}

impl<'a> Matching<'a> {
    /// `statuses` have the indexes that stays name.
    pub fn new(
        set: BehindSet,
        question: &'a ReportQuestion,
        statuses: &[ReportStatus],
    ) -> Matching<'a> {
        let target = |status: &ReportStatus| Some(i64::from(status.target_days?) * DAY_SECONDS);
        Matching {
            set,
            question,
            window: question.period.window(),
            end: set
                .day()
                .and_then(|day| Some(Zone::UTC.end_of_day(day)?.second())),
            places: statuses.iter().map(|status| status.place).collect(),
            thresholds: statuses.iter().map(Thresholds::of).collect(),
            targets: statuses.iter().map(target).collect(),
        }
    }

    /// The stays that are counted; of a set of leads, the one by which the lead is counted.
    pub fn stays<'l>(&self, lead: &LeadStays<'l>) -> Vec<&'l Stay> {
        match self.set {
            BehindSet::Eligible | BehindSet::Younger | BehindSet::Reached(_) => {
                self.of_cohort(lead).into_iter().collect()
            }
            BehindSet::ResolvedWon => self.resolved(lead, Kind::Won).into_iter().collect(),
            BehindSet::ResolvedLost => self.resolved(lead, Kind::Lost).into_iter().collect(),
            _ => {
                let stays = lead.stays.iter().enumerate();
                let counted = stays.filter(|(at, stay)| self.counts(lead, *at, stay));
                counted.map(|(_, stay)| stay).collect()
            }
        }
    }

    fn of_cohort<'l>(&self, lead: &LeadStays<'l>) -> Option<&'l Stay> {
        let (conversion, window) = (&self.question.conversion, self.window);
        let start = self.index(conversion.start)?;
        let entry = Entry::of(lead.stays, start, window)?;
        let within = conversion.within();
        let is_eligible = entry.is_eligible(within, lead.now);
        let is_counted = match self.set {
            BehindSet::Younger => !is_eligible,
            BehindSet::Reached(to) if to != conversion.start => {
                let to = &self.places[self.index(to)?];
                is_eligible && entry.reaches(to, &self.places, conversion.rule, within)
            }
            _ => is_eligible,
        };
        is_counted.then_some(entry.first())
    }

    fn resolved<'l>(&self, lead: &LeadStays<'l>, kind: Kind) -> Option<&'l Stay> {
        last_resolved(lead.stays, &self.places, self.window)
            .filter(|stay| self.places[stay.status].kind == kind)
    }

    fn index(&self, id: i64) -> Option<usize> {
        self.places.iter().position(|place| place.id == id)
    }

    fn counts(&self, lead: &LeadStays, at: usize, stay: &Stay) -> bool {
        let is_of = |id: i64| self.places[stay.status].id == id;
        let (way, target) = (stay.way_out(&self.places), self.targets[stay.status]);
        let has_target = target.is_some();
        let is_late = target.is_some_and(|target| stay.seconds() > target);
        let is_sampled = self.window.contains(stay.entered_at);
        match self.set {
            BehindSet::Visits(id) | BehindSet::Entries(id) => is_sampled && is_of(id),
            BehindSet::Exits(id) => is_sampled && is_of(id) && way.is_some(),
            BehindSet::ExitsBy(id, by) => is_sampled && is_of(id) && way == Some(by),
            BehindSet::Open(id) => is_sampled && is_of(id) && stay.is_open(),
            BehindSet::Censored(id) => is_sampled && is_of(id) && stay.end == End::Censored,
            BehindSet::TargetMet(id) => {
                is_sampled && is_of(id) && has_target && !is_late && way.is_some()
            }
            BehindSet::TargetMissed(id) => is_sampled && is_of(id) && is_late,
            BehindSet::TargetUndecided(id) => {
                is_sampled && is_of(id) && has_target && !is_late && way.is_none()
            }
            BehindSet::Moves { from, to } => is_sampled && is_of(from) && self.leads_to(stay, to),
            BehindSet::Direction(direction) => {
                is_sampled && self.direction(stay) == Some(direction)
            }
            BehindSet::Returns => is_sampled && is_return(lead.stays, at),
            BehindSet::Evidence(id) => {
                let from = lead.now - EVIDENCE_DAYS * DAY_SECONDS;
                is_of(id) && stay.entered_at >= from && way.is_some()
            }
            BehindSet::Flagged { status, days } => {
                is_of(status) && clock_days(lead, stay).is_some_and(|clock| clock >= days)
            }
            BehindSet::OpenOn(_) | BehindSet::AtRiskOn(_) | BehindSet::StuckOn(_) => {
                self.counts_on_day(lead, stay)
            }
            BehindSet::Eligible
            | BehindSet::Younger
            | BehindSet::Reached(_)
            | BehindSet::ResolvedWon
            | BehindSet::ResolvedLost => false,
        }
    }

    fn leads_to(&self, stay: &Stay, id: i64) -> bool {
        matches!(stay.end, End::Moved(to) if self.places[to].id == id)
    }

    fn direction(&self, stay: &Stay) -> Option<Direction> {
        match stay.end {
            End::Moved(to) => {
                let from = &self.places[stay.status];
                Some(from.direction(&self.places[to], &self.places))
            }
            End::Open | End::Censored => None,
        }
    }

    fn counts_on_day(&self, lead: &LeadStays, stay: &Stay) -> bool {
        let end = self.end.unwrap_or(lead.now);
        if !stay.is_there_at_end(end, lead.now) {
            return false;
        }
        let state = || self.thresholds[stay.status].state(lead, stay, end.min(lead.now));
        match self.set {
            BehindSet::AtRiskOn(_) => state() == State::AtRisk,
            BehindSet::StuckOn(_) => state() == State::Stuck,
            _ => matches!(self.places[stay.status].kind, Kind::Open | Kind::Paused),
        }
    }
}
