//! Dates and times as people and programs write them in the cells of files.

use crate::clock::{Repetition, Timestamp, Zone};
use crate::i18n::{Message, fold};
use crate::leads::domain::date_format::{CellDate, DateFormat, DateNumbers};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

/// The instant in a cell: RFC 3339, a date with its year first or its month in letters, or one in this format, with or
/// without a time; without an offset it is what the clocks of the zone show. A date alone means its first instant.
///
/// # Errors
/// The message to show if it is none, could mean two days, is in the future, or before 1970.
pub fn parse_date(
    text: &str,
    format: Option<DateFormat>,
    zone: Zone,
    now: Timestamp,
) -> Result<Timestamp, Message> {
    let unknown = || Message::new("lead-moment-unknown");
    let text = text.trim();
    let at = match DateTime::parse_from_rfc3339(text) {
        Ok(at) => at.to_utc().into(),
        Err(_) => {
            let (day, time) = split(text).ok_or_else(unknown)?;
            let day = match (day, format) {
                (CellDate::Day(day), _) => day,
                (CellDate::Numbers(numbers), Some(format)) => {
                    let message = || {
                        Message::new("lead-moment-other-format").with("format", format.to_string())
                    };
                    format.day(&numbers).ok_or_else(message)?
                }
                (CellDate::Numbers(numbers), None) => return Err(two_readings(&numbers)),
            };
            instant(day, time, zone).ok_or_else(unknown)?
        }
    };
    if at > now {
        Err(Message::new("lead-moment-future"))
    } else if at.0 < 0 {
        Err(Message::new("lead-moment-early"))
    } else {
        Ok(at)
    }
}

/// The message for a date without a chosen format, with the days that it could mean.
fn two_readings(numbers: &DateNumbers) -> Message {
    let mut days: Vec<String> = DateFormat::ALL
        .iter()
        .filter_map(|format| format.day(numbers))
        .map(|day| day.to_string())
        .collect();
    days.dedup();
    match days.as_slice() {
        [] => Message::new("lead-moment-unknown"),
        [day] => Message::new("lead-moment-format").with("day", day.as_str()),
        [first, second, ..] => Message::new("lead-moment-ambiguous")
            .with("first", first.as_str())
            .with("second", second.as_str()),
    }
}

/// A time of day, with the seconds that its offset is east of UTC.
type CellTime = (NaiveTime, Option<i32>);

/// The date and the time of a text.
pub fn split(text: &str) -> Option<(CellDate, CellTime)> {
    let text = text.trim();
    let midnight = (NaiveTime::MIN, None);
    if let Some((day, rest)) = numeric_day(text) {
        return Some((day, time_of(rest)?));
    }
    let (day, rest) = named_day(text)?;
    Some((
        day,
        if rest.is_empty() {
            midnight
        } else {
            time_of(&rest)?
        },
    ))
}

/// A date of three numbers at the start of a text, and what follows.
fn numeric_day(text: &str) -> Option<(CellDate, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '/' | '-'));
    let (date, rest) = text.split_at(end.unwrap_or(text.len()));
    let date = date.trim_end_matches('.');
    let separator = date.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = date.split(separator).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let number = |part: &str, most: usize| {
        let is_number =
            (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse::<u32>().ok())?
    };
    let day = match first.len() {
        4 => {
            let (month, day) = (number(second, 2)?, number(third, 2)?);
            let year = number(first, 4)? as i32;
            CellDate::Day(NaiveDate::from_ymd_opt(year, month, day)?)
        }
        _ => CellDate::Numbers(DateNumbers {
            first: number(first, 2)?,
            second: number(second, 2)?,
            year: year_of(third)?,
            separator,
        }),
    };
    Some((day, rest))
}

/// A year of four digits, or of two: 00 to 69 are after 2000, 70 to 99 before.
fn year_of(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year < 70 => Some(2_000 + year),
        2 => Some(1_900 + year),
        _ => None,
    }
}

/// The first letters of the months in English, Romanian and German, folded.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ian"],
    &["feb"],
    &["mar", "mrz", "maerz"],
    &["apr"],
    &["may", "mai"],
    &["jun", "iun"],
    &["jul", "iul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["nov", "noi"],
    &["dec", "dez"],
];

/// A date whose month is a word, such as `15 Apr, 2021` or `Thu, April 15th 2021`, and what follows it.
fn named_day(text: &str) -> Option<(CellDate, String)> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/');
    let (mut month, mut day, mut year, mut offset) = (None, None, None, 0);
    while month.is_none() || day.is_none() || year.is_none() {
        let rest = &text[offset..];
        let start = offset + rest.find(|c| !is_gap(c))?;
        let end = text[start..]
            .find(is_gap)
            .map_or(text.len(), |end| start + end);
        let word = &text[start..end];
        let digits = word.trim_end_matches(char::is_alphabetic);
        match (digits.parse::<u32>(), digits.len()) {
            (Ok(_), 4) if year.is_none() => year = year_of(digits),
            (Ok(number), 1 | 2) if day.is_none() => day = Some(number),
            (Ok(_), 2) if year.is_none() => year = year_of(digits),
            (Ok(_), _) => return None,
            (Err(_), _) => {
                let folded = fold(word);
                let is_month = |names: &&[&str]| names.iter().any(|name| folded.starts_with(name));
                let index = MONTHS.iter().position(is_month);
                // The Romanian Tuesday begins like March.
                let index = index.filter(|_| word.len() > 2 && folded != "marti");
                if month.is_some() && index.is_some() {
                    return None;
                }
                month = month.or(index);
            }
        }
        offset = end;
    }
    let day = NaiveDate::from_ymd_opt(year?, month? as u32 + 1, day?)?;
    Some((CellDate::Day(day), text[offset..].to_owned()))
}

/// The time in what follows a date, midnight if nothing does: `T14:05`, ` 2:05 PM`, `, 14:05:11.5 +0200`.
fn time_of(rest: &str) -> Option<CellTime> {
    let text = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | 'T' | 't'));
    let text = text.trim_end();
    if text.is_empty() {
        return Some((NaiveTime::MIN, None));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'));
    let (clock, after) = text.split_at(end.unwrap_or(text.len()));
    let formats = ["%H:%M:%S%.f", "%H:%M"];
    let mut times = formats
        .iter()
        .filter_map(|form| NaiveTime::parse_from_str(clock, form).ok());
    let time = times.next()?;
    let after = after.trim();
    let (half, after) = half_of_day(after);
    let time = match half {
        None => time,
        Some(is_afternoon) => twelve_hours(time, is_afternoon)?,
    };
    Some((time, offset_of(after)?))
}

/// True for afternoon, and what follows; nothing for a clock of 24 hours.
fn half_of_day(after: &str) -> (Option<bool>, &str) {
    let lower = after.to_ascii_lowercase();
    for (word, is_afternoon) in [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)] {
        if lower.starts_with(word) {
            return (Some(is_afternoon), after[word.len()..].trim());
        }
    }
    (None, after)
}

fn twelve_hours(time: NaiveTime, is_afternoon: bool) -> Option<NaiveTime> {
    use chrono::Timelike;
    let hour = time.hour();
    if !(1..=12).contains(&hour) {
        return None;
    }
    time.with_hour(hour % 12 + if is_afternoon { 12 } else { 0 })
}

/// The seconds of an offset such as `Z`, `UTC`, `+0200`, `+02:00`; `Some(None)` without one.
fn offset_of(text: &str) -> Option<Option<i32>> {
    let bare = text.trim_start_matches("UTC").trim_start_matches("GMT");
    match (text, bare) {
        ("", _) => return Some(None),
        ("Z" | "z", _) | (_, "") => return Some(Some(0)),
        _ => {}
    }
    let sign = match bare.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits = bare[1..].replace(':', "");
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes) = match digits.len() {
        1 | 2 if is_number => (digits.parse::<i32>().ok()?, 0),
        4 if is_number => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(Some(sign * (hours * 3_600 + minutes * 60)))
}

/// The instant of a day and a time. Of an hour that a clock change repeats the first is meant, and one that it skips is
/// read by the clock before the change.
fn instant(day: NaiveDate, (time, offset): CellTime, zone: Zone) -> Option<Timestamp> {
    let local = day.and_time(time);
    if let Some(offset) = offset {
        let utc = local.checked_sub_signed(chrono::TimeDelta::seconds(offset.into()))?;
        return Some(utc.and_utc().into());
    }
    if time == NaiveTime::MIN {
        return zone.start_of_day(day);
    }
    let read = |local: NaiveDateTime| zone.instant(local, Some(Repetition::First)).ok();
    let later = || read(local.checked_add_signed(chrono::TimeDelta::hours(1))?);
    read(local).or_else(later)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_900_000_000_000_000);

    fn read(text: &str, format: &str) -> Result<String, &'static str> {
        let format = DateFormat::parse(format);
        let at = parse_date(text, format, Zone::UTC, NOW);
        at.map(|at| at.rfc3339()).map_err(|message| message.key)
    }

    #[test]
    fn a_date_that_can_mean_one_day_needs_no_format() {
        for (text, expected) in [
            ("2025-12-31 14:05:00", "2025-12-31T14:05:00Z"),
            ("2025-12-31T14:05", "2025-12-31T14:05:00Z"),
            ("2025/12/31", "2025-12-31T00:00:00Z"),
            ("2025.1.2", "2025-01-02T00:00:00Z"),
            ("15 Apr, 2021 00:03:00", "2021-04-15T00:03:00Z"),
            ("15-Apr-2021", "2021-04-15T00:00:00Z"),
            ("Apr 15, 2021, 2:05 PM", "2021-04-15T14:05:00Z"),
            ("Thu, 15 Apr 2021 12:00:00 +0200", "2021-04-15T10:00:00Z"),
            ("15. März 2021", "2021-03-15T00:00:00Z"),
            ("3 noiembrie 2021", "2021-11-03T00:00:00Z"),
            ("2025-12-31T14:05:00+0200", "2025-12-31T12:05:00Z"),
            ("2025-12-31 14:05:00.123 UTC", "2025-12-31T14:05:00Z"),
            ("2025-12-31 12:05 AM", "2025-12-31T00:05:00Z"),
        ] {
            assert_eq!(read(text, "").as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_date_of_numbers_needs_the_format_of_its_column() {
        for (text, format, expected) in [
            ("31.12.2025", "day.month.year", "2025-12-31T00:00:00Z"),
            ("31.12.2025 14:05", "DD.MM.YYYY", "2025-12-31T14:05:00Z"),
            ("31/12/2025 14:05:11", "%d/%m/%Y", "2025-12-31T14:05:11Z"),
            ("12/31/25 3:00 pm", "mm/dd/yyyy", "2025-12-31T15:00:00Z"),
            ("1-2-2025", "day-month-year", "2025-02-01T00:00:00Z"),
        ] {
            assert_eq!(read(text, format).as_deref(), Ok(expected), "{text}");
        }
        for (text, format, key) in [
            ("31.12.2025", "", "lead-moment-format"),
            ("1/2/2025", "", "lead-moment-ambiguous"),
            ("31/12/2025", "day.month.year", "lead-moment-other-format"),
            ("31.13.2025", "day.month.year", "lead-moment-other-format"),
            ("31.31.2025", "", "lead-moment-unknown"),
            ("soon", "day.month.year", "lead-moment-unknown"),
            ("2025-12-31 25:00", "", "lead-moment-unknown"),
            ("2025-12-31 or so", "", "lead-moment-unknown"),
            ("", "", "lead-moment-unknown"),
            ("17-3-1", "", "lead-moment-unknown"),
        ] {
            assert_eq!(read(text, format), Err(key), "{text}");
        }
    }

    #[test]
    fn a_time_without_an_offset_is_that_of_the_zone() {
        let zone = Zone::parse("Europe/Bucharest").unwrap();
        let read = |text: &str| parse_date(text, None, zone, NOW).unwrap().rfc3339();
        assert_eq!(read("2025-01-05 10:00:00"), "2025-01-05T08:00:00Z");
        assert_eq!(read("2025-07-05"), "2025-07-04T21:00:00Z");
        assert_eq!(read("2025-01-05T10:00:00Z"), "2025-01-05T10:00:00Z");
        assert_eq!(read("2025-03-30 03:30"), "2025-03-30T01:30:00Z");
    }
}
