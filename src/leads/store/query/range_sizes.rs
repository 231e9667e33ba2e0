//! The sizes of ranges, which reads of SQLite share for some seconds. They choose how a list is read; what it shows doesn't
//! depend on them.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use diesel::sql_types::{BigInt, Text};
use parking_lot::Mutex;

use crate::db::{Conn, SqlText, shared_read_cache};
use crate::error::{Error, Result};
use crate::leads::store::query::index_range::IndexRange;

/// How long a size is used.
const MAX_AGE: Duration = Duration::from_secs(10);

/// The most sizes in the cache; when it is full, it is emptied.
const MAX_SIZES: usize = 1_000;

/// Entries that PostgreSQL counts, in 1 ms; counting 128,000 takes 50, an estimate 0.3.
const MAX_COUNTED: i64 = 2_000;

/// Entries of a state that PostgreSQL counts, in 6 ms: it takes status and clock for independent, and estimated 871 leads
/// where 128,570 were on track.
const MAX_COUNTED_OF_STATE: i64 = 16_000;

/// A cache of sizes.
#[derive(Default)]
struct RangeSizes(Mutex<HashMap<IndexRange, CountedSize>>);

/// Entries that were counted up to a limit.
struct CountedSize {
    at: Instant,
    /// One more than `limit` if there are more.
    size: i64,
    limit: i64,
}

impl RangeSizes {
    fn get(&self, range: &IndexRange, limit: i64) -> Option<i64> {
        let sizes = self.0.lock();
        let entry = sizes.get(range)?;
        let is_enough = entry.limit >= limit || entry.size <= entry.limit;
        let is_young = entry.at.elapsed() < MAX_AGE;
        (is_enough && is_young).then(|| entry.size.min(limit + 1))
    }

    fn insert(&self, range: &IndexRange, size: i64, limit: i64) {
        let mut sizes = self.0.lock();
        if sizes.len() >= MAX_SIZES {
            sizes.clear();
        }
        let at = Instant::now();
        sizes.insert(range.clone(), CountedSize { at, size, limit });
    }
}

/// The number of entries in a range, or one more than `limit` if there are more. PostgreSQL estimates large numbers.
pub fn size_of(conn: &mut Conn, range: &IndexRange, limit: i64) -> Result<i64> {
    let sizes = shared_read_cache::<RangeSizes>(conn);
    if let Some(cached) = sizes.as_ref().and_then(|sizes| sizes.get(range, limit)) {
        return Ok(cached);
    }
    let size = match conn {
        Conn::Postgres(_) => count_or_estimate(conn, range, limit)?,
        Conn::Sqlite(_) => count(conn, range, limit)?,
    };
    if let Some(sizes) = sizes {
        sizes.insert(range, size, limit);
    }
    Ok(size)
}

fn count_or_estimate(conn: &mut Conn, range: &IndexRange, limit: i64) -> Result<i64> {
    let is_state = range.parts.len() > 1;
    if !is_state && limit > MAX_COUNTED {
        return Ok(estimate(conn, range)?.min(limit + 1));
    }
    let max = limit.min(MAX_COUNTED_OF_STATE);
    let counted = count(conn, range, max)?;
    Ok(match counted <= max || max == limit {
        true => counted,
        false => estimate(conn, range)?.clamp(counted, limit + 1),
    })
}

fn count(conn: &mut Conn, range: &IndexRange, limit: i64) -> Result<i64> {
    let entries = range.select(conn, "1 as entry", &SqlText::new("1 = 1"));
    let count = SqlText::new("select count(*) from (")
        .then(entries)
        .sql(" limit ")
        .number(limit + 1)
        .sql(") as entries");
    let counted: Vec<i64> = count.load::<BigInt, _>(conn)?;
    Ok(counted.into_iter().sum())
}

/// The number of rows in a range by the statistics of PostgreSQL.
fn estimate(conn: &mut Conn, range: &IndexRange) -> Result<i64> {
    let entries = range.select(conn, "1 as entry", &SqlText::new("1 = 1"));
    let explain = SqlText::new("explain (format json) ").then(entries);
    let plans: Vec<String> = explain.load::<Text, _>(conn)?;
    let plan: serde_json::Value = serde_json::from_str(&plans.concat()).map_err(Error::internal)?;
    let rows = plan.pointer("/0/Plan/Plan Rows");
    rows.and_then(serde_json::Value::as_i64)
        .ok_or_else(|| Error::internal("the plan of a query has no number of rows"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_serves_limits_that_it_tells_something_about() {
        let sizes = RangeSizes::default();
        let range = |id| IndexRange::by_id(SqlText::new("id = ").number(id));
        sizes.insert(&range(1), 30, 100);
        assert_eq!(sizes.get(&range(1), 500), Some(30));
        assert_eq!(sizes.get(&range(1), 20), Some(21));
        sizes.insert(&range(2), 101, 100);
        assert_eq!(sizes.get(&range(2), 100), Some(101));
        assert_eq!(sizes.get(&range(2), 50), Some(51));
        assert_eq!(sizes.get(&range(2), 101), None);
        assert_eq!(sizes.get(&range(3), 1), None);
    }
}
