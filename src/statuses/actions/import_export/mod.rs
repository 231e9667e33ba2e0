//! Statuses as files in CSV, JSON and XLSX: writing an export, reading a file, and planning its import.
//! Importing an export changes nothing. An import is planned row by row, then applied as a whole or not at all.

pub mod columns;
pub mod csv;
pub mod json;
pub mod plan;
pub mod planner;
pub mod table;
pub mod xlsx;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::error::Result;
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::status::LeadStatus;

use crate::statuses::actions::import_export::table::Table;

pub use crate::files::Format;
pub use crate::statuses::actions::import_export::columns::{FILE_FIELDS, FileColumn, Mapping};
pub use crate::statuses::actions::import_export::plan::{
    ImportPlan, PlannedRow, RowCounts, RowOutcome, StatusRef, plan_import,
};

/// The most rows of one import.
pub const MAX_ROWS: usize = 5_000;

/// A status as a row of an export.
#[derive(Debug, Serialize)]
pub(crate) struct ExportRecord<'a> {
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

impl<'a> ExportRecord<'a> {
    /// Names every field of a status, so that a new field doesn't compile until it is added here.
    fn of(status: &'a LeadStatus) -> ExportRecord<'a> {
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
            being_replaced: _,
            updated_by: _,
        } = status;
        ExportRecord {
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
    let records: Vec<ExportRecord> = ordered.into_iter().map(ExportRecord::of).collect();
    match format {
        Format::Csv => crate::statuses::actions::import_export::csv::write(&records),
        Format::Json => crate::statuses::actions::import_export::json::write(&records),
        Format::Xlsx => crate::statuses::actions::import_export::xlsx::write(&records),
    }
}

/// A file whose columns are mapped to fields; its values are not checked yet.
#[derive(Debug, Clone)]
pub struct MappedFile {
    pub format: Format,
    /// The columns of the file with their fields.
    pub columns: Vec<FileColumn>,
    pub rows: Vec<ImportRow>,
    /// Notes on the sheet of a workbook.
    pub notes: Vec<Message>,
}

impl MappedFile {
    /// The titles of the columns without a field, which are left out.
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
pub struct ImportRow {
    /// Where it begins in the file, counted from 1; in JSON, which of the objects it is.
    pub line: usize,
    pub fields: Fields,
}

/// A file as titles and cells; its columns are not mapped yet.
#[derive(Debug, Clone)]
pub struct UnmappedFile {
    pub format: Format,
    table: Table,
}

impl UnmappedFile {
    /// Reads a file, or says in one sentence why it can't be read.
    pub fn read(bytes: &[u8], filename: &str) -> Result<UnmappedFile, Message> {
        let mut format = Format::of(bytes, filename)?;
        let table = if format == Format::Xlsx {
            crate::statuses::actions::import_export::xlsx::read(bytes)?
        } else {
            let text = crate::files::decode(bytes)?;
            if text.trim_start().starts_with(['[', '{']) {
                format = Format::Json;
            }
            match format {
                Format::Json => crate::statuses::actions::import_export::json::read(&text)?,
                _ => crate::statuses::actions::import_export::csv::read(&text)?,
            }
        };
        Ok(UnmappedFile { format, table })
    }

    /// The columns with the fields they would have, even if the mapping is invalid.
    pub fn columns(&self, mapping: &Mapping) -> Vec<FileColumn> {
        self.table.guess(mapping)
    }

    /// Notes on the sheet of a workbook.
    pub fn sheet_notes(&self) -> Vec<Message> {
        self.table.sheet_notes()
    }

    /// Maps the columns to fields, or says in one sentence what is wrong with them.
    pub fn map_columns(self, mapping: &Mapping) -> Result<MappedFile, Message> {
        let notes = self.table.sheet_notes();
        let (columns, rows) = self.table.map_columns(mapping)?;
        Ok(MappedFile {
            format: self.format,
            columns,
            rows,
            notes,
        })
    }
}

/// Reads a file with this mapping, or says in one sentence why it can't be read.
pub fn parse(bytes: &[u8], filename: &str, mapping: &Mapping) -> Result<MappedFile, Message> {
    UnmappedFile::read(bytes, filename)?.map_columns(mapping)
}
