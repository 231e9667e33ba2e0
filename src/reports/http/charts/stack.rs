//! Areas that lie on each other.

use crate::reports::http::charts::scale::Scale;
use crate::reports::http::charts::{PathData, WIDTH};

/// The most points of a line; more would be less than three pixels apart.
const MOST_POINTS: usize = 240;

/// The indexes of the values that are drawn: all, or every n-th and the last.
pub fn drawn_points(values: usize) -> Vec<usize> {
    let every = values.div_ceil(MOST_POINTS).max(1);
    let mut points: Vec<usize> = (0..values).step_by(every).collect();
    if points.last().is_some_and(|last| *last + 1 < values) {
        points.push(values - 1);
    }
    points
}

/// How far across a chart of so many values the value of an index is, from 0 to 1.
pub fn across(index: usize, values: usize) -> f64 {
    match values {
        0 | 1 => 1.0,
        _ => index as f64 / (values - 1) as f64,
    }
}

/// One area of a stack.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    pub path: String,
    /// The middle of its right end, from the top.
    pub end: f64,
}

/// The areas of these layers, the first at the bottom. Layers have a value for each index.
pub fn areas(layers: &[&[i64]], scale: Scale, height: f64) -> Vec<Area> {
    let values = layers.first().map_or(0, |layer| layer.len());
    let points = drawn_points(values);
    let mut below = vec![0i64; values];
    let mut areas = Vec::new();
    for layer in layers {
        let above: Vec<i64> = below
            .iter()
            .zip(*layer)
            .map(|(sum, value)| sum + value)
            .collect();
        let y = |sums: &[i64], index: usize| scale.height(sums[index] as f64, height);
        let mut path = PathData::default();
        line(&mut path, &points, values, |index| y(&above, index));
        for index in points.iter().rev() {
            path.line_to(across(*index, values) * WIDTH, y(&below, *index));
        }
        path.close();
        let last = values.saturating_sub(1);
        areas.push(Area {
            path: path.into_string(),
            end: match values {
                0 => height,
                _ => (y(&above, last) + y(&below, last)) / 2.0,
            },
        });
        below = above;
    }
    areas
}

fn line(path: &mut PathData, points: &[usize], values: usize, y: impl Fn(usize) -> f64) {
    for (number, index) in points.iter().enumerate() {
        let x = across(*index, values) * WIDTH;
        match number {
            // One value alone is a level line.
            0 if points.len() == 1 => {
                path.move_to(0.0, y(*index));
                path.line_to(WIDTH, y(*index));
            }
            0 => path.move_to(x, y(*index)),
            _ => path.line_to(x, y(*index)),
        }
    }
}

/// The largest sum of the layers at one index.
pub fn largest_sum(layers: &[&[i64]]) -> i64 {
    let values = layers.first().map_or(0, |layer| layer.len());
    let sum = |index: usize| layers.iter().filter_map(|layer| layer.get(index)).sum();
    (0..values).map(sum).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_lie_on_each_other() {
        let layers: [&[i64]; 2] = [&[1, 2], &[3, 2]];
        assert_eq!(largest_sum(&layers), 4);
        let areas = areas(&layers, Scale::up_to(4, 4), 100.0);
        assert_eq!(areas[0].path, "M0 75L1000 50L1000 100L0 100Z");
        assert_eq!(areas[1].path, "M0 0L1000 0L1000 50L0 75Z");
        assert_eq!((areas[0].end, areas[1].end), (75.0, 25.0));
    }

    #[test]
    fn a_long_series_is_drawn_with_few_points_and_its_last() {
        for values in [0, 1, 2, 240, 241, 366, 4_000] {
            let points = drawn_points(values);
            assert!(points.len() <= 241, "{values}");
            assert_eq!(points.last().copied(), values.checked_sub(1));
        }
    }

    #[test]
    fn one_day_is_an_area_too() {
        let areas = areas(&[&[4]], Scale::up_to(4, 4), 100.0);
        assert_eq!(areas[0].path, "M0 0L1000 0L1000 100Z");
    }
}
