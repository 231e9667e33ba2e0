//! The fields that the columns of a file may hold, and the titles by which they are known.

use std::collections::{BTreeMap, BTreeSet};

use crate::i18n::{Lang, fold, fold_name};

/// The field of a title, by its key and those of all titles, with its rank.
pub type KnownTitle = fn(&str, &BTreeSet<String>) -> Option<(&'static str, usize)>;

/// The fields that the columns of a file may hold.
#[derive(Debug)]
pub struct FieldSet {
    /// Their names in the API, in the order of export.
    pub fields: &'static [&'static str],
    /// The catalogue key of a field's label.
    pub label: fn(&str) -> &'static str,
    /// The catalogue key of the label that a field had before, which older exports have.
    pub former_label: fn(&str) -> Option<&'static str>,
    /// The field that a title of another program means, and its rank: the lower, the better. It gets the key of the title
    /// and those of all others.
    pub known_title: KnownTitle,
    /// The fields that may have several columns: the first one with a value counts.
    pub multi_column_fields: &'static [&'static str],
    /// The choice that keeps a column under its own title, for any number of columns; none where nothing is kept.
    pub kept: Option<&'static str>,
    /// True if a column that is chosen several times has all these fields; otherwise the last choice counts.
    pub shares_columns: bool,
}

/// A title as it is compared: folded, its letters and digits alone.
pub fn title_key(title: &str) -> String {
    let folded = fold(title);
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

impl FieldSet {
    /// The field with this name, or the choice that keeps a column.
    pub fn find(&self, word: &str) -> Option<&'static str> {
        let word = word.trim();
        let mut choices = self.fields.iter().copied().chain(self.kept);
        choices.find(|field| *field == word)
    }

    /// True for what several columns may be chosen for.
    pub(super) fn can_repeat(&self, field: &str) -> bool {
        self.multi_column_fields.contains(&field) || self.kept == Some(field)
    }

    /// Every field with the catalogue key of its label.
    pub fn labels(&self) -> Vec<(&'static str, &'static str)> {
        let fields = self.fields.iter();
        fields.map(|field| (*field, (self.label)(field))).collect()
    }

    /// The field with this title and its rank: its name, or its label in any language, now or before, come first.
    fn find_by_title(&self, title: &str, all: &BTreeSet<String>) -> Option<(&'static str, usize)> {
        let key = title_key(title);
        let known = (self.known_title)(&key, all).filter(|(field, _)| self.fields.contains(field));
        if let Some((_, 0)) = known {
            return known;
        }
        let title = fold_name(title);
        let name = title.replace([' ', '-'], "_");
        let own = self.fields.iter().copied().find(|field| {
            let keys = std::iter::once((self.label)(field)).chain((self.former_label)(field));
            let mut labels = keys.flat_map(|key| Lang::ALL.map(|lang| lang.t(key)));
            name == *field || labels.any(|label| fold_name(label) == title)
        });
        own.map(|field| (field, 0)).or(known)
    }

    /// True for the title of a field.
    pub fn is_title(&self, title: &str) -> bool {
        let is_filled = !title.trim().is_empty();
        is_filled && self.find_by_title(title.trim(), &BTreeSet::new()).is_some()
    }

    /// The fields that titles suggest, with the indexes of their columns. Of several columns for one field the best is
    /// used; those with its very name are all used, and so are those of a field that may have several.
    pub(super) fn fields_of_titles(
        &self,
        titles: &[String],
        is_left: impl Fn(usize) -> bool,
    ) -> Vec<TitlePlace> {
        let all: BTreeSet<String> = titles.iter().map(|title| title_key(title)).collect();
        let columns = titles.iter().enumerate().filter(|(at, _)| is_left(*at));
        let places = columns.filter_map(|(at, title)| {
            let (field, rank) = self.find_by_title(title, &all)?;
            Some(TitlePlace { rank, at, field })
        });
        let mut places: Vec<TitlePlace> = places.collect();
        places.sort();
        let mut best = BTreeMap::new();
        places.retain(|place| {
            let rank = best.get(place.field).copied();
            best.entry(place.field).or_insert(place.rank);
            self.multi_column_fields.contains(&place.field)
                || rank.is_none_or(|rank| rank + place.rank == 0)
        });
        places
    }
}

/// A column and the field that its title suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TitlePlace {
    rank: usize,
    pub(super) at: usize,
    pub(super) field: &'static str,
}
