//! The separators of CSV files.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The byte between the cells of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Separator(u8);

impl Separator {
    pub const COMMA: Separator = Separator(b',');

    /// The separators that are guessed, the most common first, each with its name on pages and on the command line.
    pub const KNOWN: [(Separator, &'static str); 4] = [
        (Separator::COMMA, "comma"),
        (Separator(b';'), "semicolon"),
        (Separator(b'\t'), "tab"),
        (Separator(b'|'), "pipe"),
    ];

    /// The separator with this name, or the character itself: `tab`, `\t`, `;`.
    pub fn parse(text: &str) -> Option<Separator> {
        let text = text.trim_matches(' ');
        let unquoted = match text.len() {
            0 | 1 => text,
            _ => text.trim_matches(['"', '\'', ' ']),
        };
        let name = unquoted.to_ascii_lowercase();
        let known = Separator::KNOWN.iter().find(|(_, known)| *known == name);
        match (known, unquoted.as_bytes()) {
            (Some((separator, _)), _) => Some(*separator),
            (None, b"\\t" | b"\\T") => Some(Separator(b'\t')),
            (None, [byte]) if can_separate(*byte) => Some(Separator(*byte)),
            _ => None,
        }
    }

    /// The separator in a line such as `sep=;`, which Excel reads and writes before the header; `Some(None)` for such a
    /// line without a separator.
    pub(super) fn of_hint(line: &str) -> Option<Option<Separator>> {
        let line = line
            .trim_start_matches('\u{feff}')
            .trim_end_matches(['\r', '\n']);
        let line = match line.trim_matches(' ').strip_prefix('"') {
            Some(quoted) => quoted.strip_suffix('"').unwrap_or(quoted),
            None => line.trim_start_matches(' '),
        };
        let start = line.get(..3)?;
        let value = line[3..].trim_start_matches(' ').strip_prefix('=')?;
        let is_hint = start.eq_ignore_ascii_case("sep") && value.chars().count() <= 12;
        is_hint.then(|| Separator::parse(value))
    }

    pub(super) fn byte(self) -> u8 {
        self.0
    }

    /// The name of the separator, or the character itself.
    pub fn word(self) -> String {
        let known = Separator::KNOWN.iter().find(|(other, _)| *other == self);
        known.map_or_else(
            || char::from(self.0).to_string(),
            |(_, word)| (*word).to_owned(),
        )
    }
}

fn can_separate(byte: u8) -> bool {
    byte == b'\t' || (byte.is_ascii_graphic() && !byte.is_ascii_alphanumeric() && byte != b'"')
}

impl fmt::Display for Separator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word())
    }
}

impl From<Separator> for String {
    fn from(separator: Separator) -> String {
        separator.word()
    }
}

impl TryFrom<String> for Separator {
    type Error = String;

    fn try_from(word: String) -> Result<Separator, String> {
        Separator::parse(&word).ok_or(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_names_the_separator_in_any_spelling() {
        for (line, separator) in [
            ("sep=;", Some(b';')),
            ("\u{feff}SEP=,\r\n", Some(b',')),
            ("sep=\t\r", Some(b'\t')),
            ("sep=\\t", Some(b'\t')),
            ("sep=tab", Some(b'\t')),
            ("\"sep=;\"", Some(b';')),
            ("\"sep=\t\"", Some(b'\t')),
            ("Sep = |", Some(b'|')),
            ("sep=\";\"", Some(b';')),
            ("sep=semicolon", Some(b';')),
            ("sep=^", Some(b'^')),
            ("sep=", None),
        ] {
            let expected = Some(separator.map(Separator));
            assert_eq!(Separator::of_hint(line), expected, "{line:?}");
        }
        for line in [
            "name;company",
            "separator=x",
            "sep",
            "sep=the end of a long text",
        ] {
            assert_eq!(Separator::of_hint(line), None, "{line:?}");
        }
    }
}
