//! Users, and the form of a user.

use serde::Serialize;

use crate::access::domain::role::Role;
use crate::clock::{Timestamp, Zone};
use crate::error::{FieldErrors, Result};
use crate::i18n::{Lang, Message};
use crate::records::checked_text::checked_text;
use crate::records::fields::{Fields, FromFields};
use crate::theme::Theme;

/// The longest name.
const NAME_MAX: usize = 100;
/// The longest e-mail address.
const EMAIL_MAX: usize = 254;

/// A user, without the password.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    pub id: i64,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// The language of the profile; nothing means the browser's.
    pub language: Option<Lang>,
    pub theme: Theme,
    pub has_shortcuts: bool,
    /// The time zone of the profile; nothing until one is chosen.
    pub time_zone: Option<Zone>,
    pub disabled_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl User {
    /// True if this user may sign in.
    pub fn is_enabled(&self) -> bool {
        self.disabled_at.is_none()
    }

    /// The user as the audit log stores it.
    pub fn snapshot(&self) -> UserSnapshot<'_> {
        UserSnapshot {
            name: &self.name,
            email: &self.email,
            role: self.role.as_str(),
            language: self.language.map_or("", Lang::code),
            theme: self.theme.as_str(),
            shortcuts: self.has_shortcuts,
            time_zone: self.time_zone.map_or("", Zone::name),
            disabled: !self.is_enabled(),
        }
    }
}

/// A user as the audit log stores it.
#[derive(Debug, Serialize)]
pub struct UserSnapshot<'a> {
    name: &'a str,
    email: &'a str,
    role: &'static str,
    language: &'static str,
    theme: &'static str,
    shortcuts: bool,
    time_zone: &'static str,
    disabled: bool,
}

checked_text! {
    /// An e-mail address as it was typed, without the space around it.
    pub struct Email;
}

impl Email {
    /// Accepts a text with the shape of an address: a local part, `@`, a domain, and no space.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn parse(text: &str) -> Result<Email, Message> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Message::new("user-email-missing"));
        }
        if text.chars().count() > EMAIL_MAX {
            return Err(Message::new("user-email-long").with("count", EMAIL_MAX));
        }
        let has_shape = text.split_once('@').is_some_and(|(local, domain)| {
            let is_label = |label: &str| !label.is_empty() && !label.contains('@');
            !local.is_empty() && domain.split('.').all(is_label)
        });
        let is_plain = !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || is_invisible(c));
        match has_shape && is_plain {
            true => Ok(Email(text.to_owned())),
            false => Err(Message::new("user-email-shape")),
        }
    }

    /// The key of uniqueness: the address in lower case.
    pub fn key(&self) -> String {
        email_key(&self.0)
    }
}

/// The key by which an address is looked up: in lower case.
pub fn email_key(typed: &str) -> String {
    typed.trim().to_lowercase()
}

checked_text! {
    /// The name of a person.
    pub struct PersonName;
}

impl PersonName {
    /// 1 to 100 characters without line breaks and other controls; spaces around it are dropped.
    ///
    /// # Errors
    /// The sentence to show.
    pub fn parse(text: &str) -> Result<PersonName, Message> {
        let text = text.trim();
        if text.chars().all(is_invisible) {
            return Err(Message::new("user-name-missing"));
        }
        if text.chars().count() > NAME_MAX {
            return Err(Message::new("user-name-long").with("count", NAME_MAX));
        }
        if text.chars().any(char::is_control) {
            return Err(Message::new("user-name-controls"));
        }
        Ok(PersonName(text.to_owned()))
    }
}

/// Invisible characters: a name of them alone is no name.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || c.is_whitespace()
}

/// The fields of a user that administrators set.
#[derive(Debug, Clone, PartialEq)]
pub struct UserFields {
    pub email: Email,
    pub name: PersonName,
    pub role: Role,
}

/// The form of a user as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UserForm {
    pub name: String,
    pub email: String,
    pub role: String,
}

impl UserForm {
    /// The valid fields, or every error at once.
    ///
    /// # Errors
    /// Messages at `name`, `email`, `role`.
    pub fn parse(&self) -> Result<UserFields, FieldErrors> {
        let mut errors = FieldErrors::new();
        let role = Role::from_word(&self.role).ok_or_else(|| Message::new("user-role-unknown"));
        let name = errors.check("name", PersonName::parse(&self.name));
        let email = errors.check("email", Email::parse(&self.email));
        match (name, email, errors.check("role", role)) {
            (Some(name), Some(email), Some(role)) => Ok(UserFields { email, name, role }),
            _ => Err(errors),
        }
    }
}

impl FromFields for UserForm {
    fn from_fields(fields: Fields) -> Result<UserForm> {
        let fields = fields.without_nul()?;
        Ok(UserForm {
            name: fields.string("name"),
            email: fields.string("email"),
            role: fields.string("role"),
        })
    }
}

impl From<&User> for UserForm {
    fn from(user: &User) -> UserForm {
        UserForm {
            name: user.name.clone(),
            email: user.email.clone(),
            role: user.role.as_str().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_something_on_both_sides_of_one_at_sign() {
        for good in ["a@b", "Ana.Pop+crm@example.com", "ana@țară.ro"] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ana",
            "@b",
            "a@",
            "a@@b",
            "a b@c",
            "a@b..c",
            "a@b@c",
            "a\u{0}@b",
            "a\u{200b}@b",
        ] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
        assert!(Email::parse(&format!("{}@b.ro", "x".repeat(250))).is_err());
    }

    #[test]
    fn addresses_that_differ_by_case_are_the_same() {
        let key = |text| Email::parse(text).unwrap().key();
        assert_eq!(key(" ANA@Example.com "), key("ana@example.COM"));
    }

    #[test]
    fn a_name_has_one_to_a_hundred_visible_characters() {
        assert_eq!(PersonName::parse("  Ana 🦔 ").unwrap().as_str(), "Ana 🦔");
        assert!(PersonName::parse(&"ș".repeat(100)).is_ok());
        for bad in ["", "   ", "\u{200b}", "a\nb", "a\u{0}b"] {
            assert!(PersonName::parse(bad).is_err(), "{bad:?}");
        }
        assert!(PersonName::parse(&"ș".repeat(101)).is_err());
    }

    #[test]
    fn a_form_tells_all_its_errors_at_once() {
        let errors = UserForm::default().parse().unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "email", "role"]);
    }
}
