//! Reads an uploaded file row by row, as often as needed: CSV, JSON or a workbook.

use std::fs::File;
use std::io::{BufRead, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::{NamedTempFile, TempPath};

use crate::error::{Error, Result};
use crate::files::{
    Format, MAX_COLUMNS, Reader, Record, Rows, SheetNotes, is_rows, separator_of, unescape_formula,
    unpack, utf8,
};
use crate::i18n::Message;
use crate::leads::actions::import::offset_file::OffsetFile;

/// The most bytes of a row.
const MAX_ROW_BYTES: usize = 1 << 20;

/// A file and its format, without a mapping.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: PathBuf,
    /// Bytes before the file itself.
    skip: u64,
    pub filename: String,
    pub format: Format,
    /// The sheet that is read, and what it leaves out; nothing for other formats.
    pub notes: Option<SheetNotes>,
    /// The unpacked rows of a workbook, deleted with the last clone.
    _rows: Option<Arc<TempPath>>,
}

/// The cells of a row, without the mark that keeps spreadsheets from running formulas.
#[derive(Clone, Copy)]
pub struct FileRow<'a> {
    record: &'a Record,
    is_csv: bool,
}

impl<'a> FileRow<'a> {
    /// A cell by its column, from 0; empty beyond the last one.
    pub fn get(&self, at: usize) -> &'a str {
        let cell = self.record.get(at).unwrap_or_default();
        if self.is_csv {
            unescape_formula(cell)
        } else {
            cell
        }
    }
}

/// Called with each row: its line, and its cells or their problem; false to stop.
pub type OnRow<'a> = dyn FnMut(usize, Result<FileRow, Message>) -> Result<bool> + 'a;

impl SourceFile {
    /// Opens a file behind its first `skip` bytes. A workbook is unpacked into a temporary file that is deleted with
    /// the last clone of the source.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the message to show.
    pub fn open(path: &Path, skip: u64, filename: &str) -> Result<SourceFile> {
        let mut source = SourceFile {
            path: path.to_owned(),
            skip,
            filename: filename.to_owned(),
            format: Format::Csv,
            notes: None,
            _rows: None,
        };
        let start = source.first_bytes()?;
        if is_rows(&start) {
            source.format = Format::Xlsx;
            source.notes = Some(source.sheet()?.1);
            return Ok(source);
        }
        source.format = Format::of(&start, filename).map_err(Error::Unreadable)?;
        if source.format == Format::Xlsx {
            let rows = NamedTempFile::new().map_err(unreadable)?;
            unpack(source.open_file()?, rows.as_file()).map_err(Error::Unreadable)?;
            let rows = rows.into_temp_path();
            (source.path, source.skip) = (rows.to_path_buf(), 0);
            source.notes = Some(source.sheet()?.1);
            source._rows = Some(Arc::new(rows));
        }
        let text = String::from_utf8_lossy(&start);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if source.format == Format::Csv && text.starts_with(['[', '{']) {
            source.format = Format::Json;
        }
        Ok(source)
    }

    /// Replaces a workbook by its unpacked rows, so that it is unpacked only once; other files stay as they are.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the message to show.
    pub fn unpack_in_place(path: &Path, skip: u64, filename: &str) -> Result<()> {
        let workbook = OffsetFile::open(path, skip).map_err(unreadable)?;
        let mut start = Vec::new();
        let result = (&workbook.file).take(4096).read_to_end(&mut start);
        result.map_err(unreadable)?;
        if is_rows(&start) || !matches!(Format::of(&start, filename), Ok(Format::Xlsx)) {
            return Ok(());
        }
        let dir = path.parent().unwrap_or(Path::new("."));
        let mut rows = NamedTempFile::new_in(dir).map_err(unreadable)?;
        let prefix = File::open(path).map_err(unreadable)?;
        std::io::copy(&mut prefix.take(skip), &mut rows).map_err(unreadable)?;
        unpack(workbook, rows.as_file()).map_err(Error::Unreadable)?;
        rows.persist(path)
            .map_err(|failed| unreadable(failed.error))?;
        Ok(())
    }

    fn first_bytes(&self) -> Result<Vec<u8>> {
        let mut start = Vec::new();
        let read = self.open_file()?.take(4096).read_to_end(&mut start);
        read.map_err(unreadable)?;
        Ok(start)
    }

    /// The messages about the sheet of a workbook with these titles.
    pub fn sheet_messages(&self, titles: &[String]) -> Vec<Message> {
        let notes = self.notes.as_ref();
        notes.map_or_else(Vec::new, |notes| notes.messages(titles))
    }

    /// The columns that a sheet hides, from 0.
    pub fn hidden_columns(&self) -> &[usize] {
        let notes = self.notes.as_ref();
        notes.map_or(&[], |notes| &notes.hidden_columns)
    }

    fn sheet(&self) -> Result<(Rows<OffsetFile>, SheetNotes)> {
        Rows::open(self.open_file()?).map_err(Error::Unreadable)
    }

    fn open_file(&self) -> Result<OffsetFile> {
        OffsetFile::open(&self.path, self.skip).map_err(unreadable)
    }

    /// The titles of the columns; in JSON, the names of all members.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the message to show.
    pub fn titles(&self) -> Result<Vec<String>> {
        let titles = match self.format {
            Format::Csv => self.open_csv()?.1,
            Format::Json => self.json_titles()?,
            Format::Xlsx => {
                let mut record = Record::default();
                let mut rows = self.sheet()?.0;
                rows.read(&mut record).map_err(Error::Unreadable)?;
                let titles = record.iter().map(|title| title.trim().to_owned());
                titles.collect()
            }
        };
        if titles.len() > MAX_COLUMNS {
            let message = Message::new("import-too-many-columns").with("max", MAX_COLUMNS);
            return Err(Error::Unreadable(message));
        }
        if titles.is_empty() {
            return Err(Error::Unreadable(Message::new("lead-import-empty")));
        }
        Ok(titles)
    }

    /// Reads the rows below the titles, without blank ones.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the message to show; what `take` returns.
    pub fn rows(&self, titles: &[String], on_row: &mut OnRow) -> Result<()> {
        match self.format {
            Format::Csv => self.csv_rows(titles, on_row),
            Format::Json => self.json_rows(titles, on_row),
            Format::Xlsx => self.sheet_rows(titles, on_row),
        }
    }

    /// A reader behind the header, and the titles.
    fn open_csv(&self) -> Result<(Reader<impl BufRead>, Vec<String>)> {
        let mut input = utf8(self.open_file()?).map_err(unreadable)?;
        let (mut line, mut head) = (1, Vec::new());
        let mut first = read_line(&mut input, &mut head)?;
        let mut hint = None;
        // Excel writes its separator in a line of its own.
        if first.trim_end().len() == 5 && first.starts_with("sep=") {
            hint = first.as_bytes().get(4).copied();
            head.clear();
            line = 2;
            first = read_line(&mut input, &mut head)?;
        }
        while first.trim().is_empty() && !first.is_empty() {
            first = read_line(&mut input, &mut head)?;
        }
        let separator =
            hint.unwrap_or_else(|| separator_of(first.split('\r').next().unwrap_or_default()));
        let mut reader = Reader::new(
            Cursor::new(head).chain(input),
            separator,
            line,
            MAX_ROW_BYTES,
        );
        let mut record = Record::default();
        while reader
            .read(&mut record)
            .map_err(Error::Unreadable)?
            .is_some()
        {
            if !record.is_blank() {
                let titles = record
                    .iter()
                    .map(|title| unescape_formula(title.trim()).to_owned());
                return Ok((reader, titles.collect()));
            }
        }
        Err(Error::Unreadable(Message::new("lead-import-empty")))
    }

    fn csv_rows(&self, titles: &[String], on_row: &mut OnRow) -> Result<()> {
        let (mut reader, _) = self.open_csv()?;
        let mut record = Record::default();
        while let Some(line) = reader.read(&mut record).map_err(Error::Unreadable)? {
            if record.is_blank() {
                continue;
            }
            let row = check_cells(&record, titles.len(), true);
            if !on_row(line, row)? {
                break;
            }
        }
        Ok(())
    }

    fn sheet_rows(&self, titles: &[String], on_row: &mut OnRow) -> Result<()> {
        let (mut rows, mut record) = (self.sheet()?.0, Record::default());
        // The first row has the titles.
        rows.read(&mut record).map_err(Error::Unreadable)?;
        while let Some(line) = rows.read(&mut record).map_err(Error::Unreadable)? {
            if !on_row(line, check_cells(&record, titles.len(), false))? {
                break;
            }
        }
        Ok(())
    }

    /// The text of the file.
    pub(crate) fn open_text(&self) -> Result<Box<dyn BufRead>> {
        utf8(self.open_file()?).map_err(unreadable)
    }
}

/// Checks the number of cells. A row of CSV with too few has lost some; a sheet leaves out blank cells at the end.
fn check_cells(record: &Record, titles: usize, is_csv: bool) -> Result<FileRow<'_>, Message> {
    let refusal = |key| {
        Message::new(key)
            .with("length", record.len())
            .with("max", titles)
    };
    let extra = record.iter().skip(titles);
    if extra.into_iter().any(|cell| !cell.trim().is_empty()) {
        Err(refusal("lead-import-many-cells"))
    } else if is_csv && record.len() < titles {
        Err(refusal("lead-import-few-cells"))
    } else {
        Ok(FileRow { record, is_csv })
    }
}

/// A row that comes from JSON, with cells as they are.
pub(crate) fn json_row(record: &Record) -> FileRow<'_> {
    FileRow {
        record,
        is_csv: false,
    }
}

fn read_line(input: &mut Box<dyn BufRead>, into: &mut Vec<u8>) -> Result<String> {
    let from = into.len();
    let read = input.take(MAX_ROW_BYTES as u64).read_until(b'\n', into);
    read.map_err(unreadable)?;
    Ok(String::from_utf8_lossy(&into[from..]).into_owned())
}

pub(crate) fn unreadable(cause: std::io::Error) -> Error {
    Error::Unreadable(match cause.kind() {
        std::io::ErrorKind::InvalidData => Message::new("import-not-utf16"),
        _ => Message::new("import-unreadable").with("cause", cause.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type ReadFile = (Vec<String>, Vec<(usize, Result<Vec<String>, &'static str>)>);

    fn read(filename: &str, bytes: &[u8]) -> Result<ReadFile> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, [b"before\0", bytes].concat()).unwrap();
        let source = SourceFile::open(&path, 7, filename)?;
        let titles = source.titles()?;
        let mut rows = Vec::new();
        source.rows(&titles, &mut |line, row| {
            let cells = row.map(|row| (0..titles.len()).map(|at| row.get(at).to_owned()).collect());
            rows.push((line, cells.map_err(|message| message.key)));
            Ok(true)
        })?;
        Ok((titles, rows))
    }

    fn refusal(filename: &str, bytes: &[u8]) -> &'static str {
        match read(filename, bytes) {
            Err(Error::Unreadable(message)) => message.key,
            other => panic!("{other:?}"),
        }
    }

    fn cells(cells: [&str; 2]) -> Result<Vec<String>, &'static str> {
        Ok(cells.map(str::to_owned).to_vec())
    }

    #[test]
    fn every_format_and_encoding_reads_alike() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(
                "a\tb\r\nȘ\t=1\r\n"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes),
            )
            .collect();
        let files: [(&str, &[u8], usize); 6] = [
            ("a.csv", "a,b\nȘ,'=1\n\n , \n".as_bytes(), 2),
            ("a.csv", "\u{feff}\n\na;b\r\nȘ;'=1;\r\n".as_bytes(), 4),
            ("a.csv", "sep=;\r\na;b\r\nȘ;'=1".as_bytes(), 3),
            ("a.csv", "a,b\rȘ,'=1".as_bytes(), 2),
            ("a.csv", &utf16, 2),
            ("a.txt", r#" [{"a": "Ș", "b": "=1"}]"#.as_bytes(), 1),
        ];
        for (name, bytes, line) in files {
            let (titles, rows) = read(name, bytes).unwrap();
            assert_eq!(titles, ["a", "b"]);
            assert_eq!(rows, [(line, cells(["Ș", "=1"]))], "{name}");
        }
    }

    #[test]
    fn a_row_that_lost_cells_is_refused() {
        let (_, rows) = read("a.csv", b"a,b\n1\n1,2,3\n1,2,\n").unwrap();
        assert_eq!(rows[0], (2, Err("lead-import-few-cells")));
        assert_eq!(rows[1], (3, Err("lead-import-many-cells")));
        assert_eq!(rows[2], (4, cells(["1", "2"])));
    }

    #[test]
    fn members_of_any_json_object_are_columns() {
        let json = br#"[{"a": 1.50, "b": null}, {"b": true}, {"a": [1]}, 5]"#;
        let (titles, rows) = read("a.json", json).unwrap();
        assert_eq!(titles, ["a", "b"]);
        assert_eq!(rows[0], (1, cells(["1.5", ""])));
        assert_eq!(rows[1], (2, cells(["", "true"])));
        assert_eq!(rows[2], (3, Err("lead-import-nested")));
        assert_eq!(rows[3], (4, Err("lead-import-no-object")));
    }

    #[test]
    fn an_unreadable_file_is_refused_with_one_message() {
        let giant = [b"a\n\"".to_vec(), vec![b'x'; 2 << 20]].concat();
        for (name, bytes, key) in [
            ("a.csv", &b""[..], "lead-import-empty"),
            ("a.csv", b"\xef\xbb\xbf \r\n", "lead-import-empty"),
            ("a.csv", b"a\nx\0\n", "import-nul"),
            ("a.csv", b"a\n\xff\n", "import-not-utf8"),
            ("a.csv", b"\xff\xfe\x00\xd8", "import-not-utf16"),
            ("a.csv", b"a\n\"x\n", "import-unclosed-quote"),
            ("a.csv", &giant, "import-line-too-long"),
            ("a.json", b"{\"a\": 1}", "lead-import-not-array"),
            ("a.json", b"[{\"a\": 1}, oops]", "import-not-json"),
            ("a.json", b"[{\"a\": 1}] more", "import-not-json"),
            ("a.json", b"[]", "lead-import-empty"),
            ("a.xlsx", b"PK\x03\x04oops", "import-not-xlsx"),
            ("a.xls", b"\xd0\xcf\x11\xe0oops", "import-not-xlsx"),
        ] {
            assert_eq!(refusal(name, bytes), key, "{name}");
        }
        assert_eq!(
            refusal("a.csv", "a,".repeat(300).as_bytes()),
            "import-too-many-columns"
        );
        assert_eq!(refusal("a.json", &b"[".repeat(100_000)), "import-not-json");
    }
}
