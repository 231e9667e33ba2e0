//! A number of days, as targets and limits have it.

use std::fmt;

use serde::Serialize;

use crate::i18n::Message;

/// A whole number of days from 1 to 3,650.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Days(i32);

impl Days {
    /// Ten years: longer than any lead should wait.
    pub const MAX: i32 = 3_650;

    /// Parses a typed number of days.
    pub fn parse(typed: &str) -> Result<Days, Message> {
        let typed = typed.trim();
        let digits = typed.strip_prefix('-').unwrap_or(typed);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Message::new("status-days-whole"));
        }
        typed
            .parse()
            .ok()
            .and_then(Days::new)
            .ok_or_else(|| Message::new("status-days-range").with("max", i64::from(Days::MAX)))
    }

    /// Parses a number of days; `None` for an empty text.
    pub fn parse_optional(typed: &str) -> Result<Option<Days>, Message> {
        match typed.trim() {
            "" => Ok(None),
            _ => Days::parse(typed).map(Some),
        }
    }

    /// A number of days; nothing if it is out of range.
    pub fn new(days: i32) -> Option<Days> {
        (1..=Days::MAX).contains(&days).then_some(Days(days))
    }

    /// The number of days.
    pub fn get(self) -> i32 {
        self.0
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_and_between_1_and_3650() {
        assert_eq!(Days::parse(" 10 ").map(Days::get), Ok(10));
        assert_eq!(Days::parse("3650").map(Days::get), Ok(3_650));
        for bad in ["5.5", "1e3", "ten", "+5", "", "-", "5 days", "٥"] {
            assert_eq!(
                Days::parse(bad).unwrap_err().key,
                "status-days-whole",
                "{bad}"
            );
        }
        for bad in [
            "0",
            "-1",
            "3651",
            "99999999999999999999",
            "-99999999999999999999",
        ] {
            assert_eq!(
                Days::parse(bad).unwrap_err().key,
                "status-days-range",
                "{bad}"
            );
        }
    }
}
