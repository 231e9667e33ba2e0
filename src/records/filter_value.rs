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

/// What a filter is set to.
pub trait FilterValue: Sized {
    /// Reads what was typed, which is nothing for no filter; `None` if it can't be read.
    fn parse(typed: &str) -> Option<Self>;

    /// The value in the URL; `None` for no filter.
    fn to_param(&self) -> Option<String>;

    /// Its values, for the API reference.
    fn format() -> ValueFormat {
        ValueFormat::Text(None)
    }
}

/// A value of a filter that may be set to none.
pub trait FilterWord: Sized {
    /// Reads what was typed, which is not empty.
    fn from_param(typed: &str) -> Option<Self>;

    /// The value in the URL.
    fn to_param(&self) -> String;

    /// Its values, for the API reference.
    fn format() -> ValueFormat {
        ValueFormat::Text(None)
    }
}

/// Lets a list be filtered by a word.
macro_rules! word_filter {
    ($name:ident) => {
        impl $crate::records::filter_value::FilterWord for $name {
            fn from_param(typed: &str) -> Option<$name> {
                $name::from_word(typed)
            }

            fn to_param(&self) -> String {
                self.as_str().to_owned()
            }
        }
    };
}
pub(crate) use word_filter;

impl<T: FilterWord> FilterValue for Option<T> {
    fn parse(typed: &str) -> Option<Self> {
        match typed {
            "" => Some(None),
            typed => T::from_param(typed).map(Some),
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
    fn parse(typed: &str) -> Option<Self> {
        Some(Some(clean(typed)).filter(|text| !text.is_empty()))
    }

    fn to_param(&self) -> Option<String> {
        self.clone()
    }
}

/// On or off: `1` or `0`.
impl FilterValue for bool {
    fn parse(typed: &str) -> Option<Self> {
        match typed {
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
impl FilterWord for i64 {
    fn from_param(typed: &str) -> Option<i64> {
        parse_id(typed)
    }

    fn to_param(&self) -> String {
        self.to_string()
    }

    fn format() -> ValueFormat {
        ValueFormat::Id
    }
}

/// A day of the calendar, as `2026-11-28`.
impl FilterWord for NaiveDate {
    fn from_param(typed: &str) -> Option<NaiveDate> {
        let day = typed.trim().parse().ok()?;
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
impl FilterWord for Timestamp {
    fn from_param(typed: &str) -> Option<Timestamp> {
        let typed = typed.trim();
        let day = || Zone::UTC.start_of_day(NaiveDate::from_param(typed)?);
        let time = || NaiveDateTime::parse_from_str(typed, "%Y-%m-%d %H:%M:%S").ok();
        Timestamp::parse_rfc3339(typed)
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
impl FilterWord for Zone {
    fn from_param(typed: &str) -> Option<Zone> {
        Zone::parse(typed)
    }

    fn to_param(&self) -> String {
        self.name().to_owned()
    }

    fn format() -> ValueFormat {
        ValueFormat::Zone
    }
}

impl FilterWord for Currency {
    fn from_param(typed: &str) -> Option<Currency> {
        Currency::find(typed)
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
    fn parse(typed: &str) -> Option<Self> {
        let text = clean(typed).chars().take(MAX_SEARCH_CHARS).collect();
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
fn clean(typed: &str) -> String {
    typed.trim().replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_as_other_systems_write_it() {
        let at = |typed| Timestamp::from_param(typed).map(Timestamp::rfc3339);
        for typed in [
            "2026-02-28",
            "2026-02-28T00:00:00Z",
            "2026-02-28T02:00:00+02:00",
            " 2026-02-28 00:00:00 ",
        ] {
            assert_eq!(
                at(typed).as_deref(),
                Some("2026-02-28T00:00:00Z"),
                "{typed}"
            );
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
