use super::super::label;
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
pub struct Mapping(Vec<(String, Option<&'static str>)>);

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

    /// The same mapping with one more column; an empty field leaves it out.
    pub fn with(mut self, column: &str, field: &str) -> Result<Mapping, Message> {
        let field = match field.trim() {
            "" => None,
            word => Some(
                COLUMNS
                    .into_iter()
                    .find(|known| *known == word)
                    .ok_or_else(|| {
                        Message::new("import-map-field")
                            .with("field", word)
                            .with("fields", COLUMNS.join(", "))
                    })?,
            ),
        };
        self.0.push((column.to_owned(), field));
        Ok(self)
    }

    fn of(&self, title: &str) -> Option<Option<&'static str>> {
        self.0
            .iter()
            .rev()
            .find(|(column, _)| fold_name(column) == fold_name(title))
            .map(|(_, field)| *field)
    }
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

/// What each column stands for. A mapping that was given beats a title.
pub(super) fn resolve(titles: &[String], mapping: &Mapping) -> Result<Vec<Column>, Message> {
    for (column, _) in &mapping.0 {
        if !titles
            .iter()
            .any(|title| fold_name(title) == fold_name(column))
        {
            return Err(Message::new("import-map-column")
                .with("column", column)
                .with("columns", list(titles)));
        }
    }
    let given: Vec<&str> = titles
        .iter()
        .filter_map(|title| mapping.of(title)?)
        .collect();
    let mut columns: Vec<Column> = Vec::with_capacity(titles.len());
    for title in titles {
        let field = match mapping.of(title) {
            Some(field) => field,
            None => named(title).filter(|field| !given.contains(field)),
        };
        if let Some(other) = columns
            .iter()
            .find(|other| field.is_some() && other.field == field)
        {
            return Err(Message::new("import-column-twice")
                .with("field", field.unwrap_or_default())
                .with("first", &other.title)
                .with("second", title));
        }
        columns.push(Column {
            title: title.clone(),
            field,
        });
    }
    if !titles.is_empty() && !columns.iter().any(|column| column.field == Some("name")) {
        return Err(Message::new("import-no-name")
            .with("columns", list(titles))
            .with("fields", COLUMNS.join(", ")));
    }
    Ok(columns)
}

/// The titles of a wrong header; a long one is cut, since it is then no header at all.
fn list(titles: &[String]) -> String {
    let mut text = titles.join(", ");
    if let Some((end, _)) = text.char_indices().nth(200) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(titles: &[&str], mapping: &[&str]) -> Result<Vec<Option<&'static str>>, Message> {
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        let mapping = Mapping::parse(mapping.iter().copied())?;
        let columns = resolve(&titles, &mapping)?;
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
