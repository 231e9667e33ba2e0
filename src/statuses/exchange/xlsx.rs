use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet, XlsxError};

use super::table::{MAX_COLUMNS, Table};
use super::{COLUMNS, MAX_ROWS, Record};
use crate::error::{Error, Result};
use crate::i18n::Message;

/// A workbook with one sheet; texts are texts in it, never formulas.
pub(super) fn write(records: &[Record]) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet(), records).map_err(Error::internal)?;
    workbook.save_to_buffer().map_err(Error::internal)
}

fn fill(sheet: &mut Worksheet, records: &[Record]) -> Result<(), XlsxError> {
    let bold = CellFormat::new().set_bold();
    sheet.set_name("Lead statuses")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, title) in (0u16..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, title, &bold)?;
        sheet.set_column_width(column, if column > 7 { 40 } else { 14 })?;
    }
    for (row, record) in (1u32..).zip(records) {
        sheet.write_string(row, 0, record.name)?;
        sheet.write_string(row, 1, record.slug)?;
        sheet.write_string(row, 2, record.kind.as_str())?;
        sheet.write_string(row, 3, record.color)?;
        sheet.write_boolean(row, 4, record.isdefault)?;
        sheet.write_boolean(row, 5, record.isconverted)?;
        for (column, days) in [(6, record.target_days), (7, record.limit_days)] {
            if let Some(days) = days {
                sheet.write_number(row, column, days)?;
            }
        }
        sheet.write_string(row, 8, record.definition)?;
        sheet.write_string(row, 9, record.enter_when.join("\n"))?;
        sheet.write_string(row, 10, record.leave_when.join("\n"))?;
    }
    Ok(())
}

/// The rows of the first sheet; the first row that holds anything is the header.
/// Cells are read one after the other, since a sheet may claim to be larger than memory.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Message> {
    if unpacked_size(bytes).is_none_or(|size| size > MAX_UNPACKED) {
        return Err(Message::new("import-not-xlsx"));
    }
    let unreadable = |_| Message::new("import-not-xlsx");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = book
        .sheet_names()
        .first()
        .cloned()
        .ok_or_else(|| Message::new("import-empty"))?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let line = row as usize + 1;
        let Some(text) = words(cell.get_value(), line)? else {
            continue;
        };
        let column = column as usize;
        if column >= MAX_COLUMNS {
            return Err(Message::new("import-too-many-columns").with("max", MAX_COLUMNS));
        }
        let cells = rows.entry(row).or_default();
        cells.resize(cells.len().max(column + 1), String::new());
        cells[column] = text;
        if rows.len() > MAX_ROWS + 1 {
            return Err(Message::new("import-too-many-rows").with("max", MAX_ROWS));
        }
    }
    let mut rows = rows.into_iter();
    let (_, titles) = rows.next().ok_or_else(|| Message::new("import-empty"))?;
    let mut table = Table::new(titles.iter().map(|title| title.trim().to_owned()).collect())?;
    for (row, cells) in rows {
        table.push_texts(row as usize + 1, cells)?;
    }
    Ok(table)
}

/// A cell as one would type it; nothing for an empty one.
fn words(value: &DataRef, line: usize) -> Result<Option<String>, Message> {
    let text = match value {
        DataRef::Empty => return Ok(None),
        DataRef::Error(_) => return Err(Message::new("import-cell-error").with("line", line)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => moment.to_string(),
    };
    if text.contains('\0') {
        return Err(Message::new("import-nul").with("line", line));
    }
    Ok((!text.trim().is_empty()).then_some(text))
}

/// What a workbook may unpack to.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;

/// The size that a ZIP archive says its files have together, from its directory at the end:
/// a small archive can unpack to more than there is memory.
fn unpacked_size(bytes: &[u8]) -> Option<u64> {
    let number = |at: usize, length: usize| -> Option<u64> {
        let bytes = bytes.get(at..at.checked_add(length)?)?;
        Some(
            bytes
                .iter()
                .rev()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    };
    let end = bytes.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let count = number(end + 10, 2)?;
    let mut at = usize::try_from(number(end + 16, 4)?).ok()?;
    let mut total = 0u64;
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        total += number(at + 24, 4)?;
        let (name, extra, comment) = (
            number(at + 28, 2)?,
            number(at + 30, 2)?,
            number(at + 32, 2)?,
        );
        at += 46 + usize::try_from(name + extra + comment).ok()?;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statuses::exchange::{Mapping, parse};

    fn sheet(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet());
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn cells_come_in_as_one_would_type_them() {
        let bytes = sheet(|sheet| {
            sheet.write(2, 0, "name").unwrap();
            sheet.write(2, 1, "limit_days").unwrap();
            sheet.write(2, 2, "isdefault").unwrap();
            sheet.write(5, 0, "=New").unwrap();
            sheet.write(5, 1, 5).unwrap();
            sheet.write(5, 2, true).unwrap();
            sheet.write(6, 0, "Next").unwrap();
            sheet.write(6, 1, 5.5).unwrap();
        });
        let parsed = parse(&bytes, "upload", &Mapping::default()).unwrap();
        assert_eq!(parsed.rows.len(), 2);
        let first = &parsed.rows[0];
        assert_eq!(first.line, 6);
        assert_eq!(first.fields.text("name"), Some("=New"));
        assert_eq!(first.fields.text("limit_days"), Some("5"));
        assert_eq!(first.fields.truth("isdefault"), Some(true));
        assert_eq!(parsed.rows[1].fields.text("limit_days"), Some("5.5"));
    }

    #[test]
    fn a_cell_at_the_far_corner_of_a_sheet_costs_nothing() {
        let bytes = sheet(|sheet| {
            sheet.write(0, 0, "name").unwrap();
            sheet.write(1_048_575, 0, "New").unwrap();
        });
        let parsed = parse(&bytes, "a.xlsx", &Mapping::default()).unwrap();
        assert_eq!(parsed.rows[0].line, 1_048_576);
        let wide = sheet(|sheet| {
            sheet.write(0, 16_383, "name").unwrap();
        });
        assert_eq!(read(&wide).unwrap_err().key, "import-too-many-columns");
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        let good = sheet(|sheet| {
            sheet.write(0, 0, "name").unwrap();
        });
        assert!(unpacked_size(&good).is_some_and(|size| size > 1_000));
        for bad in [
            &b"PK\x03\x04oops"[..],
            &good[..good.len() / 2],
            b"name\nNew",
        ] {
            assert_eq!(
                parse(bad, "a.xlsx", &Mapping::default()).unwrap_err().key,
                "import-not-xlsx"
            );
        }
        assert_eq!(read(&sheet(|_| {})).unwrap_err().key, "import-empty");
    }
}
