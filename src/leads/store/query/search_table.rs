//! The leads that PostgreSQL finds for a search: by the indexes of its table `lead_search`, and by their owners.

use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::store::query::conditions::bin_condition;
use crate::leads::store::query::index_range::IndexRange;
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::match_cache::SmallestRange;
use crate::leads::store::query::matches::ENTRIES_PER_ROW;
use crate::leads::store::query::range_sizes::size_of;
use crate::leads::store::query::search::{Term, all_of};
use crate::leads::store::query::trigram::MAX_CANDIDATES;

impl LeadQuery {
    /// The range of the leads with the words of a search; nothing without a search, and if they are too many.
    pub(super) fn range_of_search(
        &self,
        conn: &mut Conn,
        filter: &LeadFilter,
    ) -> Result<Option<SmallestRange>> {
        let found = find(&self.search.terms, filter);
        let Some(found) = found.filter(|_| !filter.q.is_empty()) else {
            return Ok(None);
        };
        let is_found = SqlText::new("id in (").then(found.select.clone()).sql(")");
        let leads = size_of(conn, &IndexRange::by_id(is_found), MAX_CANDIDATES)?;
        // As an array they are looked up first: the planner would rather read an index in its order and compare.
        let condition = SqlText::new("id = any(array(").then(found.select).sql("))");
        Ok((leads <= MAX_CANDIDATES).then(|| SmallestRange {
            has_words: found.is_exact,
            ..SmallestRange::by_id(condition, leads * ENTRIES_PER_ROW)
        }))
    }

    /// True if PostgreSQL expects more leads with the words of a search than it looks up.
    pub(super) fn has_frequent_words(&self, conn: &mut Conn, filter: &LeadFilter) -> Result<bool> {
        let is_searched = matches!(conn, Conn::Postgres(_)) && !filter.q.is_empty();
        Ok(is_searched && self.range_of_search(conn, filter)?.is_none())
    }
}

/// What PostgreSQL finds for a search.
pub struct SearchHits {
    /// The query of the ids of leads.
    pub select: SqlText,
    /// True if each of them has all terms; else some may not.
    pub is_exact: bool,
}

/// The leads with these terms; nothing without a term. Words of one or two letters have an index of their own, which is used
/// where no other word is, and owners are looked up where nothing else is.
pub fn find(terms: &[Term], filter: &LeadFilter) -> Option<SearchHits> {
    if terms.is_empty() {
        return None;
    }
    let of_texts: Vec<&Term> = terms.iter().filter(|each| each.owners.is_empty()).collect();
    let select = SqlText::new("select lead_id from lead_search where ");
    let select = if of_texts.is_empty() {
        let texts: Vec<Term> = terms.iter().map(Term::without_owners).collect();
        let owners = terms.iter().flat_map(|term| term.owners.iter().copied());
        select
            .then(all_of(&texts))
            .sql(" union all select id from leads where ")
            .then(bin_condition(filter))
            .sql(" and owner_id in ")
            .then(SqlText::row(owners))
    } else if of_texts.iter().all(|term| term.is_short()) {
        let words = of_texts.iter().flat_map(|term| &term.words);
        let words = SqlText::join(words.map(|word| SqlText::new("").text(word)), ", ");
        let select = select.sql("letters_and_pairs(search_key) @> array[");
        select.then(words).sql("]")
    } else {
        select.then(all_of(of_texts.iter().copied()))
    };
    Some(SearchHits {
        select,
        is_exact: of_texts.len() == terms.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::store::query::search::Search;

    fn select(terms: &[Term]) -> String {
        let found = find(terms, &LeadFilter::default());
        format!("{:?}", found.map(|found| found.select))
    }

    #[test]
    fn words_are_looked_up_by_three_letters_and_else_by_one_or_two() {
        let of = |q: &str| select(&Search::parse(q).terms);
        assert!(of("ana qu").contains("search_key like"));
        assert!(!of("ana qu").contains("letters_and_pairs"));
        assert!(of("q qu").contains("letters_and_pairs"));
        assert_eq!(of(""), "None");
    }

    #[test]
    fn an_owner_is_looked_up_only_where_no_other_word_is() {
        let mut search = Search::parse("radu acme");
        let is_exact = |terms: &[Term]| find(terms, &LeadFilter::default()).unwrap().is_exact;
        assert!(is_exact(&search.terms));
        search.terms[0].owners = vec![7];
        assert!(!is_exact(&search.terms));
        assert!(!select(&search.terms).contains("owner_id"));
        search.terms.truncate(1);
        assert!(select(&search.terms).contains("owner_id in "));
    }
}
