//! The number of leads of a list.

use diesel::dsl::max;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use crate::clock::Timestamp;
use crate::db::schema::leads;
use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::store::query::candidates::{SAMPLE_SIZE, newest_ids};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::leads::store::query::match_cache::LeadMatch;

/// Matching leads are counted up to this number; beyond it, a list shows "5,000+".
pub const COUNT_LIMIT: i64 = 5_000;

/// The matches among so many entries are read without being counted first: more than the count limit are few of them.
const MAX_UNCOUNTED: i64 = 2 * COUNT_LIMIT;

/// Up to this many leads in all, a search reads each one to count its matches, in some 20 ms.
const MAX_SEARCHED: i64 = 20_000;

/// The columns that a lead's state depends on: its status, the start of its clock, the end of its pause.
pub type StateColumns = (i64, Timestamp, Option<Timestamp>);

/// The leads of a list, as far as they were counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatchCount {
    /// All of them.
    All(Vec<StateColumns>),
    /// At least so many.
    AtLeast(i64),
}

impl LeadQuery {
    /// The exact number of matching leads.
    pub fn count(&self, conn: &mut Conn, filter: &LeadFilter) -> Result<i64> {
        if let Some(matches) = self.few_matches(conn, filter)? {
            return Ok(matches.len() as i64);
        }
        let entries = self.select_matching(conn, filter, "1 as entry")?;
        count_entries(conn, entries)
    }

    /// The matching leads, counted up to the count limit.
    pub fn count_matches(&self, conn: &mut Conn, filter: &LeadFilter) -> Result<MatchCount> {
        if let Some(matches) = self.few_matches(conn, filter)? {
            return Ok(MatchCount::All(state_columns(&matches)));
        }
        if !filter.q.is_empty() && !filter.is_in_bin && is_large(conn)? {
            return self.count_sample(conn, filter);
        }
        let limit = SqlText::new(" limit ").number(COUNT_LIMIT + 1);
        let smallest = self.smallest_range(conn, filter)?;
        if smallest.size.is_none_or(|size| size > MAX_UNCOUNTED) {
            let entries = self.select_matching(conn, filter, "1 as entry")?;
            if count_entries(conn, entries.then(limit.clone()))? > COUNT_LIMIT {
                return Ok(MatchCount::AtLeast(COUNT_LIMIT));
            }
        }
        let columns = "status_id, clock_from, paused_until";
        let rows = self.select_matching(conn, filter, columns)?.then(limit);
        let rows: Vec<StateColumns> = rows.load::<(BigInt, BigInt, Nullable<BigInt>), _>(conn)?;
        Ok(match rows.len() as i64 > COUNT_LIMIT {
            true => MatchCount::AtLeast(COUNT_LIMIT),
            false => MatchCount::All(rows),
        })
    }

    /// A lower bound of the matches of a search: those in a sample of the leads that may match; on PostgreSQL of the newest.
    fn count_sample(&self, conn: &mut Conn, filter: &LeadFilter) -> Result<MatchCount> {
        let ids = match self.candidates(conn, filter)? {
            Some(all) => all.first_ids,
            None => newest_ids(conn)?.into(),
        };
        let sample = &ids[..ids.len().min(SAMPLE_SIZE)];
        let matches = self.matches_among(conn, filter, sample)?;
        Ok(MatchCount::AtLeast(matches.len() as i64))
    }
}

/// The columns of these leads that their states depend on.
fn state_columns(matches: &[LeadMatch]) -> Vec<StateColumns> {
    let columns = |lead: &LeadMatch| (lead.status_id, lead.clock_from, lead.paused_until);
    matches.iter().map(columns).collect()
}

pub(super) fn count_entries(conn: &mut Conn, entries: SqlText) -> Result<i64> {
    let count = SqlText::new("select count(*) from (")
        .then(entries)
        .sql(") as entries");
    let counted: Vec<i64> = count.load::<BigInt, _>(conn)?;
    Ok(counted.into_iter().sum())
}

/// True if there are more leads than can always be counted at once.
pub fn is_large(conn: &mut Conn) -> Result<bool> {
    Ok(last_id(conn)? > MAX_SEARCHED)
}

/// The id of the newest lead; 0 without any.
pub fn last_id(conn: &mut Conn) -> Result<i64> {
    let last: Option<i64> = leads::table.select(max(leads::id)).first(conn)?;
    Ok(last.unwrap_or(0))
}
