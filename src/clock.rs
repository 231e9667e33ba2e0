//! The one source of time: every "now" in the program comes from a [`Clock`].

mod zone;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, SecondsFormat, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Serialize};

pub use zone::{Repetition, TimeError, Zone};

/// Microseconds in one second.
const SECOND: i64 = 1_000_000;
/// Microseconds in one hour.
pub const HOUR: i64 = 3_600 * SECOND;
/// Seconds in one day.
pub const DAY_SECONDS: i64 = 86_400;
/// Microseconds in one day of 86,400 seconds.
pub const DAY: i64 = DAY_SECONDS * SECOND;
/// Microseconds in a quarter of an hour. Days begin at one, in every time zone.
pub const QUARTER: i64 = 900 * SECOND;

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

    /// The instant in RFC 3339.
    pub fn parse_rfc3339(text: &str) -> Option<Timestamp> {
        let at: Timestamp = DateTime::parse_from_rfc3339(text).ok()?.to_utc().into();
        at.is_in_calendar().then_some(at)
    }

    /// True from year 0 to year 9999.
    pub fn is_in_calendar(self) -> bool {
        (0..10_000).contains(&self.utc().year())
    }

    /// RFC 3339 in UTC to the second, as the API shows times: `2026-05-10T09:51:26Z`.
    pub fn rfc3339(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::Secs, true)
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
        let read = |typed| Zone::UTC.read(typed, None).ok();
        let day = Timestamp(1_778_371_200_000_000);
        for typed in [
            "2026-05-10",
            " 2026-05-10T00:00 ",
            "2026-05-10T03:00:00+03:00",
            "2026-05-10 00:00:00",
        ] {
            assert_eq!(read(typed), Some(day), "{typed}");
        }
        for bad in [
            "",
            "10.05.2026",
            "2026-13-01",
            "2026-02-30",
            "+99999-01-01",
            "now",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
