//! Reads a file of statuses: its titles and rows, and its columns as fields of a status.

use std::path::Path;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::files::{
    BlankCells, FileReading, FileRow, Format, ReadOptions, SourceFile, list_of_titles,
};
use crate::i18n::Message;
use crate::records::field::{Field, json_text};
use crate::records::field_set::FieldSet;
use crate::records::fields::Fields;
use crate::records::mapping::{ColumnChoice, Mapping};
use crate::statuses::domain::import_row::ImportRow;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::status::{StatusField, label_key};

/// The most rows of one import.
pub const MAX_ROWS: usize = 5_000;

/// A column of statuses in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusFileColumn {
    Field(StatusField),
    Slug,
    Holds(Role),
}

/// The first columns of a file, some of which are no fields of the form.
const FIRST: [StatusFileColumn; 8] = [
    StatusFileColumn::Field(StatusField::Name),
    StatusFileColumn::Slug,
    StatusFileColumn::Field(StatusField::Kind),
    StatusFileColumn::Field(StatusField::Color),
    StatusFileColumn::Holds(Role::Default),
    StatusFileColumn::Holds(Role::Converted),
    StatusFileColumn::Field(StatusField::TargetDays),
    StatusFileColumn::Field(StatusField::LimitDays),
];

/// The columns of statuses, in the order of export.
pub static COLUMNS: LazyLock<Vec<StatusFileColumn>> = LazyLock::new(|| {
    let fields = StatusField::ALL
        .iter()
        .map(|field| StatusFileColumn::Field(*field));
    let others = fields.filter(|column| !FIRST.contains(column));
    FIRST.into_iter().chain(others).collect()
});

impl StatusFileColumn {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            StatusFileColumn::Field(field) => field.name(),
            StatusFileColumn::Slug => "slug",
            StatusFileColumn::Holds(role) => role.field(),
        }
    }
}

/// The fields in files.
pub static FILE_FIELDS: LazyLock<FieldSet> = LazyLock::new(|| FieldSet {
    fields: COLUMNS
        .iter()
        .map(|column| column.name())
        .collect::<Vec<_>>()
        .leak(),
    label: label_key,
    former_label: |field| match field {
        "enter_when" => Some("status-field-enter-when-former"),
        "leave_when" => Some("status-field-leave-when-former"),
        _ => None,
    },
    known_title: |_, _| None,
    multi_column_fields: &[],
    extra: None,
    shares_columns: false,
});

/// A file as titles and cells; its columns are not mapped yet.
#[derive(Debug, Clone)]
pub struct StatusFile {
    source: SourceFile,
    titles: Vec<String>,
    rows: Vec<(usize, Vec<Option<Value>>)>,
}

/// The rows that a page shows as a sample.
const SAMPLE_ROWS: usize = 3;

/// A file whose columns are mapped to fields; its values are not checked yet.
#[derive(Debug, Clone)]
pub struct MappedFile {
    pub mapping: Mapping,
    pub rows: Vec<ImportRow>,
}

/// True for the title of a field.
pub fn is_title(title: &str) -> bool {
    FILE_FIELDS.is_title(title)
}

impl StatusFile {
    /// Opens a file and reads all its rows.
    ///
    /// # Errors
    /// As [`StatusFile::read`].
    pub fn open(path: &Path, filename: &str, read: &ReadOptions) -> Result<StatusFile> {
        StatusFile::read(SourceFile::open(path, 0, filename, read, &is_title)?)
    }

    /// Reads all rows of a file.
    ///
    /// # Errors
    /// [`Error::Unreadable`] with the message to show.
    pub fn read(source: SourceFile) -> Result<StatusFile> {
        let source = source.with_long_rows();
        source.check_text()?;
        let (titles, mut rows) = (source.titles()?, Vec::new());
        if titles.is_empty() && source.format != Format::Json {
            return Err(Error::Unreadable(Message::new("import-empty")));
        }
        source.rows(&mut |line, row| {
            if let Some(cells) = read_cells(line, row, &titles).map_err(Error::Unreadable)? {
                rows.push((line, cells));
            }
            if rows.len() > MAX_ROWS {
                let message = Message::new("import-too-many-rows").with("max", MAX_ROWS);
                return Err(Error::Unreadable(message));
            }
            Ok(true)
        })?;
        Ok(StatusFile {
            source,
            titles,
            rows,
        })
    }

    /// How the file is read: the guesses of the program, and the choices of the user.
    pub fn reading(&self) -> FileReading {
        FileReading::of(&self.source)
    }

    /// The format of the file.
    pub fn format(&self) -> Format {
        self.source.format
    }

    /// How the file was read, and what was left out of a workbook.
    pub fn notes(&self) -> Vec<Message> {
        self.source.messages(&self.titles)
    }

    /// The columns with the fields they would have, even if that is ambiguous.
    pub fn mapping(&self, choices: &[ColumnChoice]) -> Mapping {
        Mapping::of(
            &FILE_FIELDS,
            &self.titles,
            self.source.hidden_columns(),
            choices,
        )
    }

    /// The first cells of each column.
    pub fn samples(&self) -> Vec<String> {
        let rows = || self.rows.iter().take(SAMPLE_ROWS);
        let sample = |column: usize| {
            let cells = rows().filter_map(|(_, cells)| cells.get(column)?.as_ref());
            let texts = cells.map(json_text).filter(|text| !text.trim().is_empty());
            texts.collect::<Vec<_>>().join(" · ")
        };
        (0..self.titles.len()).map(sample).collect()
    }

    /// Maps the columns to fields, or says in one sentence what is wrong with them.
    pub fn map_columns(
        &self,
        choices: &[ColumnChoice],
        blanks: BlankCells,
    ) -> Result<MappedFile, Message> {
        let (titles, hidden) = (&self.titles, self.source.hidden_columns());
        let mapping = Mapping::parse(&FILE_FIELDS, titles, hidden, choices)?;
        if !titles.is_empty() && mapping.column("name").is_none() {
            return Err(Message::new("import-no-name")
                .with("columns", list_of_titles(titles))
                .with("fields", FILE_FIELDS.fields.join(", ")));
        }
        let rows = self.rows.iter().map(|(line, cells)| ImportRow {
            line: *line,
            fields: fields_of(&mapping, cells, blanks),
        });
        Ok(MappedFile {
            rows: rows.collect(),
            mapping,
        })
    }
}

/// The fields of a row; a blank cell that erases nothing is no value.
fn fields_of(mapping: &Mapping, cells: &[Option<Value>], blanks: BlankCells) -> Fields {
    let cell = |column: usize| match cells.get(column)?.clone()? {
        Value::Null if !blanks.should_erase => None,
        Value::String(text) if blanks.is_blank(&text) => {
            blanks.should_erase.then(|| Value::from(String::new()))
        }
        value => Some(value),
    };
    let members: Map<String, Value> = mapping
        .columns()
        .filter_map(|(field, column)| Some((field.to_owned(), cell(column)?)))
        .collect();
    Fields::from_json(Value::Object(members)).unwrap_or_default()
}

/// The cells of a row in the order of the titles; nothing for a blank row, and no value for a member that an object of
/// JSON doesn't have.
fn read_cells(
    line: usize,
    row: FileRow,
    titles: &[String],
) -> Result<Option<Vec<Option<Value>>>, Message> {
    let record = match row {
        FileRow::Json(Value::Object(members)) => {
            let cells = titles.iter().map(|title| members.get(title).cloned());
            return Ok(Some(cells.collect()));
        }
        FileRow::Json(_) => return Err(Message::new("import-not-object").with("line", line)),
        FileRow::Csv(record) | FileRow::Sheet(record) | FileRow::Footer(record) => record,
    };
    let is_filled = |column: &usize| !row.get(*column).trim().is_empty();
    let Some(last) = (0..record.len()).rev().find(is_filled) else {
        return Ok(None);
    };
    if last >= titles.len() {
        return Err(Message::new("import-extra-cell")
            .with("line", line)
            .with("length", last + 1)
            .with("max", titles.len()));
    }
    let cells = (0..titles.len()).map(|column| Some(Value::from(row.get(column))));
    Ok(Some(cells.collect()))
}
