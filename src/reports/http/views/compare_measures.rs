//! What is compared: conversion, times, moves, leads at the end of the period.

use chrono::NaiveDate;

use crate::i18n::Lang;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::curve::{MIN_VISITS, Quantile};
use crate::reports::domain::figures::{Figures, FunnelStep, ReportStatus, TimeInStatus};
use crate::reports::domain::flow::Direction;
use crate::reports::domain::share::Share;
use crate::reports::http::views::compare::{
    CompareCell, CompareColumn, CompareGroup, CompareRow, CompareSide, MeasureValue, Verdict, row,
};
use crate::reports::http::views::time::is_timed;
use crate::reports::http::views::wording::{
    TimeUnit, days, duration, interval, percentile, rate, share, share_interval,
};

/// All groups: conversion, each status, moves.
pub fn groups<'a>(lang: Lang, columns: &'a [CompareColumn]) -> Vec<CompareGroup<'a>> {
    let Some(first) = columns.first() else {
        return Vec::new();
    };
    let mut groups = vec![CompareGroup {
        label: lang.t("report-compare-conversion"),
        status: None,
        rows: conversion_rows(lang, columns),
    }];
    let statuses = first.side.figures.statuses.iter();
    let timed = statuses.filter(|status| is_timed(status) && status.is_in_use);
    groups.extend(timed.map(|status| CompareGroup {
        label: lang.t("report-time"),
        status: Some(status),
        rows: status_rows(lang, columns, status),
    }));
    groups.push(CompareGroup {
        label: lang.t("report-flow"),
        status: None,
        rows: flow_rows(lang, columns),
    });
    groups.push(CompareGroup {
        label: lang.t("report-compare-leads"),
        status: None,
        rows: lead_rows(lang, columns),
    });
    groups
}

/// The words for a duration.
fn of_time(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Higher => Verdict::Longer,
        Verdict::Lower => Verdict::Shorter,
        other => other,
    }
}

fn of_share(lang: Lang, some: i64, all: i64) -> Option<MeasureValue> {
    let part = Share::of(some, all)?;
    let args = [("count", some.into()), ("all", all.into())];
    Some(MeasureValue {
        cell: CompareCell {
            value: share(part.value),
            interval: share_interval(&part),
            basis: lang.format("report-count-of", &args).into_owned(),
            ..CompareCell::default()
        },
        interval: Some((part.low, part.high)),
        count: all,
        set: None,
    })
}

fn of_quantile(
    lang: Lang,
    times: &TimeInStatus,
    part: f64,
    unit: TimeUnit,
) -> Option<MeasureValue> {
    let basis = lang.tn("report-time-entered", times.visits);
    let (cell, quantile) = match &times.curve {
        None => (CompareCell::default(), Quantile::default()),
        Some(curve) => {
            let quantile = curve.quantile(part);
            let value = percentile(lang, &quantile, curve.longest(), unit);
            let interval = interval(lang, &quantile, unit);
            (
                CompareCell {
                    value,
                    interval,
                    ..CompareCell::default()
                },
                quantile,
            )
        }
    };
    let high = quantile
        .high
        .map_or(f64::INFINITY, |seconds| seconds as f64);
    let low = quantile.seconds.and(quantile.low);
    (times.visits > 0).then(|| MeasureValue {
        cell: CompareCell { basis, ..cell },
        interval: low.map(|low| (low as f64, high)),
        count: times.visits,
        set: Some(CountedSet::Visits(times.status)),
    })
}

fn conversion_rows(lang: Lang, columns: &[CompareColumn]) -> Vec<CompareRow> {
    let win_rate = |figures: &Figures| {
        let resolved = figures.funnel.resolved;
        let share = of_share(lang, resolved.won, resolved.won + resolved.lost)?;
        Some(share.of_set(CountedSet::ResolvedWon))
    };
    let days_to_win = |figures: &Figures| {
        let mut value = plain(duration(lang, figures.wins.median_seconds?));
        value.count = figures.funnel.resolved.won;
        value.cell.basis = lang.tn("report-count-won", value.count);
        Some(value.of_set(CountedSet::ResolvedWon))
    };
    let label = |key| lang.t(key).to_owned();
    let mut rows = vec![row(lang, label("report-tile-win-rate"), columns, win_rate)];
    let first = columns.first().map(|column| &column.side.figures);
    let steps = first
        .iter()
        .flat_map(|first| first.funnel.steps.iter().skip(1));
    let first = first.into_iter().cycle();
    rows.extend(
        first
            .zip(steps)
            .map(|(first, step)| reached_row(lang, columns, first, step)),
    );
    rows.push(row(lang, label("report-tile-days"), columns, days_to_win));
    rows
}

/// How many of the cohort reached a status.
fn reached_row(
    lang: Lang,
    columns: &[CompareColumn],
    first: &Figures,
    step: &FunnelStep,
) -> CompareRow {
    let name = |id| first.status(id).map_or("", |status| status.name.as_str());
    let args = [
        ("start", name(first.funnel.start).into()),
        ("name", name(step.status).into()),
        ("within", days(lang, first.funnel.within_days).into()),
    ];
    let label = lang.format("report-compare-reached", &args).into_owned();
    row(lang, label, columns, |figures| {
        let mut steps = figures.funnel.steps.iter();
        let step = steps.find(|other| other.status == step.status)?;
        let share = of_share(lang, step.reached, figures.funnel.eligible)?;
        Some(share.of_set(CountedSet::Reached(step.status)))
    })
}

/// A value without an interval, which is never judged.
fn plain(value: String) -> MeasureValue {
    MeasureValue {
        cell: CompareCell {
            value,
            ..CompareCell::default()
        },
        interval: None,
        count: MIN_VISITS,
        set: None,
    }
}

fn status_rows(lang: Lang, columns: &[CompareColumn], status: &ReportStatus) -> Vec<CompareRow> {
    let percentiles = [(50, 0.5), (75, 0.75), (90, 0.9)];
    let percentile =
        |(percent, part): (i64, f64)| percentile_row(lang, columns, status, percent, part);
    let mut rows: Vec<CompareRow> = percentiles.map(percentile).into();
    if status.target_days.is_some() {
        let label = lang.t("report-within-target").to_owned();
        rows.push(row(lang, label, columns, |figures| {
            let counts = times_of(figures, status)?.within_target?;
            let share = of_share(lang, counts.met, counts.met + counts.missed)?;
            Some(share.of_set(CountedSet::TargetMet(status.id)))
        }));
    }
    rows
}

fn times_of<'a>(figures: &'a Figures, status: &ReportStatus) -> Option<&'a TimeInStatus> {
    let mut times = figures.times.iter();
    times.find(|times| times.status == status.id)
}

/// A percentile of each column, all in one unit.
fn percentile_row(
    lang: Lang,
    columns: &[CompareColumn],
    status: &ReportStatus,
    percent: i64,
    part: f64,
) -> CompareRow {
    let seconds = |side: &CompareSide| {
        let curve = times_of(&side.figures, status)?.curve.as_ref()?;
        Some(curve.quantile(part).seconds.unwrap_or(curve.longest()))
    };
    let sides = columns.iter().flat_map(CompareColumn::sides);
    let unit = TimeUnit::of(sides.filter_map(seconds).max().unwrap_or_default());
    let args = [("percent", percent.into())];
    let label = lang.format("report-percentile", &args).into_owned();
    let mut row = row(lang, label, columns, |figures| {
        of_quantile(lang, times_of(figures, status)?, part, unit)
    });
    for cell in &mut row.cells {
        cell.verdict = cell.verdict.map(of_time);
    }
    row
}

fn flow_rows(lang: Lang, columns: &[CompareColumn]) -> Vec<CompareRow> {
    let direction = |direction: Direction| {
        row(
            lang,
            lang.t(direction.key()).to_owned(),
            columns,
            |figures| {
                let share = of_share(lang, figures.flow.count(direction), figures.flow.total())?;
                Some(share.of_set(CountedSet::Direction(direction)))
            },
        )
    };
    let mut rows: Vec<CompareRow> = Direction::ALL.map(direction).into();
    let label = lang.t("report-direction-return").to_owned();
    rows.push(row(lang, label, columns, |figures| {
        let share = of_share(lang, figures.flow.returns, figures.flow.total())?;
        Some(share.of_set(CountedSet::Returns))
    }));
    rows
}

/// Leads at the end of the period, and what the pipeline brings in the currency of the first column.
fn lead_rows(lang: Lang, columns: &[CompareColumn]) -> Vec<CompareRow> {
    let last = |figures: &Figures, values: &[i64], set: fn(NaiveDate) -> CountedSet| {
        let (value, day) = (values.last()?, figures.series.days.last()?);
        Some(plain(lang.number(*value)).of_set(set(*day)))
    };
    let open = |figures: &Figures| {
        let values = figures.series.open.iter();
        let sum: i64 = values.filter_map(|(_, values)| values.last()).sum();
        last(figures, &[sum], CountedSet::OpenOrPausedOn)
    };
    let first = columns
        .first()
        .and_then(|column| column.side.figures.wins.velocities.first());
    let currency = first.map(|velocity| velocity.currency);
    let velocity = |figures: &Figures| {
        let mut velocities = figures.wins.velocities.iter();
        let velocity = velocities.find(|velocity| Some(velocity.currency) == currency)?;
        let cents = velocity.cents_per_day?;
        Some(plain(rate(lang, cents, velocity.currency)))
    };
    let label = |key| lang.t(key).to_owned();
    vec![
        row(lang, label("report-tile-open"), columns, open),
        row(lang, label("report-tile-at-risk"), columns, |figures| {
            last(figures, &figures.series.at_risk, CountedSet::AtRiskOn)
        }),
        row(lang, label("report-tile-stuck"), columns, |figures| {
            last(figures, &figures.series.stuck, CountedSet::StuckOn)
        }),
        row(lang, label("report-tile-velocity"), columns, velocity),
    ]
}
