//! Cells: where they are, and their values as texts.

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
/// The most rows of a sheet, without the header.
pub const SHEET_ROWS: i64 = ROWS as i64 - 1;

/// The row and the column of a cell, and how its value is written.
pub struct Cell {
    /// Counted from 1.
    pub row: u32,
    /// Counted from 0.
    pub column: u32,
    kind: CellKind,
    format: Option<usize>,
}

/// How the value of a cell is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CellKind {
    Number,
    /// A number or a text: the tag has no type.
    Untyped,
    Shared,
    Inline,
    Text,
    Boolean,
    Date,
    Error,
}

/// A tag inside of a cell.
enum CellTag {
    Value,
    Inline,
    Formula,
    Other,
    None,
}

impl Cell {
    /// The cell of a tag; a tag without a reference is that of the cell at `next`.
    ///
    /// # Errors
    /// Returns the message to show for a reference outside of every sheet or an unknown type.
    pub fn of(tag: &BytesStart, next: (u32, u32)) -> Result<Cell, Message> {
        let (row, column) = match attribute(tag, "r")? {
            Some(reference) => parse_reference(&reference).ok_or_else(not_a_workbook)?,
            None => next,
        };
        if row > ROWS || column >= COLUMNS {
            return Err(not_a_workbook());
        }
        let kind = match attribute(tag, "t")?.as_deref() {
            None => CellKind::Untyped,
            Some("n") => CellKind::Number,
            Some("s") => CellKind::Shared,
            Some("inlineStr" | "is") => CellKind::Inline,
            Some("str") => CellKind::Text,
            Some("b") => CellKind::Boolean,
            Some("d") => CellKind::Date,
            Some("e") => CellKind::Error,
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

    /// Reads up to the end of the cell, and writes its text to `text`, as a spreadsheet shows it; returns false if it
    /// has none.
    ///
    /// # Errors
    /// Returns the message to show for an invalid value.
    pub fn read(&self, xml: &mut Xml, book: &mut Book, text: &mut String) -> Result<bool, Message> {
        let (depth, mut value) = (xml.depth(), String::new());
        let mut has_formula = false;
        text.clear();
        while xml.depth() >= depth {
            let tag = self.tag(xml.next()?)?;
            match tag {
                CellTag::Value => {
                    value.clear();
                    text.clear();
                    xml.text(&mut value)?;
                    self.read_value(&value, book, text)?;
                }
                CellTag::Inline => {
                    text.clear();
                    rich_text(xml, text)?;
                }
                CellTag::Formula => {
                    has_formula = true;
                    xml.skip()?;
                }
                CellTag::Other => xml.skip()?,
                CellTag::None => {}
            }
        }
        // The result of a formula may be an empty text, but not an empty number.
        let is_number = matches!(self.kind, CellKind::Number | CellKind::Untyped);
        if has_formula && is_number && text.is_empty() {
            text.push_str(NOT_COMPUTED);
        }
        Ok(!text.trim().is_empty())
    }

    fn tag(&self, event: Event) -> Result<CellTag, Message> {
        match event {
            Event::Start(tag) => Ok(match tag.local_name().as_ref() {
                "v" if self.kind != CellKind::Inline => CellTag::Value,
                "is" => CellTag::Inline,
                "f" => CellTag::Formula,
                _ => CellTag::Other,
            }),
            Event::Eof => Err(not_a_workbook()),
            _ => Ok(CellTag::None),
        }
    }

    fn read_value(&self, value: &str, book: &mut Book, text: &mut String) -> Result<(), Message> {
        if value.is_empty() {
            return Ok(());
        }
        match self.kind {
            CellKind::Shared => book.strings.get(value.parse().unwrap_or(0), text)?,
            CellKind::Text => unescape(value, text),
            // The error of a formula is a text such as #N/A: a problem in the column of a field, and ignored elsewhere.
            CellKind::Date | CellKind::Inline | CellKind::Error => text.push_str(value),
            CellKind::Boolean => match value.trim().to_ascii_lowercase().as_str() {
                "" => {}
                "0" | "false" => text.push_str("false"),
                "1" | "true" => text.push_str("true"),
                _ => return Err(not_a_workbook()),
            },
            CellKind::Number | CellKind::Untyped => match value.parse::<f64>() {
                Ok(number) => match self.format.map(|index| book.formats.get(index)) {
                    Some(NumberFormat::Date) => {
                        text.push_str(&date(number, is_rounded(value), book.is_1904))
                    }
                    format => text.push_str(&format.unwrap_or_default().text(number)),
                },
                Err(_) if self.kind == CellKind::Untyped => text.push_str(value),
                Err(cause) => return Err(unreadable(cause)),
            },
        }
        Ok(())
    }
}

/// A reference such as `B12` as its row, from 1, and its column, from 0.
fn parse_reference(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
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
/// Spreadsheets write fifteen digits, which for a date of today is exact to some microseconds.
const PRECISION_MICROS: i64 = 5;

/// True for a number as spreadsheets write it; exports write as many digits as it takes.
fn is_rounded(value: &str) -> bool {
    value.bytes().filter(u8::is_ascii_digit).count() <= 16
}

/// A date, with its time if it has one; spreadsheets know no time zones. Calamine counts the days, since a year begins
/// differently in old workbooks; its time has milliseconds, and exports have microseconds.
fn date(number: f64, is_rounded: bool, is_1904: bool) -> String {
    let mut micros = (number.fract() * DAY).round() as i64;
    let fraction = micros.rem_euclid(1_000_000);
    let is_near = fraction <= PRECISION_MICROS || fraction >= 1_000_000 - PRECISION_MICROS;
    if is_rounded && is_near {
        micros = (micros + PRECISION_MICROS) / 1_000_000 * 1_000_000;
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
    fn a_reference_is_a_row_and_a_column_of_a_sheet() {
        assert_eq!(parse_reference("A1"), Some((1, 0)));
        assert_eq!(parse_reference("xfd1048576"), Some((ROWS, COLUMNS - 1)));
        for wrong in ["", "A", "1", "A0", "AAAA1", "A12345678", "Ă1", "A1B", "A-1"] {
            assert_eq!(parse_reference(wrong), None, "{wrong}");
        }
    }
}
