//! Measures side by side: of two periods, of owners, before and after a day.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::i18n::Lang;
use crate::records::link::link;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::curve::{MIN_VISITS, Quantile};
use crate::reports::domain::figures::{Figures, FunnelStep, ReportStatus, TimeInStatus};
use crate::reports::domain::flow::Direction;
use crate::reports::domain::query::ReportQuery;
use crate::reports::domain::share::Share;
use crate::reports::http::paths::PIPELINE_PATH;
use crate::reports::http::views::context::ReportContext;
use crate::reports::http::views::wording::{
    TimeUnit, days, duration, interval, percentile, rate, share, share_interval,
};
use crate::statuses::Kind;
use crate::words::word_enum;

/// Figures with the name of their column.
pub struct CompareColumn {
    pub label: String,
    pub query: ReportQuery,
    pub figures: Arc<Figures>,
}

impl CompareColumn {
    /// Their page.
    pub fn href(&self) -> String {
        link(PIPELINE_PATH, self.query.pairs_without(&["compare", "day"]))
    }

    fn visits_href(&self, lang: Lang, set: CountedSet) -> String {
        let context = ReportContext {
            lang,
            query: &self.query,
            figures: &self.figures,
        };
        context.visits_href(set)
    }
}

word_enum! {
    /// How a value is to that of the first column.
    pub enum Verdict {
        Higher = "higher", "report-verdict-higher";
        Lower = "lower", "report-verdict-lower";
        Longer = "longer", "report-verdict-longer";
        Shorter = "shorter", "report-verdict-shorter";
        /// The intervals have values in common, so the difference may be chance.
        Within = "within", "report-verdict-within";
        /// Too few to say.
        Few = "few", "report-verdict-few";
    }
}

/// A value of a column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CompareCell {
    /// Empty where there is nothing to say.
    pub value: String,
    pub interval: String,
    /// What it is of: "12 of 40", "128 entered".
    pub basis: String,
    /// The address of what is behind it; empty where there is none.
    pub href: String,
    /// Nothing in the first column, and for values without an interval.
    pub verdict: Option<Verdict>,
}

/// A measure with its value in each column.
pub struct CompareRow {
    pub label: String,
    pub cells: Vec<CompareCell>,
}

/// Measures of one kind.
pub struct CompareGroup<'a> {
    pub label: &'static str,
    /// The status that they are about, if it is one.
    pub status: Option<&'a ReportStatus>,
    pub rows: Vec<CompareRow>,
}

/// A value that is compared: its limits, and of how many it is.
struct Measured {
    cell: CompareCell,
    /// Nothing for a value that has no interval, or was not reached.
    interval: Option<(f64, f64)>,
    count: i64,
    set: Option<CountedSet>,
}

impl Measured {
    /// With what is behind it.
    fn of_set(self, set: CountedSet) -> Measured {
        let set = Some(set);
        Measured { set, ..self }
    }
}

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
    let timed = first.figures.statuses.iter().filter(|status| {
        matches!(status.place.kind, Kind::Open | Kind::Paused) && status.place.is_in_use
    });
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

/// A row of one measure.
fn row(
    lang: Lang,
    label: String,
    columns: &[CompareColumn],
    measure: impl Fn(&Figures) -> Option<Measured>,
) -> CompareRow {
    let measured: Vec<Option<Measured>> = columns
        .iter()
        .map(|column| measure(&column.figures))
        .collect();
    let cell = |(at, one): (usize, &Option<Measured>)| {
        let Some(one) = one else {
            return CompareCell::default();
        };
        let first = measured.first().and_then(Option::as_ref).filter(|_| at > 0);
        let href = one.set.map(|set| columns[at].visits_href(lang, set));
        CompareCell {
            verdict: first.and_then(|first| verdict(first, one)),
            href: href.unwrap_or_default(),
            ..one.cell.clone()
        }
    };
    CompareRow {
        label,
        cells: measured.iter().enumerate().map(cell).collect(),
    }
}

fn verdict(first: &Measured, other: &Measured) -> Option<Verdict> {
    if first.count.min(other.count) < MIN_VISITS {
        return Some(Verdict::Few);
    }
    let ((first_low, first_high), (low, high)) = (first.interval?, other.interval?);
    Some(match () {
        () if low > first_high => Verdict::Higher,
        () if high < first_low => Verdict::Lower,
        () => Verdict::Within,
    })
}

/// The words for a duration.
fn of_time(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Higher => Verdict::Longer,
        Verdict::Lower => Verdict::Shorter,
        other => other,
    }
}

fn of_share(lang: Lang, some: i64, all: i64) -> Option<Measured> {
    let part = Share::of(some, all)?;
    let args = [("count", some.into()), ("all", all.into())];
    Some(Measured {
        cell: CompareCell {
            value: share(part.share),
            interval: share_interval(&part),
            basis: lang.format("report-count-of", &args).into_owned(),
            ..CompareCell::default()
        },
        interval: Some((part.low, part.high)),
        count: all,
        set: None,
    })
}

fn of_quantile(lang: Lang, times: &TimeInStatus, part: f64, unit: TimeUnit) -> Option<Measured> {
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
    (times.visits > 0).then(|| Measured {
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
        let mut measured = plain(duration(lang, figures.wins.median_seconds?));
        measured.cell.basis = lang.tn("report-count-won", figures.funnel.resolved.won);
        Some(measured.of_set(CountedSet::ResolvedWon))
    };
    let label = |key| lang.t(key).to_owned();
    let mut rows = vec![row(lang, label("report-tile-win-rate"), columns, win_rate)];
    let first = columns.first().map(|column| &column.figures);
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
        let step = steps.find(|one| one.status == step.status)?;
        let share = of_share(lang, step.reached, figures.funnel.eligible)?;
        Some(share.of_set(CountedSet::Reached(step.status)))
    })
}

/// A value without an interval, which is never judged.
fn plain(value: String) -> Measured {
    Measured {
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
            Some(share.of_set(CountedSet::TargetMet(status.place.id)))
        }));
    }
    rows
}

fn times_of<'a>(figures: &'a Figures, status: &ReportStatus) -> Option<&'a TimeInStatus> {
    let mut times = figures.times.iter();
    times.find(|times| times.status == status.place.id)
}

/// A percentile of each column, all in one unit.
fn percentile_row(
    lang: Lang,
    columns: &[CompareColumn],
    status: &ReportStatus,
    percent: i64,
    part: f64,
) -> CompareRow {
    let seconds = |column: &CompareColumn| {
        let curve = times_of(&column.figures, status)?.curve.as_ref()?;
        Some(curve.quantile(part).seconds.unwrap_or(curve.longest()))
    };
    let unit = TimeUnit::of(columns.iter().filter_map(seconds).max().unwrap_or_default());
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
        last(figures, &[sum], CountedSet::OpenOn)
    };
    let first = columns
        .first()
        .and_then(|one| one.figures.wins.velocities.first());
    let currency = first.map(|velocity| velocity.currency);
    let velocity = |figures: &Figures| {
        let mut velocities = figures.wins.velocities.iter();
        let one = velocities.find(|one| Some(one.currency) == currency)?;
        Some(plain(rate(lang, one.cents_per_day?, one.currency)))
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
