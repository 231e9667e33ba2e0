//! Reads offers of leads, and where the leads went after they were accepted.

use diesel::prelude::*;

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{handoffs, leads, visits};
use crate::error::Result;
use crate::leads::OfferOutcome;

/// An offer as it is read, with the owner and the source that its lead has now.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct OfferRow {
    pub id: i64,
    pub lead_id: i64,
    pub status_id: i64,
    pub offered_at: Timestamp,
    pub due_at: Timestamp,
    /// Nothing while it is open.
    pub outcome: Option<String>,
    pub ended_at: Option<Timestamp>,
    pub reason: String,
    pub owner: Option<i64>,
    pub source: String,
}

/// The offers made from one instant up to another one, which is left out; the oldest first.
pub fn offers(conn: &mut Conn, from: Timestamp, to: Timestamp) -> Result<Vec<OfferRow>> {
    let offers = handoffs::table
        .inner_join(leads::table)
        .filter(handoffs::offered_at.ge(from))
        .filter(handoffs::offered_at.lt(to))
        .order((handoffs::offered_at, handoffs::id))
        .select((
            handoffs::id,
            handoffs::lead_id,
            handoffs::status_id,
            handoffs::offered_at,
            handoffs::due_at,
            handoffs::outcome,
            handoffs::ended_at,
            handoffs::reason,
            leads::owner_id,
            leads::source,
        ));
    Ok(offers.load(conn)?)
}

/// The id of each accepted offer that was made in that time, with each status that its lead entered within some
/// microseconds of the acceptance. Replacements of statuses and voided moves are left out.
pub fn entered_after_acceptance(
    conn: &mut Conn,
    (from, to): (Timestamp, Timestamp),
    within: i64,
) -> Result<Vec<(i64, i64)>> {
    let entered = handoffs::table
        .inner_join(visits::table.on(visits::lead_id.eq(handoffs::lead_id)))
        .filter(handoffs::offered_at.ge(from))
        .filter(handoffs::offered_at.lt(to))
        .filter(handoffs::outcome.eq(OfferOutcome::Accepted.as_str()))
        .filter(visits::entered_at.nullable().gt(handoffs::ended_at))
        .filter(
            visits::entered_at
                .nullable()
                .le(handoffs::ended_at + Some(within)),
        )
        .filter(visits::voided_at.is_null())
        .filter(visits::via.ne(Channel::Replace.as_str()))
        .select((handoffs::id, visits::status_id));
    Ok(entered.load(conn)?)
}
