//! The reports as the API answers them. The doc comments are texts of the reference.

use serde::Serialize;
use utoipa::ToSchema;

use crate::reports::domain::curve::{Quantile, SuggestedLimits};
use crate::reports::domain::durations::{EXITS, Exit, TargetCounts};
use crate::reports::domain::figures::{
    Figures, FlowMove, Funnel, FunnelStep, Resolved, TimeInStatus,
};
use crate::reports::domain::share::Share;

/// How long visits took.
#[derive(Serialize, ToSchema)]
pub struct TimeReport {
    /// The instant up to which visits were followed.
    #[schema(format = DateTime, example = "2026-11-23T09:00:00Z")]
    as_of: String,
    statuses: Vec<StatusTime>,
}

/// How long visits to one status took.
#[derive(Serialize, ToSchema)]
struct StatusTime {
    /// The id of the status, which may be archived or deleted.
    #[schema(example = 3)]
    status: i64,
    /// Visits that began in the period: `exits + open + censored`.
    #[schema(example = 120)]
    visits: i64,
    /// Visits that a move ended.
    #[schema(example = 90)]
    exits: i64,
    /// Visits that go on.
    #[schema(example = 28)]
    open: i64,
    /// Visits that the replacement of the status or the deletion of the lead ended.
    #[schema(example = 2)]
    censored: i64,
    p50: Percentile,
    p75: Percentile,
    p90: Percentile,
    /// The longest time that was observed, in seconds; `null` with fewer than ten visits.
    #[schema(required = true, example = 5184000)]
    longest_observed: Option<i64>,
    ways_out: WaysOut,
    /// `null` without a target.
    #[schema(required = true)]
    within_target: Option<WithinTarget>,
    /// What the visits of the last 180 days suggest; `null` from fewer than 30 that ended.
    #[schema(required = true)]
    suggested: Option<Suggested>,
}

/// The time after which a part of the visits has ended, with its 95 % interval. `null` was not reached, or there are fewer
/// than ten visits.
#[derive(Serialize, ToSchema, Default)]
pub(super) struct Percentile {
    #[schema(required = true, example = 691200)]
    seconds: Option<i64>,
    #[schema(required = true, example = 518400)]
    low: Option<i64>,
    #[schema(required = true, example = 864000)]
    high: Option<i64>,
}

/// The shares that have left each way, between 0 and 1. With those still here they add up to 1. `null` with fewer than
/// ten visits.
#[derive(Serialize, ToSchema)]
struct WaysOut {
    #[schema(required = true, example = 0.41)]
    advanced: Option<f64>,
    #[schema(required = true, example = 0.05)]
    back: Option<f64>,
    #[schema(required = true, example = 0.12)]
    won: Option<f64>,
    #[schema(required = true, example = 0.2)]
    lost: Option<f64>,
    #[schema(required = true, example = 0.0)]
    junk: Option<f64>,
}

/// Visits by whether they ended within the target.
#[derive(Serialize, ToSchema)]
struct WithinTarget {
    /// Ended in time.
    #[schema(example = 70)]
    met: i64,
    /// Ended late, or open for longer.
    #[schema(example = 30)]
    missed: i64,
    /// Open, and not late yet.
    #[schema(example = 20)]
    undecided: i64,
}

/// Days that the evidence suggests; `null` was not reached.
#[derive(Serialize, ToSchema)]
struct Suggested {
    /// Half of the visits end within it.
    #[schema(required = true, example = 8)]
    target_days: Option<i64>,
    /// 85 % of the visits end within it.
    #[schema(required = true, example = 20)]
    limit_days: Option<i64>,
}

impl TimeReport {
    pub(super) fn new(figures: &Figures) -> TimeReport {
        TimeReport {
            as_of: figures.as_of.rfc3339(),
            statuses: figures.times.iter().map(StatusTime::new).collect(),
        }
    }
}

impl StatusTime {
    fn new(time: &TimeInStatus) -> StatusTime {
        let curve = time.curve.as_ref();
        let percentile = |part| {
            let quantile = curve.map(|curve| curve.quantile(part));
            quantile.map_or_else(Percentile::default, Percentile::new)
        };
        StatusTime {
            status: time.status,
            visits: time.visits,
            exits: time.exits,
            open: time.ongoing,
            censored: time.censored,
            p50: percentile(0.5),
            p75: percentile(0.75),
            p90: percentile(0.9),
            longest_observed: curve.map(|curve| curve.longest()),
            ways_out: WaysOut::new(curve.map(|curve| curve.exit_shares())),
            within_target: time.within_target.map(WithinTarget::new),
            suggested: time.limit_basis.suggested.map(Suggested::new),
        }
    }
}

impl Percentile {
    pub(super) fn new(quantile: Quantile) -> Percentile {
        Percentile {
            seconds: quantile.seconds,
            low: quantile.low,
            high: quantile.high,
        }
    }
}

impl WaysOut {
    fn new(shares: Option<[f64; EXITS]>) -> WaysOut {
        let share = |exit: Exit| shares.map(|shares| shares[exit as usize]);
        WaysOut {
            advanced: share(Exit::Advanced),
            back: share(Exit::Back),
            won: share(Exit::Won),
            lost: share(Exit::Lost),
            junk: share(Exit::Junk),
        }
    }
}

impl WithinTarget {
    fn new(counts: TargetCounts) -> WithinTarget {
        WithinTarget {
            met: counts.met,
            missed: counts.missed,
            undecided: counts.undecided,
        }
    }
}

impl Suggested {
    fn new(limits: SuggestedLimits) -> Suggested {
        Suggested {
            target_days: limits.target_days,
            limit_days: limits.limit_days,
        }
    }
}

/// How many leads get from one status to another.
#[derive(Serialize, ToSchema)]
pub struct ConversionReport {
    #[schema(format = DateTime, example = "2026-11-23T09:00:00Z")]
    as_of: String,
    cohort: CohortShare,
    throughput: Throughput,
    resolved: ResolvedShare,
}

/// Leads whose first visit to `start` began in the period, and at least `within_days` ago.
#[derive(Serialize, ToSchema)]
struct CohortShare {
    #[schema(example = 40)]
    eligible: i64,
    /// Those that reached the other status within the days.
    #[schema(example = 12)]
    reached: i64,
    /// `null` without any.
    #[schema(required = true, example = 0.3)]
    share: Option<f64>,
    /// The 95 % interval by Wilson.
    #[schema(required = true, example = 0.181)]
    low: Option<f64>,
    #[schema(required = true, example = 0.454)]
    high: Option<f64>,
}

/// Entries into both statuses in the period, repeated ones included.
#[derive(Serialize, ToSchema)]
struct Throughput {
    #[schema(example = 60)]
    entries_from: i64,
    #[schema(example = 22)]
    entries_to: i64,
    /// May pass 1; `null` without entries into `start`.
    #[schema(required = true, example = 0.3667)]
    share: Option<f64>,
}

/// Leads that were won or lost in the period, each once, by its last entry into such a status.
#[derive(Serialize, ToSchema)]
struct ResolvedShare {
    #[schema(example = 11)]
    won: i64,
    #[schema(example = 9)]
    lost: i64,
    /// `null` without any.
    #[schema(required = true, example = 0.55)]
    share: Option<f64>,
}

impl ConversionReport {
    pub(super) fn new(figures: &Figures) -> ConversionReport {
        let funnel = &figures.funnel;
        let nothing = FunnelStep {
            status: funnel.start,
            reached: 0,
            entries: 0,
            from_previous: None,
        };
        // The start itself comes first.
        let step = funnel.steps.last().copied().unwrap_or(nothing);
        ConversionReport {
            as_of: figures.as_of.rfc3339(),
            cohort: CohortShare::new(funnel, &step),
            throughput: Throughput {
                entries_from: funnel.entries,
                entries_to: step.entries,
                share: funnel.throughput(&step),
            },
            resolved: ResolvedShare::new(funnel.resolved),
        }
    }
}

impl CohortShare {
    fn new(funnel: &Funnel, step: &FunnelStep) -> CohortShare {
        let share: Option<Share> = funnel.share(step);
        CohortShare {
            eligible: funnel.eligible,
            reached: step.reached,
            share: share.map(|share| share.value),
            low: share.map(|share| share.low),
            high: share.map(|share| share.high),
        }
    }
}

impl ResolvedShare {
    fn new(resolved: Resolved) -> ResolvedShare {
        ResolvedShare {
            won: resolved.won,
            lost: resolved.lost,
            share: resolved.share().map(|share| share.value),
        }
    }
}

/// Where leads went.
#[derive(Serialize, ToSchema)]
pub struct FlowReport {
    #[schema(format = DateTime, example = "2026-11-23T09:00:00Z")]
    as_of: String,
    moves: Vec<FlowRow>,
    /// Advanced or won, past no open status.
    #[schema(example = 50)]
    forward: i64,
    /// Advanced or won, past an open status.
    #[schema(example = 6)]
    skip: i64,
    #[schema(example = 4)]
    back: i64,
    /// Lost or junk.
    #[schema(example = 30)]
    dropped: i64,
    /// Moves to a status where the lead had been before, counted besides the others.
    #[schema(example = 5)]
    returns: i64,
}

/// The moves from one status to another.
#[derive(Serialize, ToSchema)]
struct FlowRow {
    #[schema(example = 1)]
    from: i64,
    #[schema(example = 2)]
    to: i64,
    #[schema(example = 32)]
    count: i64,
    /// The median of the time in `from` before.
    #[schema(example = 172800)]
    median_seconds: i64,
}

impl FlowReport {
    pub(super) fn new(figures: &Figures) -> FlowReport {
        let row = |flow_move: &FlowMove| FlowRow {
            from: flow_move.from,
            to: flow_move.to,
            count: flow_move.count,
            median_seconds: flow_move.median_seconds,
        };
        let flow = &figures.flow;
        FlowReport {
            as_of: figures.as_of.rfc3339(),
            moves: flow.moves.iter().map(row).collect(),
            forward: flow.forward,
            skip: flow.skip,
            back: flow.back,
            dropped: flow.dropped,
            returns: flow.returns,
        }
    }
}
