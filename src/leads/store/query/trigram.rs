//! Searches, with the help of SQLite's trigram index. A word is looked up by some of its trigrams: the search condition
//! decides in the end, and each further trigram costs a scan of all leads that contain it.

use diesel::sql_types::{BigInt, Text};

use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::domain::text::PHONE_KEY_DIGITS;
use crate::leads::store::query::candidates::{Candidates, MAX_FEW, newest_ids};
use crate::leads::store::query::counts::last_id;
use crate::leads::store::query::index_range::leads_with_ids;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::search::{Search, Term, all_of};

/// The most candidates that are looked up. Beyond, one of twenty among a million leads is a candidate, and a search
/// that reads them in the order of a list soon has a page.
pub const MAX_CANDIDATES: i64 = 50_000;
/// The most trigrams of one query.
const MAX_TRIGRAMS: usize = 16;

impl LeadQuery {
    /// The candidates of a search; nothing without one, and on PostgreSQL, which uses its index by itself.
    pub(super) fn candidates(
        &self,
        conn: &mut Conn,
        filter: &LeadFilter,
    ) -> Result<Option<Candidates>> {
        if filter.q.is_empty() || matches!(conn, Conn::Postgres(_)) {
            return Ok(None);
        }
        let cached = self.cached_candidates.borrow().clone();
        let cached = cached.filter(|candidates| candidates.is_in_bin == filter.is_in_bin);
        if cached.is_some() {
            return Ok(cached);
        }
        let candidates = find_candidates(conn, &self.search, filter.is_in_bin)?;
        self.cached_candidates.replace(Some(candidates.clone()));
        Ok(Some(candidates))
    }
}

fn find_candidates(conn: &mut Conn, search: &Search, is_in_bin: bool) -> Result<Candidates> {
    let found = |select, first_ids: Vec<i64>, count| Candidates {
        is_in_bin,
        select,
        first_ids: first_ids.into(),
        count,
    };
    let terms = rare_terms(conn, &search.terms)?;
    let mut select = select_candidates(&terms, is_in_bin);
    if select.is_none() {
        let newest = newest_ids(conn)?;
        if is_frequent(conn, &terms, &newest)? {
            return Ok(found(None, newest, None));
        }
        let short = short_word_query(conn, &terms)?;
        select = (!short.is_empty()).then(|| select_full_text(short));
    }
    let first = select.clone();
    let first = first.map(|select| select.sql(" limit ").number(MAX_FEW + 1));
    let first = first.map(|first| first.load::<BigInt, _>(conn));
    let first_ids: Vec<i64> = first.transpose()?.unwrap_or_default();
    let count = estimate_count(conn, &first_ids)?;
    Ok(found(select, first_ids, count))
}

/// The number of candidates, if the others are as frequent as the first ones; nothing if they are too many.
fn estimate_count(conn: &mut Conn, first_ids: &[i64]) -> Result<Option<i64>> {
    let count = first_ids.len() as i64;
    let Some(last) = first_ids.iter().max().filter(|_| count > MAX_FEW) else {
        return Ok(Some(count));
    };
    let estimated = count * last_id(conn)?.max(*last) / last;
    Ok((estimated <= MAX_CANDIDATES).then_some(estimated))
}

/// The query of the ids that may have all terms: by those that only the texts of leads have, else by the texts or the
/// owner. Nothing if no term has a trigram.
fn select_candidates(terms: &[Term], is_in_bin: bool) -> Option<SqlText> {
    let of_texts = terms.iter().filter(|term| term.owners.is_empty());
    if let Some(query) = full_text_query(of_texts) {
        return Some(select_full_text(query));
    }
    let owners = terms.iter().flat_map(|term| term.owners.iter().copied());
    let of_owners = match is_in_bin {
        true => "leads indexed by leads_bin where deleted_at is not null",
        false => "leads indexed by leads_owner_created_at where deleted_at is null",
    };
    let select = select_full_text(full_text_query(terms)?);
    let select = select.sql(format!(
        " union all select id from {of_owners} and owner_id in "
    ));
    Some(select.then(SqlText::row(owners)))
}

/// The terms that are not frequent, or all if all are: to look up a trigram that all leads have takes 8 ms among a million.
fn rare_terms(conn: &mut Conn, terms: &[Term]) -> Result<Vec<Term>> {
    let mut rare = Vec::new();
    if terms.len() > 1 {
        let newest = newest_ids(conn)?;
        for term in terms.chunks(1) {
            if !is_frequent(conn, term, &newest)? {
                rare.extend_from_slice(term);
            }
        }
    }
    Ok(if rare.is_empty() {
        terms.to_vec()
    } else {
        rare
    })
}

/// True if one of ten of these leads has the terms. The trigrams that begin with a frequent letter take 150 ms to look up
/// among a million leads.
fn is_frequent(conn: &mut Conn, terms: &[Term], ids: &[i64]) -> Result<bool> {
    let count = SqlText::new("select count(*) from ").then(leads_with_ids(conn, ids));
    let count = count
        .sql(" and ")
        .then(all_of(terms))
        .load::<BigInt, i64>(conn)?;
    Ok(count.into_iter().sum::<i64>() * 10 >= ids.len() as i64)
}

/// The query of the ids that a full-text query finds.
pub fn select_full_text(query: String) -> SqlText {
    SqlText::new("select rowid from lead_search where lead_search match ").text(query)
}

/// The full-text query for terms of which some have a trigram: adjacent trigrams and the last one of each word; nothing if
/// all words are shorter.
pub fn full_text_query<'a>(terms: impl IntoIterator<Item = &'a Term>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for term in terms {
        let is_phone = term.phone.is_some();
        let words = term.words.iter();
        let words = words.flat_map(|word| trigrams_of(word, is_phone));
        let words: Vec<String> = words.collect();
        match &term.phone {
            None => parts.extend(words),
            Some(digits) => {
                let digits = trigrams_of(&format!("{digits}\n"), true).join(" AND ");
                let either = [words.join(" AND "), digits];
                let either = either.iter().filter(|query| !query.is_empty());
                let either: Vec<String> = either.map(|query| format!("({query})")).collect();
                parts.push(format!("({})", either.join(" OR ")));
            }
        }
    }
    parts.truncate(MAX_TRIGRAMS);
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

/// The trigrams that cover a word. Many numbers begin alike, so that of a whole telephone number is left out: looking it up
/// takes 15 ms among a million leads, and the others 1 ms.
fn trigrams_of(word: &str, is_phone: bool) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let Some(last) = letters.len().checked_sub(3) else {
        return Vec::new();
    };
    let starts = (0..last).step_by(3).chain([last]);
    let first = usize::from(is_phone && letters.len() >= PHONE_KEY_DIGITS);
    let starts = starts.skip(first);
    let trigram = |pos: usize| letters[pos..pos + 3].iter().collect::<String>();
    starts.map(|pos| quoted(&trigram(pos))).collect()
}

/// The full-text query for words of one or two letters: for each any of the trigrams that begin with it, of which every
/// occurrence has one, since search keys end with two line breaks. Empty if there is no lead with one of the words.
fn short_word_query(conn: &mut Conn, terms: &[Term]) -> Result<String> {
    let mut alternatives = Vec::new();
    for word in terms.iter().flat_map(|term| &term.words) {
        let select = SqlText::new("select term from lead_search_terms where term >= ")
            .text(word.clone())
            .sql(" and term < ")
            .text(format!("{word}\u{10ffff}"));
        let terms: Vec<String> = select.load::<Text, _>(conn)?;
        if terms.is_empty() {
            return Ok(String::new());
        }
        let quoted: Vec<String> = terms.iter().map(|term| quoted(term)).collect();
        alternatives.push(format!("({})", quoted.join(" OR ")));
    }
    Ok(alternatives.join(" AND "))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_looked_up_by_trigrams_that_cover_it() {
        let full_text = |q: &str| full_text_query(&Search::parse(q).terms);
        let query = |q: &str| full_text(q).unwrap_or_default();
        assert_eq!(query("Ana"), r#""ana""#);
        assert_eq!(query("Pope"), r#""pop" AND "ope""#);
        assert_eq!(query("Ștefan"), r#""ste" AND "fan""#);
        assert_eq!(query("Ana de la Popa"), r#""ana" AND "pop" AND "opa""#);
        assert_eq!(query(r#"a"b OR"#), r#""a""b""#);
        assert_eq!(full_text("de la"), None);
        assert_eq!(
            query(&"abc".repeat(40)).matches("AND").count(),
            MAX_TRIGRAMS - 1
        );
    }

    #[test]
    fn a_telephone_number_is_looked_up_as_it_was_typed_or_by_its_end() {
        let query = full_text_query(&Search::parse("0722 123456").terms);
        let words = r#""072" AND "722" AND "123" AND "456""#;
        let end = "\"123\" AND \"456\" AND \"56\n\"";
        assert_eq!(query, Some(format!("(({words}) OR ({end}))")));
    }

    #[test]
    fn an_owner_is_looked_up_only_where_no_other_word_is() {
        let mut search = Search::parse("radu acme");
        search.terms[0].owners = vec![7];
        let select = select_candidates(&search.terms, false);
        assert_eq!(
            select,
            Some(select_full_text(r#""acm" AND "cme""#.to_owned()))
        );
        search.terms.truncate(1);
        let select = format!("{:?}", select_candidates(&search.terms, false));
        assert!(select.contains("owner_id in "), "{select}");
    }
}
