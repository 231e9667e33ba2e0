//! Writes an export as a workbook of up to a million rows, built on disk.

use std::io::{self, Read, Seek, SeekFrom, Write};

use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet, XlsxError};

use crate::db::Db;
use crate::leads::actions::export::export_row::ExportRow;
use crate::leads::actions::export::pages::each_page;
use crate::leads::actions::export::{Export, ExportError};

/// Writes the workbook; texts are never formulas.
pub fn write(export: &Export, db: &Db, out: &mut dyn Write) -> Result<(), ExportError> {
    let mut workbook = Workbook::new();
    let sheet = workbook
        .add_worksheet_with_constant_memory()
        .map_err(unwritable)?;
    write_header(sheet, export).map_err(unwritable)?;
    let mut row = 0;
    each_page(db, export, &mut |entries| {
        for entry in entries {
            row += 1;
            write_row(sheet, row, entry).map_err(unwritable)?;
        }
        Ok(())
    })?;
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&mut file).map_err(unwritable)?;
    file.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            length => out.write_all(&buffer[..length])?,
        }
    }
    out.flush()?;
    Ok(())
}

fn write_header(sheet: &mut Worksheet, export: &Export) -> Result<(), XlsxError> {
    let bold = CellFormat::new().set_bold();
    sheet.set_name(export.dataset.as_str())?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, title) in (0u16..).zip(export.dataset.fields()) {
        sheet.set_column_width(column, 18)?;
        sheet.write_string_with_format(0, column, *title, &bold)?;
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row: u32, entry: &ExportRow) -> Result<(), XlsxError> {
    for (at, cell) in entry.cells().into_iter().enumerate() {
        let column = at as u16;
        match entry.number(at) {
            Some(number) => drop(sheet.write_number(row, column, number)?),
            None if cell.is_empty() => {}
            None => drop(sheet.write_string(row, column, cell)?),
        }
    }
    Ok(())
}

fn unwritable(cause: XlsxError) -> ExportError {
    ExportError::Write(io::Error::other(cause))
}
