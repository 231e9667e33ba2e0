//! Moves as a picture: two columns of bars, and ribbons between them as thick as their counts.

use crate::reports::http::charts::{PathData, WIDTH};

/// The space between two bars.
const GAP: f64 = 8.0;

/// Moves from a bar of the left column to one of the right, by their places in the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub from: usize,
    pub to: usize,
    pub count: i64,
}

/// A bar, from the top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColumnBar {
    pub y: f64,
    pub height: f64,
    pub count: i64,
}

impl ColumnBar {
    /// Its middle.
    pub fn middle(&self) -> f64 {
        self.y + self.height / 2.0
    }
}

/// The picture of some moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Ribbons {
    pub left: Vec<ColumnBar>,
    pub right: Vec<ColumnBar>,
    /// One for each link, in their order.
    pub paths: Vec<String>,
}

impl Ribbons {
    /// Lays out columns of so many bars. Bars without moves have no height.
    pub fn of(links: &[Link], left: usize, right: usize, height: f64) -> Ribbons {
        let total: i64 = links.iter().map(|link| link.count).sum();
        let gaps = left.max(right).saturating_sub(1) as f64 * GAP;
        let unit = (height - gaps).max(0.0) / total.max(1) as f64;
        let left = column(links, |link| link.from, left, unit, height);
        let right = column(links, |link| link.to, right, unit, height);
        let paths = paths(links, &left, &right, unit);
        Ribbons { left, right, paths }
    }
}

/// The bars of a column, in the middle of the height.
fn column(
    links: &[Link],
    end: impl Fn(&Link) -> usize,
    bars: usize,
    unit: f64,
    height: f64,
) -> Vec<ColumnBar> {
    let count = |bar: usize| {
        let ends_here = links.iter().filter(|link| end(link) == bar);
        ends_here.map(|link| link.count).sum()
    };
    let counts: Vec<i64> = (0..bars).map(count).collect();
    let used = counts.iter().sum::<i64>() as f64 * unit + bars.saturating_sub(1) as f64 * GAP;
    let mut y = ((height - used) / 2.0).max(0.0);
    let mut column = Vec::new();
    for count in counts {
        let height = count as f64 * unit;
        column.push(ColumnBar { y, height, count });
        y += height + GAP;
    }
    column
}

/// Ribbons leave a bar in the order of where they go, and arrive in the order of where they come from, so that few cross.
fn paths(links: &[Link], left: &[ColumnBar], right: &[ColumnBar], unit: f64) -> Vec<String> {
    let offset = |index: usize, is_before: &dyn Fn(&Link, &Link) -> bool| {
        let before = links.iter().filter(|other| is_before(other, &links[index]));
        before.map(|link| link.count).sum::<i64>() as f64 * unit
    };
    let path = |(index, link): (usize, &Link)| {
        let thick = link.count as f64 * unit;
        let out = left[link.from].y
            + offset(index, &|other, link| {
                other.from == link.from && other.to < link.to
            });
        let into = right[link.to].y
            + offset(index, &|other, link| {
                other.to == link.to && other.from < link.from
            });
        let mut path = PathData::default();
        path.move_to(0.0, out);
        path.curve_to(0.0, out, WIDTH, into);
        path.down_to(into + thick);
        path.curve_to(WIDTH, into + thick, 0.0, out + thick);
        path.close();
        path.into_string()
    };
    links.iter().enumerate().map(path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINKS: [Link; 3] = [
        Link {
            from: 0,
            to: 0,
            count: 6,
        },
        Link {
            from: 0,
            to: 1,
            count: 2,
        },
        Link {
            from: 1,
            to: 1,
            count: 4,
        },
    ];

    #[test]
    fn bars_are_as_high_as_their_ribbons_and_fill_the_picture() {
        let picture = Ribbons::of(&LINKS, 2, 2, 128.0);
        let heights =
            |bars: &[ColumnBar]| -> Vec<f64> { bars.iter().map(|bar| bar.height).collect() };
        assert_eq!(heights(&picture.left), [80.0, 40.0]);
        assert_eq!(heights(&picture.right), [60.0, 60.0]);
        for column in [&picture.left, &picture.right] {
            let sum: f64 = column.iter().map(|bar| bar.height).sum();
            assert_eq!(sum + GAP, 128.0);
            assert_eq!(column[1].y, column[0].y + column[0].height + GAP);
        }
    }

    #[test]
    fn ribbons_lie_beside_each_other_at_both_ends() {
        let picture = Ribbons::of(&LINKS, 2, 2, 128.0);
        assert_eq!(
            picture.paths[0],
            "M0 0C500 0 500 0 1000 0V60C500 60 500 60 0 60Z"
        );
        assert_eq!(
            picture.paths[1],
            "M0 60C500 60 500 68 1000 68V88C500 88 500 80 0 80Z"
        );
        assert!(picture.paths[2].starts_with("M0 88C500 88 500 88 1000 88V128"));
    }

    #[test]
    fn a_shorter_column_is_in_the_middle() {
        let links = [
            Link {
                from: 0,
                to: 0,
                count: 1,
            },
            Link {
                from: 0,
                to: 1,
                count: 1,
            },
        ];
        let picture = Ribbons::of(&links, 1, 2, 108.0);
        assert_eq!(picture.left[0].y, 4.0);
        assert_eq!(picture.right[0].y, 0.0);
    }
}
