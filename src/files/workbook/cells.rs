use calamine::{ExcelDateTime, ExcelDateTimeType};
use quick_xml::events::{BytesStart, Event};

use crate::files::special_cells::NOT_COMPUTED;
use crate::files::workbook::book::Book;
use crate::files::workbook::formats::NumberFormat;
use crate::files::workbook::messages::{not_a_workbook, unreadable};
use crate::files::workbook::strings::{rich_text, unescape};
use crate::files::workbook::xml::{Xml, attribute};
use crate::i18n::Message;

/// Rows and columns of the largest sheet.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// The place of a cell, and how its value is written.
pub struct Cell {
    /// From 1.
    pub row: u32,
    /// From 0.
    pub column: u32,
    kind: Kind,
    format: Option<usize>,
}

/// How the value of a cell is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A number, as the cell says.
    Number,
    /// A number, if it is one.
    Unmarked,
    Shared,
    Inline,
    Text,
    Boolean,
    Date,
    Error,
}

/// What begins inside of a cell.
enum CellTag {
    Value,
    Inline,
    Formula,
    Other,
    None,
}

impl Cell {
    /// The cell that a tag begins; without a place of its own it is at `next`.
    ///
    /// # Errors
    /// The sentence to show for a place outside of every sheet or an unknown kind.
    pub fn of(tag: &BytesStart, next: (u32, u32)) -> Result<Cell, Message> {
        let (row, column) = match attribute(tag, "r")? {
            Some(place) => parse_place(&place).ok_or_else(not_a_workbook)?,
            None => next,
        };
        if row > ROWS || column >= COLUMNS {
            return Err(not_a_workbook());
        }
        let kind = match attribute(tag, "t")?.as_deref() {
            None => Kind::Unmarked,
            Some("n") => Kind::Number,
            Some("s") => Kind::Shared,
            Some("inlineStr" | "is") => Kind::Inline,
            Some("str") => Kind::Text,
            Some("b") => Kind::Boolean,
            Some("d") => Kind::Date,
            Some("e") => Kind::Error,
            Some(_) => return Err(not_a_workbook()),
        };
        let format = attribute(tag, "s")?.map(|number| number.parse().unwrap_or(0));
        Ok(Cell {
            row,
            column,
            kind,
            format,
        })
    }

    /// Reads up to the end of the cell, and puts its text into `into`, as its reader sees it or would type it; false if it
    /// has none.
    ///
    /// # Errors
    /// The sentence to show for a value that is none.
    pub fn read(&self, xml: &mut Xml, book: &mut Book, into: &mut String) -> Result<bool, Message> {
        let (depth, mut value) = (xml.depth(), String::new());
        let mut has_formula = false;
        into.clear();
        while xml.depth() >= depth {
            let tag = self.tag(xml.next()?)?;
            match tag {
                CellTag::Value => {
                    value.clear();
                    into.clear();
                    xml.text(&mut value)?;
                    self.read_value(&value, book, into)?;
                }
                CellTag::Inline => {
                    into.clear();
                    rich_text(xml, into)?;
                }
                CellTag::Formula => {
                    has_formula = true;
                    xml.skip()?;
                }
                CellTag::Other => xml.skip()?,
                CellTag::None => {}
            }
        }
        // A text that a formula came to may be empty; a number may not.
        if has_formula && into.is_empty() && matches!(self.kind, Kind::Number | Kind::Unmarked) {
            into.push_str(NOT_COMPUTED);
        }
        Ok(!into.trim().is_empty())
    }

    fn tag(&self, event: Event) -> Result<CellTag, Message> {
        match event {
            Event::Start(tag) => Ok(match tag.local_name().as_ref() {
                "v" if self.kind != Kind::Inline => CellTag::Value,
                "is" => CellTag::Inline,
                "f" => CellTag::Formula,
                _ => CellTag::Other,
            }),
            Event::Eof => Err(not_a_workbook()),
            _ => Ok(CellTag::None),
        }
    }

    fn read_value(&self, value: &str, book: &mut Book, into: &mut String) -> Result<(), Message> {
        if value.is_empty() {
            return Ok(());
        }
        match self.kind {
            Kind::Shared => book.strings.get(value.parse().unwrap_or(0), into)?,
            Kind::Text => unescape(value, into),
            // An error that a formula came to is a text such as #N/A: a problem where a field has it, and else none.
            Kind::Date | Kind::Inline | Kind::Error => into.push_str(value),
            Kind::Boolean => match value.trim().to_ascii_lowercase().as_str() {
                "" => {}
                "0" | "false" => into.push_str("false"),
                "1" | "true" => into.push_str("true"),
                _ => return Err(not_a_workbook()),
            },
            Kind::Number | Kind::Unmarked => match value.parse::<f64>() {
                Ok(number) => match self.format.map(|at| book.formats.get(at)) {
                    Some(NumberFormat::Date) => {
                        into.push_str(&date(number, is_rounded(value), book.is_1904))
                    }
                    format => into.push_str(&format.unwrap_or_default().text(number)),
                },
                Err(_) if self.kind == Kind::Unmarked => into.push_str(value),
                Err(cause) => return Err(unreadable(cause)),
            },
        }
        Ok(())
    }
}

/// A place such as `B12` as its row, from 1, and its column, from 0.
fn parse_place(place: &str) -> Option<(u32, u32)> {
    let digits = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = place.split_at(digits);
    if !(1..=3).contains(&letters.len()) || row.len() > 7 {
        return None;
    }
    let mut column = 0;
    for letter in letters.bytes().map(|letter| letter.to_ascii_uppercase()) {
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
    }
    let is_number = row.bytes().all(|byte| byte.is_ascii_digit());
    let row = row.parse().ok().filter(|row| is_number && *row > 0)?;
    Some((row, column - 1))
}

/// Microseconds of a day.
const DAY: f64 = 86_400_000_000.0;
/// Spreadsheets write fifteen digits, which are some microseconds today.
const PRECISION: i64 = 5;

/// True for a number as spreadsheets write it; exports write as many digits as it takes.
fn is_rounded(value: &str) -> bool {
    value.bytes().filter(u8::is_ascii_digit).count() <= 16
}

/// A date, with its time if it has one; spreadsheets know no time zones. Calamine counts the days, since a year begins
/// differently in old workbooks; its time has milliseconds, and exports have microseconds.
fn date(number: f64, is_rounded: bool, is_1904: bool) -> String {
    let mut micros = (number.fract() * DAY).round() as i64;
    let beyond = micros.rem_euclid(1_000_000);
    let is_near = beyond <= PRECISION || beyond >= 1_000_000 - PRECISION;
    if is_rounded && is_near {
        micros = (micros + PRECISION) / 1_000_000 * 1_000_000;
    }
    let (days, micros) = (
        number.trunc() + (micros / DAY as i64) as f64,
        micros % DAY as i64,
    );
    let day = ExcelDateTime::new(days, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let (seconds, micros) = (micros / 1_000_000, micros % 1_000_000);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match (seconds, micros) {
        (0, 0) => date,
        (_, 0) => format!("{date} {hour:02}:{minute:02}:{second:02}"),
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}.{micros:06}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_row_and_a_column_of_a_sheet() {
        assert_eq!(parse_place("A1"), Some((1, 0)));
        assert_eq!(parse_place("xfd1048576"), Some((ROWS, COLUMNS - 1)));
        for wrong in ["", "A", "1", "A0", "AAAA1", "A12345678", "Ă1", "A1B", "A-1"] {
            assert_eq!(parse_place(wrong), None, "{wrong}");
        }
    }
}
