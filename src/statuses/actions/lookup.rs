//! Looking up statuses by name or slug: the one rule for every file and command that names statuses.
//!
//! A status in use wins over an archived one, and that over a deleted one. Among those in use, the present name
//! (without regard to case and accents) wins over a slug, which is made from the first name. Names of statuses in use
//! are unique; a name that several archived ones have is ambiguous.

use std::collections::HashMap;

use crate::db::Conn;
use crate::error::Result;
use crate::i18n::fold_name;
use crate::statuses::domain::name::{Name, Slug};
use crate::statuses::domain::status::{DeletedStatus, LeadStatus};
use crate::statuses::store;

/// The result of a lookup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusMatch {
    InUse(i64),
    Archived(i64),
    /// Several archived statuses have this name.
    Ambiguous,
    /// A deleted status.
    Deleted(i64),
    Unknown,
}

/// The interpretation of a word, for a note to the user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interpretation {
    /// The name of the status.
    pub name: String,
    /// The name of another status in use that has the word as its slug.
    pub slug_holder: Option<String>,
    /// True if the word is only the slug of a status that was renamed.
    pub is_outdated: bool,
}

impl Interpretation {
    /// True if the word needs no note.
    pub fn is_unambiguous(&self) -> bool {
        self.slug_holder.is_none() && !self.is_outdated
    }
}

/// An index of all statuses by name and slug.
#[derive(Debug, Clone, Default)]
pub struct StatusLookup {
    by_id: HashMap<i64, IndexedStatus>,
    in_use: NameIndex,
    archived: NameIndex,
    deleted: NameIndex,
    /// Those in use, in the order of the pipeline.
    order: Vec<i64>,
    /// The statuses that users chose for words, by folded word.
    choices: HashMap<String, i64>,
}

/// The ids of some statuses by folded name and by slug.
#[derive(Debug, Clone, Default)]
struct NameIndex {
    names: HashMap<String, Vec<i64>>,
    slugs: HashMap<String, i64>,
}

#[derive(Debug, Clone)]
struct IndexedStatus {
    name: String,
    slug: String,
    is_in_use: bool,
    is_deleted: bool,
}

impl NameIndex {
    fn add(&mut self, id: i64, name: &str, slug: &str) {
        self.names.entry(fold_name(name)).or_default().push(id);
        self.slugs.insert(slug.to_owned(), id);
    }

    fn ids_by_name(&self, word: &str) -> &[i64] {
        let ids = self.names.get(&fold_name(word));
        ids.map_or(&[], Vec::as_slice)
    }

    fn id_by_slug(&self, word: &str) -> Option<i64> {
        self.slugs.get(&word.trim().to_ascii_lowercase()).copied()
    }
}

impl StatusLookup {
    /// Loads the index from the database.
    ///
    /// # Errors
    /// Returns an error if the database can't be read.
    pub fn load(conn: &mut Conn) -> Result<StatusLookup> {
        Ok(StatusLookup::new(
            &store::list_all(conn)?,
            &store::write::list_deleted(conn)?,
        ))
    }

    /// The index of these statuses and of deleted ones, oldest first.
    pub fn new(statuses: &[LeadStatus], deleted: &[DeletedStatus]) -> StatusLookup {
        let mut lookup = StatusLookup::default();
        for status in statuses {
            let (name, slug) = (status.name.as_str(), status.slug.as_str());
            lookup.add(status.id, name, slug, !status.is_archived());
        }
        for status in deleted {
            let slug = Name::parse(&status.name).map(|name| Slug::of(&name));
            let slug = slug.map_or_else(|_| String::new(), |slug| slug.to_string());
            lookup.add_deleted(status.id, &status.name, &slug);
        }
        lookup
    }

    fn add_deleted(&mut self, id: i64, name: &str, slug: &str) {
        self.deleted.add(id, name, slug);
        self.insert(id, name, slug, false, true);
    }

    fn add(&mut self, id: i64, name: &str, slug: &str, is_in_use: bool) {
        let group = match is_in_use {
            true => &mut self.in_use,
            false => &mut self.archived,
        };
        group.add(id, name, slug);
        self.order.extend(is_in_use.then_some(id));
        self.insert(id, name, slug, is_in_use, false);
    }

    fn insert(&mut self, id: i64, name: &str, slug: &str, is_in_use: bool, is_deleted: bool) {
        let status = IndexedStatus {
            name: name.to_owned(),
            slug: slug.to_owned(),
            is_in_use,
            is_deleted,
        };
        self.by_id.insert(id, status);
    }

    /// The statuses in use, by id and name, in the order of the pipeline.
    pub fn in_use(&self) -> Vec<(i64, String)> {
        let named = |id: &i64| Some((*id, self.by_id.get(id)?.name.clone()));
        self.order.iter().filter_map(named).collect()
    }

    /// Reads these words as these statuses from now on, whatever else they name.
    pub fn choose<'a>(&mut self, words: impl IntoIterator<Item = (&'a String, &'a i64)>) {
        let words = words.into_iter().map(|(word, id)| (fold_name(word), *id));
        self.choices.extend(words);
    }

    fn choice_of(&self, word: &str) -> Option<i64> {
        let id = *self.choices.get(&fold_name(word))?;
        self.by_id.get(&id).filter(|status| status.is_in_use)?;
        Some(id)
    }

    /// Looks up a name or slug.
    pub fn find(&self, word: &str) -> StatusMatch {
        let in_use = self.choice_of(word);
        let in_use = in_use.or_else(|| self.in_use.ids_by_name(word).first().copied());
        if let Some(id) = in_use.or_else(|| self.in_use.id_by_slug(word)) {
            return StatusMatch::InUse(id);
        }
        match self.archived.ids_by_name(word) {
            [] => {}
            [id] => return StatusMatch::Archived(*id),
            // One of them may have this word as its slug, but that doesn't make the name less ambiguous.
            _ => return StatusMatch::Ambiguous,
        }
        if let Some(id) = self.archived.id_by_slug(word) {
            return StatusMatch::Archived(id);
        }
        let id = self.deleted.ids_by_name(word).last().copied();
        id.or_else(|| self.deleted.id_by_slug(word))
            .map_or(StatusMatch::Unknown, StatusMatch::Deleted)
    }

    /// True if a word names this status. An archived or deleted one also matches its own name and slug when another
    /// status has them by now.
    pub fn is_named(&self, id: i64, word: &str) -> bool {
        match (self.find(word), self.by_id.get(&id)) {
            (StatusMatch::InUse(other) | StatusMatch::Archived(other), _) if other == id => true,
            (_, Some(status)) if !status.is_in_use => {
                fold_name(&status.name) == fold_name(word) || status.slug == word
            }
            _ => false,
        }
    }

    /// The name of a status in files, by which reading finds it again: its slug, which survives renaming, or its name
    /// if the slug finds another status or it was deleted.
    pub fn export_name(&self, id: i64) -> Option<&str> {
        let status = self.by_id.get(&id)?;
        let is_found = |word: &str| match self.find(word) {
            StatusMatch::InUse(other) | StatusMatch::Archived(other) => other == id,
            StatusMatch::Deleted(_) | StatusMatch::Ambiguous | StatusMatch::Unknown => false,
        };
        Some(match is_found(&status.slug) {
            false if status.is_deleted || is_found(&status.name) => &status.name,
            _ => &status.slug,
        })
    }

    /// The name of each status in files.
    pub fn export_names(&self) -> HashMap<i64, String> {
        let ids = self.by_id.keys();
        let names = ids.filter_map(|id| Some((*id, self.export_name(*id)?.to_owned())));
        names.collect()
    }

    /// The name of a status.
    pub fn name(&self, id: i64) -> Option<&str> {
        self.by_id.get(&id).map(|status| status.name.as_str())
    }

    /// The interpretation of a word; nothing if it names no status in use.
    pub fn interpret(&self, word: &str) -> Option<Interpretation> {
        let StatusMatch::InUse(id) = self.find(word) else {
            return None;
        };
        let status = self.by_id.get(&id)?;
        if self.choice_of(word).is_some() {
            return Some(Interpretation {
                name: status.name.clone(),
                ..Interpretation::default()
            });
        }
        let is_name = self.in_use.ids_by_name(word).contains(&id);
        let first = Name::parse(&status.name).map(|name| Slug::of(&name).to_string());
        let other = self.in_use.id_by_slug(word).filter(|other| *other != id);
        Some(Interpretation {
            name: status.name.clone(),
            slug_holder: other.and_then(|other| Some(self.by_id.get(&other)?.name.clone())),
            is_outdated: !is_name && first.as_ref() != Ok(&status.slug),
        })
    }

    /// The slugs of the archived statuses that have this name, separated by commas.
    pub fn archived_slugs(&self, word: &str) -> String {
        let statuses = self
            .archived
            .ids_by_name(word)
            .iter()
            .filter_map(|id| self.by_id.get(id));
        let slugs: Vec<&str> = statuses.map(|status| status.slug.as_str()).collect();
        slugs.join(", ")
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// An index of statuses given by id, name and slug: in use, archived, and deleted ones by id and name.
    pub fn lookup_of(
        in_use: &[(i64, &str, &str)],
        archived: &[(i64, &str, &str)],
        deleted: &[(i64, &str)],
    ) -> StatusLookup {
        let mut lookup = StatusLookup::default();
        for (id, name, slug) in in_use {
            lookup.add(*id, name, slug, true);
        }
        for (id, name, slug) in archived {
            lookup.add(*id, name, slug, false);
        }
        for (id, name) in deleted {
            let slug = Slug::of(&Name::parse(name).unwrap()).to_string();
            lookup.add_deleted(*id, name, &slug);
        }
        lookup
    }

    #[test]
    fn a_present_name_wins_over_a_slug() {
        // Qualified was renamed to SQL, and Contacted to Qualified.
        let lookup = lookup_of(
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
            assert_eq!(lookup.find(word), StatusMatch::InUse(id), "{word}");
        }
        let qualified = lookup.interpret("qualified").unwrap();
        assert_eq!(
            (qualified.name.as_str(), qualified.slug_holder.as_deref()),
            ("Qualified", Some("SQL"))
        );
        assert!(lookup.interpret("contacted").unwrap().is_outdated);
        assert!(lookup.interpret("castigat").unwrap().is_unambiguous());
        assert!(lookup.interpret("SQL").unwrap().is_unambiguous());
        for (id, word) in [(1, "SQL"), (2, "contacted"), (3, "castigat")] {
            assert_eq!(lookup.export_name(id), Some(word));
            assert_eq!(
                lookup.find(word),
                StatusMatch::InUse(id),
                "what is written is read"
            );
        }
        assert!(lookup.is_named(2, "Qualified") && !lookup.is_named(1, "Qualified"));
    }

    #[test]
    fn a_status_in_use_wins_over_an_archived_and_that_over_a_deleted_one() {
        let lookup = lookup_of(
            &[(1, "SQL", "qualified"), (2, "Won", "won")],
            &[
                (3, "Qualified", "old"),
                (4, "Won", "won-2"),
                (5, "Cold", "cold"),
                (6, "Cold", "cold-2"),
            ],
            &[(7, "Won"), (8, "Cold"), (9, "Gone"), (10, "Gone")],
        );
        for (word, expected) in [
            ("Qualified", StatusMatch::InUse(1)),
            ("won", StatusMatch::InUse(2)),
            ("won-2", StatusMatch::Archived(4)),
            ("old", StatusMatch::Archived(3)),
            ("Cold", StatusMatch::Ambiguous),
            ("cold-2", StatusMatch::Archived(6)),
            ("gone", StatusMatch::Deleted(10)),
            ("nowhere", StatusMatch::Unknown),
        ] {
            assert_eq!(lookup.find(word), expected, "{word}");
        }
        assert_eq!(lookup.archived_slugs("cold"), "cold, cold-2");
        assert!(lookup.interpret("Qualified").unwrap().is_outdated);
        for (id, word) in [(4, "won-2"), (7, "Won"), (9, "Gone")] {
            assert_eq!(lookup.export_name(id), Some(word));
            assert!(lookup.is_named(id, word), "{word}");
        }
        assert!(!lookup.is_named(2, "won-2"));
    }
}
