//! Dates and times in each language.

use chrono::{Datelike, NaiveDate, Timelike};

use super::catalogue::Lang;
use super::digits::group;
use crate::clock::{Timestamp, Zone};

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8",
    "month-9", "month-10", "month-11", "month-12",
];

/// Hours and minutes.
fn time(at: Timestamp, zone: Zone) -> String {
    let local = zone.local(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

impl Lang {
    /// A whole number with the language's thousands separator.
    pub fn number(self, number: impl Into<i64>) -> String {
        group(number.into(), if self == Lang::En { ',' } else { '.' })
    }

    /// A number with one decimal, which is left out if it is zero: `3.5`, `3,5`, `3`.
    pub fn tenths(self, number: f64) -> String {
        let tenths = (number * 10.0).round() as i64;
        let point = if self == Lang::En { '.' } else { ',' };
        match tenths % 10 {
            0 => self.number(tenths / 10),
            rest => format!("{}{point}{}", self.number(tenths / 10), rest.abs()),
        }
    }

    /// A day: `12 Nov 2026`, `12 nov. 2026`.
    pub fn date(self, day: NaiveDate) -> String {
        format!("{} {} {}", day.day(), self.month(day), day.year())
    }

    /// A day without its year: `12 Nov`, `12 nov.`
    pub fn day_of_month(self, day: NaiveDate) -> String {
        format!("{} {}", day.day(), self.month(day))
    }

    /// The month of a day: `Nov`, `nov.`
    pub fn month(self, day: NaiveDate) -> &'static str {
        let key = MONTHS.get(day.month0() as usize);
        key.map_or("", |key| self.t(key))
    }

    /// A day with its time and the zone of that: `12 Nov 2026, 09:14 UTC`.
    pub fn datetime(self, at: Timestamp, zone: Zone) -> String {
        let local = zone.local(at);
        format!(
            "{} {} {}, {:02}:{:02} {}",
            local.day(),
            self.month(local.date_naive()),
            local.year(),
            local.hour(),
            local.minute(),
            zone.abbreviation(at)
        )
    }

    /// How a list shows when something happened: `2 min ago`, `Today 09:14`, `Yesterday`, `12 Nov 2026`.
    pub fn ago(self, at: Timestamp, now: Timestamp, zone: Zone) -> String {
        let seconds = now.seconds_since(at);
        let day = zone.day(at);
        let days = (zone.day(now) - day).num_days();
        match (seconds, days) {
            (..0, _) => self.date(day),
            (0..60, _) => self.t("moment-now").to_owned(),
            (60..3600, _) => self.tn("moment-minutes", seconds / 60),
            (_, 0) => self
                .format("moment-today", &[("time", time(at, zone).into())])
                .into_owned(),
            (_, 1) => self.t("moment-yesterday").to_owned(),
            _ => self.date(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;

    #[test]
    fn a_moment_reads_as_people_say_it() {
        let now = Timestamp(1_795_424_400_000_000); // 2026-11-23 09:00 UTC
        let ago = |seconds: i64| Lang::En.ago(now.plus_seconds(-seconds), now, Zone::UTC);
        assert_eq!(ago(5), "Just now");
        assert_eq!(ago(120), "2 min ago");
        assert_eq!(ago(2 * 3600), "Today 07:00");
        assert_eq!(ago(10 * 3600), "Yesterday");
        assert_eq!(
            Lang::Ro.ago(Timestamp(now.0 - 11 * DAY), now, Zone::UTC),
            "12 nov. 2026"
        );
    }

    #[test]
    fn today_and_yesterday_are_days_of_the_zone() {
        let now = Timestamp(1_795_472_100_000_000); // 2026-11-23 22:15 UTC
        let bucharest = Zone::parse("Europe/Bucharest").unwrap();
        let at = now.plus_seconds(-3600);
        assert_eq!(Lang::En.ago(at, now, Zone::UTC), "Today 21:15");
        assert_eq!(Lang::En.ago(at, now, bucharest), "Yesterday");
        assert_eq!(Lang::En.datetime(now, bucharest), "24 Nov 2026, 00:15 EET");
    }

    #[test]
    fn thousands_are_separated_as_the_language_does() {
        assert_eq!(Lang::En.number(1_234_567i64), "1,234,567");
        assert_eq!(Lang::Ro.number(-1_234i64), "-1.234");
        assert_eq!(Lang::En.tenths(3.54), "3.5");
        assert_eq!(Lang::Ro.tenths(1_234.96), "1.235");
        assert_eq!(Lang::Ro.tenths(2.25), "2,3");
    }
}
