//! The numbers of the charts as files: with names as the API has them, durations in seconds, and shares from 0 to 1.

use csv::{Terminator, WriterBuilder};

use crate::error::{Error, Result};
use crate::files::escape_formula;
use crate::reports::domain::curve::{Curve, Quantile};
use crate::reports::domain::durations::Exit;
use crate::reports::domain::figures::{Figures, FunnelStep, ReportStatus, TimeInStatus};
use crate::reports::domain::query::{ReportQuery, WITHIN_DAYS};
use crate::reports::http::paths::CsvTable;
use crate::statuses::Kind;

/// A table: its head, and its rows.
struct NumberTable {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The file of a table.
///
/// # Errors
/// Returns an error if it can't be written.
pub fn file(figures: &Figures, query: &ReportQuery, table: CsvTable) -> Result<Vec<u8>> {
    let NumberTable { head, rows } = match table {
        CsvTable::Time => time(figures),
        CsvTable::Curves => curves(figures),
        CsvTable::Funnel => funnel(figures),
        CsvTable::Flow => flow(figures),
        CsvTable::OverTime => over_time(figures),
        CsvTable::Limits => limits(figures, query),
    };
    let mut builder = WriterBuilder::new();
    let mut writer = builder.terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in std::iter::once(head).chain(rows) {
        let cells = row.into_iter().map(escape_formula);
        writer.write_record(cells).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A value, or an empty cell.
fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Each status with its times.
fn timed(figures: &Figures) -> impl Iterator<Item = (&ReportStatus, &TimeInStatus)> {
    figures.statuses.iter().zip(&figures.times)
}

fn time(figures: &Figures) -> NumberTable {
    let mut head = names(&[
        "status",
        "name",
        "kind",
        "target_days",
        "limit_days",
        "visits",
        "exits",
        "open",
        "censored",
    ]);
    for percentile in ["p50", "p75", "p90"] {
        head.extend(["seconds", "low", "high"].map(|part| format!("{percentile}_{part}")));
    }
    head.push("longest_observed".to_owned());
    head.extend(Exit::ALL.map(|exit| format!("{exit}_exits")));
    head.extend(Exit::ALL.map(|exit| format!("{exit}_share")));
    head.extend(names(&["target_met", "target_missed", "target_undecided"]));
    NumberTable {
        head,
        rows: timed(figures)
            .map(|(status, times)| time_row(status, times))
            .collect(),
    }
}

fn time_row(status: &ReportStatus, times: &TimeInStatus) -> Vec<String> {
    let curve = times.curve.as_ref();
    let mut row = vec![
        status.id.to_string(),
        status.name.clone(),
        status.kind.to_string(),
        text(status.target_days),
        text(status.limit_days),
        times.visits.to_string(),
        times.exits.to_string(),
        times.ongoing.to_string(),
        times.censored.to_string(),
    ];
    for part in [0.5, 0.75, 0.9] {
        let quantile = curve.map_or_else(Quantile::default, |curve| curve.quantile(part));
        row.extend([quantile.seconds, quantile.low, quantile.high].map(text));
    }
    row.push(text(curve.map(Curve::longest)));
    row.extend(times.exit_counts.map(|exits| exits.to_string()));
    let shares = curve.map(Curve::exit_shares);
    row.extend(Exit::ALL.map(|exit| text(shares.map(|shares| shares[exit as usize]))));
    let target = times.within_target;
    row.push(text(target.map(|counts| counts.met)));
    row.push(text(target.map(|counts| counts.missed)));
    row.push(text(target.map(|counts| counts.undecided)));
    row
}

fn curves(figures: &Figures) -> NumberTable {
    let mut head = names(&[
        "status", "name", "seconds", "observed", "exits", "survival", "low", "high",
    ]);
    head.extend(Exit::ALL.map(|exit| exit.to_string()));
    let mut rows = Vec::new();
    for (status, times) in timed(figures) {
        for point in times.curve.iter().flat_map(Curve::points) {
            let mut row = vec![
                status.id.to_string(),
                status.name.clone(),
                point.seconds.to_string(),
                point.observed.to_string(),
                point.exits.to_string(),
                point.survival.to_string(),
                text(point.interval.map(|(low, _)| low)),
                text(point.interval.map(|(_, high)| high)),
            ];
            row.extend(point.exit_shares.map(|share| share.to_string()));
            rows.push(row);
        }
    }
    NumberTable { head, rows }
}

fn funnel(figures: &Figures) -> NumberTable {
    let funnel = &figures.funnel;
    let head = names(&[
        "start",
        "within_days",
        "rule",
        "status",
        "name",
        "eligible",
        "reached",
        "share",
        "low",
        "high",
        "before",
        "before_reached",
        "from_before",
        "entries",
        "throughput",
    ]);
    let row = |step| funnel_row(figures, step);
    NumberTable {
        rows: funnel.steps.iter().map(row).collect(),
        head,
    }
}

fn funnel_row(figures: &Figures, step: &FunnelStep) -> Vec<String> {
    let funnel = &figures.funnel;
    let (share, from) = (funnel.share(step), step.from_previous);
    vec![
        funnel.start.to_string(),
        funnel.within_days.to_string(),
        funnel.rule.to_string(),
        step.status.to_string(),
        text(figures.status(step.status).map(|status| &status.name)),
        funnel.eligible.to_string(),
        step.reached.to_string(),
        text(share.map(|share| share.value)),
        text(share.map(|share| share.low)),
        text(share.map(|share| share.high)),
        text(from.map(|from| from.previous)),
        text(from.map(|from| from.previous_reached)),
        text(from.map(|from| from.reached)),
        step.entries.to_string(),
        text(funnel.throughput(step)),
    ]
}

fn flow(figures: &Figures) -> NumberTable {
    let name = |id| text(figures.status(id).map(|status| &status.name));
    let rows = figures.flow.moves.iter().map(|pair| {
        vec![
            pair.from.to_string(),
            name(pair.from),
            pair.to.to_string(),
            name(pair.to),
            pair.direction.to_string(),
            pair.count.to_string(),
            pair.median_seconds.to_string(),
        ]
    });
    NumberTable {
        head: names(&[
            "from",
            "from_name",
            "to",
            "to_name",
            "direction",
            "count",
            "median_seconds",
        ]),
        rows: rows.collect(),
    }
}

fn over_time(figures: &Figures) -> NumberTable {
    let series = &figures.series;
    let mut head = names(&["day", "at_risk", "stuck"]);
    let columns = series.open.iter();
    let columns: Vec<(&ReportStatus, &Vec<i64>)> = columns
        .filter_map(|(id, values)| Some((figures.status(*id)?, values)))
        .collect();
    head.extend(columns.iter().map(|(status, _)| status.name.clone()));
    let cell = |values: &[i64], index: usize| text(values.get(index));
    let rows = series.days.iter().enumerate().map(|(index, day)| {
        let mut row = vec![
            day.to_string(),
            cell(&series.at_risk, index),
            cell(&series.stuck, index),
        ];
        row.extend(columns.iter().map(|(_, values)| cell(values, index)));
        row
    });
    NumberTable {
        rows: rows.collect(),
        head,
    }
}

fn limits(figures: &Figures, query: &ReportQuery) -> NumberTable {
    let head = names(&[
        "status",
        "name",
        "target_days",
        "limit_days",
        "exits_in_180_days",
        "suggested_target_days",
        "suggested_limit_days",
        "tried_days",
        "flagged",
        "moves_on_within_30_days",
    ]);
    let open = timed(figures).filter(|(status, _)| status.kind == Kind::Open && status.is_in_use);
    let rows = open.map(|(status, times)| {
        let basis = &times.limit_basis;
        let suggested = basis.suggested.unwrap_or_default();
        let tried = query.tried_days(status, basis);
        vec![
            status.id.to_string(),
            status.name.clone(),
            text(status.target_days),
            text(status.limit_days),
            basis.exits.to_string(),
            text(suggested.target_days),
            text(suggested.limit_days),
            text(tried),
            text(tried.map(|days| basis.flagged_at(days))),
            text(tried.and_then(|days| basis.chance_to_move_on(days, WITHIN_DAYS))),
        ]
    });
    NumberTable {
        rows: rows.collect(),
        head,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::http::views::sample_for_tests::figures;

    fn lines(table: CsvTable) -> Vec<String> {
        let bytes = file(&figures(128, 7), &ReportQuery::default(), table).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn every_table_has_as_many_cells_in_a_row_as_in_its_head() {
        for table in CsvTable::ALL {
            let lines = lines(table);
            let cells = |line: &String| line.matches(',').count();
            assert!(lines.len() > 1, "{table}");
            assert!(
                lines.iter().all(|line| cells(line) == cells(&lines[0])),
                "{table}"
            );
        }
    }

    #[test]
    fn days_have_a_column_for_each_status() {
        let lines = lines(CsvTable::OverTime);
        let head =
            "day,at_risk,stuck,New,Contacted,Qualified,Demo scheduled for two,Proposal,Nurture";
        assert_eq!(lines[0], head);
        assert!(lines[90].starts_with("2026-11-23,"));
    }
}
