//! Ticks on an axis of days.

use chrono::{Datelike, Months, NaiveDate};

/// How far apart the ticks are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TickSpacing {
    Days(i64),
    /// From the first day of a month.
    Months(u32),
}

/// Spans of days up to which these spacings serve: few enough ticks for a phone.
const SPACINGS: [(i64, TickSpacing); 8] = [
    (4, TickSpacing::Days(1)),
    (15, TickSpacing::Days(3)),
    (34, TickSpacing::Days(7)),
    (62, TickSpacing::Days(14)),
    (112, TickSpacing::Days(28)),
    (190, TickSpacing::Months(1)),
    (550, TickSpacing::Months(3)),
    (1_100, TickSpacing::Months(6)),
];

/// The spacing of ticks on an axis of so many days.
pub fn spacing(days: i64) -> TickSpacing {
    let fits = SPACINGS.into_iter().find(|(most, _)| days <= *most);
    fits.map_or_else(
        || TickSpacing::Months(12 * (days / 2_500 + 1) as u32),
        |(_, spacing)| spacing,
    )
}

/// The days that have ticks, from `first` to `last`. Ticks a whole number of weeks apart are on Mondays.
pub fn ticks(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let spacing = spacing((last - first).num_days());
    let next = |day: &NaiveDate| match spacing {
        TickSpacing::Days(days) => day.checked_add_signed(chrono::TimeDelta::days(days)),
        TickSpacing::Months(months) => day.checked_add_months(Months::new(months)),
    };
    let start = match spacing {
        TickSpacing::Days(days) if days % 7 == 0 => {
            let monday = i64::from((7 - first.weekday().num_days_from_monday()) % 7);
            first.checked_add_signed(chrono::TimeDelta::days(monday))
        }
        TickSpacing::Days(_) => Some(first),
        TickSpacing::Months(months) => first_of_month(first, months),
    };
    let days = std::iter::successors(start, next);
    days.take_while(|day| *day <= last).collect()
}

/// The first day at or after `day` that begins a month whose number fits the spacing: January and every so many after.
fn first_of_month(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    let begins = |day: &NaiveDate| day.day() == 1 && day.month0().is_multiple_of(months.min(12));
    day.iter_days().take(370).find(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn marks_between(first: &str, last: &str) -> Vec<String> {
        let ticks = ticks(day(first), day(last));
        ticks.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn marks_are_days_mondays_or_first_days_of_months() {
        assert_eq!(marks_between("2026-11-01", "2026-11-03").len(), 3);
        assert_eq!(
            marks_between("2026-10-25", "2026-11-23"),
            [
                "2026-10-26",
                "2026-11-02",
                "2026-11-09",
                "2026-11-16",
                "2026-11-23"
            ]
        );
        assert_eq!(
            marks_between("2025-11-24", "2026-11-23"),
            ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]
        );
        assert_eq!(marks_between("2020-02-01", "2026-11-23").len(), 6);
    }

    #[test]
    fn there_is_never_a_crowd_of_marks() {
        let first = day("2000-02-29");
        for days in (0..9_000).step_by(13) {
            let last = first + chrono::TimeDelta::days(days);
            assert!(ticks(first, last).len() <= 7, "{days}");
        }
    }
}
