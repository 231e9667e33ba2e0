use std::path::Path;
use std::str::FromStr;

use crate::i18n::Message;
use crate::words::word_enum;

word_enum! {
    /// A format of files, in the order in which they are offered. The word is also the ending of file names.
    pub enum Format {
        Csv = "csv",
        Json = "json",
        Xlsx = "xlsx",
    }
}

impl Format {
    /// The media type of an answer that carries such a file.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Json => "application/json",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The catalogue key of the word for a row.
    pub fn row_key(self) -> &'static str {
        match self {
            Format::Json => "plan-entry",
            Format::Csv | Format::Xlsx => "plan-line",
        }
    }

    /// The name under which an export of these things is saved.
    pub fn filename(self, of: &str) -> String {
        format!("{of}.{}", self.as_str())
    }

    /// The format of a file, by what it holds and then by its name.
    ///
    /// # Errors
    /// The sentence to show for an old or damaged workbook.
    pub fn of(bytes: &[u8], filename: &str) -> Result<Format, Message> {
        let ending = Path::new(filename)
            .extension()
            .and_then(|ending| ending.to_str())
            .map(str::to_ascii_lowercase);
        let ending = ending.as_deref().unwrap_or_default();
        if bytes.starts_with(b"PK\x03\x04") {
            Ok(Format::Xlsx)
        } else if ending == "xlsx" || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            Err(Message::new("import-not-xlsx"))
        } else if ending == "json" {
            Ok(Format::Json)
        } else {
            Ok(Format::Csv)
        }
    }
}

impl FromStr for Format {
    type Err = Message;

    fn from_str(text: &str) -> Result<Format, Message> {
        Format::from_word(text).ok_or_else(|| Message::new("export-format-unknown"))
    }
}
