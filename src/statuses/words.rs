//! Which status a word means: the one rule for every file and command that names statuses by words.
//!
//! A status in use comes before an archived one, and that before a deleted one: what people don't see any more decides
//! nothing while something that they see fits. Among those in use, the name that a status has now (without regard to
//! case and accents) comes before a slug, which still says what the status was called first. Names of those in use
//! differ; where two archived ones have one name, it means neither.

use std::collections::HashMap;

use super::{DeletedStatus, LeadStatus, Name, Slug, store};
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::fold_name;

/// Which status a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    InUse(i64),
    Archived(i64),
    /// Several archived ones have this name.
    Several,
    /// It was deleted.
    Past(i64),
    Unknown,
}

/// How a word is understood that doesn't say so by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The name of the status that it means.
    pub name: String,
    /// The name of another status in use whose slug it is.
    pub other: Option<String>,
    /// True if it is no more than the slug of a status that has another name now.
    pub is_old: bool,
}

impl Reading {
    /// True if nobody would take the word for anything else.
    pub fn is_obvious(&self) -> bool {
        self.other.is_none() && !self.is_old
    }
}

/// Every status by the words for it.
#[derive(Debug, Clone, Default)]
pub struct Words {
    known: HashMap<i64, Known>,
    in_use: Group,
    archived: Group,
    deleted: Group,
}

/// Statuses by the keys of their names, and by their slugs.
#[derive(Debug, Clone, Default)]
struct Group {
    names: HashMap<String, Vec<i64>>,
    slugs: HashMap<String, i64>,
}

#[derive(Debug, Clone)]
struct Known {
    name: String,
    slug: String,
    is_in_use: bool,
    is_deleted: bool,
}

impl Group {
    fn add(&mut self, id: i64, name: &str, slug: &str) {
        self.names.entry(fold_name(name)).or_default().push(id);
        self.slugs.insert(slug.to_owned(), id);
    }

    fn named(&self, word: &str) -> &[i64] {
        let found = self.names.get(&fold_name(word));
        found.map_or(&[], Vec::as_slice)
    }

    fn slug(&self, word: &str) -> Option<i64> {
        self.slugs.get(&word.trim().to_ascii_lowercase()).copied()
    }
}

impl Words {
    /// As the database knows them now.
    ///
    /// # Errors
    /// If they can't be read.
    pub fn load(conn: &mut Conn) -> Result<Words> {
        Ok(Words::of(&store::everything(conn)?, &store::deleted(conn)?))
    }

    /// Of these statuses and those that were deleted, oldest first.
    pub fn of(statuses: &[LeadStatus], deleted: &[DeletedStatus]) -> Words {
        let mut words = Words::default();
        for status in statuses {
            let (name, slug) = (status.name.as_str(), status.slug.as_str());
            words.add(status.id, name, slug, !status.is_archived());
        }
        for status in deleted {
            let slug = Name::parse(&status.name).map(|name| Slug::of(&name));
            let slug = slug.map_or_else(|_| String::new(), |slug| slug.to_string());
            words.add_deleted(status.id, &status.name, &slug);
        }
        words
    }

    fn add_deleted(&mut self, id: i64, name: &str, slug: &str) {
        self.deleted.add(id, name, slug);
        self.know(id, name, slug, false, true);
    }

    fn add(&mut self, id: i64, name: &str, slug: &str, is_in_use: bool) {
        let group = match is_in_use {
            true => &mut self.in_use,
            false => &mut self.archived,
        };
        group.add(id, name, slug);
        self.know(id, name, slug, is_in_use, false);
    }

    fn know(&mut self, id: i64, name: &str, slug: &str, is_in_use: bool, is_deleted: bool) {
        let known = Known {
            name: name.to_owned(),
            slug: slug.to_owned(),
            is_in_use,
            is_deleted,
        };
        self.known.insert(id, known);
    }

    /// The status that a word means.
    pub fn find(&self, word: &str) -> Meant {
        let in_use = self.in_use.named(word).first().copied();
        if let Some(id) = in_use.or_else(|| self.in_use.slug(word)) {
            return Meant::InUse(id);
        }
        match self.archived.named(word) {
            [] => {}
            [id] => return Meant::Archived(*id),
            // One of them may have kept a slug that is exactly this word, and that would be no better a reason.
            _ => return Meant::Several,
        }
        if let Some(id) = self.archived.slug(word) {
            return Meant::Archived(id);
        }
        let past = self.deleted.named(word).last().copied();
        past.or_else(|| self.deleted.slug(word))
            .map_or(Meant::Unknown, Meant::Past)
    }

    /// True if a word means this status; one that is out of use may have lost its words to others since.
    pub fn is_called(&self, id: i64, word: &str) -> bool {
        match (self.find(word), self.known.get(&id)) {
            (Meant::InUse(found) | Meant::Archived(found), _) if found == id => true,
            (_, Some(known)) if !known.is_in_use => {
                fold_name(&known.name) == fold_name(word) || known.slug == word
            }
            _ => false,
        }
    }

    /// What files call a status, so that reading them finds it again: its slug, which a renaming leaves as it is, but
    /// its name where the slug means another one by now, or where it was deleted.
    pub fn word(&self, id: i64) -> Option<&str> {
        let known = self.known.get(&id)?;
        let is_found = |word: &str| match self.find(word) {
            Meant::InUse(found) | Meant::Archived(found) => found == id,
            Meant::Past(_) | Meant::Several | Meant::Unknown => false,
        };
        Some(match is_found(&known.slug) {
            false if known.is_deleted || is_found(&known.name) => &known.name,
            _ => &known.slug,
        })
    }

    /// What files call each status.
    pub fn all(&self) -> HashMap<i64, String> {
        let ids = self.known.keys();
        let words = ids.filter_map(|id| Some((*id, self.word(*id)?.to_owned())));
        words.collect()
    }

    /// How a word is understood that means a status in use.
    pub fn reading(&self, word: &str) -> Option<Reading> {
        let Meant::InUse(id) = self.find(word) else {
            return None;
        };
        let known = self.known.get(&id)?;
        let is_name = self.in_use.named(word).contains(&id);
        let first = Name::parse(&known.name).map(|name| Slug::of(&name).to_string());
        let other = self.in_use.slug(word).filter(|other| *other != id);
        Some(Reading {
            name: known.name.clone(),
            other: other.and_then(|other| Some(self.known.get(&other)?.name.clone())),
            is_old: !is_name && first.as_ref() != Ok(&known.slug),
        })
    }

    /// The slugs of the archived ones that have this name.
    pub fn slugs(&self, word: &str) -> String {
        let known = self
            .archived
            .named(word)
            .iter()
            .filter_map(|id| self.known.get(id));
        let slugs: Vec<&str> = known.map(|known| known.slug.as_str()).collect();
        slugs.join(", ")
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Words for statuses given by id, name and slug: in use, archived, and the names of deleted ones.
    pub fn words(
        in_use: &[(i64, &str, &str)],
        archived: &[(i64, &str, &str)],
        deleted: &[(i64, &str)],
    ) -> Words {
        let mut words = Words::default();
        for (id, name, slug) in in_use {
            words.add(*id, name, slug, true);
        }
        for (id, name, slug) in archived {
            words.add(*id, name, slug, false);
        }
        for (id, name) in deleted {
            let slug = Slug::of(&Name::parse(name).unwrap()).to_string();
            words.add_deleted(*id, name, &slug);
        }
        words
    }

    #[test]
    fn the_name_that_is_shown_comes_before_a_slug() {
        // Qualified was renamed to SQL, and Contacted to Qualified.
        let words = words(
            &[
                (1, "SQL", "qualified"),
                (2, "Qualified", "contacted"),
                (3, "Câștigat", "castigat"),
            ],
            &[],
            &[],
        );
        for (word, id) in [
            ("Qualified", 2),
            ("QUALIFIÉD ", 2),
            ("sql", 1),
            ("contacted", 2),
            ("Castigat", 3),
        ] {
            assert_eq!(words.find(word), Meant::InUse(id), "{word}");
        }
        let reading = words.reading("qualified").unwrap();
        assert_eq!(
            (reading.name.as_str(), reading.other.as_deref()),
            ("Qualified", Some("SQL"))
        );
        assert!(words.reading("contacted").unwrap().is_old);
        assert!(words.reading("castigat").unwrap().is_obvious());
        assert!(words.reading("SQL").unwrap().is_obvious());
        for (id, word) in [(1, "SQL"), (2, "contacted"), (3, "castigat")] {
            assert_eq!(words.word(id), Some(word));
            assert_eq!(
                words.find(word),
                Meant::InUse(id),
                "what is written is read"
            );
        }
        assert!(words.is_called(2, "Qualified") && !words.is_called(1, "Qualified"));
    }

    #[test]
    fn what_is_out_of_use_decides_nothing_while_something_in_use_fits() {
        let words = words(
            &[(1, "SQL", "qualified"), (2, "Won", "won")],
            &[
                (3, "Qualified", "old"),
                (4, "Won", "won-2"),
                (5, "Cold", "cold"),
                (6, "Cold", "cold-2"),
            ],
            &[(7, "Won"), (8, "Cold"), (9, "Gone"), (10, "Gone")],
        );
        for (word, meant) in [
            ("Qualified", Meant::InUse(1)),
            ("won", Meant::InUse(2)),
            ("won-2", Meant::Archived(4)),
            ("old", Meant::Archived(3)),
            ("Cold", Meant::Several),
            ("cold-2", Meant::Archived(6)),
            ("gone", Meant::Past(10)),
            ("nowhere", Meant::Unknown),
        ] {
            assert_eq!(words.find(word), meant, "{word}");
        }
        assert_eq!(words.slugs("cold"), "cold, cold-2");
        assert!(words.reading("Qualified").unwrap().is_old);
        for (id, word) in [(4, "won-2"), (7, "Won"), (9, "Gone")] {
            assert_eq!(words.word(id), Some(word));
            assert!(words.is_called(id, word), "{word}");
        }
        assert!(!words.is_called(2, "won-2"));
    }
}
