//! Reading and writing statuses as CSV.

use ::csv::{Terminator, WriterBuilder};

use crate::error::{Error, Result};
use crate::files::{Reader, Record as Cells, escape_formula, separator_of, unescape_formula};
use crate::i18n::Message;
use crate::statuses::actions::import_export::ExportRecord;
use crate::statuses::actions::import_export::columns::FILE_FIELDS;
use crate::statuses::actions::import_export::table::Table;

/// Writes a CSV file with a header and the line ends of RFC 4180.
pub(crate) fn write(records: &[ExportRecord]) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(FILE_FIELDS).map_err(Error::internal)?;
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

/// Reads a CSV file separated by commas, semicolons or tabs.
pub(crate) fn read(text: &str) -> Result<Table, Message> {
    // Excel's line `sep=;` names the separator and is not a row.
    let (hint, body) = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => {
            (first.as_bytes().get(4).copied(), rest)
        }
        _ => (None, text),
    };
    let line = if hint.is_some() { 2 } else { 1 };
    let separator = hint.unwrap_or_else(|| separator_of(header(body)));
    let mut reader = Reader::new(body.as_bytes(), separator, line, usize::MAX);
    let mut cells = Cells::default();
    let mut table: Option<Table> = None;
    while let Some(line) = reader.read(&mut cells)? {
        match &mut table {
            Some(table) => {
                let cells = cells.iter().map(|cell| unescape_formula(cell).to_owned());
                table.push_texts(line, cells.collect())?;
            }
            None if cells.is_blank() => {}
            None => {
                let titles = cells.iter().map(|title| title.trim().to_owned());
                table = Some(Table::new(titles.collect())?);
            }
        }
    }
    table.ok_or_else(|| Message::new("import-empty"))
}

fn header(text: &str) -> &str {
    text.trim_start().lines().next().unwrap_or_default()
}
