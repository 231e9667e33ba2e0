//! The geometry of the charts: plain numbers in, coordinates and paths out. Templates draw them as SVG.
//!
//! A chart is as wide as its page allows and of a fixed height in CSS pixels, with text of one size on every screen: paths
//! are in a box [`WIDTH`] units wide that is stretched to the width of the chart, and all else is placed in percent of it.

pub mod calendar;
pub mod labels;
pub mod ribbons;
pub mod scale;
pub mod stack;
pub mod step_curve;

use std::fmt::Write;

/// The width of the box that paths are drawn in.
pub const WIDTH: f64 = 1000.0;

/// The `d` of a path, with coordinates to a tenth of a unit.
#[derive(Debug, Clone, Default)]
pub struct PathData(String);

impl PathData {
    /// Begins a new outline at a point.
    pub fn move_to(&mut self, x: f64, y: f64) {
        let _ = write!(self.0, "M{} {}", Tenth(x), Tenth(y));
    }

    /// A straight line to a point.
    pub fn line_to(&mut self, x: f64, y: f64) {
        let _ = write!(self.0, "L{} {}", Tenth(x), Tenth(y));
    }

    /// A level line to `x`.
    pub fn across_to(&mut self, x: f64) {
        let _ = write!(self.0, "H{}", Tenth(x));
    }

    /// A plumb line to `y`.
    pub fn down_to(&mut self, y: f64) {
        let _ = write!(self.0, "V{}", Tenth(y));
    }

    /// A curve that leaves and arrives level.
    pub fn curve_to(&mut self, from_x: f64, from_y: f64, x: f64, y: f64) {
        let middle = Tenth((from_x + x) / 2.0);
        let (from_y, x, y) = (Tenth(from_y), Tenth(x), Tenth(y));
        let _ = write!(self.0, "C{middle} {from_y} {middle} {y} {x} {y}");
    }

    /// Closes the outline.
    pub fn close(&mut self) {
        self.0.push('Z');
    }

    /// The text of the attribute.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A number with at most one decimal.
struct Tenth(f64);

impl std::fmt::Display for Tenth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        match tenths % 10 {
            0 => write!(f, "{}", tenths / 10),
            _ => write!(f, "{}", tenths as f64 / 10.0),
        }
    }
}

/// A place across a chart, in percent as SVG attributes have it.
pub fn percent(part: f64) -> String {
    format!("{}%", Tenth(part * 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_one_decimal_at_most() {
        let mut path = PathData::default();
        path.move_to(0.0, 1.0 / 3.0);
        path.across_to(10.04);
        path.down_to(-0.25);
        path.close();
        assert_eq!(path.into_string(), "M0 0.3H10V-0.3Z");
        assert_eq!(percent(1.0 / 3.0), "33.3%");
    }
}
