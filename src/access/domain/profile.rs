//! The fields that users set themselves, and the form of their profile.

use crate::access::domain::user::{PersonName, User};
use crate::clock::Zone;
use crate::error::{FieldErrors, Result};
use crate::i18n::{Lang, Message};
use crate::records::fields::{Fields, FromFields};
use crate::theme::Theme;

/// The form as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProfileForm {
    pub name: String,
    /// `en`, `ro`, or empty for the browser's.
    pub language: String,
    pub theme: String,
    pub has_shortcuts: bool,
    /// The name of a zone, or empty for that of the server.
    pub time_zone: String,
}

impl ProfileForm {
    /// The valid fields, or every error at once.
    ///
    /// # Errors
    /// Messages at `name`, `language`, `theme`, `time_zone`.
    pub fn parse(&self) -> Result<ProfileFields, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.check("name", PersonName::parse(&self.name));
        let mut languages = Lang::ALL.into_iter();
        let language = languages.find(|lang| lang.code() == self.language);
        if language.is_none() && !self.language.is_empty() {
            errors.add("language", Message::new("profile-language-unknown"));
        }
        let time_zone = Zone::parse(&self.time_zone);
        if time_zone.is_none() && !self.time_zone.trim().is_empty() {
            errors.add("time_zone", Message::new("profile-zone-unknown"));
        }
        let theme = Theme::from_word(&self.theme);
        let theme = theme.ok_or_else(|| Message::new("profile-theme-unknown"));
        match (name, errors.check("theme", theme)) {
            (Some(name), Some(theme)) if errors.is_empty() => Ok(ProfileFields {
                name,
                language,
                theme,
                has_shortcuts: self.has_shortcuts,
                time_zone,
            }),
            _ => Err(errors),
        }
    }
}

/// The fields of a user that they set themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileFields {
    pub name: PersonName,
    /// Nothing means the browser's.
    pub language: Option<Lang>,
    pub theme: Theme,
    pub has_shortcuts: bool,
    /// Nothing means that of the server.
    pub time_zone: Option<Zone>,
}

impl FromFields for ProfileForm {
    fn from_fields(fields: Fields) -> Result<ProfileForm> {
        let fields = fields.without_nul()?;
        Ok(ProfileForm {
            name: fields.string("name"),
            language: fields.string("language"),
            theme: fields.string("theme"),
            has_shortcuts: fields.is_on("shortcuts"),
            time_zone: fields.string("time_zone"),
        })
    }
}

impl From<&User> for ProfileForm {
    fn from(user: &User) -> ProfileForm {
        ProfileForm {
            name: user.name.clone(),
            language: user.language.map_or("", Lang::code).to_owned(),
            theme: user.theme.as_str().to_owned(),
            has_shortcuts: user.has_shortcuts,
            time_zone: user.time_zone.map_or("", Zone::name).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::domain::role::Role;
    use crate::clock::Timestamp;

    fn ana() -> User {
        User {
            id: 1,
            email: "ana@example.com".into(),
            name: "Ana".into(),
            role: Role::Rep,
            language: None,
            theme: Theme::Auto,
            has_shortcuts: true,
            time_zone: None,
            disabled_at: None,
            created_at: Timestamp(1),
            updated_at: Timestamp(1),
        }
    }

    #[test]
    fn a_profile_form_that_was_not_touched_changes_nothing() {
        let fields = ProfileFields {
            name: PersonName::parse("Ana").unwrap(),
            language: None,
            theme: Theme::Auto,
            has_shortcuts: true,
            time_zone: None,
        };
        assert_eq!(ProfileForm::from(&ana()).parse(), Ok(fields));
    }

    #[test]
    fn unknown_words_are_refused_and_no_language_means_the_browsers() {
        let form = ProfileForm {
            name: " ".into(),
            language: "tlh".into(),
            theme: "pink".into(),
            has_shortcuts: false,
            time_zone: "Mars".into(),
        };
        let errors = form.parse().unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "language", "time_zone", "theme"]);
        let changed = ProfileForm {
            language: "ro".into(),
            ..ProfileForm::from(&ana())
        };
        assert_eq!(changed.parse().unwrap().language, Some(Lang::Ro));
    }
}
