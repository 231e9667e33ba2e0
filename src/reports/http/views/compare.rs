//! Measures side by side: of two periods, of owners, before and after a day.

use std::sync::Arc;

use crate::i18n::Lang;
use crate::reports::domain::curve::{MIN_VISITS, Quantile};
use crate::reports::domain::figures::{Figures, ReportStatus, TimeInStatus};
use crate::reports::domain::flow::Direction;
use crate::reports::domain::share::Share;
use crate::reports::http::views::wording::{duration, interval, rate, share, share_interval};
use crate::statuses::Kind;
use crate::words::word_enum;

/// Figures with the name of their column.
pub struct CompareColumn {
    pub label: String,
    /// Their page.
    pub href: String,
    pub figures: Arc<Figures>,
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
        CompareCell {
            verdict: first.and_then(|first| verdict(first, one)),
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
            verdict: None,
        },
        interval: Some((part.low, part.high)),
        count: all,
    })
}

fn of_quantile(lang: Lang, times: &TimeInStatus, part: f64) -> Option<Measured> {
    let basis = lang.tn("report-time-entered", times.visits);
    let (cell, quantile) = match &times.curve {
        None => (CompareCell::default(), Quantile::default()),
        Some(curve) => {
            let quantile = curve.quantile(part);
            let value = match quantile.seconds {
                Some(seconds) => duration(lang, seconds),
                None => {
                    let longest = duration(lang, curve.longest());
                    lang.format("report-longer-than", &[("time", longest.into())])
                        .into_owned()
                }
            };
            let interval = interval(lang, &quantile);
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
    })
}

fn conversion_rows(lang: Lang, columns: &[CompareColumn]) -> Vec<CompareRow> {
    let mut rows = vec![row(
        lang.t("report-tile-win-rate").to_owned(),
        columns,
        |figures| {
            let resolved = figures.funnel.resolved;
            of_share(lang, resolved.won, resolved.won + resolved.lost)
        },
    )];
    let funnel = columns.first().map(|column| &column.figures);
    for (figures, step) in funnel.iter().flat_map(|figures| {
        figures
            .funnel
            .steps
            .iter()
            .skip(1)
            .map(move |step| (figures, step))
    }) {
        let name = |id| figures.status(id).map_or("", |status| status.name.as_str());
        let within = super::wording::days(lang, figures.funnel.within_days);
        let args = [
            ("start", name(figures.funnel.start).into()),
            ("name", name(step.status).into()),
            ("within", within.into()),
        ];
        let label = lang.format("report-compare-reached", &args).into_owned();
        rows.push(row(label, columns, |figures| {
            let steps = &figures.funnel.steps;
            let step = steps.iter().find(|one| one.status == step.status)?;
            of_share(lang, step.reached, figures.funnel.eligible)
        }));
    }
    rows.push(row(
        lang.t("report-tile-days").to_owned(),
        columns,
        |figures| {
            let value = duration(lang, figures.wins.median_seconds?);
            Some(plain(value))
        },
    ));
    rows
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
    }
}

fn status_rows(lang: Lang, columns: &[CompareColumn], status: &ReportStatus) -> Vec<CompareRow> {
    let times_of = |figures: &Figures| -> Option<TimeInStatus> {
        figures
            .times
            .iter()
            .find(|times| times.status == status.place.id)
            .cloned()
    };
    let percentile = |percent: i64| {
        let label = lang
            .format("report-percentile", &[("percent", percent.into())])
            .into_owned();
        let mut row = row(label, columns, |figures| {
            of_quantile(lang, &times_of(figures)?, percent as f64 / 100.0)
        });
        for cell in &mut row.cells {
            cell.verdict = cell.verdict.map(of_time);
        }
        row
    };
    let mut rows = vec![percentile(50), percentile(75), percentile(90)];
    if status.target_days.is_some() {
        rows.push(row(
            lang.t("report-within-target").to_owned(),
            columns,
            |figures| {
                let counts = times_of(figures)?.within_target?;
                of_share(lang, counts.met, counts.met + counts.missed)
            },
        ));
    }
    rows
}

fn flow_rows(lang: Lang, columns: &[CompareColumn]) -> Vec<CompareRow> {
    let directions = [
        (Direction::Forward, "report-direction-forward"),
        (Direction::Skip, "report-direction-skip"),
        (Direction::Back, "report-direction-back"),
        (Direction::Dropped, "report-direction-dropped"),
    ];
    let direction = |(direction, key): (Direction, &'static str)| {
        row(lang.t(key).to_owned(), columns, |figures| {
            of_share(lang, figures.flow.count(direction), figures.flow.total())
        })
    };
    let mut rows: Vec<CompareRow> = directions.map(direction).into();
    rows.push(row(
        lang.t("report-direction-return").to_owned(),
        columns,
        |figures| of_share(lang, figures.flow.returns, figures.flow.total()),
    ));
    rows
}

/// Leads at the end of the period, and what the pipeline brings.
fn lead_rows(lang: Lang, columns: &[CompareColumn]) -> Vec<CompareRow> {
    let last = |values: &[i64]| values.last().map(|value| plain(lang.number(*value)));
    let open = |figures: &Figures| {
        let values = figures.series.open.iter();
        let sum: i64 = values.filter_map(|(_, values)| values.last()).sum();
        Some(plain(lang.number(sum)))
    };
    vec![
        row(lang.t("report-tile-open").to_owned(), columns, open),
        row(lang.t("report-tile-at-risk").to_owned(), columns, |one| {
            last(&one.series.at_risk)
        }),
        row(lang.t("report-tile-stuck").to_owned(), columns, |one| {
            last(&one.series.stuck)
        }),
        row(
            lang.t("report-tile-velocity").to_owned(),
            columns,
            |figures| {
                let velocity = figures.wins.velocities.first()?;
                Some(plain(rate(
                    lang,
                    velocity.cents_per_day?,
                    velocity.currency,
                )))
            },
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::http::views::sample_for_tests::figures;

    fn column(size: i64, seed: u64) -> CompareColumn {
        CompareColumn {
            label: size.to_string(),
            href: String::new(),
            figures: Arc::new(figures(size, seed)),
        }
    }

    fn verdicts(columns: &[CompareColumn]) -> Vec<Option<Verdict>> {
        let groups = groups(Lang::En, columns);
        let rows = groups.iter().flat_map(|group| &group.rows);
        rows.filter_map(|row| row.cells.last().map(|cell| cell.verdict))
            .collect()
    }

    #[test]
    fn a_difference_within_the_intervals_is_said_to_be_so() {
        let same = verdicts(&[column(500, 7), column(500, 7)]);
        assert!(same.contains(&Some(Verdict::Within)));
        assert!(!same.contains(&Some(Verdict::Higher)) && !same.contains(&Some(Verdict::Lower)));
        let mut better = column(5_000, 7);
        Arc::make_mut(&mut better.figures).funnel.resolved.won *= 4;
        assert_eq!(
            verdicts(&[column(5_000, 7), better])[0],
            Some(Verdict::Higher)
        );
    }

    #[test]
    fn few_leads_are_never_judged() {
        let columns = [column(500, 7), column(9, 7)];
        let conversion = &groups(Lang::En, &columns)[0];
        let verdicts = conversion.rows.iter().map(|row| row.cells[1].verdict);
        let judged: Vec<Verdict> = verdicts.flatten().collect();
        assert!(judged.len() > 3 && judged.iter().all(|verdict| *verdict == Verdict::Few));
    }

    #[test]
    fn the_first_column_is_what_others_are_compared_with() {
        let columns = [column(500, 7), column(400, 8)];
        for group in groups(Lang::En, &columns) {
            assert!(group.rows.iter().all(|row| row.cells[0].verdict.is_none()));
        }
    }
}
