//! One line of text as a type.

use std::fmt;

use serde::Serialize;

use crate::i18n::{Message, fold_name};

/// One line of text of up to `MAX` characters; may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct TextLine<const MAX: usize>(String);

impl<const MAX: usize> TextLine<MAX> {
    /// Reads a line, without the white space around it.
    ///
    /// # Errors
    /// The sentence to show if it is too long, or has line breaks or control characters.
    pub fn parse(typed: &str) -> Result<TextLine<MAX>, Message> {
        let text = typed.trim();
        let length = text.chars().count();
        if text
            .chars()
            .any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        {
            Err(Message::new("web-line-control"))
        } else if length > MAX {
            let message = Message::new("web-text-too-long");
            Err(message.with("max", MAX).with("length", length))
        } else {
            Ok(TextLine(text.to_owned()))
        }
    }

    /// Reads a line that must not be empty.
    ///
    /// # Errors
    /// As [`TextLine::parse`], and `missing` without a visible character.
    pub fn required(typed: &str, missing: &'static str) -> Result<TextLine<MAX>, Message> {
        let line = TextLine::parse(typed)?;
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
    pub fn stored(text: String) -> TextLine<MAX> {
        TextLine(text)
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True if nothing is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<const MAX: usize> fmt::Display for TextLine<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
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
}
