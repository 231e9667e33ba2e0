//! Whom and what the words of a file mean here.

use std::collections::HashMap;

use crate::access::{User, email_key, users};
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::fold_name;
use crate::statuses::{self, Words};

/// Users that are read at once.
const PEOPLE: i64 = 1_000;

/// Users and statuses by what files call them.
#[derive(Debug, Clone, Default)]
pub struct Lookups {
    by_address: HashMap<String, Person>,
    by_name: HashMap<String, Vec<Person>>,
    pub statuses: Words,
    /// Where new leads start.
    pub default_status: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Person {
    id: i64,
    is_enabled: bool,
}

/// Whom a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    User {
        id: i64,
        is_enabled: bool,
    },
    /// More than one have this name.
    Several,
    Nobody,
}

impl Lookups {
    /// As the database knows them now.
    pub fn load(conn: &mut Conn) -> Result<Lookups> {
        let mut lookups = Lookups {
            default_status: statuses::default_id(conn)?,
            statuses: Words::load(conn)?,
            ..Lookups::default()
        };
        let mut offset = 0;
        loop {
            let some = users::list(conn, &users::UserFilter::default(), offset, PEOPLE)?;
            some.iter().for_each(|user| lookups.know_person(user));
            if (some.len() as i64) < PEOPLE {
                return Ok(lookups);
            }
            offset += PEOPLE;
        }
    }

    fn know_person(&mut self, user: &User) {
        let person = Person {
            id: user.id,
            is_enabled: user.is_enabled(),
        };
        let named = self.by_name.entry(fold_name(&user.name)).or_default();
        named.push(person);
        self.by_address.insert(email_key(&user.email), person);
    }

    /// The user of an e-mail address, else of a full name. A name that several have means the one of them who `has` it
    /// already, else the only one who is enabled.
    pub fn person(&self, text: &str, has: Option<i64>) -> Found {
        if text.contains('@') {
            let found = self.by_address.get(&email_key(text));
            return found.map_or(Found::Nobody, |person| Found::from(*person));
        }
        let named = self.by_name.get(&fold_name(text));
        let named = named.map_or(&[][..], Vec::as_slice);
        if let Some(person) = named.iter().find(|person| has == Some(person.id)) {
            return Found::from(*person);
        }
        let mut enabled = named.iter().filter(|person| person.is_enabled);
        match (enabled.next(), enabled.next(), named.first()) {
            (Some(person), None, _) | (None, _, Some(person)) => Found::from(*person),
            (Some(_), Some(_), _) => Found::Several,
            (None, _, None) => Found::Nobody,
        }
    }
}

impl From<Person> for Found {
    fn from(person: Person) -> Found {
        Found::User {
            id: person.id,
            is_enabled: person.is_enabled,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::statuses::words_of;

    /// A pipeline of New (1) and Won (2), with an archived Old (3), a deleted Gone (4), and two people.
    pub fn lookups() -> Lookups {
        let mut lookups = Lookups {
            statuses: words_of(
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
            lookups.by_address.insert(email.to_owned(), person);
        }
        lookups
    }

    #[test]
    fn a_person_goes_by_address_and_by_full_name() {
        let lookups = lookups();
        let found = |id, is_enabled| Found::User { id, is_enabled };
        let ana = found(7, true);
        assert_eq!(lookups.person("Ana@B.ro", None), ana);
        assert_eq!(
            lookups.person("ANA  POP", None),
            ana,
            "the other one is disabled"
        );
        assert_eq!(lookups.person("Ana Pop", Some(9)), found(9, false));
        assert_eq!(lookups.person("old@b.ro", None), found(9, false));
        assert_eq!(lookups.person("Ana", None), Found::Nobody);
    }
}
