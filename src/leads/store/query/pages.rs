//! Pages and ids of a list.

use diesel::dsl::SqlTypeOf;
use diesel::sql_types::BigInt;

use crate::db::{Conn, SqlText, column_list};
use crate::error::Result;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::sort::LeadSort;
use crate::leads::store::find_many;
use crate::leads::store::query::access_path::{OrderedRange, holds_filter, ordered_range};
use crate::leads::store::query::conditions::conditions;
use crate::leads::store::query::index_range::{IndexRange, leads_with_ids};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::match_cache::LeadMatch;
use crate::leads::store::query::matches::MAX_MANY;
use crate::leads::store::query::order::Order;
use crate::leads::store::query::trigram::MAX_FEW;
use crate::leads::store::row::{LeadColumns, LeadRow};
use crate::records::filter_value::SearchText;

/// The entries of an index in which a page is looked for first, in less than 3 ms. A page that isn't found there has
/// few matches, or they are far from the beginning.
const FIRST_ENTRIES: i64 = 20_000;
/// The first entries where each needs a read of its row: for a search with too many candidates to look them up, and where
/// the index doesn't hold the filter.
const FIRST_ROWS: i64 = 4_000;
/// The first entries for a search whose candidates are looked up, which takes longer than reading these.
const FIRST_ENTRIES_OF_CANDIDATES: i64 = 100_000;

impl LeadQuery {
    /// One page of a list, and one row more if another page follows in the direction of reading.
    pub fn page(&self, conn: &mut Conn, listing: &Listing) -> Result<Vec<Lead>> {
        if let Some(ids) = self.overdue_ids(conn, listing)? {
            return self.page_among(conn, listing, &ids);
        }
        let filter = &listing.filter;
        let ordered = ordered_range(filter, listing.sort.key, self);
        if ordered.is_exact {
            return self.page_in_order(conn, listing, &ordered);
        }
        if let Some(matches) = self.few_matches(conn, filter)? {
            return self.page_of_matches(conn, listing, &matches);
        }
        if self.has_frequent_candidates(conn, listing)?
            && let Some(page) = self.page_of_first(conn, listing, &ordered, FIRST_ROWS, None)?
        {
            return Ok(page);
        }
        let candidates = self.candidate_condition(conn, &listing.filter)?;
        let is_candidate = candidates.map(|(condition, _)| condition);
        let entries = match &is_candidate {
            Some(_) => FIRST_ENTRIES_OF_CANDIDATES,
            None if filter.q.is_empty() && holds_filter(conn, &ordered.range, filter) => {
                FIRST_ENTRIES
            }
            None => FIRST_ROWS,
        };
        match self.page_of_first(conn, listing, &ordered, entries, is_candidate)? {
            Some(page) => Ok(page),
            None => self.page_of_distant(conn, listing, &ordered),
        }
    }

    /// True for a search whose candidates are so frequent that the first entries of the order hold a whole page. Looking up
    /// all candidates takes 8 ms if one of 20 leads is one, among 100,000 leads; reading entries until a page is full, 0.5.
    fn has_frequent_candidates(&self, conn: &mut Conn, listing: &Listing) -> Result<bool> {
        let any_words = LeadFilter {
            q: SearchText::default(),
            ..listing.filter.clone()
        };
        if !ordered_range(&any_words, listing.sort.key, self).is_exact {
            return Ok(false);
        }
        let per_candidate = self.leads_per_candidate(conn, &listing.filter)?;
        let entries = per_candidate.map(|leads| leads * (listing.per_page + 1) * 2);
        Ok(entries.is_some_and(|entries| entries <= FIRST_ROWS))
    }

    /// A page that is found in the first entries of the order; nothing if they have fewer rows.
    fn page_of_first(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        ordered: &OrderedRange,
        entries: i64,
        is_candidate: Option<SqlText>,
    ) -> Result<Option<Vec<Lead>>> {
        let order = Order::of_page(listing);
        let behind = match listing.position.cursor() {
            Some(cursor) => order.after(cursor),
            None => SqlText::new("1 = 1"),
        };
        let end = order.position_of(conn, &ordered.range, &behind, entries)?;
        let mut condition = self.after_cursor(listing, is_candidate);
        if let Some(end) = &end {
            condition = condition.sql(" and ").then(order.up_to(end));
        }
        let page = page_of_range(conn, listing, &ordered.range, &condition)?;
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
        let ids = self.ids_by_offset(conn, listing, offset)?;
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
                let is_large = self.smallest_range(conn, filter)?.size.is_none();
                let matching = match ordered.is_exact || (is_large && !filter.q.is_empty()) {
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

    /// The ids of one page of a list, by its offset.
    fn ids_by_offset(&self, conn: &mut Conn, listing: &Listing, offset: i64) -> Result<Vec<i64>> {
        let (select, terms) = self.select_ids(conn, listing)?;
        let select = select
            .sql(format!(" order by {terms} limit "))
            .number(listing.per_page)
            .sql(" offset ")
            .number(offset);
        Ok(select.load::<BigInt, _>(conn)?)
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
        let condition = match few {
            Some(matches) if matches.is_empty() => return Ok(Vec::new()),
            Some(matches) => leads_with_ids(conn, &ids_of(&matches)),
            None => SqlText::new(leads_where(conn)).then(conditions(filter, self)),
        };
        let condition = condition.sql(" and id > ").number(after);
        let condition = condition.sql(" order by id limit ").number(limit);
        load_rows(conn, condition)
    }

    /// The rows of a page in a range of the order, wherever they are.
    fn page_in_order(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        ordered: &OrderedRange,
    ) -> Result<Vec<Lead>> {
        let candidates = self.candidate_condition(conn, &listing.filter)?;
        let is_candidate = candidates.map(|(condition, _)| condition);
        let condition = self.after_cursor(listing, is_candidate);
        page_of_range(conn, listing, &ordered.range, &condition)
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

    /// The rows of a page among the leads with these ids, which all match.
    fn page_among(&self, conn: &mut Conn, listing: &Listing, ids: &[i64]) -> Result<Vec<Lead>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut select =
            SqlText::new(format!("select {} from ", columns()?)).then(leads_with_ids(conn, ids));
        if let Some(cursor) = listing.position.cursor() {
            let after = Order::of_page(listing).after(cursor);
            select = select.sql(" and ").then(after);
        }
        load_page(conn, select, listing)
    }

    /// A page that is not among the first entries of its order: the matches are few, or far from its beginning. The
    /// smallest range is sorted, if that takes less than reading the order to the page.
    fn page_of_distant(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        ordered: &OrderedRange,
    ) -> Result<Vec<Lead>> {
        let filter = &listing.filter;
        let smallest = self.smallest_range(conn, filter)?;
        let is_small = smallest.size.is_some();
        let is_covered = !matches!(listing.sort.key, LeadSort::Name | LeadSort::UpdatedAt);
        let is_shorter = is_small || !holds_filter(conn, &ordered.range, filter);
        if is_shorter && is_covered && smallest.range.index.is_some() && filter.q.is_empty() {
            return self.sorted_page(conn, listing, &smallest.range);
        }
        let limit = if is_small { MAX_MANY } else { MAX_FEW };
        match self.matches_up_to(conn, filter, limit)? {
            Some(matches) => self.page_of_matches(conn, listing, &matches),
            None => self.page_in_order(conn, listing, ordered),
        }
    }

    /// A page among all leads of a range, whose index holds the key of the sort.
    fn sorted_page(
        &self,
        conn: &mut Conn,
        listing: &Listing,
        range: &IndexRange,
    ) -> Result<Vec<Lead>> {
        let order = Order::of_page(listing);
        let columns = format!("{}, id", order.column());
        let condition = self.after_cursor(listing, None);
        let entries = range.select(conn, &columns, &condition);
        let select = SqlText::new("select id from (")
            .then(entries)
            .sql(format!(") as entries order by {} limit ", order.terms()))
            .number(listing.per_page + 1);
        let ids: Vec<i64> = select.load::<BigInt, _>(conn)?;
        self.page_among(conn, listing, &ids)
    }

    /// The conditions of a list and of the position of its page.
    fn after_cursor(&self, listing: &Listing, is_candidate: Option<SqlText>) -> SqlText {
        let cursor = listing.position.cursor();
        let behind = cursor.map(|cursor| Order::of_page(listing).after(cursor));
        let all = [
            behind,
            is_candidate,
            Some(conditions(&listing.filter, self)),
        ];
        SqlText::join(all.into_iter().flatten(), " and ")
    }
}

/// The table, to be read by id, before a condition.
fn leads_where(conn: &Conn) -> &'static str {
    match conn {
        Conn::Sqlite(_) => "leads not indexed where ",
        Conn::Postgres(_) => "leads where ",
    }
}

/// The ids of these matches.
pub fn ids_of(matches: &[LeadMatch]) -> Vec<i64> {
    matches.iter().map(|lead| lead.id).collect()
}

/// The columns of a lead.
pub fn columns() -> Result<String> {
    Ok(column_list::<LeadRow>()?)
}

/// The leads of `from`, which follows the word of that name.
fn load_rows(conn: &mut Conn, from: SqlText) -> Result<Vec<Lead>> {
    let select = SqlText::new(format!("select {} from ", columns()?)).then(from);
    load_leads(conn, select)
}

/// The leads of a query for the columns of leads.
pub fn load_leads(conn: &mut Conn, select: SqlText) -> Result<Vec<Lead>> {
    let rows: Vec<LeadRow> = select.load::<SqlTypeOf<LeadColumns>, _>(conn)?;
    Ok(rows.into_iter().map(Lead::from).collect())
}

/// The rows of a page in the index of its order.
fn page_of_range(
    conn: &mut Conn,
    listing: &Listing,
    range: &IndexRange,
    condition: &SqlText,
) -> Result<Vec<Lead>> {
    let columns = columns()?;
    let select = match conn {
        Conn::Sqlite(_) => range.select(conn, &columns, condition),
        // PostgreSQL compares the other columns of an index with filters only where it needs no row at all.
        Conn::Postgres(_) => SqlText::new(format!("select {columns} from leads where id in ("))
            .then(first_of_order(range.select(conn, "id", condition), listing))
            .sql(")"),
    };
    load_page(conn, select, listing)
}

fn load_page(conn: &mut Conn, select: SqlText, listing: &Listing) -> Result<Vec<Lead>> {
    load_leads(conn, first_of_order(select, listing))
}

/// The first rows of a query in the order of a page, one more than it shows.
fn first_of_order(select: SqlText, listing: &Listing) -> SqlText {
    let terms = Order::of_page(listing).terms();
    let select = select.sql(format!(" order by {terms} limit "));
    select.number(listing.per_page + 1)
}
