//! The rows of a workbook in a file of our own, which is read faster than the workbook.

use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use crate::files::workbook::{
    BookSummary, SheetSummary, book_rows, max_unpacked_size, not_a_workbook, spool_failure,
};
use crate::files::{MAX_COLUMNS, Record};
use crate::i18n::Message;

/// The first bytes of a file of unpacked rows; no text and no archive has them.
const MAGIC: &[u8] = b"\xfelead-statuses rows 1\n";
/// The most bytes that the rows of a workbook may take: a million rows of leads take a third of it.
const MAX_ROWS_SIZE: u64 = 512 * 1024 * 1024;
/// The most bytes of a row, and of the summary of a workbook.
const MAX_ROW_BYTES: usize = 2 << 20;

/// True for the start of a file that [`unpack`] wrote.
pub fn is_unpacked(start: &[u8]) -> bool {
    start.starts_with(MAGIC)
}

/// Reads a workbook once and writes the rows of its sheets one after the other: the line and the cells of each row,
/// with their lengths, then a line 0; after the last sheet the summary of the workbook, in JSON, and its length.
///
/// # Errors
/// Returns the message to show if the file is no workbook, is too large, or its rows can't be written.
pub fn unpack<R: Read + Seek, W: Write>(mut workbook: R, into: W) -> Result<(), Message> {
    let length = workbook.seek(SeekFrom::End(0)).map_err(unreadable)?;
    let max_size = MAX_ROWS_SIZE.min(max_unpacked_size(length));
    let mut out = BufWriter::with_capacity(64 * 1024, into);
    let mut written = MAGIC.len() as u64;
    let mut offsets = Vec::new();
    out.write_all(MAGIC).map_err(spool_failure)?;
    let mut summary = book_rows(workbook, &mut |sheet, line, record| {
        let size = 8 + record.size() as u64 + 4 * record.len() as u64;
        if written + size > max_size {
            return Err(Message::new("import-workbook-large"));
        }
        if offsets.len() <= sheet {
            if !offsets.is_empty() {
                out.write_all(&0u32.to_le_bytes()).map_err(spool_failure)?;
                written += 4;
            }
            offsets.resize(sheet + 1, written);
        }
        written += size;
        write_row(&mut out, line, record).map_err(spool_failure)
    })?;
    for (sheet, offset) in summary.sheets.iter_mut().zip(offsets) {
        sheet.offset = offset;
    }
    let summary = serde_json::to_vec(&summary).unwrap_or_default();
    let length = (summary.len() as u32).to_le_bytes();
    let mut write = |bytes: &[u8]| out.write_all(bytes).map_err(spool_failure);
    write(&0u32.to_le_bytes())?;
    write(&summary)?;
    write(&length)?;
    out.flush().map_err(spool_failure)
}

fn write_row(out: &mut impl Write, line: usize, record: &Record) -> io::Result<()> {
    out.write_all(&(line as u32).to_le_bytes())?;
    out.write_all(&(record.len() as u32).to_le_bytes())?;
    for cell in record.iter() {
        out.write_all(&(cell.len() as u32).to_le_bytes())?;
        out.write_all(cell.as_bytes())?;
    }
    Ok(())
}

/// The rows of a workbook, read back.
pub struct UnpackedRows<R> {
    input: BufReader<R>,
}

impl<R: Read + Seek> UnpackedRows<R> {
    /// A sheet in a file that [`unpack`] wrote, with its summary and the names of all sheets; without a name,
    /// the first with data.
    ///
    /// # Errors
    /// Returns the message to show if the file isn't one, is cut off, or has no such sheet.
    pub fn open(
        mut input: R,
        sheet: Option<&str>,
    ) -> Result<(UnpackedRows<R>, SheetSummary, Vec<String>), Message> {
        let mut length = [0; 4];
        input.seek(SeekFrom::End(-4)).map_err(unreadable)?;
        input.read_exact(&mut length).map_err(unreadable)?;
        let length = u32::from_le_bytes(length).min(MAX_ROW_BYTES as u32);
        let start = -4 - i64::from(length);
        input.seek(SeekFrom::End(start)).map_err(unreadable)?;
        let mut summary = vec![0; length as usize];
        input.read_exact(&mut summary).map_err(unreadable)?;
        let book = parse_summary(&summary)?;
        let sheet = book.sheet(sheet)?;
        let start = SeekFrom::Start(sheet.offset.max(MAGIC.len() as u64));
        input.seek(start).map_err(unreadable)?;
        let input = BufReader::with_capacity(64 * 1024, input);
        Ok((UnpackedRows { input }, sheet, book.names()))
    }

    /// Reads the next row into `record` and returns its line; `None` at the end.
    ///
    /// # Errors
    /// Returns the message to show if the file is cut off or was not written by [`unpack`].
    pub fn read(&mut self, record: &mut Record) -> Result<Option<usize>, Message> {
        let line = self.read_u32()?;
        if line == 0 {
            return Ok(None);
        }
        let count = self.read_u32()?;
        let (mut bytes, mut ends) = record.take_buffers();
        for _ in 0..count.min(MAX_COLUMNS + 1) {
            let (start, length) = (bytes.len(), self.read_u32()?);
            if start + length > MAX_ROW_BYTES {
                return Err(not_a_workbook());
            }
            bytes.resize(start + length, 0);
            let cell = &mut bytes[start..];
            self.input.read_exact(cell).map_err(unreadable)?;
            // A cell that ends inside of a character belongs to no text.
            std::str::from_utf8(cell).map_err(|_| not_a_workbook())?;
            ends.push(bytes.len());
        }
        if count > MAX_COLUMNS {
            return Err(not_a_workbook());
        }
        record.fill(bytes, ends).map_err(|_| not_a_workbook())?;
        Ok(Some(line))
    }

    fn read_u32(&mut self) -> Result<usize, Message> {
        let mut bytes = [0; 4];
        self.input.read_exact(&mut bytes).map_err(unreadable)?;
        Ok(u32::from_le_bytes(bytes) as usize)
    }
}

/// The summary at the end of a file; an import that an earlier version started has that of its only sheet.
fn parse_summary(json: &[u8]) -> Result<BookSummary, Message> {
    let failed = |cause: serde_json::Error| unreadable(cause.into());
    let book: BookSummary = serde_json::from_slice(json).map_err(failed)?;
    if !book.sheets.is_empty() {
        return Ok(book);
    }
    let sheet: SheetSummary = serde_json::from_slice(json).map_err(failed)?;
    Ok(BookSummary {
        sheets: vec![SheetSummary { rows: 2, ..sheet }],
        ..BookSummary::default()
    })
}

fn unreadable(cause: io::Error) -> Message {
    match cause.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            not_a_workbook()
        }
        _ => spool_failure(cause),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn packed() -> Vec<u8> {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, cells) in [(0, ["name", "company"]), (4, ["Ștefan", "a\r\n\"b\""])] {
            sheet.write(row, 0, cells[0]).unwrap();
            sheet.write(row, 2, cells[1]).unwrap();
        }
        let mut rows = Vec::new();
        unpack(Cursor::new(workbook.save_to_buffer().unwrap()), &mut rows).unwrap();
        rows
    }

    fn read(rows: &[u8]) -> Result<Vec<(usize, Vec<String>)>, Message> {
        let (mut rows, sheet, _) = UnpackedRows::open(Cursor::new(rows), None)?;
        assert_eq!(sheet.name, "Sheet1");
        let (mut read, mut record) = (Vec::new(), Record::default());
        while let Some(line) = rows.read(&mut record)? {
            read.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(read)
    }

    #[test]
    fn rows_come_back_as_they_were() {
        let rows = packed();
        assert!(is_unpacked(&rows));
        let cells = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let expected = [
            (1, cells(["name", "", "company"])),
            (5, cells(["Ștefan", "", "a\r\n\"b\""])),
        ];
        assert_eq!(read(&rows).unwrap(), expected);
    }

    #[test]
    fn damaged_rows_are_refused_and_never_fill_memory() {
        let rows = packed();
        for offset in MAGIC.len()..rows.len() {
            let mut damaged = rows.clone();
            damaged[offset] = 0xff;
            let _ = UnpackedRows::open(Cursor::new(&damaged), None).map(|(mut rows, ..)| {
                let mut record = Record::default();
                while let Ok(Some(_)) = rows.read(&mut record) {}
            });
            assert!(
                UnpackedRows::open(Cursor::new(&rows[..offset]), None).is_err()
                    || offset == rows.len()
            );
        }
        assert!(UnpackedRows::open(Cursor::new(MAGIC), None).is_err());
    }
}
