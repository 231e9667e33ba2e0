//! Reads an uploaded file row by row, as often as needed: CSV, JSON or a workbook.

use std::fs::File;
use std::io::{BufRead, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tempfile::{NamedTempFile, TempPath};

use crate::error::{Error, Result};
use crate::files::csv::{Reader, separator_of, unescape_formula};
use crate::files::offset_file::OffsetFile;
use crate::files::rows::{Rows, is_rows, unpack};
use crate::files::text::{check_text, utf8};
use crate::files::{Format, MAX_COLUMNS, Record, SheetNotes};
use crate::i18n::Message;

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
    /// The sheet that is read, and what it leaves out; empty for other formats.
    notes: SheetNotes,
    /// The most bytes of a row of a CSV file.
    max_row_bytes: usize,
    /// The unpacked rows of a workbook, deleted with the last clone.
    _rows: Option<Arc<TempPath>>,
}

/// A row as the file has it.
#[derive(Clone, Copy)]
pub enum FileRow<'a> {
    /// Its cells may have the mark that keeps spreadsheets from running formulas.
    Csv(&'a Record),
    Sheet(&'a Record),
    /// An element of a JSON array.
    Json(&'a Value),
}

impl<'a> FileRow<'a> {
    /// A cell by its column, from 0, without the mark; empty beyond the last one.
    pub fn get(self, at: usize) -> &'a str {
        match self {
            FileRow::Csv(record) => unescape_formula(record.get(at).unwrap_or_default()),
            FileRow::Sheet(record) => record.get(at).unwrap_or_default(),
            FileRow::Json(_) => "",
        }
    }
}

/// Called with the line of each row, or the number of an entry of JSON; false to stop.
pub type OnRow<'a> = dyn FnMut(usize, FileRow) -> Result<bool> + 'a;

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
            notes: SheetNotes::default(),
            max_row_bytes: MAX_ROW_BYTES,
            _rows: None,
        };
        let start = source.first_bytes()?;
        if is_rows(&start) {
            source.format = Format::Xlsx;
            source.notes = source.sheet()?.1;
            return Ok(source);
        }
        source.format = Format::of(&start, filename).map_err(Error::Unreadable)?;
        if source.format == Format::Xlsx {
            let rows = NamedTempFile::new().map_err(unreadable)?;
            unpack(source.open_file()?, rows.as_file()).map_err(Error::Unreadable)?;
            let rows = rows.into_temp_path();
            (source.path, source.skip) = (rows.to_path_buf(), 0);
            source.notes = source.sheet()?.1;
            source._rows = Some(Arc::new(rows));
        }
        let text = String::from_utf8_lossy(&start);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if source.format == Format::Csv && text.starts_with(['[', '{']) {
            source.format = Format::Json;
        }
        Ok(source)
    }

    /// Opens a file, and replaces a workbook by its unpacked rows, so that it is unpacked only once.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the message to show.
    pub fn open_in_place(path: &Path, skip: u64, filename: &str) -> Result<SourceFile> {
        let workbook = OffsetFile::open(path, skip).map_err(unreadable)?;
        let mut start = Vec::new();
        let result = (&workbook.file).take(4096).read_to_end(&mut start);
        result.map_err(unreadable)?;
        if !is_rows(&start) && matches!(Format::of(&start, filename), Ok(Format::Xlsx)) {
            let dir = path.parent().unwrap_or(Path::new("."));
            let mut rows = NamedTempFile::new_in(dir).map_err(unreadable)?;
            let prefix = File::open(path).map_err(unreadable)?;
            std::io::copy(&mut prefix.take(skip), &mut rows).map_err(unreadable)?;
            unpack(workbook, rows.as_file()).map_err(Error::Unreadable)?;
            rows.persist(path)
                .map_err(|failed| unreadable(failed.error))?;
        }
        SourceFile::open(path, skip, filename)
    }

    /// The source with rows of any length: a row is as long as the file at most, and what its cells may hold is judged
    /// by the fields.
    pub fn with_long_rows(mut self) -> SourceFile {
        self.max_row_bytes = usize::MAX;
        self
    }

    fn first_bytes(&self) -> Result<Vec<u8>> {
        let mut start = Vec::new();
        let read = self.open_file()?.take(4096).read_to_end(&mut start);
        read.map_err(unreadable)?;
        Ok(start)
    }

    /// The messages about the sheet of a workbook with these titles.
    pub fn sheet_messages(&self, titles: &[String]) -> Vec<Message> {
        self.notes.messages(titles)
    }

    /// The columns that a sheet hides, from 0.
    pub fn hidden_columns(&self) -> &[usize] {
        &self.notes.hidden_columns
    }

    fn sheet(&self) -> Result<(Rows<OffsetFile>, SheetNotes)> {
        Rows::open(self.open_file()?).map_err(Error::Unreadable)
    }

    fn open_file(&self) -> Result<OffsetFile> {
        OffsetFile::open(&self.path, self.skip).map_err(unreadable)
    }

    /// The titles of the columns; in JSON, the names of all members. Empty for a file without any.
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
        Ok(titles)
    }

    /// Reads the rows below the titles, without blank ones.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the message to show; what `on_row` returns.
    pub fn rows(&self, on_row: &mut OnRow) -> Result<()> {
        let mut record = Record::default();
        match self.format {
            Format::Csv => {
                let (mut reader, _) = self.open_csv()?;
                while let Some(line) = reader.read(&mut record).map_err(Error::Unreadable)? {
                    if !record.is_blank() && !on_row(line, FileRow::Csv(&record))? {
                        break;
                    }
                }
                Ok(())
            }
            Format::Json => self.each_entry(&mut |at, value| on_row(at, FileRow::Json(&value))),
            Format::Xlsx => {
                let mut rows = self.sheet()?.0;
                // The first row has the titles.
                rows.read(&mut record).map_err(Error::Unreadable)?;
                while let Some(line) = rows.read(&mut record).map_err(Error::Unreadable)? {
                    if !on_row(line, FileRow::Sheet(&record))? {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    /// A reader behind the header, and the titles.
    fn open_csv(&self) -> Result<(Reader<impl BufRead>, Vec<String>)> {
        let mut input = self.open_text()?;
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
        let input = Cursor::new(head).chain(input);
        let mut reader = Reader::new(input, separator, line, self.max_row_bytes);
        let mut record = Record::default();
        let mut has_row = true;
        while has_row && record.is_blank() {
            has_row = reader
                .read(&mut record)
                .map_err(Error::Unreadable)?
                .is_some();
        }
        let titles = record
            .iter()
            .map(|title| unescape_formula(title.trim()).to_owned());
        let titles = titles.filter(|_| has_row).collect();
        Ok((reader, titles))
    }

    /// The text of the file.
    pub(super) fn open_text(&self) -> Result<Box<dyn BufRead>> {
        utf8(self.open_file()?).map_err(unreadable)
    }

    /// Checks that a text is UTF-8 without NUL characters, and not blank.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the message to show.
    pub fn check_text(&self) -> Result<()> {
        match self.format {
            Format::Xlsx => Ok(()),
            Format::Csv | Format::Json => check_text(self.open_text()?).map_err(Error::Unreadable),
        }
    }
}

fn read_line(input: &mut Box<dyn BufRead>, into: &mut Vec<u8>) -> Result<String> {
    let from = into.len();
    let read = input.take(MAX_ROW_BYTES as u64).read_until(b'\n', into);
    read.map_err(unreadable)?;
    Ok(String::from_utf8_lossy(&into[from..]).into_owned())
}

/// The error for a file that can't be read.
pub fn unreadable(cause: std::io::Error) -> Error {
    Error::Unreadable(crate::files::csv::unreadable(cause))
}
