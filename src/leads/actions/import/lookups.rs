//! Resolves the people and statuses that a file names.

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
    by_email: HashMap<String, Person>,
    by_name: HashMap<String, Vec<Person>>,
    names: HashMap<i64, String>,
    pub statuses: StatusLookup,
    /// The status of new leads without one.
    pub default_status: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Person {
    id: i64,
    is_enabled: bool,
}

/// The user that a name resolves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonMatch {
    User {
        id: i64,
        is_enabled: bool,
    },
    /// Several users have this name.
    Ambiguous,
    Nobody,
}

impl Lookups {
    /// Reads all users and statuses; words for statuses mean what was chosen.
    pub fn load(conn: &mut Conn, options: &ImportOptions) -> Result<Lookups> {
        let mut lookups = Lookups {
            default_status: statuses::default_id(conn)?,
            statuses: StatusLookup::load(conn)?,
            ..Lookups::default()
        };
        lookups.statuses.choose(&options.status_words);
        for user in users::list_unlimited(conn)? {
            lookups.add_person(&user);
        }
        Ok(lookups)
    }

    /// The message for a name that several archived statuses have.
    pub fn ambiguous_status(&self, word: &str) -> Message {
        Message::new("lead-import-status-several")
            .with("name", word)
            .with("slugs", self.statuses.archived_slugs(word))
    }

    fn add_person(&mut self, user: &User) {
        let person = Person {
            id: user.id,
            is_enabled: user.is_enabled(),
        };
        let named = self.by_name.entry(fold_name(&user.name)).or_default();
        named.push(person);
        self.names.insert(user.id, user.name.clone());
        self.by_email.insert(email_key(&user.email), person);
    }

    /// The name of a user.
    pub fn person_name(&self, id: i64) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// The user with this e-mail address or full name. Among several with one name, `current` is preferred, then the
    /// only enabled one.
    pub fn find_person(&self, text: &str, current: Option<i64>) -> PersonMatch {
        if text.contains('@') {
            let person = self.by_email.get(&email_key(text));
            return person.map_or(PersonMatch::Nobody, |person| PersonMatch::from(*person));
        }
        let named = self.by_name.get(&fold_name(text));
        let named = named.map_or(&[][..], Vec::as_slice);
        if let Some(person) = named.iter().find(|person| current == Some(person.id)) {
            return PersonMatch::from(*person);
        }
        let mut enabled = named.iter().filter(|person| person.is_enabled);
        match (enabled.next(), enabled.next(), named.first()) {
            (Some(person), None, _) | (None, _, Some(person)) => PersonMatch::from(*person),
            (Some(_), Some(_), _) => PersonMatch::Ambiguous,
            (None, _, None) => PersonMatch::Nobody,
        }
    }
}

impl From<Person> for PersonMatch {
    fn from(person: Person) -> PersonMatch {
        PersonMatch::User {
            id: person.id,
            is_enabled: person.is_enabled,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::statuses::lookup_of;

    /// New (1), Won (2), an archived Old (3), a deleted Gone (4), and three people.
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
        let people = [
            (7, "ana pop", "ana@b.ro", true),
            (8, "radu stan", "radu@b.ro", true),
            (9, "ana pop", "old@b.ro", false),
        ];
        for (id, name, email, is_enabled) in people {
            let person = Person { id, is_enabled };
            lookups
                .by_name
                .entry(name.to_owned())
                .or_default()
                .push(person);
            lookups.by_email.insert(email.to_owned(), person);
        }
        lookups
    }

    #[test]
    fn a_person_is_found_by_email_and_by_full_name() {
        let lookups = lookups();
        let user = |id, is_enabled| PersonMatch::User { id, is_enabled };
        let ana = user(7, true);
        assert_eq!(lookups.find_person("Ana@B.ro", None), ana);
        assert_eq!(
            lookups.find_person("ANA  POP", None),
            ana,
            "the other one is disabled"
        );
        assert_eq!(lookups.find_person("Ana Pop", Some(9)), user(9, false));
        assert_eq!(lookups.find_person("old@b.ro", None), user(9, false));
        assert_eq!(lookups.find_person("Ana", None), PersonMatch::Nobody);
    }
}
