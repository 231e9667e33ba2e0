//! The titles that other programs give to the columns of leads. Of several columns for one field the first in the table is
//! used; of telephone numbers and e-mail addresses, the first with a value.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::records::field_set::title_key;

/// Fields with their titles, the best one first. Case, accents and everything but letters and digits don't matter.
const KNOWN_TITLES: &str = include_str!("known_titles.txt");

/// Titles that mean the last name alone in a file with the title of a first name, with that title.
const LAST_NAMES: [(&str, &str); 2] = [("nume", "prenume"), ("name", "vorname")];

/// The names in the table that are extra fields begin with this.
const EXTRA: &str = "extra.";

/// Names with their ranks, by the keys of their titles.
type Ranks = HashMap<String, (&'static str, usize)>;

static FIELDS: LazyLock<Ranks> =
    LazyLock::new(|| ranks(titles().filter(|(name, _)| !name.starts_with(EXTRA))));

static EXTRA_FIELDS: LazyLock<Ranks> = LazyLock::new(|| {
    let extra = titles().filter_map(|(name, title)| Some((name.strip_prefix(EXTRA)?, title)));
    ranks(extra)
});

fn ranks(titles: impl Iterator<Item = (&'static str, &'static str)>) -> Ranks {
    let mut ranks = HashMap::new();
    for (rank, (name, title)) in titles.enumerate() {
        ranks.entry(title_key(title)).or_insert((name, rank + 1));
    }
    ranks
}

/// Each field with each of its titles.
fn titles() -> impl Iterator<Item = (&'static str, &'static str)> {
    title_table(KNOWN_TITLES)
        .flat_map(|(field, titles)| titles.split(" | ").map(move |title| (field, title)))
}

/// The lines of a table `name = title | title`: each name with its titles.
pub fn title_table(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = "))
}

/// The field that a title means, by its key, beside the titles of the other columns; its rank is 0 where the others
/// decide.
pub fn known_title(key: &str, all: &BTreeSet<String>) -> Option<(&'static str, usize)> {
    let mut last_names = LAST_NAMES.iter();
    if last_names.any(|(last, first)| *last == key && all.contains(*first)) {
        return Some(("last_name", 0));
    }
    let field = FIELDS.get(key).copied()?;
    let has = |name| {
        let mut fields = all.iter().filter_map(|key| FIELDS.get(key));
        fields.any(|(field, _)| *field == name)
    };
    // In a file with first and last names, this column is a title of the lead, such as "Form on the website".
    match field.0 == "name" && has("first_name") && has("last_name") {
        true => None,
        false => Some(field),
    }
}

/// The common extra field that a title means, and its rank.
pub fn known_extra(title: &str) -> Option<(&'static str, usize)> {
    EXTRA_FIELDS.get(&title_key(title)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::domain::dataset::Dataset;
    use crate::leads::domain::extra::COMMON;

    #[test]
    fn each_title_means_one_field() {
        for (field, title) in titles() {
            if let Some(extra) = field.strip_prefix(EXTRA) {
                assert!(COMMON.iter().any(|(name, _)| *name == extra), "{extra}");
                assert_eq!(
                    known_extra(title).map(|(name, _)| name),
                    Some(extra),
                    "{title}"
                );
                continue;
            }
            assert!(Dataset::Leads.fields().contains(&field), "{field}");
            let known = known_title(&title_key(title), &BTreeSet::new());
            assert_eq!(known.map(|(field, _)| field), Some(field), "{title}");
        }
        assert!(titles().count() > 200);
    }

    #[test]
    fn a_name_of_a_lead_beside_both_names_of_a_person_is_not_theirs() {
        let all: BTreeSet<String> = ["firstname", "lastname", "leadname"]
            .map(str::to_owned)
            .into();
        assert_eq!(known_title("leadname", &all), None);
        let known = known_title("leadname", &BTreeSet::new());
        assert_eq!(known.map(|(field, _)| field), Some("name"));
    }

    #[test]
    fn a_name_beside_a_first_name_is_the_last_name() {
        let all: BTreeSet<String> = ["nume", "prenume"].map(str::to_owned).into();
        assert_eq!(known_title("nume", &all), Some(("last_name", 0)));
        assert_eq!(known_title("nume", &BTreeSet::new()), None);
    }
}
