//! Reading and writing statuses as an Excel workbook.

use std::io::Cursor;

use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet, XlsxError};

use crate::error::{Error, Result};
use crate::files::sheet_rows;
use crate::i18n::Message;
use crate::statuses::actions::import_export::ExportRecord;
use crate::statuses::actions::import_export::columns::FILE_FIELDS;
use crate::statuses::actions::import_export::table::Table;

/// Writes a workbook with one sheet; texts are written as texts, never as formulas.
pub(crate) fn write(records: &[ExportRecord]) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet(), records).map_err(Error::internal)?;
    workbook.save_to_buffer().map_err(Error::internal)
}

fn fill(sheet: &mut Worksheet, records: &[ExportRecord]) -> Result<(), XlsxError> {
    let bold = CellFormat::new().set_bold();
    sheet.set_name("Lead statuses")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, title) in (0u16..).zip(FILE_FIELDS) {
        sheet.write_string_with_format(0, column, title, &bold)?;
        sheet.set_column_width(column, if column > 7 { 40 } else { 14 })?;
    }
    for (row, record) in (1u32..).zip(records) {
        sheet.write_string(row, 0, record.name)?;
        sheet.write_string(row, 1, record.slug)?;
        sheet.write_string(row, 2, record.kind.as_str())?;
        sheet.write_string(row, 3, record.color)?;
        sheet.write_boolean(row, 4, record.isdefault)?;
        sheet.write_boolean(row, 5, record.isconverted)?;
        for (column, days) in [(6, record.target_days), (7, record.limit_days)] {
            if let Some(days) = days {
                sheet.write_number(row, column, days)?;
            }
        }
        sheet.write_string(row, 8, record.definition)?;
        sheet.write_string(row, 9, record.enter_when.join("\n"))?;
        sheet.write_string(row, 10, record.leave_when.join("\n"))?;
    }
    Ok(())
}

/// Reads the first visible sheet with data; its first row that isn't blank is the header.
pub(crate) fn read(bytes: &[u8]) -> Result<Table, Message> {
    let mut table: Option<Table> = None;
    let notes = sheet_rows(Cursor::new(bytes), &mut |line, cells| {
        match &mut table {
            Some(table) => {
                let cells = cells.iter().map(str::to_owned);
                table.push_texts(line, cells.collect())?;
            }
            None => {
                let titles = cells.iter().map(|title| title.trim().to_owned());
                table = Some(Table::new(titles.collect())?);
            }
        }
        Ok(true)
    })?;
    let table = table.ok_or_else(|| Message::new("import-empty"))?;
    Ok(table.with_notes(notes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statuses::actions::import_export::columns::Mapping;
    use crate::statuses::actions::import_export::parse;

    fn sheet(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet());
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn cells_are_read_as_one_would_type_them() {
        let bytes = sheet(|sheet| {
            sheet.write(2, 0, "name").unwrap();
            sheet.write(2, 1, "limit_days").unwrap();
            sheet.write(2, 2, "isdefault").unwrap();
            sheet.write(5, 0, "=New").unwrap();
            sheet.write(5, 1, 5).unwrap();
            sheet.write(5, 2, true).unwrap();
            sheet.write(6, 0, "Next").unwrap();
            sheet.write(6, 1, 5.5).unwrap();
        });
        let parsed = parse(&bytes, "upload", &Mapping::default()).unwrap();
        assert_eq!(parsed.rows.len(), 2);
        let first = &parsed.rows[0];
        assert_eq!(first.line, 6);
        assert_eq!(first.fields.text("name"), Some("=New"));
        assert_eq!(first.fields.text("limit_days"), Some("5"));
        assert_eq!(first.fields.boolean("isdefault"), Some(true));
        assert_eq!(parsed.rows[1].fields.text("limit_days"), Some("5.5"));
    }

    #[test]
    fn a_cell_at_the_far_corner_of_a_sheet_costs_nothing() {
        let bytes = sheet(|sheet| {
            sheet.write(0, 0, "name").unwrap();
            sheet.write(1_048_575, 0, "New").unwrap();
        });
        let parsed = parse(&bytes, "a.xlsx", &Mapping::default()).unwrap();
        assert_eq!(parsed.rows[0].line, 1_048_576);
        let wide = sheet(|sheet| {
            sheet.write(0, 16_383, "name").unwrap();
        });
        assert_eq!(read(&wide).unwrap_err().key, "import-too-many-columns");
    }

    #[test]
    fn anything_but_a_workbook_is_refused() {
        let good = sheet(|sheet| {
            sheet.write(0, 0, "name").unwrap();
        });
        for bad in [
            &b"PK\x03\x04oops"[..],
            &good[..good.len() / 2],
            b"name\nNew",
        ] {
            assert_eq!(
                parse(bad, "a.xlsx", &Mapping::default()).unwrap_err().key,
                "import-not-xlsx"
            );
        }
        assert_eq!(read(&sheet(|_| {})).unwrap_err().key, "import-empty");
    }
}
