//! The systems whose exports are known by the titles of their columns.

use std::collections::BTreeSet;

use crate::leads::domain::known_titles::title_table;
use crate::records::field_set::title_key;

/// Systems with titles of their exports. Case, accents and everything but letters and digits don't matter.
const KNOWN_SYSTEMS: &str = include_str!("known_systems.txt");
/// The fewest titles by which a system is recognized.
const MIN_TITLES: usize = 3;

/// The system that has the most of these titles, if there is one alone.
pub fn known_system(titles: &[String]) -> Option<&'static str> {
    let keys: BTreeSet<String> = titles.iter().map(|title| title_key(title)).collect();
    let counts = title_table(KNOWN_SYSTEMS).map(|(name, titles)| {
        let matching = titles
            .split(" | ")
            .filter(|title| keys.contains(&title_key(title)));
        (matching.count(), name)
    });
    let counts: Vec<(usize, &str)> = counts.collect();
    let most = counts.iter().map(|(count, _)| *count).max()?;
    let mut best = counts.iter().filter(|(count, _)| *count == most);
    match (best.next(), best.next()) {
        (Some((count, name)), None) if *count >= MIN_TITLES => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(titles: &str) -> Option<&'static str> {
        let titles: Vec<String> = titles.split(',').map(str::to_owned).collect();
        known_system(&titles)
    }

    #[test]
    fn a_system_is_known_by_titles_that_it_alone_has() {
        for (titles, system) in [
            (
                "Lead ID,First Name,Company / Account,Lead Status,Lead Owner",
                Some("Salesforce"),
            ),
            (
                "Record ID,Email,Contact owner,Lifecycle Stage",
                Some("HubSpot"),
            ),
            ("Deal - ID,Deal - Title,Person - Name", Some("Pipedrive")),
            ("external_ref,name,email,status", None),
            ("Lead Status,Lead Owner,Name", None),
        ] {
            assert_eq!(guess(titles), system, "{titles}");
        }
    }
}
