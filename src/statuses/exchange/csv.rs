use std::iter::Peekable;
use std::str::Chars;

use ::csv::{Terminator, WriterBuilder};

use super::table::Table;
use super::{COLUMNS, Record};
use crate::error::{Error, Result};
use crate::i18n::Message;

/// A CSV file with a header, its lines ending as RFC 4180 says.
pub(super) fn write(records: &[Record]) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(Error::internal)?;
    for record in records {
        writer
            .write_record(cells(record).map(neutral))
            .map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

/// The cells of a row in the order of [`COLUMNS`].
fn cells(record: &Record) -> [String; 11] {
    let days = |days: Option<i32>| days.map_or(String::new(), |days| days.to_string());
    [
        record.name.to_owned(),
        record.slug.to_owned(),
        record.kind.to_string(),
        record.color.to_owned(),
        record.isdefault.to_string(),
        record.isconverted.to_string(),
        days(record.target_days),
        days(record.limit_days),
        record.definition.to_owned(),
        record.enter_when.join("\n"),
        record.leave_when.join("\n"),
    ]
}

/// Characters by which a spreadsheet takes a cell for a formula.
fn begins_a_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r')
}

/// True if import would take the first character of this cell for our apostrophe.
fn looks_neutral(cell: &str) -> bool {
    let rest = cell.strip_prefix('\'').and_then(|rest| rest.chars().next());
    rest.is_some_and(|c| begins_a_formula(c) || c == '\'')
}

/// The cell with an apostrophe before it if a spreadsheet would run it,
/// or if it would otherwise lose an apostrophe of its own on the way back.
fn neutral(cell: String) -> String {
    if cell.starts_with(begins_a_formula) || looks_neutral(&cell) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// The cell as it was before [`neutral`].
fn original(cell: String) -> String {
    if looks_neutral(&cell) {
        cell[1..].to_owned()
    } else {
        cell
    }
}

/// The rows of a CSV file whose cells are parted by commas, semicolons or tabs.
pub(super) fn read(text: &str) -> Result<Table, Message> {
    // Excel's own hint about the separator is no row.
    let (hint, body) = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => {
            (first.chars().nth(4), rest)
        }
        _ => (None, text),
    };
    let mut reader = Reader {
        chars: body.chars().peekable(),
        separator: hint.unwrap_or_else(|| separator(body)),
        line: if hint.is_some() { 2 } else { 1 },
    };
    let mut table: Option<Table> = None;
    while let Some((line, cells)) = reader.record()? {
        match &mut table {
            Some(table) => table.push_texts(line, cells.into_iter().map(original).collect())?,
            None if cells.iter().all(|cell| cell.trim().is_empty()) => {}
            None => {
                let titles = cells.iter().map(|title| title.trim().to_owned());
                table = Some(Table::new(titles.collect())?);
            }
        }
    }
    table.ok_or_else(|| Message::new("import-empty"))
}

/// What parts the cells: whichever of the three occurs most in the header.
fn separator(text: &str) -> char {
    let header = text.trim_start().lines().next().unwrap_or_default();
    let mut best = (',', header.matches(',').count());
    for other in [';', '\t'] {
        let count = header.matches(other).count();
        if count > best.1 {
            best = (other, count);
        }
    }
    best.0
}

/// Reads record by record and knows the line, which an error must name.
struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
    separator: char,
    line: usize,
}

impl Reader<'_> {
    /// The next record and the line that it begins on.
    fn record(&mut self) -> Result<Option<(usize, Vec<String>)>, Message> {
        if self.chars.peek().is_none() {
            return Ok(None);
        }
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            let cell = if self.chars.peek() == Some(&'"') {
                self.quoted()?
            } else {
                self.plain()
            };
            cells.push(cell);
            match self.next() {
                Some(c) if c == self.separator => {}
                _ => return Ok(Some((line, cells))),
            }
        }
    }

    /// The next character; every way to break a line comes out as `\n`.
    fn next(&mut self) -> Option<char> {
        let c = match self.chars.next()? {
            '\r' => {
                self.chars.next_if_eq(&'\n');
                '\n'
            }
            c => c,
        };
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    fn at_end_of_cell(&mut self) -> bool {
        match self.chars.peek() {
            None | Some('\r' | '\n') => true,
            Some(c) => *c == self.separator,
        }
    }

    fn plain(&mut self) -> String {
        let mut cell = String::new();
        while !self.at_end_of_cell() {
            cell.extend(self.next());
        }
        cell
    }

    fn quoted(&mut self) -> Result<String, Message> {
        let opened = self.line;
        self.next();
        let mut cell = String::new();
        loop {
            match self.next() {
                None => return Err(Message::new("import-unclosed-quote").with("line", opened)),
                Some('"') if self.chars.next_if_eq(&'"').is_some() => cell.push('"'),
                Some('"') => break,
                Some(c) => cell.push(c),
            }
        }
        if self.at_end_of_cell() {
            Ok(cell)
        } else {
            Err(Message::new("import-stray-quote").with("line", self.line))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn records(text: &str, separator: char) -> Result<Vec<(usize, Vec<String>)>, Message> {
        let mut reader = Reader {
            chars: text.chars().peekable(),
            separator,
            line: 1,
        };
        std::iter::from_fn(|| reader.record().transpose()).collect()
    }

    #[test]
    fn records_know_the_line_they_begin_on() {
        let read = records("a,b\r\n\"x\ny\",\"\"\"q\"\"\"\rlast,", ',').unwrap();
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
    fn a_quote_that_is_never_closed_is_named_with_its_line() {
        let told = records("name,kind\nNew,open\n\"Won,won\nLost,lost\n", ',').unwrap_err();
        assert_eq!(
            told,
            Message::new("import-unclosed-quote").with("line", 3usize)
        );
        let told = records("name\n\"Won\" now\n", ',').unwrap_err();
        assert_eq!(
            told,
            Message::new("import-stray-quote").with("line", 2usize)
        );
    }

    #[test]
    fn the_separator_is_what_the_header_uses() {
        assert_eq!(separator("name;kind;color\na,b"), ';');
        assert_eq!(separator("name\tkind"), '\t');
        assert_eq!(separator("name,kind"), ',');
        assert_eq!(separator("name"), ',');
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe() {
        for cell in ["=1+1", "+1", "-1", "@a", "\ta", "\ra"] {
            assert_eq!(neutral(cell.to_owned()), format!("'{cell}"));
        }
        for cell in ["'quoted'", "plain", "", "'"] {
            assert_eq!(neutral(cell.to_owned()), cell);
        }
    }

    proptest! {
        #[test]
        fn neutralising_is_undone_exactly(cell in "['=+@\t\r-]{0,4}[a'=]{0,3}") {
            let safe = neutral(cell.clone());
            prop_assert!(!safe.starts_with(begins_a_formula));
            prop_assert_eq!(original(safe), cell);
        }

        #[test]
        fn what_the_writer_writes_the_reader_reads(
            rows in proptest::collection::vec(proptest::collection::vec("[a\",;\n ']{0,4}", 2), 1..6)
        ) {
            let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let read: Vec<_> = records(&text, ',').unwrap().into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn no_text_makes_the_reader_fail_otherwise_than_with_a_message(text in "\\PC{0,40}[\"\r\n,]{0,5}\\PC{0,40}") {
            let _ = read(&text);
        }
    }
}
