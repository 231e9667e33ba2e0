//! The survival curve of a status, as its chart shows it.

use crate::clock::DAY_SECONDS;
use crate::reports::domain::curve::Curve;
use crate::reports::domain::figures::ReportStatus;
use crate::reports::http::charts::percent;
use crate::reports::http::charts::scale::{Scale, rounded_up};
use crate::reports::http::charts::step_curve::{StepCurve, end_of};
use crate::reports::http::views::context::ReportContext;
use crate::reports::http::views::wording::{TimeUnit, duration, number_of, share};

/// The height of a curve.
const HEIGHT: f64 = 128.0;

/// A tick of an axis, with its text.
pub struct AxisTick {
    /// Across in percent of the chart, or down in CSS pixels.
    pub position: String,
    pub text: String,
}

/// A line from top to bottom: the target or the limit.
pub struct DayLine {
    pub x: String,
    pub text: String,
    pub class: &'static str,
}

/// The chart of the share that is still in a status.
pub struct CurveChart {
    pub title: String,
    pub line: String,
    pub band: String,
    pub height: f64,
    /// The unit of the axis of time.
    pub axis: &'static str,
    pub x_ticks: Vec<AxisTick>,
    pub y_ticks: Vec<AxisTick>,
    pub lines: Vec<DayLine>,
    /// Where half have left.
    pub half: Option<String>,
    /// The share that is left at the right end, and where.
    pub last: AxisTick,
}

impl CurveChart {
    /// The chart of a status.
    pub fn of(context: &ReportContext, status: &ReportStatus, curve: &Curve) -> CurveChart {
        let days = [("target", status.target_days), ("limit", status.limit_days)];
        let days = days.map(|(class, days)| Some((class, i64::from(days?))));
        let days: Vec<(&str, i64)> = days.into_iter().flatten().collect();
        let end = end_of(curve, days.iter().map(|(_, days)| days * DAY_SECONDS));
        let outlines = StepCurve::of(curve, end, HEIGHT);
        let shown_days = days
            .into_iter()
            .filter(|(_, days)| days * DAY_SECONDS <= end);
        let last = curve.survival_at(end);
        CurveChart {
            title: title(context, status, curve, end),
            line: outlines.line,
            band: outlines.band,
            height: HEIGHT,
            axis: context.t(axis_key(end)),
            x_ticks: x_ticks(context, end),
            y_ticks: [0.0, 0.5, 1.0]
                .map(|part| y_tick(HEIGHT - part * HEIGHT, share(part)))
                .into(),
            lines: shown_days
                .map(|(class, days)| day_line(context, class, days, end))
                .collect(),
            half: half_point(curve, end),
            last: y_tick(HEIGHT - last * HEIGHT, share(last)),
        }
    }
}

fn y_tick(y: f64, text: String) -> AxisTick {
    AxisTick {
        position: format!("{y:.0}"),
        text,
    }
}

/// What the chart shows, in one sentence.
fn title(context: &ReportContext, status: &ReportStatus, curve: &Curve, end: i64) -> String {
    let unit = TimeUnit::of(end);
    let parts = [0.25, 0.5, 0.75, 1.0].map(|part| {
        let seconds = (end as f64 * part) as i64;
        let time = duration(context.lang, round_to(seconds, unit));
        format!("{time}: {}", share(curve.survival_at(seconds)))
    });
    let args = [
        ("name", status.name.as_str().into()),
        ("shares", parts.join("; ").into()),
    ];
    context.say("report-curve-title", &args)
}

fn round_to(seconds: i64, unit: TimeUnit) -> i64 {
    let unit = unit.seconds();
    (seconds + unit / 2) / unit * unit
}

fn x_ticks(context: &ReportContext, end: i64) -> Vec<AxisTick> {
    let unit = TimeUnit::of(end);
    let scale = Scale::ending_at(rounded_up(end, unit.seconds()).max(1), 6);
    let units = scale.ticks().filter(|units| units * unit.seconds() <= end);
    let tick = |units: i64| {
        let seconds = units * unit.seconds();
        let text = match units {
            0 => "0".to_owned(),
            _ => number_of(context.lang, seconds, unit),
        };
        AxisTick {
            position: percent(seconds as f64 / end as f64),
            text,
        }
    };
    units.map(tick).collect()
}

fn day_line(context: &ReportContext, class: &'static str, days: i64, end: i64) -> DayLine {
    let part = (days * DAY_SECONDS) as f64 / end as f64;
    let key = match class {
        "target" => "report-mark-target",
        _ => "report-mark-limit",
    };
    DayLine {
        x: percent(part),
        text: context.count(key, days),
        class,
    }
}

fn half_point(curve: &Curve, end: i64) -> Option<String> {
    let seconds = curve.quantile(0.5).seconds?;
    (seconds <= end).then(|| percent(seconds as f64 / end as f64))
}

/// The unit in which the axis of a curve counts, as a catalogue key.
fn axis_key(end: i64) -> &'static str {
    match TimeUnit::of(end) {
        TimeUnit::Minutes => "report-axis-minutes",
        TimeUnit::Hours => "report-axis-hours",
        TimeUnit::Days => "report-axis-days",
    }
}
