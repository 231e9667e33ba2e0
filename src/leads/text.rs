use std::fmt;

use serde::Serialize;

use crate::access::Email;
use crate::i18n::{Message, fold, fold_name};

/// One line of text of up to `MAX` characters, which may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Line<const MAX: usize>(String);

/// The person or company that may buy; never empty.
pub type Name = Line<200>;
/// Where a lead works.
pub type Company = Line<200>;
/// A telephone number as it was typed.
pub type Phone = Line<50>;
/// Where a lead came from.
pub type Source = Line<100>;
/// The id of a lead in the system it was imported from.
pub type ExternalRef = Line<100>;
/// Why a lead was moved or set aside.
pub type Reason = Line<200>;

impl<const MAX: usize> Line<MAX> {
    /// The line in what was typed, without the white space around it.
    ///
    /// # Errors
    /// The sentence to show: it is too long, or has line breaks or other controls.
    pub fn parse(typed: &str) -> Result<Line<MAX>, Message> {
        let text = typed.trim();
        let length = text.chars().count();
        if text
            .chars()
            .any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        {
            Err(Message::new("lead-text-control"))
        } else if length > MAX {
            let told = Message::new("lead-text-too-long");
            Err(told.with("max", MAX).with("length", length))
        } else {
            Ok(Line(text.to_owned()))
        }
    }

    /// The same where something must stand.
    ///
    /// # Errors
    /// As [`Line::parse`], and `missing` where there is nothing that can be seen.
    pub fn required(typed: &str, missing: &'static str) -> Result<Line<MAX>, Message> {
        let line = Line::parse(typed)?;
        match line.is_visible() {
            true => Ok(line),
            false => Err(Message::new(missing)),
        }
    }

    /// True if it has anything that can be seen.
    pub fn is_visible(&self) -> bool {
        !fold_name(&self.0).is_empty()
    }

    /// A line as the database holds it, which checked it on the way in.
    pub(super) fn stored(text: String) -> Line<MAX> {
        Line(text)
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

impl<const MAX: usize> fmt::Display for Line<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An e-mail address of a lead; may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Mail(String);

impl Mail {
    /// The address in what was typed; nothing is fine.
    ///
    /// # Errors
    /// The sentence to show: it doesn't have the shape of an address.
    pub fn parse(typed: &str) -> Result<Mail, Message> {
        if typed.trim().is_empty() {
            return Ok(Mail::default());
        }
        Email::parse(typed).map(|email| Mail(email.as_str().to_owned()))
    }

    /// An address as the database holds it.
    pub(super) fn stored(text: String) -> Mail {
        Mail(text)
    }

    /// The address itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What someone wrote about a lead: 1 to 2,000 characters, with line breaks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Note(String);

impl Note {
    /// The most characters.
    pub const MAX: usize = 2_000;

    /// The note in what was typed; line breaks become `\n`, and an empty one is fine.
    ///
    /// # Errors
    /// The sentence to show: it is too long, or has control characters.
    pub fn parse(typed: &str) -> Result<Note, Message> {
        let text = typed.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim();
        let length = text.chars().count();
        if text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t')
        {
            Err(Message::new("lead-text-control"))
        } else if length > Note::MAX {
            let told = Message::new("lead-text-too-long");
            Err(told.with("max", Note::MAX).with("length", length))
        } else {
            Ok(Note(text.to_owned()))
        }
    }

    /// A note as the database holds it.
    pub(super) fn stored(text: String) -> Note {
        Note(text)
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

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The digits of a telephone number, so that it is found however it is grouped.
pub(super) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// What a search looks into, one text after the other, folded.
pub(super) fn search_key(texts: [&str; 4], phone: &str) -> String {
    let mut key = texts.map(fold_name).join("\n");
    let plain = digits(phone);
    key.push('\n');
    key.push_str(&fold(phone.trim()));
    if plain != phone.trim() {
        key.push('\n');
        key.push_str(&plain);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_and_a_most_length() {
        assert_eq!(
            Company::parse("  Țiriac SRL ").unwrap().as_str(),
            "Țiriac SRL"
        );
        assert!(Phone::parse(&"1".repeat(50)).is_ok());
        assert!(Phone::parse(&"1".repeat(51)).is_err());
        for bad in ["a\nb", "a\u{0}", "a\u{2028}b"] {
            assert!(Company::parse(bad).is_err(), "{bad:?}");
        }
        assert!(Name::required("\u{200b}", "lead-name-missing").is_err());
    }

    #[test]
    fn a_note_keeps_its_paragraphs() {
        assert_eq!(Note::parse(" a\r\nb ").unwrap().as_str(), "a\nb");
        assert!(Note::parse(&"ș".repeat(2_001)).is_err());
        assert!(Note::parse("bell\u{7}").is_err());
    }

    #[test]
    fn a_lead_is_found_by_a_phone_number_however_it_is_grouped() {
        let key = search_key(["Ană", "Acme", "a@b.ro", "X-1"], "+40 722 123");
        assert_eq!(key, "ana\nacme\na@b.ro\nx-1\n+40 722 123\n40722123");
        assert_eq!(search_key(["a", "", "", ""], ""), "a\n\n\n\n");
    }
}
