//! Which column of a file is which field: by the titles, unless a user chose otherwise. A column without a field is not
//! imported.

use std::collections::BTreeMap;

use crate::files::list_of_titles;
use crate::i18n::{Lang, Message, fold_name};

/// The fields that the columns of a file may hold.
#[derive(Debug)]
pub struct FieldSet {
    /// Their names in the API, in the order of export.
    pub fields: &'static [&'static str],
    /// The catalogue key of a field's label.
    pub label: fn(&str) -> &'static str,
    /// The catalogue key of the label that a field had before, which older exports have.
    pub former_label: fn(&str) -> Option<&'static str>,
    /// True if a column that is chosen several times has all these fields; otherwise the last choice counts.
    pub shares_columns: bool,
}

impl FieldSet {
    /// The field with this name.
    pub fn find(&self, word: &str) -> Option<&'static str> {
        let word = word.trim();
        self.fields.iter().copied().find(|field| *field == word)
    }

    /// Every field with the catalogue key of its label.
    pub fn labels(&self) -> Vec<(&'static str, &'static str)> {
        let fields = self.fields.iter();
        fields.map(|field| (*field, (self.label)(field))).collect()
    }

    /// The field with this title: its name, or its label in any language, now or before.
    fn find_by_title(&self, title: &str) -> Option<&'static str> {
        let title = fold_name(title);
        let name = title.replace([' ', '-'], "_");
        self.fields.iter().copied().find(|field| {
            let keys = std::iter::once((self.label)(field)).chain((self.former_label)(field));
            let mut labels = keys.flat_map(|key| Lang::ALL.map(|lang| lang.t(key)));
            name == *field || labels.any(|label| fold_name(label) == title)
        })
    }
}

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
        for (at, title) in titles.iter().enumerate() {
            let mut fields: Vec<_> = chosen[at]
                .iter()
                .filter_map(|choice| choice.field)
                .collect();
            if chosen[at].is_empty() && !hidden.contains(&at) {
                fields.extend(set.find_by_title(title).filter(|field| !is_chosen(field)));
            }
            fields.dedup();
            columns.extend(fields.into_iter().map(|field| (field, at)));
        }
        Mapping {
            titles: titles.to_vec(),
            columns,
        }
    }

    /// The mapping that the titles suggest; of two columns for one field the first is used.
    pub fn guess(set: &FieldSet, titles: &[String], hidden: &[usize]) -> Mapping {
        let mapping = Mapping::of(set, titles, hidden, &[]);
        let mut first = BTreeMap::new();
        for (field, at) in mapping.columns {
            first.entry(field).or_insert(at);
        }
        Mapping::from_columns(set, titles, first)
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
            if let Some(first) = mapping.column(field).filter(|first| *first != at) {
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
        let chosen = chosen.filter_map(|(field, at)| Some((set.find(field)?, at)));
        // Of two columns for one field the last one counts.
        let columns: BTreeMap<_, _> = chosen.collect();
        Mapping {
            titles: titles.to_vec(),
            columns: columns.into_iter().collect(),
        }
    }

    /// The mapping as stored: a JSON object of fields and columns.
    pub fn to_json(&self) -> String {
        let columns: BTreeMap<&str, usize> = self.columns().collect();
        serde_json::to_string(&columns).unwrap_or_default()
    }

    /// A stored mapping, for a file with these titles.
    pub fn from_json(set: &FieldSet, titles: &[String], stored: &str) -> Mapping {
        let columns: BTreeMap<String, usize> = serde_json::from_str(stored).unwrap_or_default();
        let columns = columns.iter().map(|(field, at)| (field.as_str(), *at));
        Mapping::from_columns(set, titles, columns)
    }

    /// The index of the first column for a field.
    pub fn column(&self, field: &str) -> Option<usize> {
        let mut columns = self.columns();
        columns.find(|(other, _)| *other == field).map(|(_, at)| at)
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

    /// The titles of the columns that are not mapped.
    pub fn unmapped_titles(&self) -> Vec<&str> {
        let columns = self.fields_by_title();
        let unmapped = columns.filter(|(title, field)| !title.is_empty() && field.is_none());
        unmapped.map(|(title, _)| title).collect()
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
        true => chosen.retain(|_| is_first(&titles[at])),
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
    fn an_ambiguous_mapping_is_shown_and_refused() {
        let titles = titles(&["name", "NAME", "limit-days"]);
        let mapping = Mapping::of(&SET, &titles, &[], &[]);
        assert_eq!(mapping.field(0), mapping.field(1));
        assert!(Mapping::parse(&SET, &titles, &[], &[]).is_err());
        let guess = Mapping::guess(&SET, &titles, &[2]);
        assert_eq!(guess.columns().collect::<Vec<_>>(), [("name", 0)]);
    }
}
