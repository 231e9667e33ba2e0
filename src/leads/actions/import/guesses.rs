//! The options that are guessed from a file where the user chose none, and the messages about them.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::files::Format;
use crate::i18n::Message;
use crate::leads::actions::import::request::ImportRequest;
use crate::leads::domain::date_survey::DateSurvey;
use crate::leads::domain::import_options::DATE_FIELDS;

/// The rows from which the formats of dates are guessed.
const MAX_SURVEYED_ROWS: usize = 10_000;

/// The survey of the dates of each field, for fields whose format was not chosen.
pub type DateSurveys = BTreeMap<&'static str, DateSurvey>;

/// Sets the options that the user didn't choose: those that were guessed when the file was opened, and the formats of
/// dates in its first rows.
///
/// # Errors
/// Returns [`crate::error::Error::Unreadable`] for a file that can't be read.
pub fn guess_options(request: &mut ImportRequest) -> Result<DateSurveys> {
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
    let has_no_format = |field: &&str| {
        request.mapping.column(field).is_some() && options.date_format(field).is_none()
    };
    let fields: Vec<&'static str> = DATE_FIELDS.into_iter().filter(has_no_format).collect();
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
        Ok(rows < MAX_SURVEYED_ROWS)
    })?;
    Ok(surveys)
}

/// The messages about how a file is read: the options that are not the usual ones, and the time zone of dates.
pub fn messages(request: &ImportRequest, surveys: &DateSurveys) -> Vec<Message> {
    let mut messages = request.source.messages(request.mapping.titles());
    let titles = request.mapping.titles();
    let title = |field| {
        let column = request.mapping.column(field).unwrap_or_default();
        titles.get(column).cloned().unwrap_or_default()
    };
    let has_column = |field: &&str| request.mapping.column(field).is_some();
    let dates = DATE_FIELDS.into_iter().filter(has_column);
    for field in dates.clone() {
        if let Some(format) = request.options.date_format(field) {
            let key = match surveys.get(field).and_then(DateSurvey::guess) {
                Some(_) => "import-guess-dates",
                None => "import-read-dates",
            };
            let message = Message::new(key).with("column", title(field));
            messages.push(message.with("format", format.to_string()));
        }
    }
    if dates.count() > 0 {
        let zone = request.options.zone.name();
        messages.push(Message::new("import-read-zone").with("zone", zone));
    }
    messages
}
