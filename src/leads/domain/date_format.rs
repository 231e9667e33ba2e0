//! Formats of dates that could be read in two ways.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The order and the separator of dates that could be read in two ways; a date that begins with its year, or names its
/// month, needs none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct DateFormat {
    is_month_first: bool,
    separator: char,
}

impl DateFormat {
    /// All of them, the most common first.
    pub const ALL: [DateFormat; 6] = [
        DateFormat::new(false, '.'),
        DateFormat::new(false, '/'),
        DateFormat::new(true, '/'),
        DateFormat::new(false, '-'),
        DateFormat::new(true, '-'),
        DateFormat::new(true, '.'),
    ];

    const fn new(is_month_first: bool, separator: char) -> DateFormat {
        DateFormat {
            is_month_first,
            separator,
        }
    }

    /// The format in a text such as `day.month.year`, `dd/mm/yyyy` or `%m/%d/%Y`.
    pub fn parse(text: &str) -> Option<DateFormat> {
        let letters: String = text.trim().to_lowercase().replace('%', "");
        let separator = letters.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
        let parts: Vec<char> = letters
            .split(separator)
            .filter_map(|part| part.chars().next())
            .collect();
        let format = |is_month_first| Some(DateFormat::new(is_month_first, separator));
        match parts.as_slice() {
            ['d', 'm', 'y'] => format(false),
            ['m', 'd', 'y'] => format(true),
            _ => None,
        }
    }

    /// The day of a date in this format; nothing for another separator or an invalid day.
    pub fn day(self, numbers: &DateNumbers) -> Option<NaiveDate> {
        let (first, second) = (numbers.first, numbers.second);
        let (day, month) = match self.is_month_first {
            true => (second, first),
            false => (first, second),
        };
        let day = NaiveDate::from_ymd_opt(numbers.year, month, day);
        day.filter(|_| numbers.separator == self.separator)
    }
}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = self.separator;
        match self.is_month_first {
            true => write!(f, "month{separator}day{separator}year"),
            false => write!(f, "day{separator}month{separator}year"),
        }
    }
}

impl From<DateFormat> for String {
    fn from(format: DateFormat) -> String {
        format.to_string()
    }
}

impl TryFrom<String> for DateFormat {
    type Error = String;

    fn try_from(text: String) -> Result<DateFormat, String> {
        DateFormat::parse(&text).ok_or(text)
    }
}

/// A date of three numbers, of which the last is the year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DateNumbers {
    pub first: u32,
    pub second: u32,
    pub year: i32,
    pub separator: char,
}

/// A date as written, before its format is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellDate {
    Day(NaiveDate),
    Numbers(DateNumbers),
}
