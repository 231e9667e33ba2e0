//! Instants in the cells of files: parsing and formatting.

use chrono::{DateTime, NaiveDate, NaiveTime};

use crate::clock::Timestamp;
use crate::i18n::Message;

/// The instant in a cell: RFC 3339, or a date, which means its first instant in UTC.
///
/// # Errors
/// The message to show if it is neither, in the future, or before 1970.
pub fn parse_instant(text: &str, now: Timestamp) -> Result<Timestamp, Message> {
    let text = text.trim();
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        // Chrono also accepts shorter years and months.
        .filter(|_| text.len() == 10);
    let at: Timestamp = match date {
        Some(date) => date.and_time(NaiveTime::MIN).and_utc().into(),
        None => DateTime::parse_from_rfc3339(text)
            .map_err(|_| Message::new("lead-moment-unknown"))?
            .to_utc()
            .into(),
    };
    if at > now {
        Err(Message::new("lead-moment-future"))
    } else if at.0 < 0 {
        Err(Message::new("lead-moment-early"))
    } else {
        Ok(at)
    }
}

/// An instant as files write it: RFC 3339 in UTC, with a fraction of a second if there is one.
pub fn format_instant(at: Timestamp) -> String {
    let text = at.rfc3339();
    match at.0.rem_euclid(1_000_000) {
        0 => text,
        micros => format!("{}.{micros:06}Z", text.trim_end_matches('Z')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_514_808_000_000_000);

    fn key(text: &str) -> &'static str {
        parse_instant(text, NOW).unwrap_err().key
    }

    #[test]
    fn a_date_means_its_first_instant_in_utc() {
        let first = parse_instant("2017-03-01", NOW).unwrap();
        assert_eq!(first.rfc3339(), "2017-03-01T00:00:00Z");
        let later = parse_instant(" 2017-03-01T02:00:00.5+02:00 ", NOW).unwrap();
        assert_eq!(later.0 - first.0, 500_000);
        assert_eq!(parse_instant(&format_instant(later), NOW), Ok(later));
        assert_eq!(format_instant(first), "2017-03-01T00:00:00Z");
    }

    #[test]
    fn text_that_is_no_past_instant_is_refused() {
        for text in [
            "",
            "x",
            "17-3-1",
            "2017-13-01",
            "01/03/2017",
            "2017-03-01 10:00",
        ] {
            assert_eq!(key(text), "lead-moment-unknown", "{text}");
        }
        assert_eq!(key("2018-01-02"), "lead-moment-future");
        assert_eq!(key("1969-12-31"), "lead-moment-early");
        assert_eq!(parse_instant(&format_instant(NOW), NOW), Ok(NOW));
    }
}
