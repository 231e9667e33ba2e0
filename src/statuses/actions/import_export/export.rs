//! Writes statuses as CSV, JSON and XLSX. Importing such a file changes nothing.

use std::collections::HashMap;

use ::csv::{Terminator, WriterBuilder};
use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet, XlsxError};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::files::{Format, escape_formula};
use crate::records::field::{FieldValues, json_text};
use crate::statuses::actions::import_export::status_file::{
    COLUMNS, FILE_FIELDS, StatusFileColumn,
};
use crate::statuses::domain::handoff::Handoff;
use crate::statuses::domain::status::{LeadStatus, StatusField};

/// The slugs of all statuses by id: files name statuses by what other databases know too.
pub type Slugs = HashMap<i64, String>;

/// The slugs of these statuses.
pub fn slugs_of(statuses: &[LeadStatus]) -> Slugs {
    let pairs = statuses.iter();
    pairs
        .map(|status| (status.id, status.slug.to_string()))
        .collect()
}

/// The value of a cell.
fn cell(status: &LeadStatus, column: StatusFileColumn, slugs: &Slugs) -> Value {
    match column {
        StatusFileColumn::Field(StatusField::EnterFrom) => {
            let ids = status.enter_from.ids().iter();
            let words = ids.map(|id| match slugs.get(id) {
                Some(slug) => slug.clone(),
                // New leads, or a deleted status.
                None => id.to_string(),
            });
            words.collect()
        }
        StatusFileColumn::Field(StatusField::Handoff) => {
            let mut handoff = status.fields.json(StatusField::Handoff);
            for member in Handoff::STATUSES {
                if let Some(id) = handoff[member].as_i64() {
                    // A deleted status counts as none.
                    handoff[member] = slugs.get(&id).map(String::as_str).into();
                }
            }
            handoff
        }
        StatusFileColumn::Field(field) => status.fields.json(field),
        StatusFileColumn::Slug => status.slug.as_str().into(),
        StatusFileColumn::Holds(role) => status.holds(role).into(),
    }
}

/// A file of these statuses in the order of the pipeline; archived ones come last.
pub fn export(format: Format, statuses: &[LeadStatus], slugs: &Slugs) -> Result<Vec<u8>> {
    let mut ordered: Vec<&LeadStatus> = statuses.iter().collect();
    ordered.sort_by_key(|status| (status.position.is_none(), status.position, status.id));
    match format {
        Format::Csv => write_csv(&ordered, slugs),
        Format::Json => write_json(&ordered, slugs),
        Format::Xlsx => write_workbook(&ordered, slugs),
    }
}

/// Writes a CSV file with a header and the line ends of RFC 4180.
fn write_csv(statuses: &[&LeadStatus], slugs: &Slugs) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer
        .write_record(FILE_FIELDS.fields)
        .map_err(Error::internal)?;
    for status in statuses {
        let cells = COLUMNS
            .iter()
            .map(|column| json_text(&cell(status, *column, slugs)));
        writer
            .write_record(cells.map(escape_formula))
            .map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

/// A status as an object with a member for each column.
struct JsonRow<'a>(&'a LeadStatus, &'a Slugs);

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let columns = COLUMNS.iter();
        serializer.collect_map(columns.map(|column| (column.name(), cell(self.0, *column, self.1))))
    }
}

/// Writes an indented JSON array with one object for each status.
fn write_json(statuses: &[&LeadStatus], slugs: &Slugs) -> Result<Vec<u8>> {
    let rows = statuses.iter().map(|status| JsonRow(status, slugs));
    let rows: Vec<JsonRow> = rows.collect();
    let mut bytes = serde_json::to_vec_pretty(&rows).map_err(Error::internal)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes a workbook with one sheet; texts are written as texts, never as formulas.
fn write_workbook(statuses: &[&LeadStatus], slugs: &Slugs) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet(), statuses, slugs).map_err(Error::internal)?;
    workbook.save_to_buffer().map_err(Error::internal)
}

fn fill(sheet: &mut Worksheet, statuses: &[&LeadStatus], slugs: &Slugs) -> Result<(), XlsxError> {
    let bold = CellFormat::new().set_bold();
    sheet.set_name("Lead statuses")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, title) in (0u16..).zip(FILE_FIELDS.fields) {
        sheet.write_string_with_format(0, column, *title, &bold)?;
        sheet.set_column_width(column, if column > 7 { 40 } else { 14 })?;
    }
    for (row, status) in (1u32..).zip(statuses) {
        for (index, column) in (0u16..).zip(COLUMNS.iter()) {
            match cell(status, *column, slugs) {
                Value::Null => continue,
                Value::Bool(is_on) => sheet.write_boolean(row, index, is_on)?,
                Value::Number(days) => {
                    sheet.write_number(row, index, days.as_f64().unwrap_or_default())?
                }
                text => sheet.write_string(row, index, json_text(&text))?,
            };
        }
    }
    Ok(())
}
