use serde::{Deserialize, Serialize};

use crate::files::{Separator, TextEncoding};
use crate::i18n::Message;

/// How a file is read: the options that a user chose; the others are guessed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadOptions {
    pub encoding: Option<TextEncoding>,
    pub separator: Option<Separator>,
    /// The line of the header, from 1.
    pub header_line: Option<usize>,
    /// The sheet of a workbook, by its name.
    pub sheet: Option<String>,
}

impl ReadOptions {
    /// The options in a form or on the command line, by the names of their fields; a blank one is guessed.
    ///
    /// # Errors
    /// The sentence to show for an unknown encoding, separator or line.
    pub fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Result<ReadOptions, Message> {
        let value = |name: &str| get(name).filter(|text| !text.trim_matches(' ').is_empty());
        let unknown = |key, text: &str| Message::new(key).with("text", text.trim());
        Ok(ReadOptions {
            encoding: value("encoding")
                .map(|text| {
                    let encoding = TextEncoding::parse(text);
                    encoding.ok_or_else(|| unknown("import-encoding-unknown", text))
                })
                .transpose()?,
            separator: value("separator")
                .map(|text| {
                    let separator = Separator::parse(text);
                    separator.ok_or_else(|| unknown("import-separator-unknown", text))
                })
                .transpose()?,
            header_line: value("header_line")
                .map(|text| {
                    let line = text.trim().parse().ok().filter(|line| *line > 0);
                    line.ok_or_else(|| unknown("import-header-unknown", text))
                })
                .transpose()?,
            sheet: value("sheet").map(str::to_owned),
        })
    }
}
