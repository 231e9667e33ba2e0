//! The lines of a file that have problems, as a file to correct.

use std::collections::BTreeMap;

use csv::{Terminator, WriterBuilder};

use crate::error::{Error, Result};
use crate::files::{FileRow, UTF8_BOM, escape_formula};
use crate::i18n::Lang;
use crate::leads::actions::import::problem::Problems;
use crate::leads::actions::import::request::ImportRequest;
use crate::leads::domain::import_job::SkippedLine;
use crate::records::field::json_text;

/// The name of the file for one with this name.
pub fn bad_lines_name(filename: &str) -> String {
    let stem = filename.rsplit_once('.').map_or(filename, |(stem, _)| stem);
    format!("{stem}-errors.csv")
}

/// The lines with problems as CSV under the titles of the file, with the problems in a last column.
///
/// # Errors
/// Returns [`Error::Unreadable`] if the file can no longer be read.
pub fn write_bad_lines(
    request: &ImportRequest,
    problems: &Problems,
    lang: Lang,
) -> Result<Vec<u8>> {
    let mut sentences = BTreeMap::<usize, Vec<String>>::new();
    for problem in problems.iter() {
        let sentence = problem.message.text(lang);
        sentences.entry(problem.line).or_default().push(sentence);
    }
    let titles = request.mapping.titles();
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(UTF8_BOM.to_vec());
    let reason = lang.t("lead-import-problem").to_owned();
    let header = titles.iter().cloned().chain([reason]).map(escape_formula);
    writer.write_record(header).map_err(Error::internal)?;
    request.source.rows(&mut |line, row| {
        if problems.is_bad_line(line) {
            let cells = cells_of(row, titles).into_iter();
            let reasons = sentences.get(&line).map(|all| all.join("; "));
            let cells = cells.chain(reasons).map(escape_formula);
            writer.write_record(cells).map_err(Error::internal)?;
        }
        Ok(true)
    })?;
    writer.into_inner().map_err(Error::internal)
}

/// The lines that a job skipped as CSV: their numbers, the field with the problem, and the problem.
///
/// # Errors
/// Returns an error if a line can't be written.
pub fn write_skipped(lines: &[SkippedLine], lang: Lang) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(UTF8_BOM.to_vec());
    let titles = ["import-line", "lead-import-field", "lead-import-problem"];
    let header = titles.map(|key| lang.t(key));
    writer.write_record(header).map_err(Error::internal)?;
    for line in lines {
        let cells = [
            line.line.to_string(),
            line.field.clone().unwrap_or_default(),
            line.reason.text(lang),
        ];
        let cells = cells.map(escape_formula);
        writer.write_record(cells).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

/// All cells of a row, at least one for each title.
fn cells_of(row: FileRow, titles: &[String]) -> Vec<String> {
    match row {
        FileRow::Csv(record) | FileRow::Sheet(record) | FileRow::Footer(record) => {
            let cells = 0..record.len().max(titles.len());
            cells.map(|column| row.get(column).to_owned()).collect()
        }
        FileRow::Json(value) => {
            let cell = |title: &String| value.get(title).map(json_text);
            titles
                .iter()
                .map(|title| cell(title).unwrap_or_default())
                .collect()
        }
    }
}
