use chrono::NaiveDate;

use crate::clock::{DAY, Timestamp};

/// Days from a first to a last one, in UTC, both included; without an end on a side it goes on there for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Span {
    /// True if every day is in it.
    pub fn is_endless(self) -> bool {
        self == Span::default()
    }

    /// What an instant in this column must fulfil to be in it.
    pub fn conditions(self, column: &str) -> Vec<String> {
        let from = self.first().map(|at| format!("{column} >= {at}"));
        let to = self.end().map(|at| format!("{column} < {at}"));
        from.into_iter().chain(to).collect()
    }

    /// Its first and its last day, counted from 1970; the least and the greatest where it has no end.
    pub fn days(self) -> (i64, i64) {
        let first = self.first().map_or(i32::MIN.into(), |at| at / DAY);
        let last = self.end().map_or(i32::MAX.into(), |at| at / DAY - 1);
        (first, last)
    }

    /// The first moment of it.
    fn first(self) -> Option<i64> {
        Some(Timestamp::of_day(self.from?)?.0)
    }

    /// The first moment after it.
    fn end(self) -> Option<i64> {
        Some(Timestamp::of_day(self.to?)?.0 + DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, to: &str) -> Span {
        Span {
            from: from.parse().ok(),
            to: to.parse().ok(),
        }
    }

    #[test]
    fn both_days_are_in_it() {
        let two = span("1970-01-03", "1970-01-04");
        let (first, end) = (2 * DAY, 4 * DAY);
        assert_eq!(
            two.conditions("x"),
            [format!("x >= {first}"), format!("x < {end}")]
        );
        assert_eq!(two.days(), (2, 3));
        assert_eq!(span("1970-01-03", "").days(), (2, i32::MAX.into()));
        assert_eq!(span("", "1969-12-31").days(), (i32::MIN.into(), -1));
    }
}
