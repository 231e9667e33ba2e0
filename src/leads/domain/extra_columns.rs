//! The columns of a file that are imported as extra fields, and the names of these fields.

use std::collections::BTreeSet;

use crate::leads::domain::dataset::EXTRA_FIELD;
use crate::leads::domain::known_titles::known_extra;
use crate::records::mapping::Mapping;

/// The most characters of a name.
const MAX_NAME: usize = 100;

/// A column of a file, and the name of its extra field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraColumn {
    pub index: usize,
    pub name: String,
}

/// The columns that a mapping imports as extra fields, in their order. A title that means a common extra field has its
/// name; of several for one the best has it, and the others keep their titles. A title that occurs twice gets a number.
pub fn extra_columns(mapping: &Mapping) -> Vec<ExtraColumn> {
    let title = |index: usize| mapping.titles().get(index).map_or("", String::as_str);
    let mut ranked: Vec<(usize, usize, &str)> = mapping
        .columns_of(EXTRA_FIELD)
        .map(|index| match known_extra(title(index)) {
            Some((name, rank)) => (rank, index, name),
            None => (usize::MAX, index, ""),
        })
        .collect();
    ranked.sort_unstable();
    let mut used = BTreeSet::new();
    let columns = ranked.into_iter().map(|(_, index, common)| {
        let name = match common.is_empty() || used.contains(common) {
            false => common.to_owned(),
            true => free_name(title(index), &used),
        };
        used.insert(name.clone());
        ExtraColumn { index, name }
    });
    let mut columns: Vec<ExtraColumn> = columns.collect();
    columns.sort_by_key(|column| column.index);
    columns
}

/// The titles of the columns of extra fields, each with the name of its field where that is another one.
pub fn extra_titles(mapping: &Mapping) -> String {
    let titles = extra_columns(mapping).into_iter().map(|column| {
        let title = &mapping.titles()[column.index];
        match *title == column.name {
            true => column.name,
            false => format!("{title} ({})", column.name),
        }
    });
    titles.collect::<Vec<_>>().join(", ")
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
        let mapping = Mapping::guess(set, &titles, &[]).with_extra_columns(set, &[]);
        let columns = extra_columns(&mapping).into_iter();
        columns.map(|column| column.name).collect()
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
        let columns = names(&[
            "name",
            "Billing City",
            "City",
            "Other",
            "Other",
            "A\n title",
        ]);
        assert_eq!(
            columns,
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
