//! How a file is read, for the page on which a user can choose otherwise.

use crate::files::{Format, ReadOptions, Separator, SourceFile, TextEncoding};
use crate::i18n::Message;

/// How a file is read, and the options to choose from.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReading {
    pub format: Format,
    /// The options in use: those that a user chose, else those that were guessed.
    pub used_options: ReadOptions,
    /// Those that a user chose.
    pub chosen_options: ReadOptions,
    /// The sheets of a workbook to choose from.
    pub sheets: Vec<String>,
    /// The columns with data and without a title, from 0.
    pub untitled: Vec<usize>,
}

impl FileReading {
    /// The reading of a file.
    pub fn of(source: &SourceFile) -> FileReading {
        FileReading {
            format: source.format,
            used_options: source.read_options(),
            chosen_options: source.chosen_options().clone(),
            sheets: source.sheets().to_vec(),
            untitled: source.untitled_columns().to_vec(),
        }
    }

    /// The names of the encodings to choose from.
    pub fn encodings(&self) -> Vec<&'static str> {
        let used = self.used_options.encoding.map(TextEncoding::name);
        let others = used.filter(|name| !TextEncoding::CHOICES.contains(name));
        others.into_iter().chain(TextEncoding::CHOICES).collect()
    }

    /// The words of the separators to choose from.
    pub fn separators(&self) -> Vec<String> {
        let known = Separator::KNOWN.iter().map(|(separator, _)| *separator);
        let used = self
            .used_options
            .separator
            .filter(|used| known.clone().all(|other| other != *used));
        used.into_iter().chain(known).map(Separator::word).collect()
    }

    /// The chosen encoding, separator, header and sheet, each blank if it was guessed.
    pub fn chosen_text(&self, name: &str) -> String {
        text_of(&self.chosen_options, name)
    }

    /// The encoding, separator, header and sheet that are used.
    pub fn used_text(&self, name: &str) -> String {
        text_of(&self.used_options, name)
    }
}

/// One of the options as forms write it; blank without one.
fn text_of(options: &ReadOptions, name: &str) -> String {
    let text = match name {
        "encoding" => options.encoding.map(|encoding| encoding.name().to_owned()),
        "separator" => options.separator.map(Separator::word),
        "header_line" => options.header_line.map(|line| line.to_string()),
        _ => options.sheet.clone(),
    };
    text.unwrap_or_default()
}

impl SourceFile {
    /// The messages about how the file with these titles is read: the options that are not the usual ones, and what of
    /// a sheet is left out.
    pub fn messages(&self, titles: &[String]) -> Vec<Message> {
        let (used, chosen) = (self.read_options(), self.chosen_options());
        let mut messages = Vec::new();
        let encoding = used
            .encoding
            .filter(|encoding| *encoding != TextEncoding::UTF_8);
        if let Some(encoding) = encoding {
            let key = match chosen.encoding {
                Some(_) => "import-read-encoding",
                None => "import-guess-encoding",
            };
            messages.push(Message::new(key).with("encoding", encoding.name()));
        }
        if let Some(separator) = used.separator.filter(|used| *used != Separator::COMMA) {
            let separator = separator.word();
            messages.push(Message::new("import-read-separator").with("separator", separator));
        }
        if let Some(line) = used.header_line.filter(|line| *line > 1) {
            messages.push(Message::new("import-read-header").with("line", line));
        }
        messages.extend(self.sheet.messages(titles));
        messages
    }
}
