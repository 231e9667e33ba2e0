//! The options by which a file is read.

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
    /// Returns the message to show for an unknown encoding, separator or line.
    pub fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Result<ReadOptions, Message> {
        let value = |name: &str| get(name).filter(|text| !text.trim_matches(' ').is_empty());
        let line = |text: &str| text.trim().parse().ok().filter(|line| *line > 0);
        Ok(ReadOptions {
            encoding: parse_option(
                value("encoding"),
                "import-encoding-unknown",
                TextEncoding::parse,
            )?,
            separator: parse_option(
                value("separator"),
                "import-separator-unknown",
                Separator::parse,
            )?,
            header_line: parse_option(value("header_line"), "import-header-unknown", line)?,
            sheet: value("sheet").map(str::to_owned),
        })
    }
}

/// The parsed text of an option; the message with this key if it can't be parsed.
fn parse_option<T>(
    text: Option<&str>,
    key: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Message> {
    let unknown = |text: &str| Message::new(key).with("text", text.trim());
    text.map(|text| parse(text).ok_or_else(|| unknown(text)))
        .transpose()
}
