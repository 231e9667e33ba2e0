//! A file as titles and rows of cells, whatever its format.

use serde_json::{Map, Value};

use crate::files::{MAX_COLUMNS, SheetNotes};
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::statuses::actions::import_export::columns;
use crate::statuses::actions::import_export::columns::{FileColumn, Mapping};
use crate::statuses::actions::import_export::{ImportRow, MAX_ROWS};

/// Titles and rows of cells; a row has the line where it begins.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    titles: Vec<String>,
    /// Notes on the sheet of a workbook.
    notes: SheetNotes,
    rows: Vec<(usize, Vec<Option<Value>>)>,
}

impl Table {
    /// A table without rows.
    pub fn new(titles: Vec<String>) -> Result<Table, Message> {
        if titles.len() > MAX_COLUMNS {
            return Err(Message::new("import-too-many-columns").with("max", MAX_COLUMNS));
        }
        Ok(Table {
            titles,
            notes: SheetNotes::default(),
            rows: Vec::new(),
        })
    }

    /// Adds the notes on the sheet of a workbook.
    pub fn with_notes(mut self, notes: SheetNotes) -> Table {
        self.notes = notes;
        self
    }

    /// The notes on the sheet as messages.
    pub fn sheet_notes(&self) -> Vec<Message> {
        self.notes.messages(&self.titles)
    }

    /// The columns with the fields they would have.
    pub fn guess(&self, mapping: &Mapping) -> Vec<FileColumn> {
        columns::guess(&self.titles, mapping, &self.notes.hidden_columns)
    }

    /// Adds a row of cells in the order of the titles.
    pub fn push(&mut self, line: usize, cells: Vec<Option<Value>>) -> Result<(), Message> {
        if self.rows.len() == MAX_ROWS {
            return Err(Message::new("import-too-many-rows").with("max", MAX_ROWS));
        }
        self.rows.push((line, cells));
        Ok(())
    }

    /// Adds a row of texts; rows of blank cells are left out.
    pub fn push_texts(&mut self, line: usize, mut cells: Vec<String>) -> Result<(), Message> {
        while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len() > self.titles.len() {
            return Err(Message::new("import-extra-cell")
                .with("line", line)
                .with("length", cells.len())
                .with("max", self.titles.len()));
        }
        cells.resize(self.titles.len(), String::new());
        let cells = cells.into_iter().map(|cell| Some(Value::String(cell)));
        self.push(line, cells.collect())
    }

    /// The columns with their fields, and the rows by field.
    pub fn map_columns(
        self,
        mapping: &Mapping,
    ) -> Result<(Vec<FileColumn>, Vec<ImportRow>), Message> {
        let columns = columns::resolve(&self.titles, mapping, &self.notes.hidden_columns)?;
        let rows = self
            .rows
            .into_iter()
            .map(|(line, cells)| ImportRow {
                line,
                fields: by_field(&columns, cells),
            })
            .collect();
        Ok((columns, rows))
    }
}

fn by_field(columns: &[FileColumn], cells: Vec<Option<Value>>) -> Fields {
    let members: Map<String, Value> = columns
        .iter()
        .zip(cells)
        .filter_map(|(column, cell)| Some((column.field?.to_owned(), cell?)))
        .collect();
    Fields::from_json(Value::Object(members)).unwrap_or_default()
}
