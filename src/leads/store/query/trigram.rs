//! Searches, with the help of SQLite's trigram index. A word is looked up by some of its trigrams: the search condition decides in the
//! end, and each further trigram costs a scan of all leads that contain it.

use std::cell::RefCell;
use std::rc::Rc;

use diesel::sql_types::{BigInt, Text};

use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::i18n::{fold_name, like_pattern};
use crate::leads::store::query::index_range::among;

/// The most ids of a search that are read at once; their rows are read in 4 ms.
pub const MAX_FEW: i64 = 2_000;
/// The most hits that are counted, in 3 ms. Beyond, one of twenty among a million leads is a hit, and a search that reads
/// them in the order of a list soon has a page.
const MAX_HITS: i64 = 50_000;
/// How many leads are read to give a lower bound of a search's matches.
const SAMPLE_SIZE: usize = 300;
/// The most trigrams of one query.
const MAX_TRIGRAMS: usize = 16;

/// The leads that the trigram index finds for a search. Some may not contain the words.
#[derive(Clone)]
struct Hits {
    q: String,
    /// The full-text query; empty if a word of the search has no trigram in the index.
    query: String,
    /// The first ids, one more than are few.
    first_ids: Rc<[i64]>,
    count: HitCount,
}

/// The number of hits of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HitCount {
    Counted(i64),
    /// More than a few; counted when that is needed.
    Many,
    /// Too many to count.
    TooMany,
}

/// The hits of the last search, kept for one request.
#[derive(Default)]
pub struct TrigramSearch(RefCell<Option<Hits>>);

impl TrigramSearch {
    /// The ids that may match a search, if they are few.
    pub fn few_ids(&self, conn: &mut Conn, q: &str) -> Result<Option<Rc<[i64]>>> {
        let hits = self.hits(conn, q)?;
        let is_few =
            |hits: &Hits| matches!(hits.count, HitCount::Counted(count) if count <= MAX_FEW);
        Ok(hits.filter(is_few).map(|hits| hits.first_ids))
    }

    /// A sample of the ids that may match a search; on PostgreSQL the newest leads.
    pub fn sample_ids(&self, conn: &mut Conn, q: &str) -> Result<Vec<i64>> {
        Ok(match self.hits(conn, q)? {
            Some(hits) => hits.first_ids.iter().take(SAMPLE_SIZE).copied().collect(),
            None => newest_ids(conn)?,
        })
    }

    /// One of how many leads is a hit, judged by the first ids; nothing without a search, and on PostgreSQL.
    pub fn leads_per_hit(&self, conn: &mut Conn, q: &str) -> Result<Option<i64>> {
        let hits = self.hits(conn, q)?;
        Ok(hits.and_then(|hits| match hits.query.is_empty() {
            true => None,
            false => Some(hits.first_ids.last()? / hits.first_ids.len() as i64),
        }))
    }

    /// The condition that the index finds a lead for a search, and the number of hits; nothing if they are too many to be
    /// worth it, without a search, and on PostgreSQL, which uses its index by itself.
    pub fn condition(&self, conn: &mut Conn, q: &str) -> Result<Option<(SqlText, i64)>> {
        let Some(mut hits) = self.hits(conn, q)? else {
            return Ok(None);
        };
        if hits.count == HitCount::Many {
            hits.count = count_hits(conn, &hits.query)?;
            self.0.replace(Some(hits.clone()));
        }
        Ok(match hits.count {
            HitCount::Counted(0) => Some((SqlText::new("1 = 0"), 0)),
            HitCount::Counted(count) => {
                let found = format!("id in ({}", select_hits());
                Some((SqlText::new(found).text(hits.query).sql(")"), count))
            }
            HitCount::Many | HitCount::TooMany => None,
        })
    }

    fn hits(&self, conn: &mut Conn, q: &str) -> Result<Option<Hits>> {
        if q.is_empty() || matches!(conn, Conn::Postgres(_)) {
            return Ok(None);
        }
        let known = self.0.borrow().clone().filter(|hits| hits.q == q);
        if known.is_some() {
            return Ok(known);
        }
        let hits = find_hits(conn, q)?;
        self.0.replace(Some(hits.clone()));
        Ok(Some(hits))
    }
}

fn find_hits(conn: &mut Conn, q: &str) -> Result<Hits> {
    let mut first_ids: Vec<i64> = Vec::new();
    let query = match trigram_query(q) {
        Some(query) => query,
        None => {
            let newest = newest_ids(conn)?;
            if is_frequent(conn, q, &newest)? {
                return Ok(Hits {
                    q: q.to_owned(),
                    query: String::new(),
                    first_ids: newest.into(),
                    count: HitCount::TooMany,
                });
            }
            short_word_query(conn, q)?
        }
    };
    if !query.is_empty() {
        let first = SqlText::new(select_hits()).text(query.clone());
        let first = first.sql(" limit ").number(MAX_FEW + 1);
        first_ids = first.load::<BigInt, _>(conn)?;
    }
    let count = match first_ids.len() as i64 {
        few if few <= MAX_FEW => HitCount::Counted(few),
        _ => HitCount::Many,
    };
    Ok(Hits {
        q: q.to_owned(),
        query,
        first_ids: first_ids.into(),
        count,
    })
}

fn count_hits(conn: &mut Conn, query: &str) -> Result<HitCount> {
    let hits = SqlText::new(format!("select count(*) from ({}", select_hits()));
    let hits = hits.text(query).sql(" limit ").number(MAX_HITS + 1);
    let counted: Vec<i64> = hits.sql(")").load::<BigInt, _>(conn)?;
    Ok(match counted.into_iter().sum() {
        count if count <= MAX_HITS => HitCount::Counted(count),
        _ => HitCount::TooMany,
    })
}

/// The lead contains every word of the search. A search of nothing but accents has no word, and finds no lead.
pub fn search_condition(q: &str) -> Option<SqlText> {
    if q.is_empty() {
        return None;
    }
    let folded = fold_name(q);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    let contains = words.map(|word| {
        SqlText::new("search_key like ")
            .text(like_pattern(word))
            .sql(" escape '\\'")
    });
    let all = SqlText::join(contains, " and ");
    Some(match all == SqlText::default() {
        true => SqlText::new("1 = 0"),
        false => all,
    })
}

/// True if one of ten of these leads contains the words. The trigrams that begin with a frequent letter take 150 ms to
/// look up among a million leads.
fn is_frequent(conn: &mut Conn, q: &str, ids: &[i64]) -> Result<bool> {
    let Some(contains) = search_condition(q) else {
        return Ok(false);
    };
    let count = SqlText::new("select count(*) from ").then(among(conn, ids));
    let count = count
        .sql(" and ")
        .then(contains)
        .load::<BigInt, i64>(conn)?;
    Ok(count.into_iter().sum::<i64>() * 10 >= ids.len() as i64)
}

/// The ids of the hits, to be followed by the full-text query.
fn select_hits() -> &'static str {
    "select rowid from lead_search where lead_search match "
}

/// The ids of the newest leads, as a sample.
fn newest_ids(conn: &mut Conn) -> Result<Vec<i64>> {
    let query = format!(
        "select id from leads where deleted_at is null order by created_at desc, id desc limit {SAMPLE_SIZE}"
    );
    Ok(SqlText::new(query).load::<BigInt, _>(conn)?)
}

/// The full-text query for the words of a search that have a trigram: adjacent trigrams and the last one of each word;
/// nothing if all words are shorter.
fn trigram_query(q: &str) -> Option<String> {
    let folded = fold_name(q);
    let mut trigrams: Vec<String> = Vec::new();
    for word in folded.split(' ') {
        let letters: Vec<char> = word.chars().collect();
        let last = letters.len().checked_sub(3);
        let starts = last.into_iter().flat_map(|last| {
            let side_by_side = (0..last).step_by(3);
            side_by_side.chain([last])
        });
        trigrams.extend(starts.map(|at| quoted(&letters[at..at + 3])));
    }
    trigrams.truncate(MAX_TRIGRAMS);
    (!trigrams.is_empty()).then(|| trigrams.join(" AND "))
}

/// The full-text query for words of one or two letters: for each any of the trigrams that begin with it, of which every
/// occurrence has one, since search keys end with two line breaks. Empty if there is no lead with one of the words.
fn short_word_query(conn: &mut Conn, q: &str) -> Result<String> {
    let folded = fold_name(q);
    let mut alternatives = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let select = SqlText::new("select term from lead_search_terms where term >= ")
            .text(word)
            .sql(" and term < ")
            .text(format!("{word}\u{10ffff}"));
        let terms: Vec<String> = select.load::<Text, _>(conn)?;
        if terms.is_empty() {
            return Ok(String::new());
        }
        let quoted: Vec<String> = terms
            .iter()
            .map(|term| quoted(&term.chars().collect::<Vec<char>>()))
            .collect();
        alternatives.push(format!("({})", quoted.join(" OR ")));
    }
    Ok(alternatives.join(" AND "))
}

fn quoted(letters: &[char]) -> String {
    let text: String = letters.iter().collect();
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_looked_up_by_trigrams_that_cover_it() {
        let query = |q: &str| trigram_query(q).unwrap_or_default();
        assert_eq!(query("Ana"), r#""ana""#);
        assert_eq!(query("Pope"), r#""pop" AND "ope""#);
        assert_eq!(query("Ștefan"), r#""ste" AND "fan""#);
        assert_eq!(query("Ana de la Popa"), r#""ana" AND "pop" AND "opa""#);
        assert_eq!(query(r#"a"b OR"#), r#""a""b""#);
        assert_eq!(trigram_query("de la"), None);
        assert_eq!(
            query(&"abc".repeat(40)).matches("AND").count(),
            MAX_TRIGRAMS - 1
        );
    }
}
