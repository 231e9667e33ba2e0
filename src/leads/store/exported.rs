//! The leads of an export, page by page along their ids.

use diesel::prelude::*;

use super::CHUNK;
use super::letters::Letters;
use super::list::{Against, by_id, count};
use super::row::{COLUMNS, Row};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{leads, visits};
use crate::error::Result;
use crate::leads::exchange::Which;
use crate::leads::{Lead, Listing};
use crate::statuses;

/// The next leads after an id, those in the bin left out, and the id to go on after; none at the end.
pub fn exported(
    conn: &mut Conn,
    which: &Which,
    after: i64,
    limit: i64,
) -> Result<(Vec<Lead>, Option<i64>)> {
    if let Which::Listed(listing, now) = which {
        return listed(conn, listing, *now, after, limit);
    }
    let query = leads::table
        .filter(leads::deleted_at.is_null())
        .filter(leads::id.gt(after))
        .order(leads::id)
        .limit(limit)
        .select(COLUMNS);
    let (rows, last): (Vec<Row>, Option<i64>) = match which {
        Which::All | Which::Listed(..) => (query.load(conn)?, None),
        Which::Ids(ids) => {
            let some = next(ids, after, limit);
            let last = some.last().copied();
            (query.filter(leads::id.eq_any(some)).load(conn)?, last)
        }
    };
    let leads: Vec<Lead> = rows.into_iter().map(Lead::from).collect();
    let last = last.or_else(|| leads.last().map(|lead| lead.id));
    Ok((leads, last))
}

/// The same for what a list shows.
fn listed(
    conn: &mut Conn,
    listing: &Listing,
    now: Timestamp,
    after: i64,
    limit: i64,
) -> Result<(Vec<Lead>, Option<i64>)> {
    if listing.is_bin {
        return Ok((Vec::new(), None));
    }
    let statuses = statuses::everything(conn)?;
    let letters = Letters::default();
    let against = Against::new(&statuses, now, &letters);
    let leads = by_id(conn, listing, against, after, limit)?;
    let last = leads.last().map(|lead| lead.id);
    Ok((leads, last))
}

/// The next ids after one: a statement takes only so many at once.
fn next(ids: &[i64], after: i64, limit: i64) -> Vec<i64> {
    let mut left: Vec<i64> = ids.iter().copied().filter(|id| *id > after).collect();
    left.sort_unstable();
    left.dedup();
    left.truncate(usize::try_from(limit).unwrap_or(CHUNK));
    left
}

/// How many leads an export tells of.
pub fn count_exported(conn: &mut Conn, which: &Which) -> Result<i64> {
    let query = leads::table.filter(leads::deleted_at.is_null()).count();
    match which {
        Which::All => Ok(query.get_result(conn)?),
        Which::Ids(ids) => Ok(ids.len() as i64),
        Which::Listed(listing, now) => {
            let statuses = statuses::everything(conn)?;
            let letters = Letters::default();
            let against = Against::new(&statuses, *now, &letters);
            count(conn, listing, against)
        }
    }
}

/// How many visits an export of visits tells of.
pub fn count_exported_visits(conn: &mut Conn, which: &Which) -> Result<i64> {
    let standing = visits::table
        .inner_join(leads::table)
        .filter(leads::deleted_at.is_null())
        .filter(visits::voided_at.is_null());
    match which {
        // A list has no visits of its own: all there are is the most there can be.
        Which::All | Which::Listed(..) => Ok(standing.count().get_result(conn)?),
        Which::Ids(ids) => {
            let mut total = 0;
            for chunk in ids.chunks(CHUNK) {
                let some = standing.filter(leads::id.eq_any(chunk.to_vec()));
                total += some.count().get_result::<i64>(conn)?;
            }
            Ok(total)
        }
    }
}
