//! Time zones: the days and hours that people see and type. What is stored is UTC.

use std::str::FromStr;

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::{OffsetName, TZ_VARIANTS, Tz};
use serde::{Deserialize, Serialize};

use super::Timestamp;

/// A time zone of the IANA database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Tz);

/// Which of two instants an hour means that a clock change repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repetition {
    First,
    Second,
}

impl Repetition {
    /// The choice in a form; nothing if none was made.
    pub fn from_word(word: &str) -> Option<Repetition> {
        match word {
            "first" => Some(Repetition::First),
            "second" => Some(Repetition::Second),
            _ => None,
        }
    }
}

/// Why a text is not an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeError {
    Unreadable,
    /// A clock change skips this hour.
    Skipped,
    /// A clock change repeats this hour: it means two instants.
    Repeated,
}

impl Zone {
    pub const UTC: Zone = Zone(Tz::UTC);

    /// The zone with this name of the database, such as `Europe/Bucharest`.
    pub fn parse(name: &str) -> Option<Zone> {
        name.trim().parse().ok().map(Zone)
    }

    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The names to choose from: places, without the abbreviations and old names that the database keeps beside them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        const AREAS: &str =
            "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific";
        let is_place = |name: &&str| {
            let area = name.split_once('/').map_or("", |(area, _)| area);
            AREAS.split(' ').any(|known| known == area)
        };
        let names = TZ_VARIANTS.iter().map(|zone| zone.name());
        std::iter::once(Zone::UTC.name()).chain(names.filter(is_place))
    }

    /// An instant as the clocks of the zone show it.
    pub fn local(self, at: Timestamp) -> DateTime<Tz> {
        at.utc().with_timezone(&self.0)
    }

    /// The day an instant falls on.
    pub fn day(self, at: Timestamp) -> NaiveDate {
        self.local(at).date_naive()
    }

    /// The zone as clocks name it at an instant: `UTC`, `EEST`, `UTC+03`.
    pub fn abbreviation(self, at: Timestamp) -> String {
        let local = self.local(at);
        match local.offset().abbreviation() {
            Some(name) if !name.starts_with(['+', '-']) => name.to_owned(),
            _ => {
                let offset = local.format("%:z").to_string();
                format!("UTC{}", offset.trim_end_matches(":00"))
            }
        }
    }

    /// The first instant of a day. Where a clock change skips midnight, the day begins later; where one repeats it, the
    /// first counts.
    pub fn start_of_day(self, day: NaiveDate) -> Option<Timestamp> {
        let midnight = day.and_hms_opt(0, 0, 0)?;
        // Clocks change by quarters of an hour, once by a day.
        let mut quarters = (0..=96).map(|quarter| midnight + TimeDelta::minutes(15 * quarter));
        let begin = quarters.find_map(|local| self.0.from_local_datetime(&local).earliest())?;
        let begin = Timestamp::from(begin.to_utc());
        begin.is_in_calendar().then_some(begin)
    }

    /// The first instant after a day.
    pub fn end_of_day(self, day: NaiveDate) -> Option<Timestamp> {
        self.start_of_day(day.checked_add_days(Days::new(1))?)
    }

    /// Parses a text that was typed: RFC 3339, or a day and a time as the clocks of the zone show it, or a day alone, which
    /// means its first moment. `repetition` says which instant an hour means that a clock change repeats.
    ///
    /// # Errors
    /// Returns [`TimeError`] for a text that is none of these, and for hours that a clock change skips or repeats.
    pub fn read(self, typed: &str, repetition: Option<Repetition>) -> Result<Timestamp, TimeError> {
        let typed = typed.trim();
        let local = local_time(typed);
        let read = match (NaiveDate::parse_from_str(typed, "%Y-%m-%d"), local) {
            (Ok(day), _) => self.start_of_day(day),
            (_, Some(local)) => Some(self.instant(local, repetition)?),
            (..) => Timestamp::parse_rfc3339(typed),
        };
        let read = read.filter(|at| at.is_in_calendar());
        read.ok_or(TimeError::Unreadable)
    }

    /// The instant at which the clocks of the zone show this time.
    ///
    /// # Errors
    /// Returns [`TimeError`] for an hour that a clock change skips, or repeats without `repetition`.
    pub fn instant(
        self,
        local: NaiveDateTime,
        repetition: Option<Repetition>,
    ) -> Result<Timestamp, TimeError> {
        let instant = |local: DateTime<Tz>| Timestamp::from(local.to_utc());
        match (self.0.from_local_datetime(&local), repetition) {
            (LocalResult::Single(only), _) => Ok(instant(only)),
            (LocalResult::Ambiguous(first, _), Some(Repetition::First)) => Ok(instant(first)),
            (LocalResult::Ambiguous(_, second), Some(Repetition::Second)) => Ok(instant(second)),
            (LocalResult::Ambiguous(..), None) => Err(TimeError::Repeated),
            (LocalResult::None, _) => Err(TimeError::Skipped),
        }
    }
}

/// A day and a time without an offset.
fn local_time(typed: &str) -> Option<NaiveDateTime> {
    let forms = [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M:%S",
    ];
    let mut read = forms
        .iter()
        .filter_map(|form| NaiveDateTime::parse_from_str(typed, form).ok());
    read.next()
}

impl Default for Zone {
    fn default() -> Zone {
        Zone::UTC
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.name().to_owned()
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Zone, String> {
        name.parse()
    }
}

impl FromStr for Zone {
    type Err = String;

    fn from_str(name: &str) -> Result<Zone, String> {
        Zone::parse(name)
            .ok_or_else(|| format!("{name} is no time zone; Europe/Bucharest and UTC are"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::parse(name).unwrap()
    }

    fn start(name: &str, day: &str) -> String {
        let start = zone(name).start_of_day(day.parse().unwrap());
        start.unwrap().rfc3339()
    }

    #[test]
    fn a_day_begins_when_the_clocks_of_the_zone_begin_it() {
        assert_eq!(start("UTC", "2026-12-01"), "2026-12-01T00:00:00Z");
        assert_eq!(
            start("Europe/Bucharest", "2026-12-01"),
            "2026-11-30T22:00:00Z"
        );
        assert_eq!(
            start("America/New_York", "2026-07-01"),
            "2026-07-01T04:00:00Z"
        );
    }

    #[test]
    fn a_day_without_midnight_begins_later_and_one_with_two_begins_at_the_first() {
        // Beirut goes from 00:00 to 01:00, Havana from 01:00 back to 00:00.
        assert_eq!(start("Asia/Beirut", "2026-03-29"), "2026-03-28T22:00:00Z");
        assert_eq!(
            start("America/Havana", "2026-11-01"),
            "2026-11-01T04:00:00Z"
        );
        // Samoa left this day out.
        assert_eq!(
            start("Pacific/Apia", "2011-12-30"),
            start("Pacific/Apia", "2011-12-31")
        );
    }

    #[test]
    fn days_to_come_begin_at_quarters_of_an_hour_everywhere() {
        for name in Zone::names() {
            let mut day: NaiveDate = "2026-01-01".parse().unwrap();
            while day < "2038-01-01".parse().unwrap() {
                let begin = zone(name).start_of_day(day).unwrap();
                assert_eq!(begin.0 % crate::clock::QUARTER, 0, "{name} {day}");
                day = day + Days::new(13);
            }
        }
    }

    #[test]
    fn an_hour_that_is_skipped_is_refused_and_one_that_is_repeated_is_asked() {
        let read = |typed, repetition| {
            let read = zone("Europe/Bucharest").read(typed, repetition);
            read.map(Timestamp::rfc3339)
        };
        assert_eq!(read("2026-03-29T03:30", None), Err(TimeError::Skipped));
        assert_eq!(read("2026-10-25T03:30", None), Err(TimeError::Repeated));
        let (first, second) = (Some(Repetition::First), Some(Repetition::Second));
        assert_eq!(
            read("2026-10-25T03:30", first).unwrap(),
            "2026-10-25T00:30:00Z"
        );
        assert_eq!(
            read("2026-10-25T03:30", second).unwrap(),
            "2026-10-25T01:30:00Z"
        );
        let with_offset = read("2026-10-25T03:30:00+02:00", None);
        assert_eq!(with_offset.unwrap(), "2026-10-25T01:30:00Z");
        assert_eq!(read("2026-10-25", None).unwrap(), "2026-10-24T21:00:00Z");
        assert_eq!(read("tomorrow", None), Err(TimeError::Unreadable));
    }

    #[test]
    fn a_zone_is_named_as_its_clocks_are() {
        let at = Timestamp::parse_rfc3339("2026-07-01T00:00:00Z").unwrap();
        assert_eq!(zone("Europe/Bucharest").abbreviation(at), "EEST");
        assert_eq!(zone("Asia/Dubai").abbreviation(at), "UTC+04");
        assert_eq!(zone("Asia/Kathmandu").abbreviation(at), "UTC+05:45");
        assert!(Zone::names().any(|name| name == "Europe/Bucharest"));
        assert!(Zone::parse("Mars/Olympus").is_none());
    }
}
