//! What is guessed of a file where a user chose nothing, and how it is said.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::files::Format;
use crate::i18n::Message;
use crate::leads::actions::import::request::ImportRequest;
use crate::leads::domain::date_survey::DateSurvey;
use crate::leads::domain::import_options::DATE_FIELDS;

/// The rows from which the formats of dates are guessed.
const SURVEYED_ROWS: usize = 10_000;

/// What the dates of each field have in common, for fields whose format was not chosen.
pub type DateSurveys = BTreeMap<&'static str, DateSurvey>;

/// Guesses what was not chosen: how the file is read is known by now, the formats of dates follow from its first rows.
///
/// # Errors
/// [`crate::error::Error::Unreadable`] for a file that can't be read.
pub fn complete(request: &mut ImportRequest) -> Result<DateSurveys> {
    request.options.read = request.source.read_options();
    let surveys = survey_dates(request)?;
    for (field, survey) in &surveys {
        if let Some(format) = survey.guess() {
            let formats = &mut request.options.date_formats;
            formats.insert((*field).to_owned(), format);
        }
    }
    Ok(surveys)
}

fn survey_dates(request: &ImportRequest) -> Result<DateSurveys> {
    let options = &request.options;
    let is_open = |field: &&str| {
        request.mapping.column(field).is_some() && options.date_format(field).is_none()
    };
    let fields: Vec<&'static str> = DATE_FIELDS.into_iter().filter(is_open).collect();
    let mut surveys: DateSurveys = fields
        .iter()
        .map(|field| (*field, DateSurvey::default()))
        .collect();
    if fields.is_empty() || request.source.format == Format::Json {
        return Ok(surveys);
    }
    let mut rows = 0;
    request.each_row(&mut |_, row| {
        if let Ok(row) = row {
            for (field, survey) in &mut surveys {
                let columns = request.mapping.columns_of(field);
                columns.for_each(|column| survey.add(row.get(column)));
            }
        }
        rows += 1;
        Ok(rows < SURVEYED_ROWS)
    })?;
    Ok(surveys)
}

/// The sentences about how a file is read: what was guessed and is not plain, and what dates without a zone mean.
pub fn messages(request: &ImportRequest, surveys: &DateSurveys) -> Vec<Message> {
    let mut messages = request.source.messages(request.mapping.titles());
    let title = |field| {
        let column = request.mapping.column(field).unwrap_or_default();
        request
            .mapping
            .titles()
            .get(column)
            .cloned()
            .unwrap_or_default()
    };
    let dates = DATE_FIELDS
        .into_iter()
        .filter(|field| request.mapping.column(field).is_some());
    for field in dates.clone() {
        if let Some(format) = request.options.date_format(field) {
            let key = match surveys.get(field).and_then(DateSurvey::guess) {
                Some(_) => "import-guess-dates",
                None => "import-read-dates",
            };
            messages.push(
                Message::new(key)
                    .with("column", title(field))
                    .with("format", format.to_string()),
            );
        }
    }
    if dates.count() > 0 {
        let zone = request.options.zone.name();
        messages.push(Message::new("import-read-zone").with("zone", zone));
    }
    messages
}
