//! The texts of a lead as types: each holds only a value that was checked.

use crate::access::Email;
use crate::error::{RequirementKind, Unmet};
use crate::i18n::{Message, fold, fold_name, fold_search, unify_marks};
use crate::records::checked_text::checked_text;
pub use crate::records::text::{Paragraphs, TextLine};

/// The fewest digits of a telephone number that is compared with others.
const MIN_PHONE_DIGITS: usize = 7;
/// The digits at the end of a telephone number that are the same with and without country code or leading zero.
pub const PHONE_KEY_DIGITS: usize = 9;

/// The person or company that may buy; never empty.
pub type Name = TextLine<200>;
/// The company that the lead works for.
pub type Company = TextLine<200>;
/// A telephone number in any format.
pub type Phone = TextLine<50>;
/// Where a lead came from.
pub type LeadSource = TextLine<100>;
/// The id of a lead in the system it was imported from.
pub type ExternalRef = TextLine<100>;
/// The system that the id belongs to.
pub type ExternalSystem = TextLine<100>;
/// A note about a lead.
pub type Note = Paragraphs<2_000>;
/// Why a lead was moved or paused.
pub type Reason = TextLine<200>;

checked_text! {
    /// An e-mail address of a lead; may be empty.
    #[derive(Default)]
    pub struct LeadEmail;
}

impl LeadEmail {
    /// Parses an address; an empty text is valid.
    ///
    /// # Errors
    /// The message to show if the text is no e-mail address.
    pub fn parse(text: &str) -> Result<LeadEmail, Message> {
        if text.trim().is_empty() {
            return Ok(LeadEmail::default());
        }
        Email::parse(text).map(|email| LeadEmail(email.as_str().to_owned()))
    }
}

/// A reason in the spelling of a list; any reason if the list is empty.
///
/// # Errors
/// The requirement that an absent reason, or one that is not listed, doesn't meet.
pub fn listed_reason(reason: &Reason, choices: &[String]) -> Result<Reason, Unmet> {
    let key = fold_name(reason.as_str());
    let listed = choices.iter().find(|choice| fold_name(choice) == key);
    match listed {
        Some(listed) => Ok(Reason::stored(listed.clone())),
        None if choices.is_empty() && reason.is_visible() => Ok(reason.clone()),
        None => Err(Unmet {
            choices: Some(choices.to_vec()),
            ..Unmet::of(RequirementKind::Reason)
        }),
    }
}

/// The key of a source, which is the same whatever its case.
pub fn source_key(source: &str) -> String {
    source.to_lowercase()
}

/// The digits of a telephone number, so that a search finds it in any format.
pub(crate) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// The last digits of a telephone number, which are the same with and without the code of its country; empty for a short
/// number.
pub(crate) fn phone_key(phone: &str) -> String {
    let digits = digits(phone);
    match digits.len() < MIN_PHONE_DIGITS {
        true => String::new(),
        false => digits[digits.len().saturating_sub(PHONE_KEY_DIGITS)..].to_owned(),
    }
}

/// The folded text that a search reads, one value per line. Two line breaks end it, so that its last letter, too, begins a
/// trigram.
pub(crate) fn search_key<'a>(texts: impl Iterator<Item = &'a str>, phone: &str) -> String {
    // Each text is one line of the key.
    let texts = texts.map(|text| fold_search(text).replace(['\r', '\n'], " "));
    let mut key = texts.collect::<Vec<_>>().join("\n");
    let digits = digits(phone);
    key.push('\n');
    key.push_str(&unify_marks(&fold(phone.trim())));
    if digits != phone.trim() {
        key.push('\n');
        key.push_str(&digits);
    }
    key.push_str("\n\n");
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_the_same_with_and_without_the_code_of_their_country() {
        for same in [
            "+40 722 123 456",
            "0040 722-123-456",
            "(0722) 123.456",
            "0722123456",
        ] {
            assert_eq!(phone_key(same), "722123456", "{same}");
        }
        assert_eq!(phone_key("+1 (212) 555-0123"), phone_key("212 555 0123"));
        assert_eq!(phone_key("555 0123"), "5550123");
        assert_eq!(phone_key("ext. 112"), "");
    }

    #[test]
    fn a_reason_is_kept_as_it_is_listed() {
        let choices = ["Preț".to_owned(), "Termen".to_owned()];
        let read = |text: &str| listed_reason(&Reason::stored(text.to_owned()), &choices);
        assert_eq!(read("PRET").unwrap().as_str(), "Preț");
        for wrong in ["", "Other"] {
            assert_eq!(
                read(wrong).unwrap_err().message().key,
                "rule-unmet-reason-of"
            );
        }
        let free = |text: &str| listed_reason(&Reason::stored(text.to_owned()), &[]);
        assert_eq!(free("Other").unwrap().as_str(), "Other");
        assert_eq!(free("").unwrap_err().message().key, "rule-unmet-reason");
    }

    #[test]
    fn a_lead_is_found_by_a_phone_number_however_it_is_grouped() {
        let key = search_key(["Ană", "Acme", "a@b.ro", "X-1"].into_iter(), "+40 722 123");
        assert_eq!(key, "ana\nacme\na@b.ro\nx-1\n+40 722 123\n40722123\n\n");
        assert_eq!(
            search_key(["a", "", "", ""].into_iter(), ""),
            "a\n\n\n\n\n\n"
        );
        let key = search_key(["D’Or", "", "", "A–1"].into_iter(), "0722\u{2011}123");
        assert_eq!(key, "d'or\n\n\na-1\n0722-123\n0722123\n\n");
    }
}
