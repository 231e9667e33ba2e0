//! Which column of a file stands for which field. One column may stand for several, and one that stands for none is
//! left out.

use std::collections::BTreeMap;

use super::super::exchange::{What, label};
use crate::files::list_of_titles;
use crate::i18n::{Lang, Message, fold_name};

/// The columns of one file and what they stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    pub what: What,
    titles: Vec<String>,
    places: BTreeMap<&'static str, usize>,
}

impl Mapping {
    /// What the titles say by themselves; where two columns say the same, the first counts. Those at `hidden` places
    /// say nothing.
    pub fn guess(what: What, titles: &[String], hidden: &[usize]) -> Mapping {
        let mut mapping = Mapping {
            what,
            titles: titles.to_vec(),
            places: BTreeMap::new(),
        };
        for (at, title) in titles.iter().enumerate() {
            if let Some(field) = named(what, title).filter(|_| !hidden.contains(&at)) {
                mapping.places.entry(field).or_insert(at);
            }
        }
        mapping
    }

    /// True if the titles are those of a file of visits, and not of leads: nothing gives leads a name.
    pub fn is_of_visits(titles: &[String]) -> bool {
        let leads = Mapping::guess(What::Leads, titles, &[]);
        let has_name = ["name", "company"]
            .into_iter()
            .any(|field| leads.at(field).is_some());
        !has_name && Mapping::guess(What::Visits, titles, &[]).check().is_ok()
    }

    /// The mapping in arguments such as `account=company`, completed by what the titles say, those at `hidden` places
    /// excepted; `account=` leaves a column out.
    ///
    /// # Errors
    /// The sentence to show: an argument that is none, an unknown column or field, or two columns for one field.
    pub fn parse(
        what: What,
        titles: &[String],
        hidden: &[usize],
        arguments: &[String],
    ) -> Result<Mapping, Message> {
        let (mut given, mut mentioned) = (BTreeMap::new(), Vec::new());
        for argument in arguments {
            let (at, field) = argued(what, titles, argument)?;
            mentioned.push(at);
            if let Some(field) = field
                && let Some(other) = given.insert(field, at)
                && other != at
            {
                return Err(twice(field, titles, other, at));
            }
        }
        for (at, title) in titles.iter().enumerate() {
            let Some(field) = named(what, title) else {
                continue;
            };
            let is_spoken_for = mentioned.contains(&at)
                || hidden.contains(&at)
                || given
                    .get(field)
                    .is_some_and(|other| mentioned.contains(other));
            if is_spoken_for {
                continue;
            }
            if let Some(other) = given.insert(field, at) {
                return Err(twice(field, titles, other, at));
            }
        }
        Ok(Mapping {
            what,
            titles: titles.to_vec(),
            places: given,
        })
    }

    /// The mapping that was chosen field by field; a place that is none leaves the field out.
    pub fn chosen<'a>(
        what: What,
        titles: &[String],
        chosen: impl IntoIterator<Item = (&'a str, usize)>,
    ) -> Mapping {
        let places = chosen.into_iter().filter_map(|(field, at)| {
            let field = what.field(field)?;
            (at < titles.len()).then_some((field, at))
        });
        Mapping {
            what,
            titles: titles.to_vec(),
            places: places.collect(),
        }
    }

    /// Whether a file can be read so.
    ///
    /// # Errors
    /// The sentence to show: what a file of this kind can't do without has no column.
    pub fn check(&self) -> Result<(), Message> {
        let has = |field: &str| self.places.contains_key(field);
        let told = |key, fields: &str| {
            Err(Message::new(key)
                .with("fields", fields)
                .with("columns", list_of_titles(&self.titles)))
        };
        match self.what {
            What::Leads if !["name", "company", "external_ref"].into_iter().any(has) => {
                told("lead-import-no-name", "name, company, external_ref")
            }
            What::Visits
                if !["external_ref", "status", "entered_at"]
                    .into_iter()
                    .all(has) =>
            {
                told("lead-import-no-visit", "external_ref, status, entered_at")
            }
            _ => Ok(()),
        }
    }

    /// The place of the column that stands for a field.
    pub fn at(&self, field: &str) -> Option<usize> {
        self.places.get(field).copied()
    }

    /// Every field that has a column, with its place.
    pub fn places(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.places.iter().map(|(field, at)| (*field, *at))
    }

    /// The titles of all columns.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    /// The titles of the columns that stand for nothing.
    pub fn left_out(&self) -> Vec<&str> {
        let unused = self.titles.iter().enumerate().filter(|(at, title)| {
            !title.is_empty() && !self.places.values().any(|place| place == at)
        });
        unused.map(|(_, title)| title.as_str()).collect()
    }
}

/// The field that a title names by itself: its name in the API, or its label in one of the languages.
fn named(what: What, title: &str) -> Option<&'static str> {
    let title = fold_name(title);
    what.fields().iter().copied().find(|field| {
        title.replace([' ', '-'], "_") == *field
            || Lang::ALL
                .into_iter()
                .any(|lang| fold_name(lang.t(label(field))) == title)
    })
}

fn argued(
    what: What,
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

fn twice(field: &str, titles: &[String], first: usize, second: usize) -> Message {
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
        let mapping =
            Mapping::parse(What::Leads, &header, &[], &arguments).map_err(|told| told.key)?;
        mapping.check().map_err(|told| told.key)?;
        Ok(mapping)
    }

    #[test]
    fn titles_name_fields_and_arguments_beat_them() {
        let mapping = parse(&["Name", "E-mail", "Companie", "x"], &[]).unwrap();
        assert_eq!(mapping.at("name"), Some(0));
        assert_eq!(mapping.at("email"), Some(1));
        assert_eq!(mapping.at("company"), Some(2));
        assert_eq!(mapping.left_out(), ["x"]);
        let mapping = parse(&["name", "account"], &["Account=name", "account=company"]).unwrap();
        assert_eq!(
            (mapping.at("name"), mapping.at("company")),
            (Some(1), Some(1))
        );
        assert_eq!(mapping.left_out(), ["name"]);
        let mapping = parse(&["name", "email"], &["email="]).unwrap();
        assert_eq!(mapping.at("email"), None);
        assert_eq!(
            parse(&["name=x", "y"], &["name=x=name"])
                .unwrap()
                .at("name"),
            Some(0)
        );
    }

    #[test]
    fn a_hidden_column_stands_for_nothing_unless_someone_says_so() {
        let header = titles(&["status", "name", "Name"]);
        let guess = Mapping::guess(What::Leads, &header, &[0, 1]);
        assert_eq!((guess.at("status"), guess.at("name")), (None, Some(2)));
        let said = ["status=status".to_owned()];
        let parsed = Mapping::parse(What::Leads, &header, &[0, 1], &said).unwrap();
        assert_eq!((parsed.at("status"), parsed.at("name")), (Some(0), Some(2)));
        assert_eq!(parsed.left_out(), ["name"]);
    }

    #[test]
    fn visits_are_told_by_their_titles() {
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
    fn a_mapping_that_makes_no_sense_is_refused() {
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
        let visits = Mapping::guess(What::Visits, &titles(&["external_ref", "status"]), &[]);
        assert!(visits.check().is_err());
    }
}
