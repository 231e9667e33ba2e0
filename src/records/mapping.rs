//! Which column of a file is which field: by the titles, unless a user chose otherwise. A column without a field is not
//! imported.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::files::list_of_titles;
use crate::i18n::{Message, fold_name};
use crate::records::field_set::FieldSet;
use crate::records::fields::Fields;

/// What a user chose for a column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnChoice {
    column: ColumnSelector,
    /// Nothing to leave the column out.
    field: Option<&'static str>,
}

#[derive(Debug, Clone, PartialEq)]
enum ColumnSelector {
    Title(String),
    /// The index from 0, since two columns may have one title.
    Index(usize),
}

impl ColumnChoice {
    /// Parses arguments such as `account=company`; `account=` leaves the column out.
    ///
    /// # Errors
    /// The message to show for a malformed argument or an unknown field.
    pub fn parse_all(set: &FieldSet, arguments: &[String]) -> Result<Vec<ColumnChoice>, Message> {
        let choices = arguments.iter().map(|argument| {
            let parts = argument.rsplit_once('=');
            let (column, field) =
                parts.ok_or_else(|| Message::new("import-map-form").with("text", argument))?;
            ColumnChoice::new(set, ColumnSelector::Title(column.to_owned()), field)
        });
        choices.collect()
    }

    /// The choice of a field for the column at this index, from 0; an empty one leaves the column out.
    ///
    /// # Errors
    /// The message to show for an unknown field.
    pub fn at(set: &FieldSet, at: usize, field: &str) -> Result<ColumnChoice, Message> {
        ColumnChoice::new(set, ColumnSelector::Index(at), field)
    }

    /// The choices in the fields `map-0`, `map-1`, … of a form; a column may have several fields, joined by a plus sign.
    ///
    /// # Errors
    /// The message to show for an unknown field.
    pub fn of_form(set: &FieldSet, form: &Fields) -> Result<Vec<ColumnChoice>, Message> {
        let chosen = form.texts().filter_map(|(name, fields)| {
            let at: usize = name.strip_prefix("map-")?.parse().ok()?;
            Some(
                fields
                    .split('+')
                    .map(move |field| ColumnChoice::at(set, at, field)),
            )
        });
        chosen.flatten().collect()
    }

    fn new(set: &FieldSet, column: ColumnSelector, word: &str) -> Result<ColumnChoice, Message> {
        let field = set.find(word);
        if field.is_none() && !word.trim().is_empty() {
            return Err(Message::new("import-map-field")
                .with("field", word.trim())
                .with("fields", set.fields.join(", ")));
        }
        Ok(ColumnChoice { column, field })
    }

    fn is_of(&self, at: usize, title: &str) -> bool {
        match &self.column {
            ColumnSelector::Title(column) => fold_name(column) == fold_name(title),
            ColumnSelector::Index(index) => *index == at,
        }
    }
}

/// The columns of one file and their fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    titles: Vec<String>,
    /// Fields with the indexes of their columns, in the order of the columns.
    columns: Vec<(&'static str, usize)>,
}

impl Mapping {
    /// The mapping by choices and titles, which may give one field to two columns. A choice wins over titles; the
    /// titles of `hidden` columns are ignored.
    pub fn of(
        set: &FieldSet,
        titles: &[String],
        hidden: &[usize],
        choices: &[ColumnChoice],
    ) -> Mapping {
        let chosen: Vec<Vec<&ColumnChoice>> = (0..titles.len())
            .map(|at| chosen_for(set, titles, choices, at))
            .collect();
        let is_chosen = |field: &&str| {
            let mut fields = chosen.iter().flatten().filter_map(|choice| choice.field);
            fields.any(|other| other == *field)
        };
        let mut columns = Vec::new();
        for (at, chosen) in chosen.iter().enumerate() {
            let mut fields: Vec<_> = chosen.iter().filter_map(|choice| choice.field).collect();
            fields.dedup();
            columns.extend(fields.into_iter().map(|field| (field, at)));
        }
        let is_left = |at: usize| chosen[at].is_empty() && !hidden.contains(&at);
        let guessed = set.fields_of_titles(titles, is_left).into_iter();
        let guessed = guessed.filter(|place| !is_chosen(&place.field));
        columns.extend(guessed.map(|place| (place.field, place.at)));
        Mapping {
            titles: titles.to_vec(),
            columns,
        }
    }

    /// The mapping that the titles suggest; of two columns for one field the first is used.
    pub fn guess(set: &FieldSet, titles: &[String], hidden: &[usize]) -> Mapping {
        let mapping = Mapping::of(set, titles, hidden, &[]);
        let mut used = BTreeSet::new();
        let columns = mapping.columns.into_iter();
        let columns = columns
            .filter(|(field, _)| used.insert(*field) || set.multi_column_fields.contains(field));
        Mapping {
            titles: mapping.titles,
            columns: columns.collect(),
        }
    }

    /// The mapping of [`Mapping::of`], if it is unambiguous.
    ///
    /// # Errors
    /// The message to show for an unknown column, or two columns for one field.
    pub fn parse(
        set: &FieldSet,
        titles: &[String],
        hidden: &[usize],
        choices: &[ColumnChoice],
    ) -> Result<Mapping, Message> {
        for choice in choices {
            if let ColumnSelector::Title(column) = &choice.column
                && !titles.iter().any(|title| choice.is_of(usize::MAX, title))
            {
                return Err(Message::new("import-map-column")
                    .with("column", column)
                    .with("columns", list_of_titles(titles)));
            }
        }
        let mapping = Mapping::of(set, titles, hidden, choices);
        for (field, at) in mapping.columns() {
            let first = mapping.column(field).filter(|first| *first != at);
            if let Some(first) = first.filter(|_| !set.can_repeat(field)) {
                return Err(Message::new("import-column-twice")
                    .with("field", field)
                    .with("first", &titles[first])
                    .with("second", &titles[at]));
            }
        }
        Ok(mapping)
    }

    /// The mapping from chosen columns by field; an unknown field or column is left out.
    pub fn from_columns<'a>(
        set: &FieldSet,
        titles: &[String],
        chosen: impl IntoIterator<Item = (&'a str, usize)>,
    ) -> Mapping {
        let chosen = chosen.into_iter().filter(|(_, at)| *at < titles.len());
        let mut columns: Vec<(&'static str, usize)> = Vec::new();
        for (field, at) in chosen.filter_map(|(field, at)| Some((set.find(field)?, at))) {
            if !set.can_repeat(field) {
                // Of two columns for one field the last one counts.
                columns.retain(|(other, _)| *other != field);
            }
            columns.push((field, at));
        }
        let place = |field: &str| set.fields.iter().position(|other| *other == field);
        columns.sort_by_key(|(field, _)| place(field));
        Mapping {
            titles: titles.to_vec(),
            columns,
        }
    }

    /// The mapping with every column kept that has a title, is not hidden and has no field.
    pub fn keeping_others(mut self, set: &FieldSet, hidden: &[usize]) -> Mapping {
        let Some(kept) = set.kept else {
            return self;
        };
        for at in 0..self.titles.len() {
            let is_open = self.field(at).is_none() && !hidden.contains(&at);
            if is_open && !self.titles[at].trim().is_empty() {
                self.columns.push((kept, at));
            }
        }
        self
    }

    /// The mapping as stored: a JSON object of fields and columns.
    pub fn to_json(&self) -> String {
        let mut columns = BTreeMap::<&str, StoredColumns>::new();
        for (field, at) in self.columns() {
            let stored = columns.remove(field);
            columns.insert(field, StoredColumns::with(stored, at));
        }
        serde_json::to_string(&columns).unwrap_or_default()
    }

    /// A stored mapping, for a file with these titles.
    pub fn from_json(set: &FieldSet, titles: &[String], stored: &str) -> Mapping {
        let columns: BTreeMap<String, StoredColumns> =
            serde_json::from_str(stored).unwrap_or_default();
        let columns = columns.iter().flat_map(|(field, columns)| {
            let columns = columns.list().into_iter();
            columns.map(|at| (field.as_str(), at))
        });
        Mapping::from_columns(set, titles, columns)
    }

    /// The index of the first column for a field.
    pub fn column(&self, field: &str) -> Option<usize> {
        let mut columns = self.columns();
        columns.find(|(other, _)| *other == field).map(|(_, at)| at)
    }

    /// The indexes of all columns for a field, the first that counts first.
    pub fn columns_of(&self, field: &str) -> impl Iterator<Item = usize> {
        let columns = self.columns().filter(move |(other, _)| *other == field);
        columns.map(|(_, at)| at)
    }

    /// The fields of a column.
    pub fn fields(&self, column: usize) -> impl Iterator<Item = &'static str> {
        let columns = self.columns().filter(move |(_, at)| *at == column);
        columns.map(|(field, _)| field)
    }

    /// The first field of a column.
    pub fn field(&self, column: usize) -> Option<&'static str> {
        let mut columns = self.columns();
        columns
            .find(|(_, at)| *at == column)
            .map(|(field, _)| field)
    }

    /// Every mapped field with the index of its column.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.columns.iter().copied()
    }

    /// The title of each column with its first field.
    pub fn fields_by_title(&self) -> impl Iterator<Item = (&str, Option<&'static str>)> {
        let titles = self.titles.iter().enumerate();
        titles.map(|(at, title)| (title.as_str(), self.field(at)))
    }

    /// The titles of all columns.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }
}

/// The columns of a field as stored: one alone is a number.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum StoredColumns {
    One(usize),
    Several(Vec<usize>),
}

impl StoredColumns {
    fn with(stored: Option<StoredColumns>, at: usize) -> StoredColumns {
        match stored {
            None => StoredColumns::One(at),
            Some(stored) => {
                let mut columns = stored.list();
                columns.push(at);
                StoredColumns::Several(columns)
            }
        }
    }

    fn list(&self) -> Vec<usize> {
        match self {
            StoredColumns::One(at) => vec![*at],
            StoredColumns::Several(columns) => columns.clone(),
        }
    }
}

/// The choices that count for a column. Where columns are shared, a title means its first column.
fn chosen_for<'a>(
    set: &FieldSet,
    titles: &[String],
    choices: &'a [ColumnChoice],
    at: usize,
) -> Vec<&'a ColumnChoice> {
    let is_first = |title: &String| {
        let mut before = titles[..at].iter();
        before.all(|other| fold_name(other) != fold_name(title))
    };
    let mut chosen: Vec<&ColumnChoice> = choices
        .iter()
        .filter(|choice| choice.is_of(at, &titles[at]))
        .collect();
    match set.shares_columns {
        true => chosen.retain(|choice| {
            matches!(choice.column, ColumnSelector::Index(_)) || is_first(&titles[at])
        }),
        false => drop(chosen.drain(..chosen.len().saturating_sub(1))),
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: FieldSet = FieldSet {
        fields: &["name", "limit_days", "color"],
        label: |field| match field {
            "name" => "plan-created",
            "limit_days" => "plan-changed",
            _ => "plan-same",
        },
        former_label: |_| None,
        known_title: |key, _| (key == "colour").then_some(("color", 1)),
        multi_column_fields: &["color"],
        kept: Some("keep"),
        shares_columns: false,
    };

    fn titles(titles: &[&str]) -> Vec<String> {
        titles.iter().map(|title| (*title).to_owned()).collect()
    }

    #[test]
    fn two_columns_of_one_title_are_mapped_by_index() {
        let titles = titles(&["x", "x"]);
        let choices = [ColumnChoice::at(&SET, 1, "name").unwrap()];
        let mapping = Mapping::parse(&SET, &titles, &[], &choices).unwrap();
        assert_eq!((mapping.field(0), mapping.field(1)), (None, Some("name")));
    }

    #[test]
    fn a_field_may_have_several_columns_and_keeps_them_when_stored() {
        let titles = titles(&["Colour", "color", "name"]);
        let mapping = Mapping::guess(&SET, &titles, &[]);
        assert_eq!(mapping.columns_of("color").collect::<Vec<_>>(), [1, 0]);
        assert!(Mapping::parse(&SET, &titles, &[], &[]).is_ok());
        let stored = mapping.to_json();
        let read = Mapping::from_json(&SET, &titles, &stored);
        assert_eq!(read.columns_of("color").collect::<Vec<_>>(), [1, 0]);
        let earlier = Mapping::from_json(&SET, &titles, r#"{"name":2,"color":0}"#);
        assert_eq!(
            earlier.columns().collect::<Vec<_>>(),
            [("name", 2), ("color", 0)]
        );
    }

    #[test]
    fn any_number_of_columns_is_kept_and_stays_so_when_stored() {
        let titles = titles(&["name", "x", "", "x", "hidden"]);
        let choices = [ColumnChoice::at(&SET, 1, "keep").unwrap()];
        let mapping = Mapping::parse(&SET, &titles, &[4], &choices).unwrap();
        assert_eq!(mapping.columns_of("keep").collect::<Vec<_>>(), [1]);
        let all = mapping.keeping_others(&SET, &[4]);
        assert_eq!(all.columns_of("keep").collect::<Vec<_>>(), [1, 3]);
        let read = Mapping::from_json(&SET, &titles, &all.to_json());
        assert_eq!(read.columns_of("keep").collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn an_ambiguous_mapping_is_shown_and_refused() {
        let titles = titles(&["name", "NAME", "limit-days"]);
        let mapping = Mapping::of(&SET, &titles, &[], &[]);
        assert_eq!(mapping.field(0), mapping.field(1));
        assert!(Mapping::parse(&SET, &titles, &[], &[]).is_err());
        let guess = Mapping::guess(&SET, &titles, &[2]);
        assert_eq!(guess.columns().collect::<Vec<_>>(), [("name", 0)]);
    }
}
