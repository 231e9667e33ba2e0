//! Texts of a limited length as types: a value of such a type was checked.

use std::fmt;

use serde::Serialize;

use crate::i18n::{Message, fold_name};

/// A text of up to `MAX` characters, in one line or in several; may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize, const IS_LINE: bool>(String);

/// One line of text.
pub type TextLine<const MAX: usize> = Text<MAX, true>;
/// A text with line breaks, each of which is `\n`.
pub type Paragraphs<const MAX: usize> = Text<MAX, false>;

impl<const MAX: usize, const IS_LINE: bool> Text<MAX, IS_LINE> {
    /// The most characters.
    pub const MAX: usize = MAX;

    /// Reads a text, without the white space around it.
    ///
    /// # Errors
    /// Returns the message to show if the text is too long, or has control characters, which include line breaks for a
    /// line.
    pub fn parse(text: &str) -> Result<Text<MAX, IS_LINE>, Message> {
        let text = unify_line_breaks(text.trim());
        let length = text.chars().count();
        match IS_LINE {
            true if text.chars().any(breaks_line) => Err(Message::new("web-line-control")),
            false if text.chars().any(is_unprintable) => Err(Message::new("web-input-control")),
            _ if length > MAX => {
                let message = Message::new("web-text-too-long");
                Err(message.with("max", MAX).with("length", length))
            }
            _ => Ok(Text(text)),
        }
    }

    /// Reads a line that must not be empty.
    ///
    /// # Errors
    /// Returns the errors of [`Text::parse`], and `missing` for a text without a visible character.
    pub fn required(text: &str, missing: &'static str) -> Result<Text<MAX, IS_LINE>, Message> {
        let line = Text::parse(text)?;
        match line.is_visible() {
            true => Ok(line),
            false => Err(Message::new(missing)),
        }
    }

    /// True if it has a visible character.
    pub fn is_visible(&self) -> bool {
        !fold_name(&self.0).is_empty()
    }

    /// A line from the database, which was checked when it was written.
    pub fn stored(text: String) -> Text<MAX, IS_LINE> {
        Text(text)
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for an empty text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<const MAX: usize, const IS_LINE: bool> fmt::Display for Text<MAX, IS_LINE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text with every line break as `\n`.
pub(crate) fn unify_line_breaks(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Control characters other than the line break and the tab, which databases, files and screens treat differently.
pub(crate) fn is_unprintable(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Control characters, and the two separators that spreadsheets and terminals treat as line breaks.
pub(crate) fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_line_breaks_and_a_maximum_length() {
        assert_eq!(
            TextLine::<200>::parse("  Țiriac SRL ").unwrap().as_str(),
            "Țiriac SRL"
        );
        assert!(TextLine::<50>::parse(&"1".repeat(50)).is_ok());
        assert!(TextLine::<50>::parse(&"1".repeat(51)).is_err());
        for bad in ["a\nb", "a\u{0}", "a\u{2028}b"] {
            assert!(TextLine::<200>::parse(bad).is_err(), "{bad:?}");
        }
        assert!(TextLine::<200>::required("\u{200b}", "lead-name-missing").is_err());
    }

    #[test]
    fn paragraphs_are_trimmed_and_keep_their_line_breaks() {
        let parse = Paragraphs::<2_000>::parse;
        assert_eq!(
            parse(" One.\r\n\r\nTwo.\r\n").unwrap().as_str(),
            "One.\n\nTwo."
        );
        assert!(parse("").unwrap().is_empty());
        assert!(parse(&"ș".repeat(2_000)).is_ok());
        for bad in ["ș".repeat(2_001).as_str(), "a\0", "bell\u{7}", "\u{fffe}"] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }
}
