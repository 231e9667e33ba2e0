//! The mapping of a file's columns to fields of a status.

use crate::files::list_of_titles;
use crate::i18n::{Lang, Message, fold_name};
use crate::statuses::domain::status::label_key;

/// The fields in files, in the order in which export writes them.
pub const FILE_FIELDS: [&str; 11] = [
    "name",
    "slug",
    "kind",
    "color",
    "isdefault",
    "isconverted",
    "target_days",
    "limit_days",
    "definition",
    "enter_when",
    "leave_when",
];

/// A column of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileColumn {
    /// Its title in the file.
    pub title: String,
    /// Its field; nothing if the column is left out.
    pub field: Option<&'static str>,
}

/// The fields of columns whose titles don't name them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapping(Vec<(ColumnSelector, Option<&'static str>)>);

/// The column of an entry in a mapping.
#[derive(Debug, Clone, PartialEq)]
enum ColumnSelector {
    Title(String),
    /// The index from 0, since two columns may have one title.
    Index(usize),
}

impl Mapping {
    /// Parses arguments such as `Stage=name`; `Stage=` leaves the column out.
    pub fn parse<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Mapping, Message> {
        let mut mapping = Mapping::default();
        for argument in arguments {
            let (column, field) = argument
                .rsplit_once('=')
                .ok_or_else(|| Message::new("import-map-form").with("text", argument))?;
            mapping = mapping.with(column, field)?;
        }
        Ok(mapping)
    }

    /// Adds a column by its title; an empty field leaves the column out.
    pub fn with(mut self, column: &str, field: &str) -> Result<Mapping, Message> {
        self.0.push((
            ColumnSelector::Title(column.to_owned()),
            parse_field(field)?,
        ));
        Ok(self)
    }

    /// Adds a column by its index from 0; an empty field leaves the column out.
    pub fn with_at(mut self, at: usize, field: &str) -> Result<Mapping, Message> {
        self.0
            .push((ColumnSelector::Index(at), parse_field(field)?));
        Ok(self)
    }

    fn field_for(&self, at: usize, title: &str) -> Option<Option<&'static str>> {
        let is_meant = |of: &ColumnSelector| match of {
            ColumnSelector::Title(column) => fold_name(column) == fold_name(title),
            ColumnSelector::Index(place) => *place == at,
        };
        self.0
            .iter()
            .rev()
            .find(|(of, _)| is_meant(of))
            .map(|(_, field)| *field)
    }
}

/// The field of this name; nothing for an empty one.
fn parse_field(field: &str) -> Result<Option<&'static str>, Message> {
    let word = field.trim();
    if word.is_empty() {
        return Ok(None);
    }
    let column = FILE_FIELDS.into_iter().find(|column| *column == word);
    column.map(Some).ok_or_else(|| {
        Message::new("import-map-field")
            .with("field", word)
            .with("fields", FILE_FIELDS.join(", "))
    })
}

/// The field that a title names: by its name in the API or its label in any language.
fn field_of_title(title: &str) -> Option<&'static str> {
    let title = fold_name(title);
    FILE_FIELDS.into_iter().find(|field| {
        title.replace([' ', '-'], "_") == *field
            || Lang::ALL
                .into_iter()
                .any(|lang| fold_name(lang.t(label_key(field))) == title)
    })
}

/// The field of each column. The mapping wins over titles; the title of a `hidden` column is ignored.
pub(crate) fn guess(titles: &[String], mapping: &Mapping, hidden: &[usize]) -> Vec<FileColumn> {
    let given: Vec<Option<Option<&'static str>>> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| mapping.field_for(at, title))
        .collect();
    let is_given = |field: &&str| given.iter().flatten().flatten().any(|other| other == field);
    let columns = titles.iter().zip(&given).enumerate();
    let named = |at, title: &String| field_of_title(title).filter(|_| !hidden.contains(&at));
    columns
        .map(|(at, (title, given))| FileColumn {
            title: title.clone(),
            field: given.unwrap_or_else(|| named(at, title).filter(|field| !is_given(field))),
        })
        .collect()
}

/// The field of each column, or an error if a field occurs twice or none is the name.
pub(crate) fn resolve(
    titles: &[String],
    mapping: &Mapping,
    hidden: &[usize],
) -> Result<Vec<FileColumn>, Message> {
    for (of, _) in &mapping.0 {
        if let ColumnSelector::Title(column) = of
            && !titles
                .iter()
                .any(|title| fold_name(title) == fold_name(column))
        {
            return Err(Message::new("import-map-column")
                .with("column", column)
                .with("columns", list_of_titles(titles)));
        }
    }
    let columns = guess(titles, mapping, hidden);
    for (at, column) in columns.iter().enumerate() {
        let mut others = columns[..at].iter();
        if let Some(field) = column.field
            && let Some(other) = others.find(|other| other.field == column.field)
        {
            return Err(Message::new("import-column-twice")
                .with("field", field)
                .with("first", &other.title)
                .with("second", &column.title));
        }
    }
    if !titles.is_empty() && !columns.iter().any(|column| column.field == Some("name")) {
        return Err(Message::new("import-no-name")
            .with("columns", list_of_titles(titles))
            .with("fields", FILE_FIELDS.join(", ")));
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(titles: &[&str], mapping: &[&str]) -> Result<Vec<Option<&'static str>>, Message> {
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        let mapping = Mapping::parse(mapping.iter().copied())?;
        let columns = resolve(&titles, &mapping, &[])?;
        Ok(columns.into_iter().map(|column| column.field).collect())
    }

    #[test]
    fn titles_are_field_names_or_labels_in_either_language() {
        let expected = [Some("name"), Some("limit_days"), Some("color"), None];
        assert_eq!(
            fields(&["Name", "limit days", "Colour", "Notes"], &[]).unwrap(),
            expected
        );
        assert_eq!(
            fields(&["nume", "Limita (zile)", "CULOARE", ""], &[]).unwrap(),
            expected
        );
    }

    #[test]
    fn a_mapping_wins_over_a_title_and_may_leave_a_column_out() {
        assert_eq!(
            fields(&["Stage", "name"], &["stage=name"]).unwrap(),
            [Some("name"), None]
        );
        assert_eq!(
            fields(&["name", "kind"], &["kind="]).unwrap(),
            [Some("name"), None]
        );
        assert_eq!(fields(&["a=b"], &["a=b=name"]).unwrap(), [Some("name")]);
    }

    #[test]
    fn two_columns_of_one_title_are_mapped_by_index() {
        let titles = ["x".to_owned(), "x".to_owned()];
        let mapping = Mapping::default().with_at(1, "name").unwrap();
        let columns = resolve(&titles, &mapping, &[]).unwrap();
        assert_eq!(columns[0].field, None);
        assert_eq!(columns[1].field, Some("name"));
    }

    #[test]
    fn a_wrong_header_or_mapping_is_named() {
        for (titles, mapping, key) in [
            (vec!["title", "kind"], vec![], "import-no-name"),
            (vec!["name", "NAME"], vec![], "import-column-twice"),
            (vec!["name"], vec!["Stage=kind"], "import-map-column"),
            (
                vec!["name", "Stage"],
                vec!["Stage=stage"],
                "import-map-field",
            ),
            (vec!["name"], vec!["Stage"], "import-map-form"),
        ] {
            assert_eq!(fields(&titles, &mapping).unwrap_err().key, key);
        }
        let text = fields(&["title", "kind"], &[]).unwrap_err().text(Lang::En);
        assert!(
            text.contains("title, kind") && text.contains("leave_when"),
            "{text}"
        );
    }
}
