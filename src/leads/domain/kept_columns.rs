//! The names of the columns of a file that are kept as extra fields.

use std::collections::BTreeSet;

use crate::leads::domain::dataset::KEPT;
use crate::leads::domain::known_titles::known_extra;
use crate::records::mapping::Mapping;

/// The most characters of a name.
const MAX_NAME: usize = 100;

/// A column that is kept, and the name of its extra field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptColumn {
    pub at: usize,
    pub name: String,
}

/// The columns that a mapping keeps, in their order. A title that means a common extra field has its name; of several
/// for one the best has it, and the others keep their titles. A title that occurs twice gets a number.
pub fn kept_columns(mapping: &Mapping) -> Vec<KeptColumn> {
    let title = |at: usize| mapping.titles().get(at).map_or("", String::as_str);
    let mut places: Vec<(usize, usize, &str)> = mapping
        .columns_of(KEPT)
        .map(|at| match known_extra(title(at)) {
            Some((name, rank)) => (rank, at, name),
            None => (usize::MAX, at, ""),
        })
        .collect();
    places.sort_unstable();
    let mut used = BTreeSet::new();
    let kept = places.into_iter().map(|(_, at, common)| {
        let name = match common.is_empty() || used.contains(common) {
            false => common.to_owned(),
            true => free_name(title(at), &used),
        };
        used.insert(name.clone());
        KeptColumn { at, name }
    });
    let mut kept: Vec<KeptColumn> = kept.collect();
    kept.sort_by_key(|column| column.at);
    kept
}

/// The titles of the columns that a mapping keeps, each with its name where that is another one.
pub fn kept_titles(mapping: &Mapping) -> String {
    let kept = kept_columns(mapping).into_iter().map(|column| {
        let title = &mapping.titles()[column.at];
        match *title == column.name {
            true => column.name,
            false => format!("{title} ({})", column.name),
        }
    });
    kept.collect::<Vec<_>>().join(", ")
}

/// The title on one line, with a number if another column has it.
fn free_name(title: &str, used: &BTreeSet<String>) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    let letters = |count: usize| words.join(" ").chars().take(count).collect::<String>();
    let name = letters(MAX_NAME);
    let numbered = (2..).map(|number| format!("{} {number}", letters(MAX_NAME - 5)));
    let mut names = std::iter::once(name).chain(numbered);
    names.find(|name| !used.contains(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::dataset::Dataset;

    fn names(titles: &[&str]) -> Vec<String> {
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        let set = Dataset::Leads.field_set();
        let mapping = Mapping::guess(set, &titles, &[]).with_others_kept(set, &[]);
        let kept = kept_columns(&mapping).into_iter();
        kept.map(|column| column.name).collect()
    }

    #[test]
    fn known_titles_in_three_languages_have_one_name_and_others_their_own() {
        for titles in [
            &[
                "Name",
                "Job Title",
                "City",
                "ZIP / Postal Code",
                "Annual Revenue",
            ][..],
            &["Nume", "Funcție", "Oraș", "Cod poștal", "Annual Revenue"],
            &["Name", "Position", "Ort", "PLZ", "Annual Revenue"],
        ] {
            assert_eq!(
                names(titles),
                ["title", "city", "zip", "Annual Revenue"],
                "{titles:?}"
            );
        }
    }

    #[test]
    fn each_column_has_a_name_of_its_own() {
        let kept = names(&[
            "name",
            "Billing City",
            "City",
            "Other",
            "Other",
            "A\n title",
        ]);
        assert_eq!(
            kept,
            ["Billing City", "city", "Other", "Other 2", "A title"]
        );
        let long = "x".repeat(200);
        assert!(
            names(&["name", &long, &long])
                .iter()
                .all(|name| name.len() <= 100)
        );
    }
}
