use std::io::{Read, Seek, SeekFrom};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use super::{MAX_COLUMNS, Record};
use crate::i18n::Message;

/// What is done with each row of a sheet: its line, its cells; false to see no more.
pub type Take<'a> = dyn FnMut(usize, &Record) -> Result<bool, Message> + 'a;

/// Goes through the rows of the first sheet that hold anything. Cells are read one after the other, since a sheet may
/// claim to be larger than memory.
///
/// # Errors
/// The sentence to show: it is no workbook, or too large, or `take` refuses.
pub fn sheet_rows<R: Read + Seek>(mut input: R, take: &mut Take) -> Result<(), Message> {
    if unpacked_size(&mut input).is_none_or(|size| size > MAX_UNPACKED) {
        return Err(Message::new("import-not-xlsx"));
    }
    let unreadable = |_| Message::new("import-not-xlsx");
    let mut book: Xlsx<_> = Xlsx::new(input).map_err(unreadable)?;
    let sheet = book
        .sheet_names()
        .first()
        .cloned()
        .ok_or_else(|| Message::new("import-empty"))?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let (mut row, mut record) = (0, Record::default());
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (at, column) = cell.get_position();
        let line = at as usize + 1;
        let Some(text) = words(cell.get_value(), line)? else {
            continue;
        };
        if line < row {
            return Err(Message::new("import-not-xlsx"));
        }
        if line != row && !record.is_empty() {
            if !take(row, &record)? {
                return Ok(());
            }
            record.clear();
        }
        row = line;
        place(&mut record, column as usize, &text)?;
    }
    if !record.is_empty() {
        take(row, &record)?;
    }
    Ok(())
}

/// Puts a cell at its place, with blank ones before it.
fn place(record: &mut Record, column: usize, text: &str) -> Result<(), Message> {
    if column >= MAX_COLUMNS {
        return Err(Message::new("import-too-many-columns").with("max", MAX_COLUMNS));
    }
    if record.len() > column {
        return Err(Message::new("import-not-xlsx"));
    }
    while record.len() < column {
        record.push("");
    }
    record.push(text);
    Ok(())
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
        DataRef::DateTime(moment) => date(moment),
    };
    if text.contains('\0') {
        return Err(Message::new("import-nul").with("line", line));
    }
    Ok((!text.trim().is_empty()).then_some(text))
}

/// A date as import reads it, with its time if it has one.
fn date(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"),
    }
}

/// What a workbook may unpack to.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;

/// The most bytes at the end of a workbook in which its directory is looked for.
const DIRECTORY: u64 = 1 << 20;

/// The size that a ZIP archive says its files have together, from its directory at the end:
/// a small archive can unpack to more than there is memory.
fn unpacked_size<R: Read + Seek>(input: &mut R) -> Option<u64> {
    let length = input.seek(SeekFrom::End(0)).ok()?;
    let base = length.saturating_sub(DIRECTORY);
    input.seek(SeekFrom::Start(base)).ok()?;
    let mut bytes = Vec::new();
    input.take(DIRECTORY).read_to_end(&mut bytes).ok()?;
    input.seek(SeekFrom::Start(0)).ok()?;
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
    let mut at = usize::try_from(number(end + 16, 4)?.checked_sub(base)?).ok()?;
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
    use std::io::Cursor;

    use rust_xlsxwriter::{ExcelDateTime, Workbook};

    use super::*;

    #[test]
    fn a_workbook_tells_its_size_before_it_is_unpacked() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "name").unwrap();
        let good = workbook.save_to_buffer().unwrap();
        assert!(unpacked_size(&mut Cursor::new(&good)).is_some_and(|size| size > 1_000));
        let half = &good[..good.len() / 2];
        assert_eq!(unpacked_size(&mut Cursor::new(half)), None);
    }

    #[test]
    fn cells_stand_where_they_stood_and_dates_are_dates() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let day = ExcelDateTime::from_ymd(2017, 3, 1).unwrap();
        sheet.write(0, 2, "x").unwrap();
        let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_datetime_with_format(4, 0, &day, &date).unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let mut found = Vec::new();
        let mut take = |line: usize, record: &Record| {
            found.push((line, record.iter().map(str::to_owned).collect::<Vec<_>>()));
            Ok(true)
        };
        sheet_rows(Cursor::new(bytes), &mut take).unwrap();
        let expected = [(1, vec!["", "", "x"]), (5, vec!["2017-03-01"])];
        assert_eq!(found.len(), 2);
        for ((line, cells), (expected_line, expected_cells)) in found.iter().zip(expected) {
            assert_eq!(
                (*line, cells),
                (
                    expected_line,
                    &expected_cells
                        .into_iter()
                        .map(str::to_owned)
                        .collect::<Vec<_>>()
                )
            );
        }
    }
}
