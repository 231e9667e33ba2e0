//! Open leads and stuck leads, day by day.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::i18n::Lang;
use crate::records::link::link;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::figures::{DefinitionChange, Series};
use crate::reports::domain::query::{Comparison, ReportQuery};
use crate::reports::http::charts::calendar::{TickSpacing, spacing, ticks};
use crate::reports::http::charts::labels::{short, spread};
use crate::reports::http::charts::percent;
use crate::reports::http::charts::scale::Scale;
use crate::reports::http::charts::stack::{Area, across, areas, drawn_points, largest_sum};
use crate::reports::http::paths::PIPELINE_PATH;
use crate::reports::http::views::context::{ReportContext, hue_class};
use crate::reports::http::views::curve::AxisTick;
use crate::reports::http::views::time::{Count, number};

/// The height of a chart.
const HEIGHT: f64 = 200.0;
/// The distance between labels.
const LABEL_GAP: f64 = 15.0;
/// The most characters of a label.
const LABEL_CHARS: usize = 16;
/// The most days that have a tooltip.
const MAX_TOOLTIPS: usize = 62;

/// One layer of a chart.
pub struct Layer<'a> {
    /// The class of its colour, or the colour if it has none.
    pub class: String,
    pub color: &'a str,
    pub path: String,
    pub label: String,
    pub label_y: String,
    pub title: String,
}

/// A strip of the chart with a tooltip.
pub struct Tooltip {
    pub x: String,
    pub width: String,
    pub title: String,
}

/// A line at the day of a change of a definition.
pub struct ChangeLine {
    pub x: String,
    pub title: String,
}

/// A row of the table of a chart.
pub struct SeriesRow {
    pub day: String,
    /// Without an address where no page lists them.
    pub cells: Vec<Count>,
}

/// A chart of leads day by day.
pub struct SeriesChart<'a> {
    pub title: String,
    pub height: f64,
    pub layers: Vec<Layer<'a>>,
    pub x_ticks: Vec<AxisTick>,
    pub y_ticks: Vec<AxisTick>,
    pub tooltips: Vec<Tooltip>,
    /// The days on which definitions changed.
    pub changes: Vec<ChangeLine>,
    pub heads: Vec<String>,
    pub rows: Vec<SeriesRow>,
}

/// A layer before it is drawn.
struct LayerSource<'a> {
    class: String,
    color: &'a str,
    name: String,
    values: &'a [i64],
    set_on: Option<fn(NaiveDate) -> CountedSet>,
}

/// Open and paused leads by status.
pub fn open_chart<'a>(
    context: &ReportContext<'a>,
    changes: &[DefinitionChange],
) -> SeriesChart<'a> {
    let series = &context.figures.series;
    let layer = |(id, values): &'a (i64, Vec<i64>)| {
        let status = context.figures.status(*id)?;
        values.iter().any(|value| *value > 0).then(|| LayerSource {
            class: hue_class(&status.color),
            color: status.color.as_str(),
            name: status.name.clone(),
            values,
            set_on: None,
        })
    };
    let layers: Vec<LayerSource> = series.open.iter().filter_map(layer).collect();
    let mut chart = chart(context, "report-open-title", &layers, changes);
    chart.heads.push(context.t("report-total").to_owned());
    let days = table_days(&series.days).into_iter();
    for ((index, day), row) in days.zip(&mut chart.rows) {
        let sum: i64 = layers
            .iter()
            .filter_map(|layer| layer.values.get(index))
            .sum();
        row.cells
            .push(number(context, sum, CountedSet::OpenOrPausedOn(day)));
    }
    chart
}

/// Leads at risk and stuck.
pub fn stuck_chart<'a>(
    context: &ReportContext<'a>,
    changes: &[DefinitionChange],
) -> SeriesChart<'a> {
    let series = &context.figures.series;
    let layer = |class: &str, key, values: &'a [i64], set_on| LayerSource {
        class: format!("ink-{class}"),
        color: "",
        name: context.t(key).to_owned(),
        values,
        set_on: Some(set_on),
    };
    let (stuck, at_risk): (fn(_) -> _, fn(_) -> _) = (CountedSet::StuckOn, CountedSet::AtRiskOn);
    let layers = [
        layer("stuck", "state-stuck-plural", &series.stuck, stuck),
        layer("at-risk", "state-at-risk-plural", &series.at_risk, at_risk),
    ];
    chart(context, "report-stuck-title", &layers, changes)
}

fn chart<'a>(
    context: &ReportContext<'a>,
    title: &'static str,
    layers: &[LayerSource<'a>],
    changes: &[DefinitionChange],
) -> SeriesChart<'a> {
    let days = &context.figures.series.days;
    let values: Vec<&[i64]> = layers.iter().map(|layer| layer.values).collect();
    let scale = Scale::up_to(largest_sum(&values), 4);
    let y_tick = |value: i64| AxisTick {
        position: format!("{:.0}", scale.height(value as f64, HEIGHT)),
        text: context.number(value),
    };
    SeriesChart {
        title: chart_title(context, title, layers),
        height: HEIGHT,
        layers: layer_views(context, layers, areas(&values, scale, HEIGHT)),
        x_ticks: x_ticks(context, &context.figures.series),
        y_ticks: scale.ticks().map(y_tick).collect(),
        tooltips: tooltips(context, layers, days),
        changes: change_lines(context.lang, days, changes),
        heads: layers.iter().map(|layer| layer.name.clone()).collect(),
        rows: rows(context, layers, days),
    }
}

/// "5 May 2026: definition of Qualified, version 3"
fn change_text(lang: Lang, change: &DefinitionChange) -> String {
    let args = [
        ("day", lang.date(change.day).into()),
        ("status", change.status.as_str().into()),
        ("version", i64::from(change.version).into()),
    ];
    lang.format("report-definition-change", &args).into_owned()
}

fn change_lines(lang: Lang, days: &[NaiveDate], changes: &[DefinitionChange]) -> Vec<ChangeLine> {
    let line = |change: &DefinitionChange| {
        let index = days.iter().position(|day| *day == change.day)?;
        Some(ChangeLine {
            x: percent(across(index, days.len())),
            title: change_text(lang, change),
        })
    };
    changes.iter().filter_map(line).collect()
}

/// What compares the leads before a change of a definition with those from that day on, for each change.
pub fn change_links(lang: Lang, query: &ReportQuery, changes: &[DefinitionChange]) -> Vec<Count> {
    let link_of = |change: &DefinitionChange| {
        let mut pairs = query.report_pairs();
        pairs.push(("compare", Comparison::Day.to_string()));
        pairs.push(("day", change.day.to_string()));
        Count {
            text: change_text(lang, change),
            href: link(PIPELINE_PATH, pairs),
        }
    };
    changes.iter().map(link_of).collect()
}

/// What the chart shows, in one sentence: the numbers of its first and last day.
fn chart_title(context: &ReportContext, key: &'static str, layers: &[LayerSource]) -> String {
    let days = &context.figures.series.days;
    let end = |day: Option<&NaiveDate>, index: usize| {
        let sum: i64 = layers
            .iter()
            .filter_map(|layer| layer.values.get(index))
            .sum();
        let day = day.map_or_else(String::new, |day| context.lang.date(*day));
        format!("{day}: {}", context.number(sum))
    };
    let first = end(days.first(), 0);
    let last = end(days.last(), days.len().saturating_sub(1));
    context.say(key, &[("first", first.into()), ("last", last.into())])
}

fn layer_views<'a>(
    context: &ReportContext,
    layers: &[LayerSource<'a>],
    areas: Vec<Area>,
) -> Vec<Layer<'a>> {
    // From the top down, as they are read.
    let label_ys: Vec<f64> = areas.iter().rev().map(|area| area.end).collect();
    let label_ys = spread(&label_ys, LABEL_GAP, 6.0, HEIGHT - 4.0);
    let label_ys: Vec<f64> = label_ys.into_iter().rev().collect();
    let views = layers.iter().zip(areas).zip(label_ys);
    views
        .map(|((layer, area), label_y)| {
            let last = context.number(layer.values.last().copied().unwrap_or(0));
            Layer {
                class: layer.class.clone(),
                color: layer.color,
                path: area.path,
                label: format!("{} {last}", short(&layer.name, LABEL_CHARS)),
                label_y: format!("{:.0}", label_y + 4.0),
                title: format!("{}: {last}", layer.name),
            }
        })
        .collect()
}

fn x_ticks(context: &ReportContext, series: &Series) -> Vec<AxisTick> {
    let (Some(first), Some(last)) = (series.days.first(), series.days.last()) else {
        return Vec::new();
    };
    let span = (*last - *first).num_days();
    let text = |day: NaiveDate| match spacing(span) {
        TickSpacing::Days(_) => context.lang.day_of_month(day),
        TickSpacing::Months(_) if day.month0() == 0 => day.year().to_string(),
        TickSpacing::Months(_) => context.lang.month(day).to_owned(),
    };
    let tick = |day: NaiveDate| AxisTick {
        position: percent((day - *first).num_days() as f64 / span.max(1) as f64),
        text: text(day),
    };
    ticks(*first, *last).into_iter().map(tick).collect()
}

fn tooltips(context: &ReportContext, layers: &[LayerSource], days: &[NaiveDate]) -> Vec<Tooltip> {
    let points = drawn_points(days.len());
    let every = points.len().div_ceil(MAX_TOOLTIPS).max(1);
    let points: Vec<usize> = points.into_iter().step_by(every).collect();
    let width = 1.0 / points.len().saturating_sub(1).max(1) as f64;
    let tooltip = |index: usize| {
        let parts = layers
            .iter()
            .rev()
            .map(|layer| format!("{} {}", layer.name, context.number(layer.values[index])));
        let parts: Vec<String> = parts.collect();
        Tooltip {
            x: percent((across(index, days.len()) - width / 2.0).max(0.0)),
            width: percent(width),
            title: format!("{}: {}", context.lang.date(days[index]), parts.join(", ")),
        }
    };
    points.into_iter().map(tooltip).collect()
}

/// The days of the table, with their places: every day of a month, every Monday of half a year, or the first day of every
/// month; and the last day.
fn table_days(days: &[NaiveDate]) -> Vec<(usize, NaiveDate)> {
    let last = days.len().saturating_sub(1);
    let is_shown = |(index, day): &(usize, NaiveDate)| {
        *index == last
            || match days.len() {
                ..=31 => true,
                32..=190 => day.weekday() == Weekday::Mon,
                _ => day.day() == 1,
            }
    };
    days.iter().copied().enumerate().filter(is_shown).collect()
}

fn rows(context: &ReportContext, layers: &[LayerSource], days: &[NaiveDate]) -> Vec<SeriesRow> {
    let cell = |layer: &LayerSource, index: usize, day: NaiveDate| Count {
        text: context.number(layer.values.get(index).copied().unwrap_or(0)),
        href: layer
            .set_on
            .map_or_else(String::new, |set_on| context.visits_href(set_on(day))),
    };
    let row = |(index, day): (usize, NaiveDate)| SeriesRow {
        day: context.lang.date(day),
        cells: layers.iter().map(|layer| cell(layer, index, day)).collect(),
    };
    table_days(days).into_iter().map(row).collect()
}
