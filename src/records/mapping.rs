//! Which column of a file is which field: by the titles, unless a user chose otherwise. A column without a field is not
//! imported.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::files::list_of_titles;
use crate::i18n::{Message, fold_name};
use crate::records::field_set::FieldSet;
use crate::records::fields::Fields;

/// The field that a user chose for a column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnChoice {
    column: ColumnSelector,
    /// `None` for a column that is not imported.
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
    /// Returns the message to show for a malformed argument or an unknown field.
    pub fn parse_all(set: &FieldSet, arguments: &[String]) -> Result<Vec<ColumnChoice>, Message> {
        let choices = arguments.iter().map(|argument| {
            let parts = argument.rsplit_once('=');
            let (column, field) =
                parts.ok_or_else(|| Message::new("import-map-form").with("text", argument))?;
            ColumnChoice::new(set, ColumnSelector::Title(column.to_owned()), field)
        });
        choices.collect()
    }

    /// The choice of a field for the column with this index, from 0; an empty text leaves the column out.
    ///
    /// # Errors
    /// Returns the message to show for an unknown field.
    pub fn for_index(set: &FieldSet, index: usize, field: &str) -> Result<ColumnChoice, Message> {
        ColumnChoice::new(set, ColumnSelector::Index(index), field)
    }

    /// The choices in the fields `map-0`, `map-1`, … of a form; a column may have several fields, joined by a plus
    /// sign.
    ///
    /// # Errors
    /// Returns the message to show for an unknown field.
    pub fn of_form(set: &FieldSet, form: &Fields) -> Result<Vec<ColumnChoice>, Message> {
        let choices = form.texts().filter_map(|(name, fields)| {
            let index: usize = name.strip_prefix("map-")?.parse().ok()?;
            Some(
                fields
                    .split('+')
                    .map(move |field| ColumnChoice::for_index(set, index, field)),
            )
        });
        choices.flatten().collect()
    }

    fn new(set: &FieldSet, column: ColumnSelector, name: &str) -> Result<ColumnChoice, Message> {
        let field = set.find(name);
        if field.is_none() && !name.trim().is_empty() {
            return Err(Message::new("import-map-field")
                .with("field", name.trim())
                .with("fields", set.fields.join(", ")));
        }
        Ok(ColumnChoice { column, field })
    }

    fn selects(&self, index: usize, title: &str) -> bool {
        match &self.column {
            ColumnSelector::Title(column) => fold_name(column) == fold_name(title),
            ColumnSelector::Index(selected) => *selected == index,
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
        let choices: Vec<Vec<&ColumnChoice>> = (0..titles.len())
            .map(|index| choices_for(set, titles, choices, index))
            .collect();
        let is_chosen = |field: &&str| {
            let mut fields = choices.iter().flatten().filter_map(|choice| choice.field);
            fields.any(|other| other == *field)
        };
        let mut columns = Vec::new();
        for (index, choices) in choices.iter().enumerate() {
            let mut fields: Vec<_> = choices.iter().filter_map(|choice| choice.field).collect();
            fields.dedup();
            columns.extend(fields.into_iter().map(|field| (field, index)));
        }
        let is_free = |index: usize| choices[index].is_empty() && !hidden.contains(&index);
        let guesses = set.fields_of_titles(titles, is_free).into_iter();
        let guesses = guesses.filter(|guess| !is_chosen(&guess.field));
        columns.extend(guesses.map(|guess| (guess.field, guess.column)));
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
    /// Returns the message to show for an unknown column, or two columns for one field.
    pub fn parse(
        set: &FieldSet,
        titles: &[String],
        hidden: &[usize],
        choices: &[ColumnChoice],
    ) -> Result<Mapping, Message> {
        for choice in choices {
            if let ColumnSelector::Title(column) = &choice.column
                && !titles.iter().any(|title| choice.selects(usize::MAX, title))
            {
                return Err(Message::new("import-map-column")
                    .with("column", column)
                    .with("columns", list_of_titles(titles)));
            }
        }
        let mapping = Mapping::of(set, titles, hidden, choices);
        for (field, index) in mapping.columns() {
            let first = mapping.column(field).filter(|first| *first != index);
            if let Some(first) = first.filter(|_| !set.can_repeat(field)) {
                return Err(Message::new("import-column-twice")
                    .with("field", field)
                    .with("first", &titles[first])
                    .with("second", &titles[index]));
            }
        }
        Ok(mapping)
    }

    /// The mapping from fields and the indexes of their columns; an unknown field or column is left out.
    fn from_columns<'a>(
        set: &FieldSet,
        titles: &[String],
        columns: impl IntoIterator<Item = (&'a str, usize)>,
    ) -> Mapping {
        let known = columns
            .into_iter()
            .filter(|(_, index)| *index < titles.len());
        let mut columns: Vec<(&'static str, usize)> = Vec::new();
        for (field, index) in known.filter_map(|(field, index)| Some((set.find(field)?, index))) {
            if !set.can_repeat(field) {
                // Of two columns for one field the last one counts.
                columns.retain(|(other, _)| *other != field);
            }
            columns.push((field, index));
        }
        let position = |field: &str| set.fields.iter().position(|other| *other == field);
        columns.sort_by_key(|(field, _)| position(field));
        Mapping {
            titles: titles.to_vec(),
            columns,
        }
    }

    /// This mapping, with every column as an extra field that has a title, is not hidden and has no field.
    pub fn with_extra_columns(mut self, set: &FieldSet, hidden: &[usize]) -> Mapping {
        let Some(extra) = set.extra else {
            return self;
        };
        for index in 0..self.titles.len() {
            let is_free = self.field(index).is_none() && !hidden.contains(&index);
            if is_free && !self.titles[index].trim().is_empty() {
                self.columns.push((extra, index));
            }
        }
        self
    }

    /// The mapping as stored: a JSON object of fields and columns.
    pub fn to_json(&self) -> String {
        let mut columns = BTreeMap::<&str, StoredColumns>::new();
        for (field, index) in self.columns() {
            let stored = columns.remove(field);
            columns.insert(field, StoredColumns::with(stored, index));
        }
        serde_json::to_string(&columns).unwrap_or_default()
    }

    /// A stored mapping, for a file with these titles.
    pub fn from_json(set: &FieldSet, titles: &[String], stored: &str) -> Mapping {
        let columns: BTreeMap<String, StoredColumns> =
            serde_json::from_str(stored).unwrap_or_default();
        let columns = columns.iter().flat_map(|(field, columns)| {
            let columns = columns.list().into_iter();
            columns.map(|index| (field.as_str(), index))
        });
        Mapping::from_columns(set, titles, columns)
    }

    /// The index of the first column for a field.
    pub fn column(&self, field: &str) -> Option<usize> {
        self.columns_of(field).next()
    }

    /// The indexes of all columns for a field, the first that counts first.
    pub fn columns_of(&self, field: &str) -> impl Iterator<Item = usize> {
        let columns = self.columns().filter(move |(other, _)| *other == field);
        columns.map(|(_, index)| index)
    }

    /// The fields of a column.
    pub fn fields(&self, column: usize) -> impl Iterator<Item = &'static str> {
        let columns = self.columns().filter(move |(_, index)| *index == column);
        columns.map(|(field, _)| field)
    }

    /// The first field of a column.
    pub fn field(&self, column: usize) -> Option<&'static str> {
        self.fields(column).next()
    }

    /// Every mapped field with the index of its column.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.columns.iter().copied()
    }

    /// The title of each column with its first field.
    pub fn fields_by_title(&self) -> impl Iterator<Item = (&str, Option<&'static str>)> {
        let titles = self.titles.iter().enumerate();
        titles.map(|(index, title)| (title.as_str(), self.field(index)))
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
    fn with(stored: Option<StoredColumns>, index: usize) -> StoredColumns {
        match stored {
            None => StoredColumns::One(index),
            Some(stored) => {
                let mut columns = stored.list();
                columns.push(index);
                StoredColumns::Several(columns)
            }
        }
    }

    fn list(&self) -> Vec<usize> {
        match self {
            StoredColumns::One(index) => vec![*index],
            StoredColumns::Several(columns) => columns.clone(),
        }
    }
}

/// The choices that count for a column. Where columns are shared, a title means its first column.
fn choices_for<'a>(
    set: &FieldSet,
    titles: &[String],
    choices: &'a [ColumnChoice],
    index: usize,
) -> Vec<&'a ColumnChoice> {
    let is_first = |title: &String| {
        let mut before = titles[..index].iter();
        before.all(|other| fold_name(other) != fold_name(title))
    };
    let mut selected: Vec<&ColumnChoice> = choices
        .iter()
        .filter(|choice| choice.selects(index, &titles[index]))
        .collect();
    match set.shares_columns {
        true => selected.retain(|choice| {
            matches!(choice.column, ColumnSelector::Index(_)) || is_first(&titles[index])
        }),
        false => drop(selected.drain(..selected.len().saturating_sub(1))),
    }
    selected
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
        extra: Some("keep"),
        shares_columns: false,
    };

    fn titles(titles: &[&str]) -> Vec<String> {
        titles.iter().map(|title| (*title).to_owned()).collect()
    }

    #[test]
    fn two_columns_of_one_title_are_mapped_by_index() {
        let titles = titles(&["x", "x"]);
        let choices = [ColumnChoice::for_index(&SET, 1, "name").unwrap()];
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
        let choices = [ColumnChoice::for_index(&SET, 1, "keep").unwrap()];
        let mapping = Mapping::parse(&SET, &titles, &[4], &choices).unwrap();
        assert_eq!(mapping.columns_of("keep").collect::<Vec<_>>(), [1]);
        let all = mapping.with_extra_columns(&SET, &[4]);
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
