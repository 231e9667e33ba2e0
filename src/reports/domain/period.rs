//! The period of a report.

use chrono::{Days, NaiveDate};

use crate::clock::Timestamp;

/// A period of whole days in UTC, `from` included and `to` not; an open end is unbounded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Period {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Period {
    /// Its instants.
    pub fn instants(self) -> InstantRange {
        let second = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
        InstantRange {
            from: self.from.map_or(i64::MIN, second),
            to: self.to.map_or(i64::MAX, second),
        }
    }

    /// The period of equal length that ends where this one begins; nothing if an end is open.
    pub fn before(self) -> Option<Period> {
        let (from, to) = (self.from?, self.to?);
        let days = u64::try_from((to - from).num_days()).ok()?;
        Some(Period {
            from: Some(from.checked_sub_days(Days::new(days))?),
            to: Some(from),
        })
    }
}

/// A half-open range of instants in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstantRange {
    pub from: i64,
    pub to: i64,
}

impl InstantRange {
    /// Its ends.
    pub fn timestamps(self) -> (Timestamp, Timestamp) {
        let instant = |second: i64| Timestamp(0).plus_seconds(second);
        (instant(self.from), instant(self.to))
    }

    /// True if `from ≤ at < to`.
    pub fn contains(self, at: i64) -> bool {
        self.from <= at && at < self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY_SECONDS;

    #[test]
    fn the_period_before_has_the_same_length() {
        let day = |text: &str| text.parse().ok();
        let period = Period {
            from: day("2026-03-01"),
            to: day("2026-03-11"),
        };
        let before = period.before().unwrap();
        assert_eq!((before.from, before.to), (day("2026-02-19"), period.from));
        assert_eq!(Period::default().before(), None);
        assert!(period.instants().contains(1_772_323_200));
        assert!(!period.instants().contains(1_772_323_200 + 10 * DAY_SECONDS));
    }
}
