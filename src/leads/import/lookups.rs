//! Whom and what the words of a file mean here.

use std::collections::HashMap;

use crate::access::{User, email_key, users};
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::fold_name;
use crate::statuses::{self, LeadStatus, Name, Slug};

/// Users that are read at once.
const PEOPLE: i64 = 1_000;

/// Users and statuses by what files call them.
#[derive(Debug, Clone, Default)]
pub struct Lookups {
    people: HashMap<String, Found>,
    in_use: HashMap<String, i64>,
    /// Archived ones, by slug and by name.
    archived: HashMap<String, i64>,
    /// Deleted ones, by name and by the slug that it makes: only history still has them.
    deleted: HashMap<String, i64>,
    /// What each of the deleted was called: others may have its name now.
    names: HashMap<i64, Vec<String>>,
    /// Where new leads start.
    pub default_status: i64,
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

/// Which status a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    InUse(i64),
    Archived(i64),
    /// It was deleted.
    Past(i64),
    Unknown,
}

impl Lookups {
    /// As the database knows them now.
    pub fn load(conn: &mut Conn) -> Result<Lookups> {
        let mut lookups = Lookups {
            default_status: statuses::default_id(conn)?,
            ..Lookups::default()
        };
        for status in statuses::everything(conn)? {
            lookups.know_status(&status);
        }
        for status in statuses::deleted(conn)? {
            lookups.know_deleted(status.id, &status.name);
        }
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
        let found = Found::User {
            id: user.id,
            is_enabled: user.is_enabled(),
        };
        let by_name = self.people.entry(fold_name(&user.name));
        by_name
            .and_modify(|other| *other = Found::Several)
            .or_insert(found);
        self.people.insert(email_key(&user.email), found);
    }

    fn know_status(&mut self, status: &LeadStatus) {
        let known = if status.is_archived() {
            &mut self.archived
        } else {
            &mut self.in_use
        };
        known.insert(slug_key(&status.slug), status.id);
        known.entry(status.name.key()).or_insert(status.id);
    }

    fn know_deleted(&mut self, id: i64, name: &str) {
        let slug = Name::parse(name).map(|name| slug_key(&Slug::of(&name)));
        let keys = [Ok(fold_name(name)), slug].into_iter().flatten();
        let keys: Vec<String> = keys.collect();
        for key in &keys {
            self.deleted.insert(key.clone(), id);
        }
        self.names.insert(id, keys);
    }

    /// The user of an e-mail address, else of a full name.
    pub fn person(&self, text: &str) -> Found {
        let found = match text.contains('@') {
            true => self.people.get(&email_key(text)),
            false => self.people.get(&fold_name(text)),
        };
        found.copied().unwrap_or(Found::Nobody)
    }

    /// The status of a slug, else of a name; those in use first.
    pub fn status(&self, text: &str) -> Meant {
        let keys = keys(text);
        let find =
            |known: &HashMap<String, i64>| keys.iter().find_map(|key| known.get(key).copied());
        find(&self.in_use)
            .map(Meant::InUse)
            .or_else(|| find(&self.archived).map(Meant::Archived))
            .or_else(|| find(&self.deleted).map(Meant::Past))
            .unwrap_or(Meant::Unknown)
    }

    /// True if a word may mean this status, whatever else it means by now.
    pub fn is_called(&self, id: i64, text: &str) -> bool {
        match self.names.get(&id) {
            Some(names) => keys(text).iter().any(|key| names.contains(key)),
            None => match self.status(text) {
                Meant::InUse(found) | Meant::Archived(found) => found == id,
                Meant::Past(_) | Meant::Unknown => false,
            },
        }
    }
}

/// Under what a word may be known, as a slug and as a name.
fn keys(text: &str) -> [String; 2] {
    [format!("/{}", text.to_ascii_lowercase()), fold_name(text)]
}

/// Slugs among names: no folded name begins with a slash that a slug follows.
fn slug_key(slug: &Slug) -> String {
    format!("/{slug}")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A pipeline of New (1) and Won (2), with an archived Old (3), a deleted Gone (4), and two people.
    pub fn lookups() -> Lookups {
        let map = |pairs: &[(&str, i64)]| {
            let pairs = pairs.iter();
            pairs.map(|(word, id)| ((*word).to_owned(), *id)).collect()
        };
        let mut lookups = Lookups {
            people: HashMap::new(),
            in_use: map(&[("/new", 1), ("new", 1), ("/won", 2), ("castigat", 2)]),
            archived: map(&[("/old", 3), ("old", 3)]),
            deleted: map(&[("gone", 4)]),
            names: HashMap::from([(4, vec!["gone".to_owned()])]),
            default_status: 1,
        };
        for (id, name, email) in [(7, "ana pop", "ana@b.ro"), (8, "radu stan", "radu@b.ro")] {
            let found = Found::User {
                id,
                is_enabled: true,
            };
            lookups.people.insert(name.to_owned(), found);
            lookups.people.insert(email.to_owned(), found);
        }
        lookups
    }

    #[test]
    fn a_status_goes_by_its_slug_and_by_its_name() {
        let lookups = lookups();
        for (word, meant) in [
            ("won", Meant::InUse(2)),
            ("CÂȘTIGAT", Meant::InUse(2)),
            ("Old", Meant::Archived(3)),
            ("Gone", Meant::Past(4)),
            ("nowhere", Meant::Unknown),
        ] {
            assert_eq!(lookups.status(word), meant, "{word}");
        }
    }

    #[test]
    fn a_person_goes_by_address_and_by_full_name() {
        let lookups = lookups();
        let ana = Found::User {
            id: 7,
            is_enabled: true,
        };
        assert_eq!(lookups.person("Ana@B.ro"), ana);
        assert_eq!(lookups.person("ANA  POP"), ana);
        assert_eq!(lookups.person("Ana"), Found::Nobody);
    }
}
