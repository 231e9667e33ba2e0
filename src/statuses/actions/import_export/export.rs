//! Writes statuses as CSV, JSON and XLSX. Importing such a file changes nothing.

use ::csv::{Terminator, WriterBuilder};
use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet, XlsxError};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::files::{Format, escape_formula};
use crate::statuses::actions::import_export::status_file::FILE_FIELDS;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::status::{LeadStatus, StatusFields};

/// A status as a row of an export.
#[derive(Debug, Serialize)]
struct ExportRecord<'a> {
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
            fields:
                StatusFields {
                    name,
                    color,
                    kind,
                    definition,
                    enter_when,
                    leave_when,
                    target_days,
                    limit_days,
                },
            slug,
            is_default,
            is_converted,
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
        Format::Csv => write_csv(&records),
        Format::Json => write_json(&records),
        Format::Xlsx => write_workbook(&records),
    }
}

/// Writes a CSV file with a header and the line ends of RFC 4180.
fn write_csv(records: &[ExportRecord]) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer
        .write_record(FILE_FIELDS.fields)
        .map_err(Error::internal)?;
    for record in records {
        writer
            .write_record(cells(record).map(escape_formula))
            .map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

/// The cells of a row in the order of the header.
fn cells(record: &ExportRecord) -> [String; 11] {
    let days = |days: Option<i32>| days.map_or(String::new(), |days| days.to_string());
    [
        record.name.to_owned(),
        record.slug.to_owned(),
        record.kind.to_string(),
        record.color.to_owned(),
        record.isdefault.to_string(),
        record.isconverted.to_string(),
        days(record.target_days),
        days(record.limit_days),
        record.definition.to_owned(),
        record.enter_when.join("\n"),
        record.leave_when.join("\n"),
    ]
}

/// Writes an indented JSON array with one object for each status.
fn write_json(records: &[ExportRecord]) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(records).map_err(Error::internal)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes a workbook with one sheet; texts are written as texts, never as formulas.
fn write_workbook(records: &[ExportRecord]) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet(), records).map_err(Error::internal)?;
    workbook.save_to_buffer().map_err(Error::internal)
}

fn fill(sheet: &mut Worksheet, records: &[ExportRecord]) -> Result<(), XlsxError> {
    let bold = CellFormat::new().set_bold();
    sheet.set_name("Lead statuses")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, title) in (0u16..).zip(FILE_FIELDS.fields) {
        sheet.write_string_with_format(0, column, *title, &bold)?;
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
