//! Resolves the users and statuses that a file names.

use std::collections::HashMap;

use crate::access::{User, email_key, users};
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::{Message, fold_name};
use crate::leads::domain::import_options::ImportOptions;
use crate::statuses::{self, StatusLookup};

/// Users and statuses by the names that files use.
#[derive(Debug, Clone, Default)]
pub struct Lookups {
    by_email: HashMap<String, UserEntry>,
    by_name: HashMap<String, Vec<UserEntry>>,
    user_names: HashMap<i64, String>,
    pub statuses: StatusLookup,
    /// The status of new leads without one.
    pub default_status: i64,
}

/// A user as far as a file can name one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserEntry {
    pub id: i64,
    pub is_enabled: bool,
}

/// The user that a name resolves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserMatch {
    User(UserEntry),
    /// Several users have this name.
    Ambiguous,
    Unknown,
}

impl Lookups {
    /// Reads all users and statuses. A name means the status that the user chose for it, if any.
    pub fn load(conn: &mut Conn, options: &ImportOptions) -> Result<Lookups> {
        let mut lookups = Lookups {
            default_status: statuses::default_id(conn)?,
            statuses: StatusLookup::load(conn)?,
            ..Lookups::default()
        };
        lookups.statuses.choose(&options.status_words);
        for user in users::list_unlimited(conn)? {
            lookups.add_user(&user);
        }
        Ok(lookups)
    }

    /// The message for a name that several archived statuses have.
    pub fn ambiguous_status(&self, name: &str) -> Message {
        Message::new("lead-import-status-several")
            .with("name", name)
            .with("slugs", self.statuses.archived_slugs(name))
    }

    fn add_user(&mut self, user: &User) {
        let entry = UserEntry {
            id: user.id,
            is_enabled: user.is_enabled(),
        };
        let namesakes = self.by_name.entry(fold_name(&user.name)).or_default();
        namesakes.push(entry);
        self.user_names.insert(user.id, user.name.clone());
        self.by_email.insert(email_key(&user.email), entry);
    }

    /// The name of a user.
    pub fn user_name(&self, id: i64) -> Option<&str> {
        self.user_names.get(&id).map(String::as_str)
    }

    /// The user with this e-mail address or full name. Among several with one name, `current` is preferred, then the
    /// only enabled one.
    pub fn find_user(&self, text: &str, current: Option<i64>) -> UserMatch {
        if text.contains('@') {
            let user = self.by_email.get(&email_key(text));
            return user.map_or(UserMatch::Unknown, |user| UserMatch::User(*user));
        }
        let namesakes = self.by_name.get(&fold_name(text));
        let namesakes = namesakes.map_or(&[][..], Vec::as_slice);
        if let Some(user) = namesakes.iter().find(|user| current == Some(user.id)) {
            return UserMatch::User(*user);
        }
        let mut enabled = namesakes.iter().filter(|user| user.is_enabled);
        match (enabled.next(), enabled.next(), namesakes.first()) {
            (Some(user), None, _) | (None, _, Some(user)) => UserMatch::User(*user),
            (Some(_), Some(_), _) => UserMatch::Ambiguous,
            (None, _, None) => UserMatch::Unknown,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::statuses::lookup_of;

    /// New (1), Won (2), an archived Old (3), a deleted Gone (4), and three users.
    pub fn lookups() -> Lookups {
        let mut lookups = Lookups {
            statuses: lookup_of(
                &[(1, "New", "new"), (2, "Câștigat", "won")],
                &[(3, "Old", "old")],
                &[(4, "Gone")],
            ),
            default_status: 1,
            ..Lookups::default()
        };
        let users = [
            (7, "ana pop", "ana@b.ro", true),
            (8, "radu stan", "radu@b.ro", true),
            (9, "ana pop", "old@b.ro", false),
        ];
        for (id, name, email, is_enabled) in users {
            let user = UserEntry { id, is_enabled };
            lookups
                .by_name
                .entry(name.to_owned())
                .or_default()
                .push(user);
            lookups.by_email.insert(email.to_owned(), user);
        }
        lookups
    }

    #[test]
    fn a_user_is_found_by_email_and_by_full_name() {
        let lookups = lookups();
        let user = |id, is_enabled| UserMatch::User(UserEntry { id, is_enabled });
        let ana = user(7, true);
        assert_eq!(lookups.find_user("Ana@B.ro", None), ana);
        assert_eq!(
            lookups.find_user("ANA  POP", None),
            ana,
            "the other one is disabled"
        );
        assert_eq!(lookups.find_user("Ana Pop", Some(9)), user(9, false));
        assert_eq!(lookups.find_user("old@b.ro", None), user(9, false));
        assert_eq!(lookups.find_user("Ana", None), UserMatch::Unknown);
    }
}
