//! Searches by SQLite's trigram index. A word is looked up by some of its trigrams: the search condition decides in the
//! end, and each further trigram costs a scan of all leads that contain it.

use std::cell::RefCell;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::Conn;
use crate::error::Result;
use crate::i18n::fold_name;
use crate::leads::domain::sort::LeadSort;

/// The most ids that are read and sorted.
const MAX_IDS: i64 = 1_000;
/// The most ids where reading the sort's index would take long: matches are sparse, or equal names or values lie
/// together.
const MAX_SPARSE_IDS: i64 = 4_000;
/// The most leads that may be read from the sort's index to fill a page.
const MAX_SCANNED: i64 = 4_000;
/// How many leads are read to give a lower bound of a search's matches.
const SAMPLE_SIZE: usize = 300;
/// The most trigrams of one query.
const MAX_TRIGRAMS: usize = 16;

/// The ids that the trigram index found for a search, kept for the page, the count and the states of one request.
#[derive(Default)]
pub struct TrigramSearch(RefCell<Option<CachedIds>>);

struct CachedIds {
    query: String,
    limit: i64,
    ids: Vec<i64>,
}

impl TrigramSearch {
    /// The first ids that match the query, one more than `limit` if there are more.
    fn find_ids(&self, conn: &mut Conn, query: &str, limit: i64) -> Result<Vec<i64>> {
        if let Some(cached) = &*self.0.borrow()
            && cached.query == query
            && (cached.limit > limit || cached.ids.len() as i64 <= cached.limit)
        {
            let first = cached.ids.iter().take(limit as usize + 1);
            return Ok(first.copied().collect());
        }
        let ids: Vec<i64> = sql::<BigInt>("select rowid from lead_search where lead_search match ")
            .bind::<Text, _>(query)
            .sql(&format!(" limit {}", limit + 1))
            .load(conn)?;
        self.0.replace(Some(CachedIds {
            query: query.to_owned(),
            limit,
            ids: ids.clone(),
        }));
        Ok(ids)
    }

    /// The ids that may match a search, if they are few enough to read each.
    pub fn few_ids(
        &self,
        conn: &mut Conn,
        q: &str,
        sort: LeadSort,
        per_page: i64,
    ) -> Result<Option<Vec<i64>>> {
        let Some(query) = trigram_query(q) else {
            return Ok(None);
        };
        let mut limit = match sort {
            LeadSort::CreatedAt => MAX_IDS,
            _ => MAX_SPARSE_IDS,
        };
        let mut ids = self.find_ids(conn, &query, limit)?;
        if limit < MAX_SPARSE_IDS && is_sparse(&ids, limit, per_page) {
            limit = MAX_SPARSE_IDS;
            ids = self.find_ids(conn, &query, limit)?;
        }
        Ok((ids.len() as i64 <= limit).then_some(ids))
    }

    /// A sample of the ids that may match a search; the newest leads if it is too short for a trigram.
    pub fn sample_ids(&self, conn: &mut Conn, q: &str) -> Result<Vec<i64>> {
        let mut ids = match trigram_query(q) {
            Some(query) => self.find_ids(conn, &query, MAX_IDS)?,
            None => newest_ids(conn)?,
        };
        ids.truncate(SAMPLE_SIZE);
        Ok(ids)
    }
}

/// True if the sort's index would give too many leads that don't match. Ids grow with time, so the distance between the
/// first matches is an estimate.
fn is_sparse(ids: &[i64], limit: i64, per: i64) -> bool {
    let last = ids.last().copied().unwrap_or(0);
    ids.len() as i64 > limit && last / limit * per > MAX_SCANNED
}

/// The ids of the newest leads, as a sample.
pub fn newest_ids(conn: &mut Conn) -> Result<Vec<i64>> {
    let query = format!(
        "select id from leads where deleted_at is null order by created_at desc, id desc limit {SAMPLE_SIZE}"
    );
    Ok(sql::<BigInt>(&query).load(conn)?)
}

/// The full-text query for all words of a search: adjacent trigrams and the last one of each word; nothing if all words
/// are shorter.
pub fn trigram_query(q: &str) -> Option<String> {
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

    #[test]
    fn a_walk_is_long_where_the_first_matches_lie_far_apart() {
        let every = |step: i64| -> Vec<i64> { (1..=1_001).map(|n| n * step).collect() };
        assert!(!is_sparse(&every(40), 1_000, 20));
        assert!(is_sparse(&every(900), 1_000, 20));
        assert!(!is_sparse(&every(900)[..900], 1_000, 20));
    }
}
