//! Statuses as files: CSV, JSON and XLSX, out and in again.
//! What export writes, import reads, and importing it changes nothing.
//! An import is planned first, row by row, and then happens wholly or not at all.

mod columns;
mod csv;
mod decide;
mod json;
mod plan;
mod table;
mod xlsx;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::{Kind, LeadStatus};
use crate::error::Result;
use crate::i18n::Message;
use crate::web::fields::Fields;

use table::Table;

pub use crate::files::Format;
pub use columns::{COLUMNS, Column, Mapping};
pub use plan::{Counts, ImportPlan, Outcome, Place, PlannedRow, plan};

/// The most rows of one import.
pub const MAX_ROWS: usize = 5_000;

/// A status as a row of a file: the fields of the API that import reads.
#[derive(Debug, Serialize)]
struct Record<'a> {
    name: &'a str,
    slug: &'a str,
    kind: Kind,
    color: &'a str,
    isdefault: bool,
    isconverted: bool,
    target_days: Option<i32>,
    limit_days: Option<i32>,
    definition: &'a str,
    enter_when: &'a [String],
    leave_when: &'a [String],
}

impl<'a> Record<'a> {
    /// Names every field of a status, so that a new one must be decided on here.
    fn of(status: &'a LeadStatus) -> Record<'a> {
        let LeadStatus {
            name,
            slug,
            color,
            kind,
            is_default,
            is_converted,
            definition,
            enter_when,
            leave_when,
            target_days,
            limit_days,
            id: _,
            position: _,
            archived_at: _,
            version: _,
            created_at: _,
            updated_at: _,
            created_by: _,
            leaving: _,
            updated_by: _,
        } = status;
        Record {
            name: name.as_str(),
            slug: slug.as_str(),
            kind: *kind,
            color: color.as_str(),
            isdefault: *is_default,
            isconverted: *is_converted,
            target_days: target_days.map(|days| days.get()),
            limit_days: limit_days.map(|days| days.get()),
            definition: definition.as_str(),
            enter_when: enter_when.lines(),
            leave_when: leave_when.lines(),
        }
    }
}

/// A file of these statuses in the order of the pipeline; archived ones come last.
pub fn export(format: Format, statuses: &[LeadStatus]) -> Result<Vec<u8>> {
    let mut ordered: Vec<&LeadStatus> = statuses.iter().collect();
    ordered.sort_by_key(|status| (status.position.is_none(), status.position, status.id));
    let records: Vec<Record> = ordered.into_iter().map(Record::of).collect();
    match format {
        Format::Csv => csv::write(&records),
        Format::Json => json::write(&records),
        Format::Xlsx => xlsx::write(&records),
    }
}

/// A file that was read, before anyone has judged its values.
#[derive(Debug, Clone)]
pub struct Parsed {
    pub format: Format,
    /// The columns of the file and the field that each stands for.
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// What people are told about the sheet of a workbook.
    pub notes: Vec<Message>,
}

impl Parsed {
    /// The titles of the columns that stand for nothing here and are left out.
    pub fn left_out(&self) -> Vec<&str> {
        let unmapped = self.columns.iter().filter(|column| column.field.is_none());
        unmapped
            .map(|column| column.title.as_str())
            .filter(|title| !title.is_empty())
            .collect()
    }
}

/// A row of a file.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it begins in the file, counted from 1; in JSON, which of the objects it is.
    pub line: usize,
    pub fields: Fields,
}

/// A file as titles and cells, before anyone has said what its columns stand for.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub format: Format,
    table: Table,
}

impl Sheet {
    /// Reads a file, or says in one sentence why it can't be read.
    pub fn read(bytes: &[u8], filename: &str) -> Result<Sheet, Message> {
        let mut format = Format::of(bytes, filename)?;
        let table = if format == Format::Xlsx {
            xlsx::read(bytes)?
        } else {
            let text = crate::files::decode(bytes)?;
            if text.trim_start().starts_with(['[', '{']) {
                format = Format::Json;
            }
            match format {
                Format::Json => json::read(&text)?,
                _ => csv::read(&text)?,
            }
        };
        Ok(Sheet { format, table })
    }

    /// The columns with what each would stand for, whether that makes sense or not.
    pub fn columns(&self, mapping: &Mapping) -> Vec<Column> {
        self.table.guess(mapping)
    }

    /// What people are told about the sheet of a workbook.
    pub fn told(&self) -> Vec<Message> {
        self.table.told()
    }

    /// The rows by field, or in one sentence what is wrong with the columns.
    pub fn resolve(self, mapping: &Mapping) -> Result<Parsed, Message> {
        let notes = self.table.told();
        let (columns, rows) = self.table.resolve(mapping)?;
        Ok(Parsed {
            format: self.format,
            columns,
            rows,
            notes,
        })
    }
}

/// Reads a file whose columns are known, or says in one sentence why it can't be read.
pub fn parse(bytes: &[u8], filename: &str, mapping: &Mapping) -> Result<Parsed, Message> {
    Sheet::read(bytes, filename)?.resolve(mapping)
}
