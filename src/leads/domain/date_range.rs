//! A range of days, as a filter.

use chrono::NaiveDate;

use crate::clock::{DAY, Zone};

/// A range of days, both ends included; `None` leaves an end open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateRange {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl DateRange {
    /// True if both ends are open.
    pub fn is_unbounded(self) -> bool {
        self == DateRange::default()
    }

    /// Its first and last day in UTC, counted from 1970; an open end is the smallest or largest day.
    pub fn day_numbers(self) -> (i64, i64) {
        let first = self.start(Zone::UTC).map_or(i32::MIN.into(), |at| at / DAY);
        let last = self
            .end(Zone::UTC)
            .map_or(i32::MAX.into(), |at| at / DAY - 1);
        (first, last)
    }

    /// The start of the first day, in microseconds.
    pub fn start(self, zone: Zone) -> Option<i64> {
        Some(zone.start_of_day(self.from?)?.0)
    }

    /// The end of the last day, excluded, in microseconds.
    pub fn end(self, zone: Zone) -> Option<i64> {
        Some(zone.end_of_day(self.to?)?.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, to: &str) -> DateRange {
        DateRange {
            from: from.parse().ok(),
            to: to.parse().ok(),
        }
    }

    #[test]
    fn both_ends_are_included() {
        let two = span("1970-01-03", "1970-01-04");
        let ends = |zone| (two.start(zone), two.end(zone));
        assert_eq!(ends(Zone::UTC), (Some(2 * DAY), Some(4 * DAY)));
        let (tokyo, ahead) = (Zone::parse("Asia/Tokyo").unwrap(), 9 * DAY / 24);
        assert_eq!(ends(tokyo), (Some(2 * DAY - ahead), Some(4 * DAY - ahead)));
        assert_eq!(two.day_numbers(), (2, 3));
        assert_eq!(span("1970-01-03", "").day_numbers(), (2, i32::MAX.into()));
        assert_eq!(span("", "1969-12-31").day_numbers(), (i32::MIN.into(), -1));
    }
}
