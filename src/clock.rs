//! The one source of time: every "now" in the program comes from a [`Clock`].

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Serialize};

/// Microseconds in one second.
const SECOND: i64 = 1_000_000;
/// Microseconds in one day of 86,400 seconds.
pub const DAY: i64 = 86_400 * SECOND;

/// An instant: microseconds since 1970-01-01T00:00:00Z, stored as BIGINT in both databases.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    AsExpression,
    FromSqlRow,
    Serialize,
    Deserialize,
)]
#[diesel(sql_type = BigInt)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Later than every instant there is.
    pub const NEVER: Timestamp = Timestamp(i64::MAX);

    /// This instant moved by `seconds`, which may be negative.
    pub fn plus_seconds(self, seconds: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(seconds.saturating_mul(SECOND)))
    }

    /// Seconds from `earlier` to this instant, rounded down.
    pub fn seconds_since(self, earlier: Timestamp) -> i64 {
        (self.0 - earlier.0).div_euclid(SECOND)
    }

    /// The second this instant falls in, counted from 1970.
    pub fn second(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// As a type of the calendar; instants beyond the calendar become its first day.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// The day this instant falls on, in UTC.
    pub fn date(self) -> NaiveDate {
        self.utc().date_naive()
    }

    /// The instant in what was typed: RFC 3339, or a day and a time, or a day alone, whose first moment is meant. What
    /// names no offset is UTC.
    pub fn parse(typed: &str) -> Option<Timestamp> {
        let typed = typed.trim();
        if let Ok(day) = NaiveDate::parse_from_str(typed, "%Y-%m-%d") {
            return Timestamp::of_day(day);
        }
        let local = [
            "%Y-%m-%dT%H:%M",
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%d %H:%M",
            "%Y-%m-%d %H:%M:%S",
        ];
        let local = local
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(typed, form).ok());
        let moment = match local {
            Some(local) => local.and_utc(),
            None => DateTime::parse_from_rfc3339(typed).ok()?.to_utc(),
        };
        (0..10_000).contains(&moment.year()).then(|| moment.into())
    }

    /// The first moment of a day, in UTC.
    pub fn of_day(day: NaiveDate) -> Option<Timestamp> {
        let begin = day.and_hms_opt(0, 0, 0)?.and_utc();
        (0..10_000).contains(&day.year()).then(|| begin.into())
    }

    /// RFC 3339 in UTC to the second, as the API shows times: `2026-05-10T09:51:26Z`.
    pub fn rfc3339(self) -> String {
        let at = self.utc();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        )
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(moment: DateTime<Utc>) -> Self {
        Timestamp(moment.timestamp_micros())
    }
}

impl<DB: Backend> ToSql<BigInt, DB> for Timestamp
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> diesel::serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Timestamp
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        i64::from_sql(bytes).map(Timestamp)
    }
}

/// What the program takes for now: the system's time plus a shift, or a fixed instant in tests.
#[derive(Debug, Clone)]
pub struct Clock {
    fixed: Option<Timestamp>,
    shift: Arc<AtomicI64>,
}

impl Clock {
    /// The system's time moved by `seconds`.
    pub fn shifted(seconds: i64) -> Clock {
        Clock {
            fixed: None,
            shift: Arc::new(AtomicI64::new(seconds.saturating_mul(SECOND))),
        }
    }

    /// A clock that shows `at` until [`Clock::advance`] moves it.
    pub fn fixed(at: Timestamp) -> Clock {
        Clock {
            fixed: Some(at),
            shift: Arc::new(AtomicI64::new(0)),
        }
    }

    /// Moves this clock, and every clone of it, forward by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.shift
            .fetch_add(seconds.saturating_mul(SECOND), Ordering::SeqCst);
    }

    /// The present instant, truncated to microseconds.
    pub fn now(&self) -> Timestamp {
        let base = self.fixed.unwrap_or_else(|| Utc::now().into());
        Timestamp(base.0.saturating_add(self.shift.load(Ordering::SeqCst)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_it_is_advanced() {
        let clock = Clock::fixed(Timestamp(5));
        let twin = clock.clone();
        assert_eq!(clock.now(), Timestamp(5));
        clock.advance(2);
        assert_eq!(twin.now(), Timestamp(2_000_005));
    }

    #[test]
    fn times_are_shown_to_the_second_in_utc() {
        assert_eq!(
            Timestamp(1_778_406_686_999_999).rfc3339(),
            "2026-05-10T09:51:26Z"
        );
    }

    #[test]
    fn a_moment_may_be_typed_in_several_ways() {
        let day = Timestamp(1_778_371_200_000_000);
        for typed in [
            "2026-05-10",
            " 2026-05-10T00:00 ",
            "2026-05-10T03:00:00+03:00",
            "2026-05-10 00:00:00",
        ] {
            assert_eq!(Timestamp::parse(typed), Some(day), "{typed}");
        }
        for bad in [
            "",
            "10.05.2026",
            "2026-13-01",
            "2026-02-30",
            "+99999-01-01",
            "now",
        ] {
            assert_eq!(Timestamp::parse(bad), None, "{bad}");
        }
    }
}
