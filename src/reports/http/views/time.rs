//! Time in status: one card for each status, and a line for those that only count.

use crate::clock::DAY_SECONDS;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::curve::{Curve, MIN_VISITS, Quantile};
use crate::reports::domain::durations::Exit;
use crate::reports::domain::figures::{ReportStatus, TimeInStatus};
use crate::reports::http::views::context::ReportContext;
use crate::reports::http::views::curve::CurveChart;
use crate::reports::http::views::wording::{
    TimeUnit, duration_in, interval, percentile as percentile_text, share,
};

/// A number in words, and the address of the visits or leads that it counts.
pub struct Count {
    pub text: String,
    pub href: String,
}

/// A percentile.
pub struct PercentileView {
    pub label: String,
    pub value: String,
    /// Its 95 % interval; empty where there is none.
    pub interval: String,
    /// True for a median that is past the limit of the status.
    pub is_past_limit: bool,
}

/// How many visits kept to the target.
pub struct TargetView {
    pub share: String,
    pub met: Count,
    pub missed: Count,
    pub undecided: Count,
}

/// The share that left by one exit, or that is still here.
pub struct ExitView {
    pub label: &'static str,
    /// The word of the exit, or `here`.
    pub class: &'static str,
    pub share: String,
    /// The length of its bar in percent.
    pub width: i64,
    pub count: Count,
}

/// A status with its times.
pub struct TimeCard<'a> {
    pub status: &'a ReportStatus,
    pub times: &'a TimeInStatus,
    /// "Half leave within 12 days (95 %: 9–17)."
    pub sentence: String,
    pub is_past_limit: bool,
    /// "Target 5 days · limit 10 days"
    pub limits: String,
    pub counts: Vec<Count>,
    pub percentiles: Vec<PercentileView>,
    pub target: Option<TargetView>,
    pub exits: Vec<ExitView>,
    /// "Share by 84 days": up to where the shares are known.
    pub exits_head: String,
    pub chart: Option<CurveChart>,
}

/// A row of the table of closed statuses.
pub struct ClosedRow<'a> {
    pub status: &'a ReportStatus,
    pub visits: Count,
    pub exits: Count,
}

/// The cards of the open and paused statuses, in the order of the pipeline. Statuses that are gone need visits.
pub fn cards<'a>(context: &ReportContext<'a>) -> Vec<TimeCard<'a>> {
    let pairs = context.figures.statuses.iter().zip(&context.figures.times);
    let is_shown = |(status, times): &(&ReportStatus, &TimeInStatus)| {
        is_timed(status) && (status.is_in_use || times.visits > 0)
    };
    let pairs = pairs.filter(is_shown);
    pairs
        .map(|(status, times)| card(context, status, times))
        .collect()
}

/// The rows of won, lost and junk statuses that leads entered.
pub fn closed<'a>(context: &ReportContext<'a>) -> Vec<ClosedRow<'a>> {
    let pairs = context.figures.statuses.iter().zip(&context.figures.times);
    let row = |(status, times): (&'a ReportStatus, &TimeInStatus)| ClosedRow {
        status,
        visits: number(context, times.visits, CountedSet::Visits(status.id)),
        exits: number(context, times.exits, CountedSet::Exits(status.id)),
    };
    let pairs = pairs.filter(|(status, times)| !is_timed(status) && times.visits > 0);
    pairs.map(row).collect()
}

/// True for an open or paused status.
pub fn is_timed(status: &ReportStatus) -> bool {
    !status.kind.is_closed()
}

/// A number in the sentence of `key`.
pub fn count(context: &ReportContext, key: &'static str, number: i64, set: CountedSet) -> Count {
    Count {
        text: context.count(key, number),
        href: context.visits_href(set),
    }
}

/// A number alone.
pub fn number(context: &ReportContext, number: i64, set: CountedSet) -> Count {
    Count {
        text: context.number(number),
        href: context.visits_href(set),
    }
}

fn card<'a>(
    context: &ReportContext<'a>,
    status: &'a ReportStatus,
    times: &'a TimeInStatus,
) -> TimeCard<'a> {
    let curve = times.curve.as_ref();
    let percentiles = curve.map_or_else(Vec::new, |curve| percentiles(context, status, curve));
    TimeCard {
        sentence: sentence(context, times),
        is_past_limit: percentiles.first().is_some_and(|half| half.is_past_limit),
        limits: limits(context, status),
        counts: counts(context, times),
        percentiles,
        target: target(context, times),
        exits: curve.map_or_else(Vec::new, |curve| exits(context, times, curve)),
        exits_head: curve.map_or_else(String::new, |curve| {
            let longest = duration_in(context.lang, curve.longest(), TimeUnit::of(curve.longest()));
            context.say("report-ways-share", &[("time", longest.into())])
        }),
        chart: curve.map(|curve| CurveChart::of(context, status, curve)),
        status,
        times,
    }
}

/// The unit of all percentiles of a curve: that of the longest one.
pub fn unit_of(curve: &Curve) -> TimeUnit {
    let percentile = |part| curve.quantile(part).seconds.unwrap_or(curve.longest());
    let longest = [0.5, 0.75, 0.9].map(percentile).into_iter().max();
    TimeUnit::of(longest.unwrap_or_default())
}

/// What the times say, in one sentence.
fn sentence(context: &ReportContext, times: &TimeInStatus) -> String {
    let Some(curve) = &times.curve else {
        return match times.visits {
            0 => context.t("report-time-none").to_owned(),
            visits if visits < MIN_VISITS => context.count("report-time-few", visits),
            _ => String::new(),
        };
    };
    let (half, unit) = (curve.quantile(0.5), unit_of(curve));
    let time = |seconds| duration_in(context.lang, seconds, unit).into();
    match half.seconds {
        Some(seconds) => {
            let interval = interval(context.lang, &half, unit);
            let args = [("time", time(seconds)), ("interval", interval.into())];
            context.say("report-time-half", &args)
        }
        None => {
            let staying = share(curve.survival_at(curve.longest()));
            let args = [("share", staying.into()), ("time", time(curve.longest()))];
            context.say("report-time-open", &args)
        }
    }
}

/// The target and the limit in words.
fn limits(context: &ReportContext, status: &ReportStatus) -> String {
    let text = |key, days: Option<i32>| Some(context.count(key, i64::from(days?)));
    let target = text("report-target-days", status.target_days);
    let limit = text("report-limit-days", status.limit_days);
    let texts: Vec<String> = target.into_iter().chain(limit).collect();
    texts.join(" · ")
}

fn counts(context: &ReportContext, times: &TimeInStatus) -> Vec<Count> {
    let status = times.status;
    let count = |key, number, set| count(context, key, number, set);
    let mut counts = vec![
        count(
            "report-time-entered",
            times.visits,
            CountedSet::Visits(status),
        ),
        count("report-time-left", times.exits, CountedSet::Exits(status)),
        count(
            "report-time-still",
            times.ongoing,
            CountedSet::Ongoing(status),
        ),
    ];
    if times.censored > 0 {
        let set = CountedSet::Censored(status);
        counts.push(count("report-time-cut", times.censored, set));
    }
    counts
}

fn percentiles(
    context: &ReportContext,
    status: &ReportStatus,
    curve: &Curve,
) -> Vec<PercentileView> {
    let parts = [(50, 0.5), (75, 0.75), (90, 0.9)];
    let view = |(label, part)| percentile(context, status, curve, label, &curve.quantile(part));
    parts.map(view).into()
}

fn percentile(
    context: &ReportContext,
    status: &ReportStatus,
    curve: &Curve,
    label: i64,
    quantile: &Quantile,
) -> PercentileView {
    let limit = status.limit_days.map(|days| i64::from(days) * DAY_SECONDS);
    let reached = quantile.seconds.unwrap_or(curve.longest());
    let unit = unit_of(curve);
    let value = percentile_text(context.lang, quantile, curve.longest(), unit);
    PercentileView {
        label: context.say("report-percentile", &[("percent", label.into())]),
        value,
        interval: interval(context.lang, quantile, unit),
        is_past_limit: label == 50 && limit.is_some_and(|limit| reached > limit),
    }
}

fn target(context: &ReportContext, times: &TimeInStatus) -> Option<TargetView> {
    let counts = times.within_target?;
    let status = times.status;
    Some(TargetView {
        share: counts.share().map_or_else(String::new, share),
        met: number(context, counts.met, CountedSet::TargetMet(status)),
        missed: number(context, counts.missed, CountedSet::TargetMissed(status)),
        undecided: number(
            context,
            counts.undecided,
            CountedSet::TargetUndecided(status),
        ),
    })
}

/// A row for each exit that leads took, and one for the leads that are still in the status.
fn exits(context: &ReportContext, times: &TimeInStatus, curve: &Curve) -> Vec<ExitView> {
    let view = |label, class, part: f64, count| ExitView {
        label,
        class,
        share: share(part),
        width: (part * 100.0).round() as i64,
        count,
    };
    let shares = curve.exit_shares();
    let mut views = Vec::new();
    for (exit, part) in Exit::ALL.into_iter().zip(shares) {
        let exits = times.exit_counts[exit as usize];
        if exits > 0 {
            let count = number(context, exits, CountedSet::ExitsBy(times.status, exit));
            views.push(view(context.t(exit.key()), exit.as_str(), part, count));
        }
    }
    let count = number(context, times.ongoing, CountedSet::Ongoing(times.status));
    let part = (1.0 - shares.iter().sum::<f64>()).max(0.0);
    views.push(view(context.t("report-way-here"), "here", part, count));
    views
}
