//! Reads an uploaded file row by row, as often as needed: CSV, JSON or a workbook.

use std::fs::File;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tempfile::{NamedTempFile, TempPath};

use crate::error::{Error, Result};
use crate::files::csv::{Reader, unescape_formula};
use crate::files::encoding;
use crate::files::layout::{
    IsTitle, Layout, SAMPLE_BYTES, SAMPLE_RECORDS, SampleRecords, guess_separator, read_sample,
};
use crate::files::offset_file::OffsetFile;
use crate::files::table_footer::FooterDetector;
use crate::files::text::{check_text, utf8};
use crate::files::unpacked_rows::{UnpackedRows, is_unpacked, unpack};
use crate::files::{
    Format, MAX_COLUMNS, ReadOptions, Record, Separator, SheetSummary, TextEncoding,
};
use crate::i18n::Message;

/// The most bytes of a row.
const MAX_ROW_BYTES: usize = 1 << 20;

/// A file and how it is read, without a mapping.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: PathBuf,
    /// Bytes before the file itself.
    prefix_len: u64,
    pub filename: String,
    pub format: Format,
    encoding: TextEncoding,
    separator: Separator,
    layout: Layout,
    /// The options that a user chose; the others are guessed.
    chosen_options: ReadOptions,
    /// The sheet that is read, and what it leaves out; empty for other formats.
    pub(super) sheet: SheetSummary,
    /// The sheets to choose from.
    sheets: Vec<String>,
    /// The most bytes of a row of a CSV file.
    max_row_bytes: usize,
    /// The unpacked rows of a workbook, deleted with the last clone.
    _rows: Option<Arc<TempPath>>,
}

/// A row as the file has it.
#[derive(Clone, Copy)]
pub enum FileRow<'a> {
    /// The cells may begin with the apostrophe that keeps spreadsheets from running formulas.
    Csv(&'a Record),
    Sheet(&'a Record),
    /// A line below the table that is about it.
    Footer(&'a Record),
    /// An element of a JSON array.
    Json(&'a Value),
}

impl<'a> FileRow<'a> {
    /// A cell by its column, from 0, without the apostrophe; empty beyond the last one.
    pub fn get(self, column: usize) -> &'a str {
        match self {
            FileRow::Csv(record) | FileRow::Footer(record) => {
                unescape_formula(record.get(column).unwrap_or_default())
            }
            FileRow::Sheet(record) => record.get(column).unwrap_or_default(),
            FileRow::Json(_) => "",
        }
    }
}

/// Called with the line of each row, or the number of an element of JSON; returns false to stop.
pub type OnRow<'a> = dyn FnMut(usize, FileRow) -> Result<bool> + 'a;

impl SourceFile {
    /// Opens a file behind its first `prefix_len` bytes; options that the user didn't choose are guessed. A row in
    /// which `is_title` is true for several cells is the header. A workbook is unpacked into a temporary file that is
    /// deleted with the last clone of the source.
    ///
    /// # Errors
    /// Returns [`Error::Unreadable`] with the message to show.
    pub fn open(
        path: &Path,
        prefix_len: u64,
        filename: &str,
        options: &ReadOptions,
        is_title: IsTitle,
    ) -> Result<SourceFile> {
        let mut source = SourceFile {
            path: path.to_owned(),
            prefix_len,
            filename: filename.to_owned(),
            format: Format::Csv,
            encoding: TextEncoding::UTF_8,
            separator: Separator::COMMA,
            layout: Layout::default(),
            chosen_options: options.clone(),
            sheet: SheetSummary::default(),
            sheets: Vec::new(),
            max_row_bytes: MAX_ROW_BYTES,
            _rows: None,
        };
        let start = source.first_bytes()?;
        match is_unpacked(&start) {
            true => source.format = Format::Xlsx,
            false => source.format = Format::of(&start, filename).map_err(Error::Unreadable)?,
        }
        if source.format == Format::Xlsx {
            if !is_unpacked(&start) {
                let rows = NamedTempFile::new().map_err(unreadable)?;
                unpack(source.open_file()?, rows.as_file()).map_err(Error::Unreadable)?;
                let rows = rows.into_temp_path();
                (source.path, source.prefix_len) = (rows.to_path_buf(), 0);
                source._rows = Some(Arc::new(rows));
            }
            source.find_layout_of_sheet(is_title)?;
        } else {
            source.find_layout_of_text(is_title)?;
        }
        Ok(source)
    }

    /// Opens a file as [`SourceFile::open`] does, and replaces a workbook by its unpacked rows, so that it is unpacked
    /// only once.
    ///
    /// # Errors
    /// Returns [`Error::Unreadable`] with the message to show.
    pub fn open_in_place(
        path: &Path,
        prefix_len: u64,
        filename: &str,
        options: &ReadOptions,
        is_title: IsTitle,
    ) -> Result<SourceFile> {
        let workbook = OffsetFile::open(path, prefix_len).map_err(unreadable)?;
        let mut start = Vec::new();
        let result = (&workbook.file).take(4096).read_to_end(&mut start);
        result.map_err(unreadable)?;
        if !is_unpacked(&start) && matches!(Format::of(&start, filename), Ok(Format::Xlsx)) {
            let dir = path.parent().unwrap_or(Path::new("."));
            let mut rows = NamedTempFile::new_in(dir).map_err(unreadable)?;
            let prefix = File::open(path).map_err(unreadable)?;
            std::io::copy(&mut prefix.take(prefix_len), &mut rows).map_err(unreadable)?;
            unpack(workbook, rows.as_file()).map_err(Error::Unreadable)?;
            rows.persist(path)
                .map_err(|error| unreadable(error.error))?;
        }
        SourceFile::open(path, prefix_len, filename, options, is_title)
    }

    fn find_layout_of_sheet(&mut self, is_title: IsTitle) -> Result<()> {
        let name = self.chosen_options.sheet.as_deref();
        let (mut rows, sheet, sheets) =
            UnpackedRows::open(self.open_file()?, name).map_err(Error::Unreadable)?;
        let mut records = SampleRecords::new();
        while records.len() < SAMPLE_RECORDS {
            let mut record = Record::default();
            match rows.read(&mut record).map_err(Error::Unreadable)? {
                Some(line) => records.push((line, record)),
                None => break,
            }
        }
        let header_line = self.chosen_options.header_line;
        // A sheet leaves out blank cells at the end of its rows.
        self.layout = Layout::of(&records, sheet.columns, header_line, is_title);
        (self.sheet, self.sheets) = (sheet, sheets);
        Ok(())
    }

    fn find_layout_of_text(&mut self, is_title: IsTitle) -> Result<()> {
        self.encoding = match self.chosen_options.encoding {
            Some(encoding) => encoding,
            None => encoding::guess(self.open_file()?).map_err(unreadable)?,
        };
        let mut text = Vec::new();
        let read = self.open_text()?.take(SAMPLE_BYTES).read_to_end(&mut text);
        read.map_err(unreadable)?;
        let start = text.trim_ascii_start();
        if self.format == Format::Json || matches!(start.first(), Some(b'[' | b'{')) {
            self.format = Format::Json;
            return Ok(());
        }
        let is_cut = text.len() as u64 == SAMPLE_BYTES;
        // Excel writes its separator in a line of its own.
        let first = first_line(&text);
        let hint = Separator::of_hint(&String::from_utf8_lossy(first));
        let (text, line) = match hint {
            Some(_) => (&text[first.len()..], 2),
            None => (&text[..], 1),
        };
        let separator = self.chosen_options.separator.or(hint.flatten());
        self.separator = separator.unwrap_or_else(|| guess_separator(text, line, is_cut));
        let (records, _) = read_sample(text, line, self.separator, is_cut);
        self.layout = Layout::of(&records, 0, self.chosen_options.header_line, is_title);
        if records.is_empty() && !text.trim_ascii().is_empty() {
            // Reading the text from here fails with a message about it.
            self.layout.header_line = line;
        }
        Ok(())
    }

    /// How the file is read: the options that a user chose, else those that were guessed.
    pub fn read_options(&self) -> ReadOptions {
        let is_text = self.format != Format::Xlsx;
        let has_header = self.format != Format::Json;
        ReadOptions {
            encoding: is_text.then_some(self.encoding),
            separator: (self.format == Format::Csv).then_some(self.separator),
            header_line: has_header.then_some(self.layout.header_line),
            sheet: (self.format == Format::Xlsx).then(|| self.sheet.name.clone()),
        }
    }

    /// The options that a user chose.
    pub fn chosen_options(&self) -> &ReadOptions {
        &self.chosen_options
    }

    /// The sheets of a workbook to choose from.
    pub fn sheets(&self) -> &[String] {
        &self.sheets
    }

    /// The columns with data and without a title, from 0, as far as the first rows have them.
    pub fn untitled_columns(&self) -> &[usize] {
        &self.layout.untitled
    }

    /// The source with rows of any length: a row is as long as the file at most, and the fields limit their values.
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

    /// The columns that a sheet hides, from 0.
    pub fn hidden_columns(&self) -> &[usize] {
        &self.sheet.hidden_columns
    }

    /// The rows of the sheet behind its header, and the header.
    fn open_sheet(&self) -> Result<(UnpackedRows<OffsetFile>, Record)> {
        let name = Some(self.sheet.name.as_str());
        let (mut rows, ..) =
            UnpackedRows::open(self.open_file()?, name).map_err(Error::Unreadable)?;
        let mut record = Record::default();
        while let Some(line) = rows.read(&mut record).map_err(Error::Unreadable)? {
            if line >= self.layout.header_line {
                return Ok((rows, record));
            }
        }
        Ok((rows, Record::default()))
    }

    fn open_file(&self) -> Result<OffsetFile> {
        OffsetFile::open(&self.path, self.prefix_len).map_err(unreadable)
    }

    /// The titles of the columns; in JSON, the names of all members. Empty for a file without any.
    ///
    /// # Errors
    /// Returns [`Error::Unreadable`] with the message to show.
    pub fn titles(&self) -> Result<Vec<String>> {
        let titles = match self.format {
            Format::Csv => self.titles_of(&self.open_csv()?.1),
            Format::Json => self.json_titles()?,
            Format::Xlsx => self.titles_of(&self.open_sheet()?.1),
        };
        if titles.len() > MAX_COLUMNS {
            let message = Message::new("import-too-many-columns").with("max", MAX_COLUMNS);
            return Err(Error::Unreadable(message));
        }
        Ok(titles)
    }

    /// The titles of a header, and blank ones for columns beyond it.
    fn titles_of(&self, header: &Record) -> Vec<String> {
        let title = |title: &str| {
            let words: Vec<&str> = unescape_formula(title.trim()).split_whitespace().collect();
            words.join(" ")
        };
        let mut titles: Vec<String> = header.iter().map(title).collect();
        if !titles.is_empty() {
            titles.resize(self.layout.width.max(titles.len()), String::new());
        }
        titles
    }

    /// Reads the rows below the titles, without blank ones.
    ///
    /// # Errors
    /// Returns [`Error::Unreadable`] with the message to show, and the errors of `on_row`.
    pub fn rows(&self, on_row: &mut OnRow) -> Result<()> {
        let mut record = Record::default();
        match self.format {
            Format::Csv => {
                let (mut reader, header) = self.open_csv()?;
                let (mut footer, mut is_after_blank) = (FooterDetector::of(&header), false);
                while let Some(line) = reader.read(&mut record).map_err(Error::Unreadable)? {
                    let is_footer = !record.is_blank() && footer.is_footer(&record, is_after_blank);
                    is_after_blank = record.is_blank();
                    let row = match is_footer {
                        true => FileRow::Footer(&record),
                        false => FileRow::Csv(&record),
                    };
                    if !record.is_blank() && !on_row(line, row)? {
                        break;
                    }
                }
                Ok(())
            }
            Format::Json => {
                self.each_element(&mut |number, value| on_row(number, FileRow::Json(&value)))
            }
            Format::Xlsx => {
                let (mut rows, header) = self.open_sheet()?;
                let (mut footer, mut next) = (FooterDetector::of(&header), 0);
                while let Some(line) = rows.read(&mut record).map_err(Error::Unreadable)? {
                    let row = match footer.is_footer(&record, next > 0 && line > next) {
                        true => FileRow::Footer(&record),
                        false => FileRow::Sheet(&record),
                    };
                    next = line + 1;
                    if !on_row(line, row)? {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    /// A reader behind the header, and the header.
    fn open_csv(&self) -> Result<(Reader<impl BufRead>, Record)> {
        let separator = self.separator.byte();
        let mut reader = Reader::new(self.open_text()?, separator, 1, self.max_row_bytes);
        let mut record = Record::default();
        while let Some(line) = reader.read(&mut record).map_err(Error::Unreadable)? {
            if line >= self.layout.header_line && !record.is_blank() {
                return Ok((reader, record));
            }
        }
        Ok((reader, Record::default()))
    }

    /// The text of the file.
    pub(super) fn open_text(&self) -> Result<Box<dyn BufRead>> {
        utf8(self.open_file()?, self.encoding).map_err(unreadable)
    }

    /// Checks that a text is UTF-8 without NUL characters, and not blank.
    ///
    /// # Errors
    /// Returns [`Error::Unreadable`] with the message to show.
    pub fn check_text(&self) -> Result<()> {
        match self.format {
            Format::Xlsx => Ok(()),
            Format::Csv | Format::Json => check_text(self.open_text()?).map_err(Error::Unreadable),
        }
    }
}

/// The first line with its end, of any kind.
fn first_line(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    match end {
        Some(end) if text[end..].starts_with(b"\r\n") => &text[..end + 2],
        Some(end) => &text[..=end],
        None => text,
    }
}

/// The error for a file that can't be read.
pub fn unreadable(cause: std::io::Error) -> Error {
    Error::Unreadable(crate::files::csv::unreadable(cause))
}
