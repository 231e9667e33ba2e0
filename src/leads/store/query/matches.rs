//! All leads of a list, where they are few: then sorting, counting and distributing them needs no further query.

use std::rc::Rc;

use diesel::sql_types::{BigInt, Nullable, Text};

use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::store::query::access_path::{holds_filter, index_ranges};
use crate::leads::store::query::candidates::{Candidates, MAX_FEW};
use crate::leads::store::query::conditions::conditions;
use crate::leads::store::query::counts::count_entries;
use crate::leads::store::query::index_range::{IndexRange, leads_with_ids};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::match_cache::{LeadMatch, Matches, SmallestRange};
use crate::leads::store::query::range_sizes::size_of;

/// The most leads that are read at once for pages that show some of each status, and for orders that no index of a filter
/// holds: 20 ms.
pub const MAX_MANY: i64 = 10_000;

/// The sizes up to which ranges are counted to find the smallest, in entries: counting 8,000 takes 0.3 ms.
const COMPARED_SIZES: [i64; 3] = [8_000, 32_000, 200_000];

/// The entries of an index that are read while one row is looked up by its id.
pub const ENTRIES_PER_ROW: i64 = 15;

/// The entries that are looked for among candidates while the row of one candidate is read: in the order of their ids.
const ENTRIES_PER_CANDIDATE: i64 = 8;

type MatchColumns = (
    BigInt,
    BigInt,
    BigInt,
    BigInt,
    Nullable<BigInt>,
    BigInt,
    Text,
    BigInt,
);
const MATCH_COLUMNS: &str =
    "id, status_id, status_since, clock_from, paused_until, created_at, currency, value_key";

impl LeadQuery {
    /// All leads of a list, if one of its filters leaves few.
    pub fn few_matches(&self, conn: &mut Conn, filter: &LeadFilter) -> Result<Option<Matches>> {
        if let Some(cached) = self.cache.matches(filter, 0) {
            return Ok(cached);
        }
        let few = self.find_few(conn, filter)?.map(Rc::from);
        self.cache.insert_matches(filter, 0, few.clone());
        Ok(few)
    }

    fn find_few(&self, conn: &mut Conn, filter: &LeadFilter) -> Result<Option<Vec<LeadMatch>>> {
        if !filter.unreadable.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let few = self.candidates(conn, filter)?.filter(Candidates::are_few);
        if let Some(few) = few {
            return self.matches_among(conn, filter, &few.first_ids).map(Some);
        }
        if matches!(conn, Conn::Postgres(_))
            && let Some(found) = self.range_of_search(conn, filter)?
            && found.size <= Some(MAX_FEW * ENTRIES_PER_ROW)
        {
            let condition = conditions(&found.remaining(filter), self);
            let select = found.rows(conn, MATCH_COLUMNS, &condition);
            return Ok(Some(select.load::<MatchColumns, _>(conn)?));
        }
        for range in index_ranges(filter, self) {
            if size_of(conn, &range, MAX_FEW)? <= MAX_FEW {
                let select = range.select(conn, MATCH_COLUMNS, &conditions(filter, self));
                return Ok(Some(select.load::<MatchColumns, _>(conn)?));
            }
        }
        Ok(None)
    }

    /// All leads of a list, if there are at most `limit`. Reads the smallest range, to its end if there are fewer.
    pub fn matches_up_to(
        &self,
        conn: &mut Conn,
        filter: &LeadFilter,
        limit: i64,
    ) -> Result<Option<Matches>> {
        if let Some(cached) = self.cache.matches(filter, limit) {
            return Ok(cached);
        }
        if self.is_above(conn, filter, limit)? {
            return Ok(None);
        }
        let select = self.select_matching(conn, filter, MATCH_COLUMNS)?;
        let select = select.sql(" limit ").number(limit + 1);
        let matches: Vec<LeadMatch> = select.load::<MatchColumns, _>(conn)?;
        let is_all = matches.len() as i64 <= limit;
        let matches = is_all.then(|| Rc::from(matches));
        self.cache.insert_matches(filter, limit, matches.clone());
        Ok(matches)
    }

    /// True if the entries of the smallest range tell that a list has more than `limit` leads, beside a search because it
    /// is frequent: they are counted in less time than leads are read. On PostgreSQL never.
    fn is_above(&self, conn: &mut Conn, filter: &LeadFilter, limit: i64) -> Result<bool> {
        let smallest = self.smallest_range(conn, filter)?;
        let is_few = smallest.size.is_some_and(|size| size <= limit);
        let has_candidates = smallest.candidates.is_some() || smallest.range.index.is_none();
        if matches!(conn, Conn::Postgres(_)) || is_few || has_candidates {
            return Ok(false);
        }
        let conditions = conditions(&filter.without_words(), self);
        let entries = smallest.entries(conn, "1 as entry", &conditions);
        Ok(count_entries(conn, entries.sql(" limit ").number(limit + 1))? > limit)
    }

    /// The matches among these ids.
    pub fn matches_among(
        &self,
        conn: &mut Conn,
        filter: &LeadFilter,
        ids: &[i64],
    ) -> Result<Vec<LeadMatch>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let select = SqlText::new(format!("select {MATCH_COLUMNS} from "))
            .then(leads_with_ids(conn, ids))
            .sql(" and ")
            .then(conditions(filter, self));
        Ok(select.load::<MatchColumns, _>(conn)?)
    }

    /// `columns` of all leads of a list, from the smallest range, in no order.
    pub(super) fn select_matching(
        &self,
        conn: &mut Conn,
        filter: &LeadFilter,
        columns: &str,
    ) -> Result<SqlText> {
        let smallest = self.smallest_range(conn, filter)?;
        let condition = conditions(&smallest.remaining(filter), self);
        Ok(smallest.rows(conn, columns, &condition))
    }

    /// The candidates of a search on SQLite, to be looked up by their ids.
    fn range_of_candidates(
        &self,
        conn: &mut Conn,
        filter: &LeadFilter,
    ) -> Result<Option<SmallestRange>> {
        let candidates = self.candidates(conn, filter)?;
        let condition = candidates.and_then(|all| all.condition());
        let size = |count: i64| count * ENTRIES_PER_CANDIDATE;
        Ok(condition.map(|(is_candidate, count)| SmallestRange::by_id(is_candidate, size(count))))
    }

    /// The smallest of the ranges that hold all matches.
    pub(super) fn smallest_range(
        &self,
        conn: &mut Conn,
        filter: &LeadFilter,
    ) -> Result<SmallestRange> {
        if let Some(cached) = self.cache.range(filter) {
            return Ok(cached);
        }
        let mut smallest = smallest_of(conn, filter, index_ranges(filter, self))?;
        let searched = match conn {
            Conn::Sqlite(_) => self.range_of_candidates(conn, filter)?,
            Conn::Postgres(_) => self.range_of_search(conn, filter)?,
        };
        if let Some(searched) = searched {
            if smallest.size.is_none_or(|size| searched.size < Some(size)) {
                smallest = searched;
            } else if matches!(conn, Conn::Sqlite(_)) {
                smallest.candidates = searched.range.parts.into_iter().next();
            }
        }
        self.cache.insert_range(filter, smallest.clone());
        Ok(smallest)
    }
}

/// The smallest of these ranges, of which there is one or more, or if none is small the first that holds the filter.
fn smallest_of(
    conn: &mut Conn,
    filter: &LeadFilter,
    mut ranges: Vec<IndexRange>,
) -> Result<SmallestRange> {
    let compared = match conn {
        Conn::Sqlite(_) if ranges.len() > 1 => COMPARED_SIZES.as_slice(),
        Conn::Sqlite(_) => &COMPARED_SIZES[COMPARED_SIZES.len() - 1..],
        // An estimate, beyond which the order is read.
        Conn::Postgres(_) => &[128_000],
    };
    let holds = |conn: &Conn, range: &IndexRange| holds_filter(conn, range, filter);
    for &max in compared {
        let mut smallest = None;
        for (index, range) in ranges.iter().enumerate() {
            let limit = smallest.map_or(max, |(_, size)| size);
            let per_entry = if holds(conn, range) {
                1
            } else {
                ENTRIES_PER_ROW
            };
            let size = size_of(conn, range, limit / per_entry)? * per_entry;
            if size <= limit {
                smallest = Some((index, size));
            }
            // Counting the others would take longer than reading this one.
            if size <= COMPARED_SIZES[0] {
                break;
            }
        }
        if let Some((index, size)) = smallest {
            return Ok(SmallestRange::new(ranges.swap_remove(index), Some(size)));
        }
    }
    let first = ranges.iter().position(|range| holds(conn, range));
    let first = ranges.swap_remove(first.unwrap_or(0));
    Ok(SmallestRange::new(first, None))
}
