//! The formats of numbers, by which dates and times are recognised.

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::files::workbook::messages::not_a_workbook;
use crate::files::workbook::xml::{Xml, attribute};
use crate::i18n::Message;

/// The most formats that cells may have; spreadsheets write some 65,000 at most.
const MAX_FORMATS: usize = 1 << 17;

/// The formats of numbers, by their index.
#[derive(Debug, Default)]
pub struct Formats {
    formats: Vec<NumberFormat>,
}

/// How a number is shown, where the text of the cell differs from the number.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum NumberFormat {
    #[default]
    Plain,
    /// As a date or a time.
    Date,
    Percent,
    /// With a digit for each 0, and anything else as it is: telephone numbers and postcodes.
    Digits(String),
    /// With this sign of a currency.
    Money(String),
}

impl NumberFormat {
    /// The format of a code.
    fn of_code(code: &str) -> NumberFormat {
        if shows_a_date(code) {
            return NumberFormat::Date;
        }
        let section = code.split(';').next().unwrap_or_default();
        let unquoted = section.replace(['\\', '"'], "");
        let is_digit_pattern = |c: char| matches!(c, '0' | ' ' | '-' | '(' | ')' | '/' | '+');
        if unquoted.matches('0').count() > 1 && unquoted.chars().all(is_digit_pattern) {
            return NumberFormat::Digits(unquoted);
        }
        if unquoted.ends_with('%') {
            return NumberFormat::Percent;
        }
        currency_sign(section).map_or(NumberFormat::Plain, NumberFormat::Money)
    }

    /// The text of a number: fifteen digits, as spreadsheets show them.
    pub fn text(&self, number: f64) -> String {
        let plain = |number: f64| {
            let rounded = format!("{number:.14e}").parse().unwrap_or(number);
            f64::to_string(&rounded)
        };
        match self {
            NumberFormat::Percent => format!("{}%", plain(number * 100.0)),
            NumberFormat::Digits(pattern) => {
                padded(pattern, number).unwrap_or_else(|| plain(number))
            }
            NumberFormat::Money(sign) => format!("{} {sign}", plain(number)),
            NumberFormat::Plain | NumberFormat::Date => plain(number),
        }
    }
}

/// The digits of a whole number in place of the zeros of a pattern; `None` for other numbers.
fn padded(pattern: &str, number: f64) -> Option<String> {
    let is_whole = (0.0..1e15).contains(&number) && number.fract() == 0.0;
    let mut digits = is_whole.then(|| (number as u64).to_string())?;
    let mut text = String::new();
    for c in pattern.chars().rev() {
        match c {
            '0' => text.push(digits.pop().unwrap_or('0')),
            other => text.push(other),
        }
    }
    text.extend(digits.chars().rev());
    Some(text.chars().rev().collect())
}

/// The sign of a currency in a format: `[$€-407]`, `"lei"`, `$`.
fn currency_sign(section: &str) -> Option<String> {
    if let Some((_, code)) = section.split_once("[$") {
        let sign = code.split(['-', ']']).next().unwrap_or_default();
        return (!sign.is_empty()).then(|| sign.to_owned());
    }
    let has_digits = section.contains(['0', '#']);
    let sign = section.chars().find(|c| matches!(c, '$' | '€' | '£'));
    if let Some(sign) = sign.filter(|_| has_digits) {
        return Some(sign.to_string());
    }
    let quoted = section.split('"').nth(1).map(str::trim)?;
    let is_word = (2..=3).contains(&quoted.chars().count());
    let is_known = ["lei", "ron", "eur", "usd", "gbp", "chf", "zł", "kč", "ft"]
        .contains(&quoted.to_lowercase().as_str());
    (has_digits && is_word && is_known).then(|| quoted.to_owned())
}

impl Formats {
    /// Reads the formats from the styles of a workbook.
    ///
    /// # Errors
    /// Returns the errors of [`Xml::next`], and one for too many formats.
    pub fn read(mut xml: Xml) -> Result<Formats, Message> {
        let (mut custom, mut formats) = (HashMap::<u32, _>::new(), Formats::default());
        let (mut is_custom, mut is_in_cell_formats) = (false, false);
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "numFmts" => is_custom = true,
                    "cellXfs" => is_in_cell_formats = true,
                    "numFmt" if is_custom => {
                        let id = attribute(&tag, "numFmtId")?.and_then(|id| id.parse().ok());
                        let code = attribute(&tag, "formatCode")?;
                        if let (Some(id), Some(code)) = (id, code) {
                            custom.insert(id, NumberFormat::of_code(&code));
                        }
                    }
                    "xf" if is_in_cell_formats => {
                        let id = attribute(&tag, "numFmtId")?.and_then(|id| id.parse().ok());
                        let format = |id| custom.get(&id).cloned().unwrap_or_else(|| built_in(id));
                        formats.formats.push(id.map(format).unwrap_or_default());
                    }
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "numFmts" => is_custom = false,
                    "cellXfs" => is_in_cell_formats = false,
                    _ => {}
                },
                Event::Eof => return Ok(formats),
                _ => {}
            }
            if custom.len().max(formats.formats.len()) > MAX_FORMATS {
                return Err(not_a_workbook());
            }
        }
    }

    /// The format with this index.
    pub fn get(&self, index: usize) -> NumberFormat {
        self.formats.get(index).cloned().unwrap_or_default()
    }
}

/// Formats that spreadsheets know by number alone (ECMA-376, 18.8.30, with those of East Asian languages).
fn built_in(id: u32) -> NumberFormat {
    match id {
        9 | 10 => NumberFormat::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => NumberFormat::Date,
        _ => NumberFormat::Plain,
    }
}

/// True if a format shows days or hours: its first section holds a letter of a date that is neither quoted nor
/// escaped, or hours, minutes or seconds in brackets. The rule is that of calamine, ported from openpyxl.
fn shows_a_date(code: &str) -> bool {
    let (mut is_escaped, mut is_quoted, mut brackets) = (false, false, 0u32);
    let (mut previous, mut is_duration, mut is_after_a) = (' ', false, false);
    for c in code.chars() {
        let lower = c.to_ascii_lowercase();
        match c {
            _ if is_escaped => is_escaped = false,
            '_' | '\\' | '*' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            ';' => return false,
            '[' => brackets += 1,
            ']' if brackets == 1 && is_duration => return true,
            ']' => brackets = brackets.saturating_sub(1),
            _ if brackets == 0 && !is_after_a && lower == 'a' => is_after_a = true,
            _ if brackets == 0 && is_after_a && matches!(lower, 'p' | 'm' | '/') => return true,
            _ if brackets == 0 && !is_after_a && matches!(lower, 'd' | 'm' | 'h' | 'y' | 's') => {
                return true;
            }
            _ if is_duration && lower == previous.to_ascii_lowercase() => {}
            _ => is_duration = previous == '[' && matches!(lower, 'm' | 'h' | 's'),
        }
        previous = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_recognized_by_their_format() {
        for code in [
            "DD/MM/YY",
            "H:MM:SS;@",
            "m\"M\"d\"D\";@",
            "[h]:mm:ss",
            "[ss]",
            "[s].000",
            "ha/p\\\\m",
            "[$-404]e\"\\xfc\"m\"\\xfc\"d\"\\xfc\"",
            "[Blue]\\+[h]:mm;[Red]\\-[h]:mm",
            "*-yyyy-mm-dd",
            "[>=100][Magenta][s].00",
        ] {
            assert!(shows_a_date(code), "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0\\ [$\\u20bd-46D]",
            "\"$\"#,##0_);[Red](\"$\"#,##0)",
            "\\Y000000",
            "0_ ;[Red]\\-0\\ ",
            "#,##0.0####\" YMD\"",
            "[>=100][Magenta]General",
            "#,##0*y",
            "0\"x\"*d",
            "\"Y: \"0.00\"m\";\"Y: \"-0.00\"m\";@",
        ] {
            assert!(!shows_a_date(code), "{code}");
        }
    }

    #[test]
    fn a_number_is_the_text_that_its_reader_sees() {
        for (code, number, text) in [
            ("General", 0.1 + 0.2, "0.3"),
            ("General", 40722000001.0, "40722000001"),
            ("0000000000", 722000001.0, "0722000001"),
            ("000\\-000", 123456.0, "123-456"),
            ("0%", 0.25, "25%"),
            ("#,##0.00\\ [$€-407]", 1054.5, "1054.5 €"),
            ("\"$\"#,##0.00", 1054.5, "1054.5 $"),
            ("#,##0.00\\ \"lei\"", 1054.5, "1054.5 lei"),
            ("0.00", 1.5, "1.5"),
            ("0.00\"m\"", 1.5, "1.5"),
        ] {
            assert_eq!(NumberFormat::of_code(code).text(number), text, "{code}");
        }
    }
}
