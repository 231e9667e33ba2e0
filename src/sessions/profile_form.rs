//! The form of one's own profile.

use crate::access::{PersonName, Theme, User};
use crate::error::FieldErrors;
use crate::i18n::{Lang, Message};
use crate::records::fields::Fields;

/// The form as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProfileForm {
    pub name: String,
    /// `en`, `ro`, or empty for the browser's.
    pub language: String,
    pub theme: String,
    pub has_shortcuts: bool,
}

impl ProfileForm {
    /// What was sent.
    pub fn read(fields: &Fields) -> ProfileForm {
        let text = |name| fields.text(name).unwrap_or_default().to_owned();
        ProfileForm {
            name: text("name"),
            language: text("language"),
            theme: text("theme"),
            has_shortcuts: fields.is_on("shortcuts"),
        }
    }

    /// `user` with these choices, or every error at once.
    ///
    /// # Errors
    /// Messages at `name`, `language`, `theme`.
    pub fn apply(&self, user: &User) -> Result<User, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = PersonName::parse(&self.name);
        if let Err(message) = &name {
            errors.add("name", message.clone());
        }
        let language = Lang::ALL
            .into_iter()
            .find(|lang| lang.code() == self.language);
        if language.is_none() && !self.language.is_empty() {
            errors.add("language", Message::new("profile-language-unknown"));
        }
        let theme = Theme::ALL
            .into_iter()
            .find(|theme| theme.as_str() == self.theme);
        match (name, theme) {
            (Ok(name), Some(theme)) if errors.is_empty() => Ok(User {
                name: name.as_str().to_owned(),
                language,
                theme,
                has_shortcuts: self.has_shortcuts,
                ..user.clone()
            }),
            (_, theme) => {
                if theme.is_none() {
                    errors.add("theme", Message::new("profile-theme-unknown"));
                }
                Err(errors)
            }
        }
    }
}

impl From<&User> for ProfileForm {
    fn from(user: &User) -> ProfileForm {
        ProfileForm {
            name: user.name.clone(),
            language: user.language.map_or("", Lang::code).to_owned(),
            theme: user.theme.as_str().to_owned(),
            has_shortcuts: user.has_shortcuts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
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
            disabled_at: None,
            created_at: Timestamp(1),
            updated_at: Timestamp(1),
        }
    }

    #[test]
    fn a_profile_form_that_was_not_touched_changes_nothing() {
        let form = ProfileForm::from(&ana());
        assert_eq!(form.apply(&ana()), Ok(ana()));
    }

    #[test]
    fn unknown_words_are_refused_and_no_language_means_the_browsers() {
        let form = ProfileForm {
            name: " ".into(),
            language: "tlh".into(),
            theme: "pink".into(),
            has_shortcuts: false,
        };
        let errors = form.apply(&ana()).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["name", "language", "theme"]);
        let changed = ProfileForm {
            language: "ro".into(),
            ..ProfileForm::from(&ana())
        };
        assert_eq!(changed.apply(&ana()).unwrap().language, Some(Lang::Ro));
    }
}
