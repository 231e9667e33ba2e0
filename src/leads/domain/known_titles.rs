//! The titles that other programs give to the columns of leads. Of several columns for one field the first in the table is
//! used; of telephone numbers and e-mail addresses, the first with a value.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::records::field_set::title_key;

/// Fields with their titles, the best one first. Case, accents and everything but letters and digits don't matter.
const KNOWN_TITLES: &str = include_str!("known_titles.txt");

/// Beside a first name, these titles mean the last name alone.
const LAST_NAMES: [(&str, &str); 2] = [("nume", "prenume"), ("name", "vorname")];

static FIELDS: LazyLock<HashMap<String, (&'static str, usize)>> = LazyLock::new(|| {
    let mut fields = HashMap::new();
    for (rank, (field, title)) in titles().enumerate() {
        fields.entry(title_key(title)).or_insert((field, rank + 1));
    }
    fields
});

/// Each field with each of its titles.
fn titles() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = KNOWN_TITLES.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter_map(|line| line.split_once(" = "));
    lines.flat_map(|(field, titles)| titles.split(" | ").map(move |title| (field, title)))
}

/// The field that a title means, by its key, beside the titles of the other columns; its rank is 0 where the others
/// decide.
pub fn known_title(key: &str, all: &BTreeSet<String>) -> Option<(&'static str, usize)> {
    let mut last_names = LAST_NAMES.iter();
    if last_names.any(|(last, first)| *last == key && all.contains(*first)) {
        return Some(("last_name", 0));
    }
    FIELDS.get(key).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::dataset::Dataset;

    #[test]
    fn each_title_means_one_field() {
        for (field, title) in titles() {
            assert!(Dataset::Leads.fields().contains(&field), "{field}");
            let known = known_title(&title_key(title), &BTreeSet::new());
            assert_eq!(known.map(|(field, _)| field), Some(field), "{title}");
        }
        assert!(titles().count() > 200);
    }

    #[test]
    fn a_name_beside_a_first_name_is_the_last_name() {
        let all: BTreeSet<String> = ["nume", "prenume"].map(str::to_owned).into();
        assert_eq!(known_title("nume", &all), Some(("last_name", 0)));
        assert_eq!(known_title("nume", &BTreeSet::new()), None);
    }
}
