//! The figures of the reports: plain values, counted in `actions`, shown by the pages and the API.

use chrono::NaiveDate;

use crate::clock::{DAY_SECONDS, Timestamp};
use crate::money::{Currency, Money};
use crate::reports::domain::curve::{Curve, SuggestedLimits};
use crate::reports::domain::durations::{EXITS, Exit, TargetCounts};
use crate::reports::domain::flow::{Direction, PipelineStatus};
use crate::reports::domain::share::Share;
use crate::statuses::{Color, Kind};

/// A status as the reports show it, one that is archived or deleted too.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportStatus {
    pub id: i64,
    pub kind: Kind,
    pub position: i64,
    /// False for one that is archived or deleted.
    pub is_in_use: bool,
    pub name: String,
    pub color: Color,
    pub target_days: Option<i32>,
    pub limit_days: Option<i32>,
}

impl ReportStatus {
    /// What the formulas need of it.
    pub fn in_pipeline(&self) -> PipelineStatus {
        PipelineStatus {
            id: self.id,
            kind: self.kind,
            position: self.position,
            is_in_use: self.is_in_use,
        }
    }
}

/// A new version of the definition of a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionChange {
    /// The name of the status.
    pub status: String,
    pub version: i32,
    /// From this day on it holds, in UTC.
    pub day: NaiveDate,
}

/// All figures of one period, owner and source.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The instant up to which visits are followed.
    pub as_of: Timestamp,
    /// In the order of the pipeline; then those no longer in use that the figures name.
    pub statuses: Vec<ReportStatus>,
    /// One for each of `statuses`, in their order.
    pub times: Vec<TimeInStatus>,
    pub funnel: Funnel,
    pub flow: Flow,
    pub series: Series,
    pub wins: Wins,
    /// The leads that are open or paused at `as_of`, whatever the period.
    pub current: CurrentCounts,
    /// How many leads entered a status in the period, by their owner; the one with most leads first.
    pub owners: Vec<(Option<i64>, i64)>,
    /// Leads in the bin among those that the figures count.
    pub deleted_leads: i64,
    /// True if moves before `as_of` were recorded or voided after it, or kinds, order or limits changed.
    pub is_revised: bool,
}

impl Figures {
    /// The status of an id.
    pub fn status(&self, id: i64) -> Option<&ReportStatus> {
        self.statuses.iter().find(|status| status.id == id)
    }
}

/// How long the visits to a status took that began in the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TimeInStatus {
    pub status: i64,
    /// `exits + ongoing + censored`.
    pub visits: i64,
    pub exits: i64,
    pub ongoing: i64,
    /// Ended by the replacement of the status or the deletion of the lead.
    pub censored: i64,
    /// The exits by kind, in the order of `Exit::ALL`.
    pub exit_counts: [i64; EXITS],
    /// For an open or paused status with at least `MIN_VISITS` visits.
    pub curve: Option<Curve>,
    /// True if durations were rounded to one minute or 1 %, because the sample is large.
    pub is_rounded: bool,
    /// For a status with a target.
    pub within_target: Option<TargetCounts>,
    /// What visits that began in the last `LIMIT_BASIS_DAYS` suggest, whatever the period.
    pub limit_basis: LimitBasis,
}

impl TimeInStatus {
    /// How many visits ended by one of these exits.
    pub fn exits_by(&self, exits: &[Exit]) -> i64 {
        exits
            .iter()
            .map(|exit| self.exit_counts[*exit as usize])
            .sum()
    }
}

/// The recent visits to a status, from which its limits can be set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LimitBasis {
    /// Visits that began in the last `LIMIT_BASIS_DAYS` and ended.
    pub exits: i64,
    /// Nothing from fewer than `MIN_EXITS_FOR_LIMITS` exits.
    pub suggested: Option<SuggestedLimits>,
    /// The curve of these visits, if there are enough for one.
    pub curve: Option<Curve>,
    /// The leads that are in the status now, without paused ones, by the whole days that their clock shows; the first
    /// number is that of the fewest days.
    pub clock_days: Vec<i64>,
}

impl LimitBasis {
    /// How many leads would be stuck now under a limit of so many days.
    pub fn flagged_at(&self, days: i64) -> i64 {
        let first = usize::try_from(days).unwrap_or(0);
        self.clock_days.iter().skip(first).sum()
    }

    /// The chance that a lead which is still in the status after `days` advances or is won within `within` more days.
    pub fn chance_to_move_on(&self, days: i64, within: i64) -> Option<f64> {
        let curve = self.curve.as_ref()?;
        curve.chance_to_move_on(days * DAY_SECONDS, within * DAY_SECONDS)
    }
}

/// The leads that match the filters, as they are now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CurrentCounts {
    /// In open or paused statuses.
    pub open_or_paused: i64,
    /// What these are worth, in each currency; the one with most leads first.
    pub open_or_paused_values: Vec<Money>,
    pub at_risk: i64,
    pub stuck: i64,
    /// What the stuck ones are worth.
    pub stuck_values: Vec<Money>,
    pub by_status: Vec<CurrentInStatus>,
}

/// The leads in one open or paused status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CurrentInStatus {
    pub status: i64,
    pub leads: i64,
    pub at_risk: i64,
    pub stuck: i64,
}

impl CurrentCounts {
    /// The counts of a status.
    pub fn of(&self, status: i64) -> CurrentInStatus {
        let counts = self.by_status.iter().find(|counts| counts.status == status);
        counts.copied().unwrap_or_default()
    }
}

crate::words::word_enum! {
    /// When a lead counts as having reached a status.
    pub enum ReachRule {
        /// It has entered it.
        Visited = "visited", "report-rule-visited";
        /// It has entered it, or an open, paused or won status that comes after it.
        Passed = "passed", "report-rule-passed";
    }
}

/// The three conversions from one status to each that follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    pub start: i64,
    pub within_days: i64,
    pub rule: ReachRule,
    /// Leads whose first visit to `start` began in the period and long enough ago: the cohort.
    pub eligible: i64,
    /// Leads whose first visit to `start` began in the period less than `within_days` ago: not in the cohort.
    pub too_recent: i64,
    /// Entries into `start` in the period, repeated ones included.
    pub entries: i64,
    /// `start` itself comes first; then the open, paused and won statuses that come after it.
    pub steps: Vec<FunnelStep>,
    pub resolved: Resolved,
}

/// How many reach one status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunnelStep {
    pub status: i64,
    /// Leads of the cohort that reached it within the days.
    pub reached: i64,
    /// Entries into it in the period, repeated ones included.
    pub entries: i64,
    /// How many came from the step before; nothing for the start, and for paused statuses, which are no step on the way.
    pub from_previous: Option<StepConversion>,
}

/// How many leads of the cohort that reached one step reached the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepConversion {
    /// The status of the previous step.
    pub previous: i64,
    /// Leads of the cohort that reached it.
    pub previous_reached: i64,
    /// Those of them that reached this step, too.
    pub reached: i64,
}

impl Funnel {
    /// The share of the cohort that reached a step.
    pub fn share(&self, step: &FunnelStep) -> Option<Share> {
        Share::of(step.reached, self.eligible)
    }

    /// Entries into a status for each entry into the start; may pass 1.
    pub fn throughput(&self, step: &FunnelStep) -> Option<f64> {
        (self.entries > 0).then(|| step.entries as f64 / self.entries as f64)
    }
}

/// Leads that were won or lost in the period, each once, by its last entry into such a status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resolved {
    pub won: i64,
    pub lost: i64,
}

impl Resolved {
    /// The win rate.
    pub fn share(self) -> Option<Share> {
        Share::of(self.won, self.won + self.lost)
    }
}

/// The moves that ended the visits of the period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// In the order of the pipeline; those of statuses no longer in use come last.
    pub moves: Vec<FlowMove>,
    pub forward: i64,
    pub skip: i64,
    pub back: i64,
    pub dropped: i64,
    /// Moves to a status where the lead had been before, counted besides the others.
    pub returns: i64,
}

impl Flow {
    /// How many moves went in a direction.
    pub fn count(&self, direction: Direction) -> i64 {
        match direction {
            Direction::Forward => self.forward,
            Direction::Skip => self.skip,
            Direction::Back => self.back,
            Direction::Dropped => self.dropped,
        }
    }

    /// All moves.
    pub fn total(&self) -> i64 {
        self.forward + self.skip + self.back + self.dropped
    }
}

/// The moves from one status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowMove {
    pub from: i64,
    pub to: i64,
    pub direction: Direction,
    pub count: i64,
    /// The median of the time spent in `from` before.
    pub median_seconds: i64,
}

/// Leads at the end of each day of the period, in UTC; the last day ends at `as_of` if it is not over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    pub days: Vec<NaiveDate>,
    /// By open or paused status, as long as `days` each.
    pub open: Vec<(i64, Vec<i64>)>,
    /// Under the targets and limits of today, with the pauses in force then.
    pub at_risk: Vec<i64>,
    pub stuck: Vec<i64>,
}

/// Leads whose last entry into a won or lost status in the period was a win.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wins {
    /// The median of the time from their first entry to the win.
    pub median_seconds: Option<i64>,
    /// One for each currency with values, the one with most leads first.
    pub velocities: Vec<Velocity>,
}

/// What the pipeline brings per day in one currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Velocity {
    pub currency: Currency,
    /// Leads now open or paused with this currency.
    pub open: i64,
    /// Leads won in the period with a value in this currency.
    pub won: i64,
    /// Their mean value, in minor units.
    pub mean_cents: f64,
    /// Minor units per day; nothing where the win rate or the days to a win are unknown.
    pub cents_per_day: Option<f64>,
}
