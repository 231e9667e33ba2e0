//! Pages and ids of a list.

use diesel::sql_types::BigInt;

use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::sort::LeadSort;
use crate::leads::store::find_many;
use crate::leads::store::query::access_path::{holds_filter, holds_key, ordered_range};
use crate::leads::store::query::candidates::MAX_FEW;
use crate::leads::store::query::conditions::conditions;
use crate::leads::store::query::counts::last_id;
use crate::leads::store::query::index_range::{IndexRange, leads_with_ids};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::match_cache::{LeadMatch, SmallestRange};
use crate::leads::store::query::matches::MAX_MANY;
use crate::leads::store::query::order::Order;
use crate::leads::store::query::page_rows::{
    columns, load_leads, load_page, page_of_ids, page_of_range,
};

/// The entries of an index in which a page is looked for first, in less than 3 ms. A page that isn't found there has
/// few matches, or they are far from the beginning.
const FIRST_ENTRIES: i64 = 20_000;
/// The first entries where each needs a read of its row: for a search with too many candidates to look them up, and where
/// the index doesn't hold the filter.
const FIRST_ROWS: i64 = 4_000;
/// The rows of a range that are compared with a search in less time than all leads in the order of creation.
const MAX_SCATTERED: i64 = 100_000;
/// The part of the time for sorting all candidates in which the order is read before.
const ENTRIES_BEFORE_SORTING: i64 = 4;
/// So many pages of sorted candidates are compared with a search.
const COMPARED_PAGES: i64 = 4;
/// So many pages of a sorted range are compared with a search that one of ten or twenty leads has.
const SEARCHED_PAGES: i64 = 40;

impl LeadQuery {
    /// One page of a list, and one row more if another page follows in the direction of reading.
    pub fn page(&self, conn: &mut Conn, listing: &Listing) -> Result<Vec<Lead>> {
        if let Some(ids) = self.overdue_ids(conn, listing)? {
            return self.page_among(conn, listing, &ids);
        }
        let filter = &listing.filter;
        let ordered = ordered_range(filter, listing.sort.key, self);
        if ordered.is_exact {
            let condition = self.after_cursor(listing, filter);
            return page_of_range(conn, listing, &ordered.range, &condition);
        }
        let ordered = ordered.range;
        if let Some(matches) = self.few_matches(conn, filter)? {
            return self.page_of_matches(conn, listing, &matches);
        }
        if self.has_frequent_candidates(conn, listing)?
            && let Some(page) = self.page_of_first(conn, listing, &ordered, FIRST_ROWS, None)?
        {
            return Ok(page);
        }
        let candidates = self.candidates(conn, filter)?;
        let is_candidate = candidates.and_then(|all| Some(all.condition()?.0));
        let entries = match is_candidate {
            Some(_) => self.entries_with_page(conn, listing)?,
            None if filter.q.is_empty() && holds_filter(conn, &ordered, filter) => FIRST_ENTRIES,
            None => FIRST_ROWS,
        };
        if entries > 0
            && let Some(page) =
                self.page_of_first(conn, listing, &ordered, entries, is_candidate)?
        {
            return Ok(page);
        }
        self.page_of_distant(conn, listing, &ordered)
    }

    /// The entries of the order that are read for the candidates of a search, if that takes less than sorting those in the
    /// smallest range: as many as are likely to have two pages. 0 if it takes longer.
    fn entries_with_page(&self, conn: &mut Conn, listing: &Listing) -> Result<i64> {
        let smallest = self.smallest_range(conn, &listing.filter)?;
        let size = smallest.size.unwrap_or_default();
        if smallest.candidates.is_none() {
            return Ok(size / ENTRIES_BEFORE_SORTING);
        }
        let candidates = self.candidates(conn, &listing.filter)?;
        let per_candidate = candidates.and_then(|all| all.leads_per_candidate());
        let per_match = per_candidate.unwrap_or_default() * last_id(conn)? / size.max(1);
        let entries = per_match * (listing.per_page + 1) * 2;
        Ok(if entries <= size / 2 { entries } else { 0 })
    }

    /// True for a search whose candidates are so frequent that the first entries of the order hold a whole page. Looking up
    /// all candidates takes 8 ms if one of 20 leads is one, among 100,000 leads; reading entries until a page is full, 0.5.
    fn has_frequent_candidates(&self, conn: &mut Conn, listing: &Listing) -> Result<bool> {
        let any_words = listing.filter.without_words();
        if !ordered_range(&any_words, listing.sort.key, self).is_exact {
            return Ok(false);
        }
        let candidates = self.candidates(conn, &listing.filter)?;
        let per_candidate = candidates.and_then(|all| all.leads_per_candidate());
        let entries = per_candidate.map(|leads| leads * (listing.per_page + 1) * 2);
        Ok(entries.is_some_and(|entries| entries <= FIRST_ROWS))
    }

    /// A page that is found in the first entries of the order; nothing if they have fewer rows.
    fn page_of_first(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        ordered: &IndexRange,
        entries: i64,
        is_candidate: Option<SqlText>,
    ) -> Result<Option<Vec<Lead>>> {
        let order = Order::of_page(listing);
        let cursor = listing.position.cursor();
        let behind = cursor.map_or(SqlText::new("1 = 1"), |cursor| order.after(cursor));
        let end = order.position_of(conn, ordered, &behind, entries)?;
        let page = match conn {
            Conn::Sqlite(_) => {
                let up_to = end.as_ref().map(|end| order.up_to(end));
                let rest = self.after_cursor(listing, &listing.filter);
                let all = up_to.into_iter().chain(is_candidate).chain([rest]);
                page_of_range(conn, listing, ordered, &SqlText::join(all, " and "))?
            }
            Conn::Postgres(_) => {
                // Its planner sees by a limit that few entries are read, but not by a bound.
                let first = ordered.select(conn, "*", &behind);
                let terms = order.terms_in(conn, ordered);
                let first = first.sql(format!(" order by {terms} limit "));
                let first = SqlText::new("select id from (").then(first.number(entries));
                let rest = conditions(&listing.filter, self);
                page_of_ids(conn, listing, first.sql(") as leads where ").then(rest))?
            }
        };
        let is_found = end.is_none() || page.len() as i64 > listing.per_page;
        Ok(is_found.then_some(page))
    }

    /// One page of a list, by its offset.
    pub fn page_by_offset(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        offset: i64,
    ) -> Result<Vec<Lead>> {
        let (select, terms) = self.select_ids(conn, listing)?;
        let select = select
            .sql(format!(" order by {terms} limit "))
            .number(listing.per_page)
            .sql(" offset ")
            .number(offset);
        let ids: Vec<i64> = select.load::<BigInt, _>(conn)?;
        let mut leads = find_many(conn, &ids)?;
        leads.sort_by_key(|lead| ids.iter().position(|id| *id == lead.id));
        Ok(leads)
    }

    /// The ids of all matching leads, ascending; if there are more than `limit`, some of them.
    pub fn ids(&self, conn: &mut Conn, filter: &LeadFilter, limit: i64) -> Result<Vec<i64>> {
        let mut ids: Vec<i64> = match self.few_matches(conn, filter)? {
            Some(matches) => ids_of(&matches),
            None => {
                let ordered = ordered_range(filter, LeadSort::CreatedAt, self);
                // The rows that a search compares lie together in the order of creation.
                let smallest = self.smallest_range(conn, filter)?;
                let is_scattered = smallest.range.index.is_some()
                    && smallest.candidates.is_none()
                    && smallest.size.is_none_or(|size| size > MAX_SCATTERED);
                let matching = match ordered.is_exact || (is_scattered && !filter.q.is_empty()) {
                    true => ordered.range.select(conn, "id", &conditions(filter, self)),
                    false => self.select_matching(conn, filter, "id")?,
                };
                let matching = matching.sql(" limit ").number(limit);
                matching.load::<BigInt, _>(conn)?
            }
        };
        ids.sort_unstable();
        Ok(ids)
    }

    /// The query of the ids of a list, and the terms to sort it by.
    fn select_ids(&self, conn: &mut Conn, listing: &Listing) -> Result<(SqlText, String)> {
        let filter = &listing.filter;
        let order = Order::of(listing.sort);
        let ordered = ordered_range(filter, listing.sort.key, self);
        if !ordered.is_exact {
            if let Some(matches) = self.few_matches(conn, filter)? {
                let ids = leads_with_ids(conn, &ids_of(&matches));
                return Ok((SqlText::new("select id from ").then(ids), order.terms()));
            }
            if self.smallest_range(conn, filter)?.size.is_some()
                || (filter.q.is_empty() && !holds_filter(conn, &ordered.range, filter))
            {
                let columns = format!("{}, id", order.column());
                let matching = self.select_matching(conn, filter, &columns)?;
                let select = SqlText::new("select id from (").then(matching);
                return Ok((select.sql(") as matching"), order.terms()));
            }
        }
        let select = ordered.range.select(conn, "id", &conditions(filter, self));
        Ok((select, order.terms_in(conn, &ordered.range)))
    }

    /// Up to `limit` matching leads with ids above `after`, by id. For reading all of them in parts.
    pub fn page_by_id(
        &self,
        conn: &mut Conn,
        filter: &LeadFilter,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Lead>> {
        let few = match self.few_matches(conn, filter)? {
            None if !filter.is_in_bin => self.matches_up_to(conn, filter, MAX_FEW)?,
            few => few,
        };
        let (columns, after) = (columns()?, SqlText::new("id > ").number(after));
        let select = match few {
            Some(matches) if matches.is_empty() => return Ok(Vec::new()),
            Some(matches) => SqlText::new(format!("select {columns} from "))
                .then(leads_with_ids(conn, &ids_of(&matches)))
                .sql(" and ")
                .then(after),
            None => IndexRange::by_id(after).select(conn, &columns, &conditions(filter, self)),
        };
        load_leads(conn, select.sql(" order by id limit ").number(limit))
    }

    /// The rows of a page among all matches. If the key of the sort is known, only those rows are read.
    fn page_of_matches(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        matches: &[LeadMatch],
    ) -> Result<Vec<Lead>> {
        let ids = Order::of_page(listing).page_ids(matches, listing);
        self.page_among(conn, listing, &ids.unwrap_or_else(|| ids_of(matches)))
    }

    /// The rows of a page among the leads with these ids.
    fn page_among(&self, conn: &mut Conn, listing: &Listing, ids: &[i64]) -> Result<Vec<Lead>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let select = SqlText::new(format!("select {} from ", columns()?))
            .then(leads_with_ids(conn, ids))
            .sql(" and ")
            .then(self.after_cursor(listing, &listing.filter));
        load_page(conn, select, listing)
    }

    /// A page that is not among the first entries of its order: the matches are few, or far from its beginning. The
    /// smallest range is sorted, if that takes less than reading the order to the page.
    fn page_of_distant(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        ordered: &IndexRange,
    ) -> Result<Vec<Lead>> {
        let filter = &listing.filter;
        let smallest = self.smallest_range(conn, filter)?;
        let is_small = smallest.size.is_some();
        if (is_small || !holds_filter(conn, ordered, filter))
            && let Some(page) = self.sorted_page(conn, listing, &smallest)?
        {
            return Ok(page);
        }
        let limit = if is_small { MAX_MANY } else { MAX_FEW };
        let is_frequent = self.has_frequent_words(conn, filter)?;
        let is_few = smallest.size.is_some_and(|size| size <= limit);
        if (is_few || !is_frequent)
            && let Some(matches) = self.matches_up_to(conn, filter, limit)?
        {
            return self.page_of_matches(conn, listing, &matches);
        }
        if let Some(ids) = self.changed_ids(conn, listing)? {
            return self.page_among(conn, listing, &ids);
        }
        if is_frequent && let Some(page) = self.page_of_frequent(conn, listing, ordered)? {
            return Ok(page);
        }
        let condition = self.after_cursor(listing, filter);
        page_of_range(conn, listing, ordered, &condition)
    }

    /// A page for frequent words on PostgreSQL: the first entries of the order that meet the other filters are found by a query
    /// that needs no row, since only there filters are compared in the index; then their rows are compared with the words.
    fn page_of_frequent(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        ordered: &IndexRange,
    ) -> Result<Option<Vec<Lead>>> {
        let columns = format!("{}, id", Order::of_page(listing).column());
        let condition = self.after_cursor(listing, &listing.filter.without_words());
        let entries = ordered.select(conn, &columns, &condition);
        self.page_of_first_entries(conn, listing, entries, SEARCHED_PAGES)
    }

    /// A page among all leads of a range, if its index holds the key of the sort, or its rows are read. Where the index
    /// finds leads without the words of the search, the first are compared with them; nothing if too few match.
    fn sorted_page(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        smallest: &SmallestRange,
    ) -> Result<Option<Vec<Lead>>> {
        let filter = &listing.filter;
        let has_key = holds_key(conn, &smallest.range, listing.sort.key);
        let is_by_id = smallest.range.index.is_none();
        let has_rows = is_by_id || (!has_key && smallest.candidates.is_some());
        if !(has_key || has_rows) {
            return Ok(None);
        }
        let columns = format!("{}, id", Order::of_page(listing).column());
        let (entries, pages) = if has_rows {
            let condition = self.after_cursor(listing, &smallest.remaining(filter));
            (smallest.rows(conn, &columns, &condition), 1)
        } else {
            let condition = self.after_cursor(listing, &filter.without_words());
            let pages = match smallest.candidates {
                _ if filter.q.is_empty() => 1,
                Some(_) => COMPARED_PAGES,
                None => SEARCHED_PAGES,
            };
            (smallest.entries(conn, &columns, &condition), pages)
        };
        self.page_of_first_entries(conn, listing, entries, pages)
    }

    /// A page among the first of these entries, in so many pages of them; nothing if too few match.
    fn page_of_first_entries(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        entries: SqlText,
        pages: i64,
    ) -> Result<Option<Vec<Lead>>> {
        let max = pages * (listing.per_page + 1);
        let ids: Vec<i64> = first_ids(listing, entries, max).load::<BigInt, _>(conn)?;
        let page = self.page_among(conn, listing, &ids)?;
        let is_found = (ids.len() as i64) < max || page.len() as i64 > listing.per_page;
        Ok(is_found.then_some(page))
    }

    /// The conditions of the position of a page, and of a filter.
    pub(super) fn after_cursor(&self, listing: &Listing, filter: &LeadFilter) -> SqlText {
        let cursor = listing.position.cursor();
        let behind = cursor.map(|cursor| Order::of_page(listing).after(cursor));
        let all = [behind, Some(conditions(filter, self))];
        SqlText::join(all.into_iter().flatten(), " and ")
    }
}

/// The query of the ids of the first of these entries, in the order of a page.
pub fn first_ids(listing: &Listing, entries: SqlText, max: i64) -> SqlText {
    let terms = Order::of_page(listing).terms();
    let first = SqlText::new("select id from (").then(entries);
    let first = first.sql(format!(" order by {terms} limit ")).number(max);
    first.sql(") as entries")
}

/// The ids of these matches.
pub fn ids_of(matches: &[LeadMatch]) -> Vec<i64> {
    matches.iter().map(|lead| lead.id).collect()
}
