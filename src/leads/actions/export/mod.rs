//! Exports of leads and visits as CSV, JSON or a workbook. Leads are read in pages and written as they come, so that
//! memory does not grow with their number. Deleted leads and voided visits are left out. Imports are in
//! `leads::import`.

pub mod export_row;
pub mod pages;
pub mod sheet;
pub mod stream;

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, FieldErrors};
use crate::files::{Format, escape_formula};
use crate::i18n::Message;
use crate::leads::domain::listing::Listing;
use crate::leads::store;

use crate::leads::actions::export::export_row::ExportRow;
use crate::leads::actions::export::pages::each_page;
pub use crate::leads::actions::export::stream::{download, stream};
pub use crate::leads::domain::dataset::{Dataset, fallback_ref, field_label, parse_fallback_ref};

/// The most rows of a sheet, without the header.
pub const SHEET_ROWS: i64 = 1_048_575;

/// The leads of an export.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportScope {
    /// All leads that are not deleted.
    All,
    /// The leads with these ids that are not deleted.
    Ids(Vec<i64>),
    /// The leads of a list at this instant; none of the bin.
    List(Box<Listing>, Timestamp),
}

/// An export that a user requested.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    pub dataset: Dataset,
    pub format: Format,
    pub scope: ExportScope,
}

/// Why an export ended early.
#[derive(Debug)]
pub enum ExportError {
    /// Reading failed or was refused.
    Read(Error),
    /// The output can't be written.
    Write(io::Error),
}

impl From<Error> for ExportError {
    fn from(error: Error) -> ExportError {
        ExportError::Read(error)
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> ExportError {
        ExportError::Write(error)
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> ExportError {
        ExportError::Write(error.into())
    }
}

impl Export {
    /// The name of the file.
    pub fn filename(&self) -> String {
        self.format.filename(self.dataset.as_str())
    }

    /// Refuses more rows than the format holds, before anything is written.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `format`.
    pub fn check(&self, conn: &mut crate::db::Conn) -> crate::error::Result<()> {
        if self.format != Format::Xlsx {
            return Ok(());
        }
        let rows = match self.dataset {
            Dataset::Leads => store::export::count_exported(conn, &self.scope)?,
            Dataset::Visits => store::export::count_exported_visits(conn, &self.scope)?,
        };
        if rows <= SHEET_ROWS {
            return Ok(());
        }
        let message = Message::new("lead-export-too-many")
            .with("count", rows)
            .with("max", SHEET_ROWS);
        Err(Error::Invalid(FieldErrors::one("format", message)))
    }

    /// Writes the export page by page. Blocks on the database and on `out`, so it must not run on an async worker.
    ///
    /// # Errors
    /// A failure to read or to write; the output is then incomplete.
    pub fn write(&self, db: &Db, out: &mut dyn Write) -> Result<(), ExportError> {
        db.read_blocking(|conn| self.check(conn))?;
        match self.format {
            Format::Csv => self.write_csv(db, out),
            Format::Json => self.write_json(db, out),
            Format::Xlsx => crate::leads::actions::export::sheet::write(self, db, out),
        }
    }

    fn write_csv(&self, db: &Db, out: &mut dyn Write) -> Result<(), ExportError> {
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(out);
        writer.write_record(self.dataset.fields())?;
        each_page(db, self, &mut |entries| {
            for entry in entries {
                writer.write_record(entry.cells().into_iter().map(escape_formula))?;
            }
            Ok(())
        })?;
        writer.flush()?;
        Ok(())
    }

    fn write_json(&self, db: &Db, out: &mut dyn Write) -> Result<(), ExportError> {
        let mut separator = "[";
        each_page(db, self, &mut |entries: &[ExportRow]| {
            for entry in entries {
                write!(out, "{separator}\n  ")?;
                serde_json::to_writer(&mut *out, entry).map_err(io::Error::from)?;
                separator = ",";
            }
            Ok(())
        })?;
        let end = if separator == "[" { "[]\n" } else { "\n]\n" };
        out.write_all(end.as_bytes())?;
        out.flush()?;
        Ok(())
    }
}
