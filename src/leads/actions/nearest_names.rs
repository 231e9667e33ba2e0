//! The names that come nearest to a search that finds nothing.

use std::collections::BTreeSet;

use strsim::osa_distance;

use crate::db::Conn;
use crate::error::Result;
use crate::i18n::fold_search;
use crate::leads::actions::counts::count_in_time;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::store::query::nearest::names_with;

/// The most names that are offered.
const MAX_NAMES: usize = 5;
/// The most words of a search that are looked at.
const MAX_WORDS: usize = 4;
/// How alike a name is at least, from 0 to 1: one letter of five may differ.
const MIN_ALIKE: f64 = 0.75;

/// The names and companies that come nearest to the search of a filter that finds nothing, the nearest first; none if
/// looking for them takes too long.
pub fn nearest_names(conn: &mut Conn, filter: &LeadFilter) -> Result<Vec<String>> {
    if !filter.unreadable.is_empty() {
        return Ok(Vec::new());
    }
    let folded = fold_search(&filter.q);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() > MAX_WORDS || !folded.chars().any(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let found = count_in_time(conn, |conn| {
        let mut texts = BTreeSet::new();
        for part in parts(&words) {
            let names = names_with(conn, &part)?.into_iter();
            texts.extend(names.flat_map(|(name, company)| [name, company]));
        }
        Ok(texts)
    })?;
    let found = found.unwrap_or_default().into_iter();
    let alike = found.map(|text| (likeness(&words, &fold_search(&text)), text));
    let mut alike: Vec<(f64, String)> = alike.filter(|(alike, _)| *alike >= MIN_ALIKE).collect();
    alike.sort_by(|one, other| other.0.total_cmp(&one.0));
    Ok(alike
        .into_iter()
        .take(MAX_NAMES)
        .map(|(_, text)| text)
        .collect())
}

/// What a name has all the same if one word of the search is misspelt: the other words, and its first or its last letters.
fn parts(words: &[&str]) -> Vec<String> {
    let mut parts = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let letters: Vec<char> = word.chars().collect();
        let half = letters.len().div_ceil(2).max(3);
        if letters.len() <= half {
            continue;
        }
        for kept in [&letters[..half], &letters[letters.len() - half..]] {
            let kept: String = kept.iter().collect();
            let mut others: Vec<&str> = words.to_vec();
            others[at] = &kept;
            parts.push(others.join(" "));
        }
    }
    parts
}

/// How alike the words of a search are to those of a name that come nearest to each.
fn likeness(words: &[&str], name: &str) -> f64 {
    let nearest = |word: &&str| {
        let others = name.split([' ', '-']).chain([name]);
        others.map(|other| alike(word, other)).fold(0.0, f64::max)
    };
    words.iter().map(nearest).sum::<f64>() / words.len() as f64
}

/// The letters of two words that need no change, or only change places with their neighbours, as a share of the longer word.
fn alike(word: &str, other: &str) -> f64 {
    let longer = word.chars().count().max(other.chars().count());
    1.0 - osa_distance(word, other) as f64 / longer.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_may_be_misspelt_at_its_beginning_or_its_end() {
        assert_eq!(parts(&["popesku"]), ["pope", "esku"]);
        assert_eq!(
            parts(&["ion", "popa"]),
            ["ion pop", "ion opa"],
            "three letters are no part"
        );
    }

    #[test]
    fn a_letter_that_differs_is_near_and_another_name_is_not() {
        assert!(likeness(&["ion", "popesku"], "ion popescu") >= MIN_ALIKE);
        assert!(likeness(&["popsecu"], "ion popescu") >= MIN_ALIKE);
        assert!(likeness(&["popesku"], "ion ionescu") < MIN_ALIKE);
    }
}
