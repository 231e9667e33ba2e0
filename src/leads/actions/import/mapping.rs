//! Which column of a file is which field. One column may be several fields, and a column without a field is not
//! imported.

use std::collections::BTreeMap;

use crate::files::list_of_titles;
use crate::i18n::{Lang, Message, fold_name};
use crate::leads::domain::dataset::{Dataset, field_label};

/// The columns of one file and the fields they are mapped to.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    pub dataset: Dataset,
    titles: Vec<String>,
    columns: BTreeMap<&'static str, usize>,
}

impl Mapping {
    /// The mapping that the titles suggest; of two columns for one field the first is used. Columns in `hidden` are not
    /// mapped.
    pub fn guess(what: Dataset, titles: &[String], hidden: &[usize]) -> Mapping {
        let mut mapping = Mapping {
            dataset: what,
            titles: titles.to_vec(),
            columns: BTreeMap::new(),
        };
        for (at, title) in titles.iter().enumerate() {
            if let Some(field) = field_of_title(what, title).filter(|_| !hidden.contains(&at)) {
                mapping.columns.entry(field).or_insert(at);
            }
        }
        mapping
    }

    /// True if the titles are those of a file of visits: they suit visits, and no column names a lead.
    pub fn is_of_visits(titles: &[String]) -> bool {
        let leads = Mapping::guess(Dataset::Leads, titles, &[]);
        let has_name = ["name", "company"]
            .into_iter()
            .any(|field| leads.column(field).is_some());
        !has_name && Mapping::guess(Dataset::Visits, titles, &[]).check().is_ok()
    }

    /// The mapping in arguments such as `account=company`, completed by the titles except for columns in `hidden`;
    /// `account=` leaves a column out.
    ///
    /// # Errors
    /// The message to show for a malformed argument, an unknown column or field, or two columns for one field.
    pub fn parse(
        what: Dataset,
        titles: &[String],
        hidden: &[usize],
        arguments: &[String],
    ) -> Result<Mapping, Message> {
        let (mut places, mut mentioned) = (BTreeMap::new(), Vec::new());
        for argument in arguments {
            let (at, field) = parse_argument(what, titles, argument)?;
            mentioned.push(at);
            if let Some(field) = field
                && let Some(other) = places.insert(field, at)
                && other != at
            {
                return Err(mapped_twice(field, titles, other, at));
            }
        }
        for (at, title) in titles.iter().enumerate() {
            let Some(field) = field_of_title(what, title) else {
                continue;
            };
            let is_taken = mentioned.contains(&at)
                || hidden.contains(&at)
                || places
                    .get(field)
                    .is_some_and(|other| mentioned.contains(other));
            if is_taken {
                continue;
            }
            if let Some(other) = places.insert(field, at) {
                return Err(mapped_twice(field, titles, other, at));
            }
        }
        Ok(Mapping {
            dataset: what,
            titles: titles.to_vec(),
            columns: places,
        })
    }

    /// The mapping from chosen columns by field; a column that does not exist leaves the field out.
    pub fn from_columns<'a>(
        what: Dataset,
        titles: &[String],
        chosen: impl IntoIterator<Item = (&'a str, usize)>,
    ) -> Mapping {
        let places = chosen.into_iter().filter_map(|(field, at)| {
            let field = what.field(field)?;
            (at < titles.len()).then_some((field, at))
        });
        Mapping {
            dataset: what,
            titles: titles.to_vec(),
            columns: places.collect(),
        }
    }

    /// Checks that every required field has a column.
    ///
    /// # Errors
    /// The message that names the required fields.
    pub fn check(&self) -> Result<(), Message> {
        let has = |field: &str| self.columns.contains_key(field);
        let missing = |key, fields: &str| {
            Err(Message::new(key)
                .with("fields", fields)
                .with("columns", list_of_titles(&self.titles)))
        };
        match self.dataset {
            Dataset::Leads if !["name", "company", "external_ref"].into_iter().any(has) => {
                missing("lead-import-no-name", "name, company, external_ref")
            }
            Dataset::Visits
                if !["external_ref", "status", "entered_at"]
                    .into_iter()
                    .all(has) =>
            {
                missing("lead-import-no-visit", "external_ref, status, entered_at")
            }
            _ => Ok(()),
        }
    }

    /// The index of the column for a field.
    pub fn column(&self, field: &str) -> Option<usize> {
        self.columns.get(field).copied()
    }

    /// Every mapped field with the index of its column.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.columns.iter().map(|(field, at)| (*field, *at))
    }

    /// The titles of all columns.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    /// The titles of the columns that are not mapped.
    pub fn unmapped_titles(&self) -> Vec<&str> {
        let unused = self.titles.iter().enumerate().filter(|(at, title)| {
            !title.is_empty() && !self.columns.values().any(|place| place == at)
        });
        unused.map(|(_, title)| title.as_str()).collect()
    }
}

/// The field with this title: its name in the API, or its label in any language.
fn field_of_title(what: Dataset, title: &str) -> Option<&'static str> {
    let title = fold_name(title);
    what.fields().iter().copied().find(|field| {
        title.replace([' ', '-'], "_") == *field
            || Lang::ALL
                .into_iter()
                .any(|lang| fold_name(lang.t(field_label(field))) == title)
    })
}

fn parse_argument(
    what: Dataset,
    titles: &[String],
    argument: &str,
) -> Result<(usize, Option<&'static str>), Message> {
    let (column, word) = argument
        .rsplit_once('=')
        .ok_or_else(|| Message::new("import-map-form").with("text", argument))?;
    let field = what.field(word);
    if field.is_none() && !word.trim().is_empty() {
        return Err(Message::new("import-map-field")
            .with("field", word.trim())
            .with("fields", what.fields().join(", ")));
    }
    let key = fold_name(column);
    let at = titles.iter().position(|title| fold_name(title) == key);
    at.map(|at| (at, field)).ok_or_else(|| {
        Message::new("import-map-column")
            .with("column", column)
            .with("columns", list_of_titles(titles))
    })
}

fn mapped_twice(field: &str, titles: &[String], first: usize, second: usize) -> Message {
    let title = |at: usize| titles.get(at).map_or("", String::as_str);
    Message::new("import-column-twice")
        .with("field", field)
        .with("first", title(first))
        .with("second", title(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(titles: &[&str]) -> Vec<String> {
        titles.iter().map(|title| (*title).to_owned()).collect()
    }

    fn parse(header: &[&str], arguments: &[&str]) -> Result<Mapping, &'static str> {
        let header = titles(header);
        let arguments = titles(arguments);
        let mapping = Mapping::parse(Dataset::Leads, &header, &[], &arguments)
            .map_err(|message| message.key)?;
        mapping.check().map_err(|message| message.key)?;
        Ok(mapping)
    }

    #[test]
    fn arguments_override_what_titles_say() {
        let mapping = parse(&["Name", "E-mail", "Companie", "x"], &[]).unwrap();
        assert_eq!(mapping.column("name"), Some(0));
        assert_eq!(mapping.column("email"), Some(1));
        assert_eq!(mapping.column("company"), Some(2));
        assert_eq!(mapping.unmapped_titles(), ["x"]);
        let mapping = parse(&["name", "account"], &["Account=name", "account=company"]).unwrap();
        assert_eq!(
            (mapping.column("name"), mapping.column("company")),
            (Some(1), Some(1))
        );
        assert_eq!(mapping.unmapped_titles(), ["name"]);
        let mapping = parse(&["name", "email"], &["email="]).unwrap();
        assert_eq!(mapping.column("email"), None);
        assert_eq!(
            parse(&["name=x", "y"], &["name=x=name"])
                .unwrap()
                .column("name"),
            Some(0)
        );
    }

    #[test]
    fn a_hidden_column_is_used_only_when_an_argument_names_it() {
        let header = titles(&["status", "name", "Name"]);
        let guess = Mapping::guess(Dataset::Leads, &header, &[0, 1]);
        assert_eq!(
            (guess.column("status"), guess.column("name")),
            (None, Some(2))
        );
        let arguments = ["status=status".to_owned()];
        let parsed = Mapping::parse(Dataset::Leads, &header, &[0, 1], &arguments).unwrap();
        assert_eq!(
            (parsed.column("status"), parsed.column("name")),
            (Some(0), Some(2))
        );
        assert_eq!(parsed.unmapped_titles(), ["name"]);
    }

    #[test]
    fn files_of_visits_are_recognized_by_their_titles() {
        for (header, is_of_visits) in [
            (&["external_ref", "status", "entered_at"][..], true),
            (&["Referință externă", "Status", "Intrat la"], true),
            (&["external_ref", "name", "status", "entered_at"], false),
            (&["external_ref", "status", "created_at"], false),
        ] {
            assert_eq!(
                Mapping::is_of_visits(&titles(header)),
                is_of_visits,
                "{header:?}"
            );
        }
    }

    #[test]
    fn a_contradictory_mapping_is_refused() {
        for (header, arguments, key) in [
            (&["title"][..], &[][..], "lead-import-no-name"),
            (&["name", "NAME"], &[], "import-column-twice"),
            (&["a", "b"], &["a=name", "b=name"], "import-column-twice"),
            (&["name"], &["stage=status"], "import-map-column"),
            (&["name", "stage"], &["stage=stage"], "import-map-field"),
            (&["name"], &["stage"], "import-map-form"),
        ] {
            assert_eq!(parse(header, arguments), Err(key), "{header:?}");
        }
        let visits = Mapping::guess(Dataset::Visits, &titles(&["external_ref", "status"]), &[]);
        assert!(visits.check().is_err());
    }
}
