//! The names that come nearest to a search that finds nothing.

use std::collections::BTreeSet;

use strsim::osa_distance;

use crate::db::Conn;
use crate::error::Result;
use crate::i18n::fold_search;
use crate::leads::actions::counts::count_in_time;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::store::query::nearest::names_with;

/// The most names in an answer.
const MAX_NAMES: usize = 5;
/// The most words of a search for which names are looked up.
const MAX_WORDS: usize = 4;
/// The least similarity of a name, from 0 to 1: one letter of five may differ.
const MIN_SIMILARITY: f64 = 0.75;

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
    let texts = count_in_time(conn, |conn| {
        let mut texts = BTreeSet::new();
        for text in search_texts(&words) {
            let names = names_with(conn, &text)?.into_iter();
            texts.extend(names.flat_map(|(name, company)| [name, company]));
        }
        Ok(texts)
    })?;
    let texts = texts.unwrap_or_default().into_iter();
    let rated = texts.map(|text| (similarity(&words, &fold_search(&text)), text));
    let mut rated: Vec<(f64, String)> = rated.filter(|(rate, _)| *rate >= MIN_SIMILARITY).collect();
    rated.sort_by(|one, other| other.0.total_cmp(&one.0));
    Ok(rated
        .into_iter()
        .take(MAX_NAMES)
        .map(|(_, text)| text)
        .collect())
}

/// The searches that find a name although one word is misspelt: the other words with the first or the last letters of it.
fn search_texts(words: &[&str]) -> Vec<String> {
    let mut texts = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let letters: Vec<char> = word.chars().collect();
        let half = letters.len().div_ceil(2).max(3);
        if letters.len() <= half {
            continue;
        }
        for part in [&letters[..half], &letters[letters.len() - half..]] {
            let part: String = part.iter().collect();
            let mut changed: Vec<&str> = words.to_vec();
            changed[index] = &part;
            texts.push(changed.join(" "));
        }
    }
    texts
}

/// The mean similarity of the words of a search to the nearest words of a name.
fn similarity(words: &[&str], name: &str) -> f64 {
    let nearest = |word: &&str| {
        let others = name.split([' ', '-']).chain([name]);
        others
            .map(|other| word_similarity(word, other))
            .fold(0.0, f64::max)
    };
    words.iter().map(nearest).sum::<f64>() / words.len() as f64
}

/// 1 minus the edit distance of two words as a share of the longer one; two neighbouring letters that are swapped count as
/// one edit.
fn word_similarity(word: &str, other: &str) -> f64 {
    let longer = word.chars().count().max(other.chars().count());
    1.0 - osa_distance(word, other) as f64 / longer.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_may_be_misspelt_at_its_beginning_or_its_end() {
        assert_eq!(search_texts(&["popesku"]), ["pope", "esku"]);
        assert_eq!(
            search_texts(&["ion", "popa"]),
            ["ion pop", "ion opa"],
            "three letters are no part"
        );
    }

    #[test]
    fn a_letter_that_differs_is_near_and_another_name_is_not() {
        assert!(similarity(&["ion", "popesku"], "ion popescu") >= MIN_SIMILARITY);
        assert!(similarity(&["popsecu"], "ion popescu") >= MIN_SIMILARITY);
        assert!(similarity(&["popesku"], "ion ionescu") < MIN_SIMILARITY);
    }
}
