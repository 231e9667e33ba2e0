//! The fields that the columns of a file may hold, and the titles by which they are known.

use std::collections::{BTreeMap, BTreeSet};

use crate::i18n::{Lang, fold, fold_name};

/// The field of a title with its rank, from the key of the title and the keys of all titles.
pub type KnownTitle = fn(&str, &BTreeSet<String>) -> Option<(&'static str, usize)>;

/// The fields that the columns of a file may hold.
#[derive(Debug)]
pub struct FieldSet {
    /// The names of the fields in the API, in the order of exports.
    pub fields: &'static [&'static str],
    /// The catalogue key of a field's label.
    pub label: fn(&str) -> &'static str,
    /// The catalogue key of a field's former label, which older exports have.
    pub former_label: fn(&str) -> Option<&'static str>,
    /// The field for a title of another program, and its rank: the lower, the better. The arguments are the key of the
    /// title and the keys of all titles.
    pub known_title: KnownTitle,
    /// The fields that may have several columns: the first one with a value counts.
    pub multi_column_fields: &'static [&'static str],
    /// The choice for columns whose values become extra fields, any number of them; none for records without extra fields.
    pub extra: Option<&'static str>,
    /// True if a column that is chosen several times has all these fields; otherwise the last choice counts.
    pub shares_columns: bool,
}

/// The key by which titles are compared: the folded letters and digits.
pub fn title_key(title: &str) -> String {
    let folded = fold(title);
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

impl FieldSet {
    /// The field with this name, or the choice for extra fields.
    pub fn find(&self, name: &str) -> Option<&'static str> {
        let name = name.trim();
        let mut choices = self.fields.iter().copied().chain(self.extra);
        choices.find(|field| *field == name)
    }

    /// True for a choice that several columns may have.
    pub(super) fn can_repeat(&self, field: &str) -> bool {
        self.multi_column_fields.contains(&field) || self.extra == Some(field)
    }

    /// Every field with the catalogue key of its label.
    pub fn labels(&self) -> Vec<(&'static str, &'static str)> {
        let fields = self.fields.iter();
        fields.map(|field| (*field, (self.label)(field))).collect()
    }

    /// The field with this title and its rank. The name of a field and its labels in all languages, also the former
    /// ones, have the best rank.
    fn find_by_title(&self, title: &str, all: &BTreeSet<String>) -> Option<(&'static str, usize)> {
        let key = title_key(title);
        let known = (self.known_title)(&key, all).filter(|(field, _)| self.fields.contains(field));
        if let Some((_, 0)) = known {
            return known;
        }
        let title = fold_name(title);
        let name = title.replace([' ', '-'], "_");
        let exact = self.fields.iter().copied().find(|field| {
            let keys = std::iter::once((self.label)(field)).chain((self.former_label)(field));
            let mut labels = keys.flat_map(|key| Lang::ALL.map(|lang| lang.t(key)));
            name == *field || labels.any(|label| fold_name(label) == title)
        });
        exact.map(|field| (field, 0)).or(known)
    }

    /// True for the title of a field.
    pub fn is_title(&self, title: &str) -> bool {
        let title = title.trim();
        !title.is_empty() && self.find_by_title(title, &BTreeSet::new()).is_some()
    }

    /// The fields that titles suggest, with the indexes of their columns. Of several columns for one field the best is
    /// used; columns with exactly its name are all used, and so are columns of a field that may have several.
    pub(super) fn fields_of_titles(
        &self,
        titles: &[String],
        is_free: impl Fn(usize) -> bool,
    ) -> Vec<TitleMatch> {
        let all: BTreeSet<String> = titles.iter().map(|title| title_key(title)).collect();
        let columns = titles.iter().enumerate();
        let columns = columns.filter(|(column, _)| is_free(*column));
        let matches = columns.filter_map(|(column, title)| {
            let (field, rank) = self.find_by_title(title, &all)?;
            Some(TitleMatch {
                rank,
                column,
                field,
            })
        });
        let mut matches: Vec<TitleMatch> = matches.collect();
        matches.sort();
        let mut best = BTreeMap::new();
        matches.retain(|title| {
            let rank = best.get(title.field).copied();
            best.entry(title.field).or_insert(title.rank);
            let is_exact = |rank: usize| rank + title.rank == 0;
            self.multi_column_fields.contains(&title.field) || rank.is_none_or(is_exact)
        });
        matches
    }
}

/// A column and the field that its title suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TitleMatch {
    rank: usize,
    pub(super) column: usize,
    pub(super) field: &'static str,
}
