//! How a file is read, for those who look at it and may choose otherwise.

use crate::files::{Format, ReadOptions, Separator, SourceFile, TextEncoding};
use crate::i18n::Message;

/// How a file is read, and the choices that there are.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReading {
    pub format: Format,
    /// With what was guessed.
    pub read: ReadOptions,
    /// What a user chose.
    pub chosen: ReadOptions,
    /// The sheets of a workbook to choose from.
    pub sheets: Vec<String>,
    /// The columns with data and without a title, from 0.
    pub untitled: Vec<usize>,
}

impl FileReading {
    /// That of a file.
    pub fn of(source: &SourceFile) -> FileReading {
        FileReading {
            format: source.format,
            read: source.read_options(),
            chosen: source.chosen_options().clone(),
            sheets: source.sheets().to_vec(),
            untitled: source.untitled_columns().to_vec(),
        }
    }

    /// The names of the encodings to choose from.
    pub fn encodings(&self) -> Vec<&'static str> {
        let used = self.read.encoding.map(TextEncoding::name);
        let offered = TextEncoding::OFFERED.into_iter();
        let others = used.filter(|name| !TextEncoding::OFFERED.contains(name));
        others.into_iter().chain(offered).collect()
    }

    /// The words of the separators to choose from.
    pub fn separators(&self) -> Vec<String> {
        let known = Separator::KNOWN.iter().map(|(separator, _)| *separator);
        let used = self
            .read
            .separator
            .filter(|used| known.clone().all(|other| other != *used));
        used.into_iter().chain(known).map(Separator::word).collect()
    }

    /// The chosen encoding, separator, header and sheet, each blank if it was guessed.
    pub fn chosen_text(&self, name: &str) -> String {
        text_of(&self.chosen, name)
    }

    /// The encoding, separator, header and sheet that are used.
    pub fn used_text(&self, name: &str) -> String {
        text_of(&self.read, name)
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
    /// The sentences about how the file with these titles is read: what was guessed and is not plain, and what a sheet
    /// leaves out.
    pub fn messages(&self, titles: &[String]) -> Vec<Message> {
        let (read, chosen) = (self.read_options(), self.chosen_options());
        let mut messages = Vec::new();
        let encoding = read
            .encoding
            .filter(|encoding| *encoding != TextEncoding::UTF_8);
        if let Some(encoding) = encoding {
            let key = match chosen.encoding {
                Some(_) => "import-read-encoding",
                None => "import-guess-encoding",
            };
            messages.push(Message::new(key).with("encoding", encoding.name()));
        }
        if let Some(separator) = read.separator.filter(|used| *used != Separator::COMMA) {
            let separator = separator.word();
            messages.push(Message::new("import-read-separator").with("separator", separator));
        }
        if let Some(line) = read.header_line.filter(|line| *line > 1) {
            messages.push(Message::new("import-read-header").with("line", line));
        }
        messages.extend(self.sheet.messages(titles));
        messages
    }
}
