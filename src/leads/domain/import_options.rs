//! The options of an import, which say how a file is read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Zone;
use crate::digest::sha256_hex;
use crate::files::ReadOptions;
use crate::leads::domain::date_format::DateFormat;
use crate::leads::domain::text::{ExternalSystem, TextLine};
use crate::money::DecimalMark;

/// The options of an import: those that a user selected, and guesses for the others.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportOptions {
    pub read: ReadOptions,
    /// The format of dates by field.
    pub date_formats: BTreeMap<String, DateFormat>,
    /// The time zone of times without an offset.
    pub zone: Zone,
    /// The decimal mark; without one, amounts with two readings are refused.
    pub decimal_mark: Option<DecimalMark>,
    /// The ids of the statuses that a user selected for words in the file.
    pub status_words: BTreeMap<String, i64>,
    /// True if words such as `n/a` are blank.
    pub has_blank_words: bool,
    /// True if a blank cell erases what a lead has.
    pub blank_erases: bool,
    /// True if lines with problems are skipped and all others imported.
    pub skips_bad_lines: bool,
    /// True if leads are matched by their e-mail addresses rather than by their references.
    pub matches_email: bool,
    /// The system that the references of rows belong to, unless a row names another one; may be empty.
    pub system: String,
}

/// The fields that hold dates.
pub const DATE_FIELDS: [&str; 3] = ["created_at", "entered_at", "voided_at"];

/// A hash of the header; other hidden columns give another hash.
pub fn header_hash(titles: &[String], hidden: &[usize]) -> String {
    let hidden = hidden.iter().map(|index| format!("\u{1e}{index}"));
    sha256_hex(&(titles.join("\u{1f}") + &hidden.collect::<String>()))
}

impl ImportOptions {
    /// The format of the dates of a field.
    pub fn date_format(&self, field: &str) -> Option<DateFormat> {
        self.date_formats.get(field).copied()
    }

    /// The system that the references of rows belong to, unless a row names another one; may be empty.
    pub fn default_system(&self) -> ExternalSystem {
        TextLine::stored(self.system.clone())
    }

    /// The options as stored.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads stored options; those that an earlier version stored are the default.
    pub fn from_json(stored: &str) -> ImportOptions {
        serde_json::from_str(stored).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_back_as_they_were_stored() {
        let mut options = ImportOptions {
            blank_erases: true,
            system: "HubSpot".to_owned(),
            zone: Zone::parse("Europe/Bucharest").unwrap(),
            decimal_mark: Some(DecimalMark::Comma),
            ..ImportOptions::default()
        };
        options.read.header_line = Some(4);
        let format = DateFormat::parse("day.month.year").unwrap();
        options.date_formats.insert("created_at".into(), format);
        assert_eq!(ImportOptions::from_json(&options.to_json()), options);
        assert_eq!(ImportOptions::from_json(""), ImportOptions::default());
    }
}
