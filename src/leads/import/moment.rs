use chrono::{DateTime, NaiveDate, NaiveTime};

use crate::clock::Timestamp;
use crate::i18n::Message;

/// The instant in a cell: RFC 3339, or a date, which means its first moment in UTC.
///
/// # Errors
/// The sentence to show: it is neither, in the future, or before 1970.
pub fn parse_moment(text: &str, now: Timestamp) -> Result<Timestamp, Message> {
    let text = text.trim();
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        // Two digits of a year, or one of a month, are not what was asked for.
        .filter(|_| text.len() == 10);
    let at: Timestamp = match day {
        Some(day) => day.and_time(NaiveTime::MIN).and_utc().into(),
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

/// An instant as files hold it, exactly: RFC 3339 in UTC, with a fraction where there is one.
pub fn exact(at: Timestamp) -> String {
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
        parse_moment(text, NOW).unwrap_err().key
    }

    #[test]
    fn a_date_is_its_first_moment_in_utc() {
        let first = parse_moment("2017-03-01", NOW).unwrap();
        assert_eq!(first.rfc3339(), "2017-03-01T00:00:00Z");
        let later = parse_moment(" 2017-03-01T02:00:00.5+02:00 ", NOW).unwrap();
        assert_eq!(later.0 - first.0, 500_000);
        assert_eq!(parse_moment(&exact(later), NOW), Ok(later));
        assert_eq!(exact(first), "2017-03-01T00:00:00Z");
    }

    #[test]
    fn what_is_no_moment_of_the_past_is_refused() {
        for bad in [
            "",
            "x",
            "17-3-1",
            "2017-13-01",
            "01/03/2017",
            "2017-03-01 10:00",
        ] {
            assert_eq!(key(bad), "lead-moment-unknown", "{bad}");
        }
        assert_eq!(key("2018-01-02"), "lead-moment-future");
        assert_eq!(key("1969-12-31"), "lead-moment-early");
        assert_eq!(parse_moment(&exact(NOW), NOW), Ok(NOW));
    }
}
