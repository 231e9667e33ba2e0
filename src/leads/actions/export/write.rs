//! Writes an export as CSV, JSON, or a workbook of up to a million rows, which is built on disk.

use std::io::{self, Seek, SeekFrom, Write};

use csv::{Terminator, WriterBuilder};
use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet, XlsxError};

use crate::clock::{DAY, Timestamp};
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::files::{Format, SHEET_ROWS, UTF8_BOM, escape_formula};
use crate::i18n::Message;
use crate::leads::actions::export::export_row::ExportRow;
use crate::leads::actions::export::pages::each_page;
use crate::leads::actions::export::request::{Export, ExportError};
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::lead::LeadField;
use crate::leads::store::export::{count_exported, count_exported_visits};
use crate::leads::store::{extra_names, systems};
use crate::records::field::Field as _;

/// The titles of the columns.
type Columns<'a> = &'a [&'static str];

impl Export {
    /// Refuses more rows than the format holds, before anything is written.
    ///
    /// # Errors
    /// Returns [`Error::Invalid`] at `format`.
    pub fn check(&self, conn: &mut Conn) -> Result<()> {
        if self.format != Format::Xlsx {
            return Ok(());
        }
        let rows = match self.dataset {
            Dataset::Leads => count_exported(conn, &self.scope)?,
            Dataset::Visits => count_exported_visits(conn, &self.scope, SHEET_ROWS)?,
        };
        if rows <= SHEET_ROWS {
            return Ok(());
        }
        let message = Message::new("lead-export-too-many")
            .with("count", rows)
            .with("max", SHEET_ROWS);
        Err(Error::invalid("format", message))
    }

    /// Writes the export page by page. Blocks on the database and on `out`, so it must not run on an async worker.
    ///
    /// # Errors
    /// Returns an error if the database can't be read or the output can't be written; the output is then incomplete.
    pub fn write(&self, db: &Db, out: &mut dyn Write) -> Result<(), ExportError> {
        let columns = db.read_part(|conn| {
            self.check(conn)?;
            self.columns(conn)
        })?;
        match self.format {
            Format::Csv => self.write_csv(db, &columns, out),
            Format::Json => self.write_json(db, &columns, out),
            Format::Xlsx => write_workbook(self, db, &columns, out),
        }
    }

    /// The columns of the file: all, but for extra fields and systems where no lead has any.
    fn columns(&self, conn: &mut Conn) -> Result<Vec<&'static str>> {
        let mut columns = self.dataset.columns().to_vec();
        if extra_names::list(conn)?.is_empty() {
            columns.retain(|name| *name != LeadField::Extra.name());
        }
        if systems::list(conn)?.is_empty() {
            columns.retain(|name| *name != LeadField::ExternalSystem.name());
        }
        Ok(columns)
    }

    fn write_csv(&self, db: &Db, columns: Columns, out: &mut dyn Write) -> Result<(), ExportError> {
        if self.has_bom {
            out.write_all(UTF8_BOM)?;
        }
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(out);
        writer.write_record(columns)?;
        each_page(db, self, columns, &mut |rows| {
            for row in rows {
                writer.write_record(row.cells().into_iter().map(escape_formula))?;
            }
            Ok(())
        })?;
        writer.flush()?;
        Ok(())
    }

    fn write_json(
        &self,
        db: &Db,
        columns: Columns,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let mut separator = "[";
        each_page(db, self, columns, &mut |rows: &[ExportRow]| {
            for row in rows {
                write!(out, "{separator}\n  ")?;
                serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
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

/// Writes the workbook; texts are never formulas.
fn write_workbook(
    export: &Export,
    db: &Db,
    columns: Columns,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let mut workbook = Workbook::new();
    let sheet = workbook
        .add_worksheet_with_constant_memory()
        .map_err(unwritable)?;
    write_header(sheet, export, columns).map_err(unwritable)?;
    let mut row_index = 0;
    let date = CellFormat::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    each_page(db, export, columns, &mut |rows| {
        for row in rows {
            row_index += 1;
            write_row(sheet, row_index, row, &date).map_err(unwritable)?;
        }
        Ok(())
    })?;
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&mut file).map_err(unwritable)?;
    file.seek(SeekFrom::Start(0))?;
    io::copy(&mut file, out)?;
    out.flush()?;
    Ok(())
}

fn write_header(sheet: &mut Worksheet, export: &Export, columns: Columns) -> Result<(), XlsxError> {
    let bold = CellFormat::new().set_bold();
    sheet.set_name(export.dataset.as_str())?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, title) in (0u16..).zip(columns) {
        sheet.set_column_width(column, 18)?;
        sheet.write_string_with_format(0, column, *title, &bold)?;
    }
    Ok(())
}

fn write_row(
    sheet: &mut Worksheet,
    row_index: u32,
    row: &ExportRow,
    date: &CellFormat,
) -> Result<(), XlsxError> {
    for (index, cell) in row.cells().into_iter().enumerate() {
        let column = index as u16;
        if let Some(number) = row.number(index) {
            sheet.write_number(row_index, column, number)?;
        } else if let Some(at) = row.instant(index) {
            sheet.write_number_with_format(row_index, column, serial_day(at), date)?;
        } else if !cell.is_empty() {
            sheet.write_string(row_index, column, cell)?;
        }
    }
    Ok(())
}

/// An instant as spreadsheets count days, in UTC: 1970 began on day 25,569. A day has more microseconds than a sheet
/// needs to keep them all.
fn serial_day(at: Timestamp) -> f64 {
    at.0 as f64 / DAY as f64 + 25_569.0
}

fn unwritable(cause: XlsxError) -> ExportError {
    ExportError::Write(io::Error::other(cause))
}
