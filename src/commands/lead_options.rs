//! The options of the command line for files of leads and visits.

use std::collections::BTreeMap;

use crate::clock::Zone;
use crate::config::ImportArguments;
use crate::i18n::Message;
use crate::leads::actions::import::request::parse_system;
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::date_format::DateFormat;
use crate::leads::domain::import_options::{DATE_FIELDS, ImportOptions};
use crate::money::DecimalMark;
use crate::records::mapping::Mapping;
use crate::statuses::{StatusLookup, StatusMatch};

/// How the cells of a file are read.
///
/// # Errors
/// Returns the message to show for an unknown value of an option.
pub fn options(
    dataset: Dataset,
    file: &ImportArguments,
    zone: Zone,
    mapping: &Mapping,
) -> Result<ImportOptions, Message> {
    let unknown = |key, text: &str| Message::new(key).with("text", text);
    let mut options = ImportOptions {
        has_blank_words: file.read.blank_words,
        blank_erases: file.read.blank_erases,
        skips_bad_lines: file.skip_bad_lines,
        zone,
        matches_email: matches_email(dataset, file.match_by.as_deref())?,
        system: parse_system(file.system.as_deref().unwrap_or_default())?,
        ..ImportOptions::default()
    };
    if let Some(word) = &file.decimal_mark {
        let mark = DecimalMark::from_word(word);
        options.decimal_mark = Some(mark.ok_or_else(|| unknown("import-mark-unknown", word))?);
    }
    for choice in &file.date_format {
        let (column, word) = choice.rsplit_once('=').unwrap_or(("", choice));
        let format = DateFormat::parse(word);
        let format = format.ok_or_else(|| unknown("import-date-format-unknown", word))?;
        let has_format = |field: &&&str| {
            let index = mapping.column(field);
            let title = index.and_then(|index| mapping.titles().get(index));
            column.is_empty() || column == **field || title.is_some_and(|title| title == column)
        };
        for field in DATE_FIELDS.iter().filter(has_format) {
            options.date_formats.insert((*field).to_owned(), format);
        }
    }
    Ok(options)
}

/// Which statuses the words of a file mean, from arguments such as `Closed won=Won`.
///
/// # Errors
/// Returns the message to show for a malformed argument or an unknown status.
pub fn status_words(
    statuses: &StatusLookup,
    arguments: &[String],
) -> Result<BTreeMap<String, i64>, Message> {
    let words = arguments.iter().map(|argument| {
        let malformed = || Message::new("lead-import-word-form").with("text", argument);
        let (word, name) = argument.rsplit_once('=').ok_or_else(malformed)?;
        match statuses.find(name) {
            StatusMatch::InUse(id) => Ok((word.to_owned(), id)),
            _ => Err(Message::new("lead-import-word-unknown").with("name", name)),
        }
    });
    words.collect()
}

/// True if leads are to be found by their e-mail addresses. Histories have references alone.
fn matches_email(dataset: Dataset, typed: Option<&str>) -> Result<bool, Message> {
    match (typed, dataset) {
        (None | Some("reference"), _) => Ok(false),
        (Some("email"), Dataset::Leads) => Ok(true),
        (Some(text), _) => Err(Message::new("import-match-unknown").with("text", text)),
    }
}
