//! Cells of CSV files: formulas are escaped, and the escapes removed.

use std::io::BufRead;

use crate::files::Record;
use crate::i18n::Message;

/// The byte order mark of UTF-8, by which spreadsheets recognize the encoding.
pub const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

/// True for characters with which a formula of a spreadsheet starts.
fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r')
}

/// True if import would read the first character of this cell as our escape.
fn is_escaped(cell: &str) -> bool {
    let next = cell.strip_prefix('\'').and_then(|text| text.chars().next());
    next.is_some_and(|c| starts_formula(c) || c == '\'')
}

/// The cell, escaped with an apostrophe if a spreadsheet would run it as a formula, or if import would otherwise remove
/// its own apostrophe.
pub fn escape_formula(cell: String) -> String {
    if cell.starts_with(starts_formula) || is_escaped(&cell) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// The cell as it was before [`escape_formula`].
pub fn unescape_formula(cell: &str) -> &str {
    if is_escaped(cell) { &cell[1..] } else { cell }
}

/// Reads record by record, in constant memory, and counts lines for its errors.
pub struct Reader<R> {
    input: R,
    separator: u8,
    line: usize,
    /// The most bytes of a record.
    max_record_len: usize,
}

impl<R: BufRead> Reader<R> {
    /// A reader of UTF-8 that begins on `line`; a record of more than `max_record_len` bytes is refused.
    pub fn new(input: R, separator: u8, line: usize, max_record_len: usize) -> Reader<R> {
        Reader {
            input,
            separator,
            line,
            max_record_len,
        }
    }

    /// Reads the next record into `record` and returns the line that it begins on; `None` at the end.
    ///
    /// # Errors
    /// Returns the message to show, with the line, for a quote that is not closed or misplaced, a NUL character, bytes
    /// that are no UTF-8, a record that is too long, or a file that can't be read.
    pub fn read(&mut self, record: &mut Record) -> Result<Option<usize>, Message> {
        if self.peek()?.is_none() {
            return Ok(None);
        }
        let line = self.line;
        let (mut bytes, mut ends) = record.take_buffers();
        loop {
            match self.peek()? {
                Some(b'"') => self.read_quoted(&mut bytes)?,
                _ => self.read_plain(&mut bytes)?,
            }
            ends.push(bytes.len());
            match self.next_byte()? {
                Some(byte) if byte == self.separator => {}
                _ => break,
            }
        }
        if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
            return Err(error_at(
                "import-nul",
                line + count_line_breaks(&bytes[..offset]),
            ));
        }
        match record.fill(bytes, ends) {
            Ok(()) => Ok(Some(line)),
            Err(valid) => Err(error_at(
                "import-not-utf8",
                line + count_line_breaks(&valid),
            )),
        }
    }

    fn peek(&mut self) -> Result<Option<u8>, Message> {
        Ok(self.input.fill_buf().map_err(unreadable)?.first().copied())
    }

    /// The next byte; a line break of any kind is `\n`.
    fn next_byte(&mut self) -> Result<Option<u8>, Message> {
        let Some(byte) = self.peek()? else {
            return Ok(None);
        };
        self.input.consume(1);
        if byte == b'\r' && self.peek()? == Some(b'\n') {
            self.input.consume(1);
        }
        if matches!(byte, b'\r' | b'\n') {
            self.line += 1;
            return Ok(Some(b'\n'));
        }
        Ok(Some(byte))
    }

    /// Reads bytes unchanged up to the first for which `is_end` is true.
    fn read_until(
        &mut self,
        bytes: &mut Vec<u8>,
        is_end: impl Fn(u8) -> bool,
    ) -> Result<(), Message> {
        loop {
            let buffer = self.input.fill_buf().map_err(unreadable)?;
            let end = buffer.iter().position(|byte| is_end(*byte));
            let length = end.unwrap_or(buffer.len());
            bytes.extend_from_slice(&buffer[..length]);
            let is_done = end.is_some() || buffer.is_empty();
            self.input.consume(length);
            if bytes.len() > self.max_record_len {
                return Err(error_at("import-line-too-long", self.line));
            }
            if is_done {
                return Ok(());
            }
        }
    }

    fn read_plain(&mut self, bytes: &mut Vec<u8>) -> Result<(), Message> {
        let separator = self.separator;
        self.read_until(bytes, |byte| {
            byte == separator || byte == b'\r' || byte == b'\n'
        })
    }

    fn read_quoted(&mut self, bytes: &mut Vec<u8>) -> Result<(), Message> {
        let first_line = self.line;
        self.input.consume(1);
        loop {
            self.read_until(bytes, |byte| matches!(byte, b'"' | b'\r' | b'\n'))?;
            match self.next_byte()? {
                None => return Err(error_at("import-unclosed-quote", first_line)),
                Some(b'"') if self.peek()? == Some(b'"') => {
                    self.input.consume(1);
                    bytes.push(b'"');
                }
                Some(b'"') => break,
                Some(byte) => bytes.push(byte),
            }
        }
        match self.peek()? {
            None | Some(b'\r' | b'\n') => Ok(()),
            Some(byte) if byte == self.separator => Ok(()),
            Some(_) => Err(error_at("import-stray-quote", self.line)),
        }
    }
}

fn count_line_breaks(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

fn error_at(key: &'static str, line: usize) -> Message {
    Message::new(key).with("line", line)
}

/// The message for a file that can't be read.
pub fn unreadable(cause: std::io::Error) -> Message {
    match cause.kind() {
        std::io::ErrorKind::InvalidData => match cause.to_string() {
            name if name.starts_with("UTF-16") => Message::new("import-not-utf16"),
            name => Message::new("import-not-encoding").with("encoding", name),
        },
        _ => Message::new("import-unreadable").with("cause", cause.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use ::csv::{Terminator, WriterBuilder};
    use proptest::prelude::*;

    use super::*;

    fn records(text: &[u8], separator: u8) -> Result<Vec<(usize, Vec<String>)>, Message> {
        // A buffer of three bytes meets every way in which a cell can be cut.
        let input = std::io::BufReader::with_capacity(3, text);
        let mut reader = Reader::new(input, separator, 1, 1 << 10);
        let (mut rows, mut record) = (Vec::new(), Record::default());
        while let Some(line) = reader.read(&mut record)? {
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(rows)
    }

    #[test]
    fn records_know_the_line_they_begin_on() {
        let read = records(b"a,b\r\n\"x\ny\",\"\"\"q\"\"\"\rlast,", b',').unwrap();
        let expected = [(1, ["a", "b"]), (2, ["x\ny", "\"q\""]), (4, ["last", ""])];
        assert_eq!(read.len(), 3);
        for ((line, cells), (expected_line, expected_cells)) in read.iter().zip(expected) {
            assert_eq!(
                (*line, cells.as_slice()),
                (expected_line, expected_cells.map(str::to_owned).as_slice())
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        for (text, key, line) in [
            (
                &b"name,kind\nNew,open\n\"Won,won\nLost,lost\n"[..],
                "import-unclosed-quote",
                3usize,
            ),
            (b"name\n\"Won\" now\n", "import-stray-quote", 2),
            (b"name\n\"a\nb\0\"\n", "import-nul", 3),
            (b"name\n\xc8\x99,\n\xff\xfa\n", "import-not-utf8", 3),
            (&[b'x'; 2_000], "import-line-too-long", 1),
        ] {
            assert_eq!(records(text, b',').unwrap_err(), error_at(key, line));
        }
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe() {
        for cell in ["=1+1", "+1", "-1", "@a", "\ta", "\ra"] {
            assert_eq!(escape_formula(cell.to_owned()), format!("'{cell}"));
        }
        for cell in ["'quoted'", "plain", "", "'"] {
            assert_eq!(escape_formula(cell.to_owned()), cell);
        }
    }

    proptest! {
        #[test]
        fn neutralising_is_undone_exactly(cell in "['=+@\t\r-]{0,4}[a'=]{0,3}") {
            let safe = escape_formula(cell.clone());
            prop_assert!(!safe.starts_with(starts_formula));
            prop_assert_eq!(unescape_formula(&safe), cell);
        }

        #[test]
        fn what_the_writer_writes_the_reader_reads(
            rows in proptest::collection::vec(proptest::collection::vec("[aș\",;\n ']{0,4}", 2), 1..6)
        ) {
            let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let read = records(&writer.into_inner().unwrap(), b',').unwrap();
            let read: Vec<_> = read.into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn no_text_makes_the_reader_fail_otherwise_than_with_a_message(text in "\\PC{0,40}[\"\r\n,]{0,5}\\PC{0,40}") {
            let _ = records(text.as_bytes(), b',');
        }
    }
}
