//! A step curve with its band: the share that is still in a status after any time.

use crate::reports::domain::curve::{Curve, CurvePoint};
use crate::reports::http::charts::{PathData, WIDTH};

/// Steps closer together than this are drawn as one: less than a pixel on a page.
const MIN_STEP_WIDTH: f64 = 2.0;

/// The outlines of a curve.
#[derive(Debug, Clone, PartialEq)]
pub struct StepCurve {
    pub line: String,
    /// Between the limits of the interval.
    pub band: String,
}

/// The time in seconds at which the chart of a curve ends: where 2 % are left, else some time after the last exit, since the
/// curve is level from there to the longest observed duration. It ends after these days, which are in seconds, unless they
/// are far beyond the observed time: then they would leave no space for the curve.
pub fn end_of(curve: &Curve, days: impl IntoIterator<Item = i64>) -> i64 {
    let almost_all = curve.points().iter().find(|point| point.survival <= 0.02);
    let last = curve.points().last().map_or(0, |point| point.seconds);
    let level = curve.longest().min(last + last / 3);
    let end = almost_all.map_or(level, |point| point.seconds);
    let days = days.into_iter().filter(|day| *day <= end.saturating_mul(3));
    days.map(|day| day + day / 12).fold(end, i64::max).max(1)
}

impl StepCurve {
    /// The outlines from 0 to `end` seconds, in a box of this height.
    pub fn of(curve: &Curve, end: i64, height: f64) -> StepCurve {
        let x = |seconds: i64| seconds as f64 / end as f64 * WIDTH;
        let points = drawn_points(curve, end, x);
        let y = |share: f64| height - share * height;
        let last = x(curve.longest().min(end));
        let stairs = |path: &mut PathData, share: &dyn Fn(&CurvePoint) -> f64| {
            for point in &points {
                path.across_to(x(point.seconds));
                path.down_to(y(share(point)));
            }
        };
        let mut line = PathData::default();
        line.move_to(0.0, y(1.0));
        stairs(&mut line, &|point| point.survival);
        line.across_to(last);
        let mut band = PathData::default();
        band.move_to(0.0, y(1.0));
        stairs(&mut band, &|point| {
            point.interval.map_or(point.survival, |(_, high)| high)
        });
        band.across_to(last);
        let low = |point: &CurvePoint| point.interval.map_or(point.survival, |(low, _)| low);
        for (index, point) in points.iter().enumerate().rev() {
            band.down_to(y(low(point)));
            band.across_to(x(point.seconds));
            if index == 0 {
                band.down_to(y(1.0));
            }
        }
        band.close();
        StepCurve {
            line: line.into_string(),
            band: band.into_string(),
        }
    }
}

/// The points up to `end`; of those that share a pixel, the last.
fn drawn_points(curve: &Curve, end: i64, x: impl Fn(i64) -> f64) -> Vec<&CurvePoint> {
    let mut drawn: Vec<&CurvePoint> = Vec::new();
    let mut first_x = f64::NEG_INFINITY;
    for point in curve.points().iter().filter(|point| point.seconds <= end) {
        let point_x = x(point.seconds);
        if point_x - first_x < MIN_STEP_WIDTH {
            drawn.pop();
        } else {
            first_x = point_x;
        }
        drawn.push(point);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::domain::durations::{Durations, Exit};

    fn curve(days: &[(i64, Option<Exit>)]) -> Curve {
        let visits = days.iter().map(|(day, exit)| (day * 86_400, *exit));
        Curve::of(&Durations::of_visits(visits))
    }

    #[test]
    fn the_line_goes_down_at_every_exit_and_on_to_the_last_observation() {
        let advanced = Some(Exit::Advanced);
        let curve = curve(&[(1, advanced), (2, None), (3, advanced), (4, None)]);
        let picture = StepCurve::of(&curve, 4 * 86_400, 100.0);
        assert_eq!(picture.line, "M0 0H250V25H750V62.5H1000");
        assert!(picture.band.starts_with("M0 0H250V") && picture.band.ends_with("V0Z"));
    }

    #[test]
    fn the_picture_ends_where_almost_all_have_left_and_shows_the_marks() {
        let advanced = Some(Exit::Advanced);
        let all_left = curve(&[(1, advanced), (9, advanced)]);
        assert_eq!(end_of(&all_left, []), 9 * 86_400);
        assert_eq!(end_of(&all_left, [12 * 86_400]), 13 * 86_400);
        assert_eq!(end_of(&all_left, [400 * 86_400]), 9 * 86_400);
        let some_stay = curve(&[(9, advanced), (10, None), (80, None)]);
        assert_eq!(end_of(&some_stay, []), 12 * 86_400);
    }

    #[test]
    fn a_curve_of_many_steps_is_drawn_with_few() {
        let visits = (1..=50_000).map(|second| (second, Some(Exit::Won)));
        let curve = Curve::of(&Durations::of_visits(visits));
        let picture = StepCurve::of(&curve, 50_000, 100.0);
        assert!(picture.line.matches('V').count() <= 501);
        assert!(picture.line.ends_with("V100H1000"));
    }
}
