//! Stretches of leads by status and clock, and how many there are by status: what the board and the stuck list are
//! made of. One trip for all statuses, and never further along an index than is shown or counted.

use diesel::dsl::{SqlTypeOf, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::list::{Against, Boxed, filtered, standing};
use super::route::{Route, route};
use super::row::{COLUMNS, Columns, Row};
use crate::db::schema::leads;
use crate::db::{Conn, Part, Union};
use crate::error::Result;
use crate::leads::{Lead, Listing, State};

/// The most queries in one union: SQLite joins only so many.
const JOINED: usize = 200;

/// A stretch of the leads of one status, in the order of their clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    pub status_id: i64,
    /// Just after (or backwards, before) this clock and id; nothing means from the end where it begins.
    pub from: Option<(i64, i64)>,
    /// The newest clock first.
    pub is_backward: bool,
}

/// The leads of one status and currency that match, as far as they were counted.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Tally {
    pub status_id: i64,
    pub currency: String,
    pub leads: i64,
    /// The sum of their values in minor units.
    pub cents: i64,
    pub stuck: i64,
    pub at_risk: i64,
}

/// Up to `limit` leads of each slice that match the filters, whatever status the filters name.
pub fn slices(
    conn: &mut Conn,
    listing: &Listing,
    against: Against,
    slices: &[Slice],
    limit: i64,
) -> Result<Vec<Lead>> {
    let route = among(conn, listing, against)?;
    let mut found = Vec::new();
    for chunk in slices.chunks(JOINED) {
        let parts = chunk.iter().map(|slice| {
            let query = filtered(&of_status(listing, slice.status_id), against, &route);
            Part::plain(stretch(query, slice).limit(limit).select(COLUMNS))
        });
        let rows: Vec<Row> = Union::<_, SqlTypeOf<Columns>>::all(parts.collect()).load(conn)?;
        found.extend(rows.into_iter().map(Lead::from));
    }
    Ok(found)
}

/// The few that match one of the filters, where they are few; else the indexes by clock lead the way.
fn among(conn: &mut Conn, listing: &Listing, against: Against) -> Result<Route> {
    let anywhere = Listing {
        status: None,
        ..listing.clone()
    };
    Ok(match route(conn, &anywhere, against)? {
        Route::Along => Route::Free,
        other => other,
    })
}

fn of_status(listing: &Listing, status_id: i64) -> Listing {
    Listing {
        status: Some(status_id),
        ..listing.clone()
    }
}

fn stretch<'a>(mut query: Boxed<'a>, slice: &Slice) -> Boxed<'a> {
    if let Some((clock, id)) = slice.from {
        let than = if slice.is_backward { "<" } else { ">" };
        // As a row value, which both databases seek by.
        let beyond = format!("(leads.clock_from, leads.id) {than} ({clock}, {id})");
        query = query.filter(sql::<Bool>(&beyond));
    }
    match slice.is_backward {
        true => query.order((leads::clock_from.desc(), leads::id.desc())),
        false => query.order((leads::clock_from, leads::id)),
    }
}

/// How many leads of each of these statuses match, worth how much, and how many are stuck and at risk; of each status
/// at most `most` and one more are looked at.
pub fn tally(
    conn: &mut Conn,
    listing: &Listing,
    against: Against,
    ids: &[i64],
    most: i64,
) -> Result<Vec<Tally>> {
    type Types = (BigInt, Text, BigInt, BigInt, BigInt, BigInt);
    let route = among(conn, listing, against)?;
    let mut found = Vec::new();
    for chunk in ids.chunks(JOINED) {
        let parts = chunk.iter().map(|id| Part {
            before: counting(*id, against),
            inner: filtered(&of_status(listing, *id), against, &route)
                .limit(most + 1)
                .select((
                    leads::status_id,
                    leads::currency,
                    leads::value_cents,
                    leads::clock_from,
                    leads::paused_until,
                )),
            // Under the name of the table, so that the one predicate reads alike inside and outside.
            after: ") as leads group by leads.status_id, leads.currency".to_owned(),
        });
        let rows: Vec<Tally> = Union::<_, Types>::all(parts.collect()).load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

fn counting(id: i64, against: Against) -> String {
    let count = |state| {
        let stands = standing(state, Some(id), against, "");
        format!("cast(sum(case when {stands} then 1 else 0 end) as bigint)")
    };
    format!(
        "select leads.status_id, leads.currency, count(*), cast(coalesce(sum(leads.value_cents), 0) as bigint), \
         {}, {} from (",
        count(State::Stuck),
        count(State::AtRisk)
    )
}
