//! The types of the values of filters: how each is read, written and described.

use chrono::{NaiveDate, NaiveDateTime};

use crate::clock::{Timestamp, Zone};
use crate::money::Currency;
use crate::records::fields::parse_id;

/// The values that a filter takes, as the API reference describes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueFormat {
    /// A text, of at most so many characters.
    Text(Option<usize>),
    Id,
    /// One of these words.
    Words(Vec<&'static str>),
    /// A regular expression.
    Pattern(&'static str),
    /// A day of the calendar.
    Day,
    /// An instant, or a day, which means its first instant in UTC.
    Instant,
    /// The time zone of the days.
    Zone,
}

/// The value of a filter.
pub trait FilterValue: Sized {
    /// Parses a text, which is empty for no filter; returns `None` if it can't be read.
    fn parse(text: &str) -> Option<Self>;

    /// The value in the URL; `None` for no filter.
    fn to_param(&self) -> Option<String>;

    /// The format of its values, for the API reference.
    fn format() -> ValueFormat {
        ValueFormat::Text(None)
    }
}

/// A value of a filter that may be set to none.
pub trait FilterParam: Sized {
    /// Parses a text, which is not empty; returns `None` if it can't be read.
    fn from_param(text: &str) -> Option<Self>;

    /// The value in the URL.
    fn to_param(&self) -> String;

    /// The format of its values, for the API reference.
    fn format() -> ValueFormat {
        ValueFormat::Text(None)
    }
}

/// Lets a list be filtered by a word.
macro_rules! word_filter {
    ($name:ident) => {
        impl $crate::records::filter_value::FilterParam for $name {
            fn from_param(text: &str) -> Option<$name> {
                $name::from_word(text)
            }

            fn to_param(&self) -> String {
                self.as_str().to_owned()
            }
        }
    };
}
pub(crate) use word_filter;

impl<T: FilterParam> FilterValue for Option<T> {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "" => Some(None),
            text => T::from_param(text).map(Some),
        }
    }

    fn to_param(&self) -> Option<String> {
        self.as_ref().map(T::to_param)
    }

    fn format() -> ValueFormat {
        T::format()
    }
}

/// Exactly this text.
impl FilterValue for Option<String> {
    fn parse(text: &str) -> Option<Self> {
        Some(Some(clean(text)).filter(|text| !text.is_empty()))
    }

    fn to_param(&self) -> Option<String> {
        self.clone()
    }
}

/// On or off: `1` or `0`.
impl FilterValue for bool {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "1" => Some(true),
            "0" | "" => Some(false),
            _ => None,
        }
    }

    fn to_param(&self) -> Option<String> {
        self.then(|| "1".to_owned())
    }

    fn format() -> ValueFormat {
        ValueFormat::Pattern("^[01]$")
    }
}

/// An id.
impl FilterParam for i64 {
    fn from_param(text: &str) -> Option<i64> {
        parse_id(text)
    }

    fn to_param(&self) -> String {
        self.to_string()
    }

    fn format() -> ValueFormat {
        ValueFormat::Id
    }
}

/// A day of the calendar, as `2026-11-28`.
impl FilterParam for NaiveDate {
    fn from_param(text: &str) -> Option<NaiveDate> {
        let day = text.trim().parse().ok()?;
        Zone::UTC.start_of_day(day).map(|_| day)
    }

    fn to_param(&self) -> String {
        self.to_string()
    }

    fn format() -> ValueFormat {
        ValueFormat::Day
    }
}

/// An instant: RFC 3339, `2026-11-28 09:30:00` in UTC, or a day, which means its first instant in UTC.
impl FilterParam for Timestamp {
    fn from_param(text: &str) -> Option<Timestamp> {
        let text = text.trim();
        let day = || Zone::UTC.start_of_day(NaiveDate::from_param(text)?);
        let time = || NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok();
        Timestamp::parse_rfc3339(text)
            .or_else(day)
            .or_else(|| Some(time()?.and_utc().into()))
            .filter(|at| at.is_in_calendar())
    }

    fn to_param(&self) -> String {
        self.rfc3339()
    }

    fn format() -> ValueFormat {
        ValueFormat::Instant
    }
}

/// The name of a time zone, as `Europe/Bucharest`.
impl FilterParam for Zone {
    fn from_param(text: &str) -> Option<Zone> {
        Zone::parse(text)
    }

    fn to_param(&self) -> String {
        self.name().to_owned()
    }

    fn format() -> ValueFormat {
        ValueFormat::Zone
    }
}

impl FilterParam for Currency {
    fn from_param(text: &str) -> Option<Currency> {
        Currency::find(text)
    }

    fn to_param(&self) -> String {
        self.code().to_owned()
    }

    fn format() -> ValueFormat {
        ValueFormat::Pattern("^[A-Z]{3}$")
    }
}

/// The most characters of a search; the rest is ignored.
const MAX_SEARCH_CHARS: usize = 100;

/// The words of a search; empty for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchText(String);

impl std::ops::Deref for SearchText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl FilterValue for SearchText {
    fn parse(text: &str) -> Option<Self> {
        let text = clean(text).chars().take(MAX_SEARCH_CHARS).collect();
        Some(SearchText(text))
    }

    fn to_param(&self) -> Option<String> {
        Some(self.0.clone()).filter(|text| !text.is_empty())
    }

    fn format() -> ValueFormat {
        ValueFormat::Text(Some(MAX_SEARCH_CHARS))
    }
}

/// No page and no database here holds the NUL character.
fn clean(text: &str) -> String {
    text.trim().replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_as_other_systems_write_it() {
        let at = |text| Timestamp::from_param(text).map(Timestamp::rfc3339);
        for text in [
            "2026-02-28",
            "2026-02-28T00:00:00Z",
            "2026-02-28T02:00:00+02:00",
            " 2026-02-28 00:00:00 ",
        ] {
            assert_eq!(at(text).as_deref(), Some("2026-02-28T00:00:00Z"), "{text}");
        }
        for bad in ["", "28.02.2026", "2026-02-30", "2026-02-28 25:00:00", "9"] {
            assert_eq!(at(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        let day = NaiveDate::from_param;
        assert!(day("2026-02-28").is_some() && day(" 2024-02-29 ").is_some());
        for bad in ["", "1.1.2026", "2026-02-30", "-9999-01-01", "+12026-01-01"] {
            assert_eq!(day(bad), None, "{bad}");
        }
    }
}
