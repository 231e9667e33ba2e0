use super::super::label;
use crate::files::list_of_titles;
use crate::i18n::{Lang, Message, fold_name};

/// The columns of a file, in the order in which export writes them.
pub const COLUMNS: [&str; 11] = [
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
pub struct Column {
    /// Its title in the file.
    pub title: String,
    /// The field that it stands for; nothing if it is left out.
    pub field: Option<&'static str>,
}

/// Which field a column stands for, where its title doesn't say so.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapping(Vec<(Of, Option<&'static str>)>);

/// The column that a part of a mapping is about.
#[derive(Debug, Clone, PartialEq)]
enum Of {
    Title(String),
    /// Counted from 0; two columns may have one title.
    At(usize),
}

impl Mapping {
    /// The mapping in arguments such as `Stage=name`; `Stage=` leaves the column out.
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

    /// The same mapping with one more column, by its title; an empty field leaves it out.
    pub fn with(mut self, column: &str, field: &str) -> Result<Mapping, Message> {
        self.0.push((Of::Title(column.to_owned()), known(field)?));
        Ok(self)
    }

    /// The same mapping with one more column, by its place counted from 0.
    pub fn with_at(mut self, at: usize, field: &str) -> Result<Mapping, Message> {
        self.0.push((Of::At(at), known(field)?));
        Ok(self)
    }

    fn of(&self, at: usize, title: &str) -> Option<Option<&'static str>> {
        let is_meant = |of: &Of| match of {
            Of::Title(column) => fold_name(column) == fold_name(title),
            Of::At(place) => *place == at,
        };
        self.0
            .iter()
            .rev()
            .find(|(of, _)| is_meant(of))
            .map(|(_, field)| *field)
    }
}

/// The field of this name; nothing for an empty one.
fn known(field: &str) -> Result<Option<&'static str>, Message> {
    let word = field.trim();
    if word.is_empty() {
        return Ok(None);
    }
    let found = COLUMNS.into_iter().find(|known| *known == word);
    found.map(Some).ok_or_else(|| {
        Message::new("import-map-field")
            .with("field", word)
            .with("fields", COLUMNS.join(", "))
    })
}

/// The field that a title names by itself: its name in the API, or its label in one of the languages.
fn named(title: &str) -> Option<&'static str> {
    let title = fold_name(title);
    COLUMNS.into_iter().find(|field| {
        title.replace([' ', '-'], "_") == *field
            || Lang::ALL
                .into_iter()
                .any(|lang| fold_name(lang.t(label(field))) == title)
    })
}

/// What each column stands for. A mapping that was given beats a title; a title at a `hidden` place says nothing.
pub(super) fn guess(titles: &[String], mapping: &Mapping, hidden: &[usize]) -> Vec<Column> {
    let given: Vec<Option<Option<&'static str>>> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| mapping.of(at, title))
        .collect();
    let is_given = |field: &&str| given.iter().flatten().flatten().any(|other| other == field);
    let columns = titles.iter().zip(&given).enumerate();
    let named = |at, title: &String| named(title).filter(|_| !hidden.contains(&at));
    columns
        .map(|(at, (title, given))| Column {
            title: title.clone(),
            field: given.unwrap_or_else(|| named(at, title).filter(|field| !is_given(field))),
        })
        .collect()
}

/// The same, if it makes sense: no field twice, and one that is the name.
pub(super) fn resolve(
    titles: &[String],
    mapping: &Mapping,
    hidden: &[usize],
) -> Result<Vec<Column>, Message> {
    for (of, _) in &mapping.0 {
        if let Of::Title(column) = of
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
            .with("fields", COLUMNS.join(", ")));
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
    fn a_mapping_beats_a_title_and_may_leave_a_column_out() {
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
    fn two_columns_of_one_title_are_told_apart_by_their_place() {
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
        let told = fields(&["title", "kind"], &[]).unwrap_err().text(Lang::En);
        assert!(
            told.contains("title, kind") && told.contains("leave_when"),
            "{told}"
        );
    }
}
