//! The formats of files.

use std::path::Path;
use std::str::FromStr;

use crate::i18n::Message;
use crate::words::word_enum;

word_enum! {
    /// A format of files, in the order of the choices on pages. The word is also the extension of file names.
    pub enum Format {
        Csv = "csv",
        Json = "json",
        Xlsx = "xlsx",
    }
}

impl Format {
    /// The media type of a file.
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

    /// The name of the file of an export, from the name of its data.
    pub fn filename(self, name: &str) -> String {
        format!("{name}.{}", self.as_str())
    }

    /// The format of a file, by its first bytes and then by its name.
    ///
    /// # Errors
    /// Returns the message to show for an old or damaged workbook.
    pub fn of(bytes: &[u8], filename: &str) -> Result<Format, Message> {
        let extension = Path::new(filename)
            .extension()
            .and_then(|extension| extension.to_str())
            .map(str::to_ascii_lowercase);
        let extension = extension.as_deref().unwrap_or_default();
        if bytes.starts_with(b"PK\x03\x04") {
            Ok(Format::Xlsx)
        } else if extension == "xlsx" || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            Err(Message::new("import-not-xlsx"))
        } else if extension == "json" {
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
