//! The rows of a move, written for up to [`CHUNK`] leads at once.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::write::stamp;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{leads, visits};
use crate::error::Result;
use crate::leads::{Lead, Move};

/// A lead that begins in a status at an instant, with a new clock and without a pause.
macro_rules! begun {
    ($to:expr, $at:expr) => {
        (
            leads::status_id.eq($to),
            leads::status_since.eq($at),
            leads::clock_from.eq($at),
            leads::paused_until.eq(None::<Timestamp>),
            leads::pause_reason.eq(""),
        )
    };
}

/// The rows of a move of one lead, whose visit ends at an instant and whose next begins at another, or where the last
/// one began. What the functions below do to many is done here by statements that the database keeps prepared: a
/// change of a lead fires triggers, and preparing those takes longer than running them.
pub fn move_one(
    conn: &mut Conn,
    actor: &Actor,
    lead: &Lead,
    order: &Move,
    left_at: Timestamp,
    entered_at: Option<Timestamp>,
) -> Result<()> {
    diesel::update(
        visits::table
            .filter(visits::lead_id.eq(lead.id))
            .filter(visits::left_at.is_null()),
    )
    .set((
        visits::left_at.eq(Some(left_at)),
        visits::next_status_id.eq(Some(order.to)),
        visits::clock_from.eq(Some(stood(lead, left_at))),
    ))
    .execute(conn)?;
    diesel::insert_into(visits::table)
        .values((
            visits::lead_id.eq(lead.id),
            visits::status_id.eq(order.to),
            visits::entered_at.eq(entered_at.unwrap_or(lead.status_since)),
            visits::via.eq(order.via.as_str()),
            visits::actor.eq(&actor.name),
            visits::actor_id.eq(actor.user_id),
            visits::reason.eq(order.reason.as_str()),
            visits::note.eq(order.note.as_str()),
            visits::recorded_at.eq(actor.now),
        ))
        .execute(conn)?;
    let target = leads::table.filter(leads::id.eq(lead.id));
    match entered_at {
        Some(at) => diesel::update(target)
            .set((begun!(order.to, at), stamp!(actor)))
            .execute(conn)?,
        None => diesel::update(target)
            .set((leads::status_id.eq(order.to), stamp!(actor)))
            .execute(conn)?,
    };
    Ok(())
}

/// Where the clock of a lead stood at an instant: what is left of a pause is taken off.
fn stood(lead: &Lead, at: Timestamp) -> Timestamp {
    let left = lead.paused_until.map_or(0, |until| (until.0 - at.0).max(0));
    Timestamp(lead.clock_from.0 - left).max(lead.status_since)
}

/// Ends the open visit of each lead, and keeps where its clock stood: what is left of a pause is taken off. Whoever
/// waited for others may be earlier than what they did, but no clock begins before its visit.
pub fn close_visits(conn: &mut Conn, ids: &[i64], left_at: Timestamp, to: i64) -> Result<()> {
    let now = left_at.0;
    let stood =
        format!("clock_from - case when paused_until > {now} then paused_until - {now} else 0 end");
    let clock = format!(
        "(select case when {stood} < status_since then status_since else {stood} end \
         from leads where leads.id = visits.lead_id)"
    );
    diesel::update(
        visits::table
            .filter(visits::lead_id.eq_any(ids.to_vec()))
            .filter(visits::left_at.is_null()),
    )
    .set((
        visits::left_at.eq(Some(left_at)),
        visits::next_status_id.eq(Some(to)),
        visits::clock_from.eq(sql::<Nullable<BigInt>>(&clock)),
    ))
    .execute(conn)?;
    Ok(())
}

/// Begins a visit of each lead: at an instant, or where its last one began.
pub fn open_visits(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[i64],
    order: &Move,
    entered_at: Option<Timestamp>,
) -> Result<()> {
    let entered = match entered_at {
        Some(at) => at.0.to_string(),
        None => "leads.status_since".to_owned(),
    };
    let rows = leads::table
        .filter(leads::id.eq_any(ids.to_vec()))
        .order(leads::id)
        .select((
            leads::id,
            order.to.into_sql::<BigInt>(),
            sql::<BigInt>(&entered),
            order.via.as_str().into_sql::<Text>(),
            actor.name.as_str().into_sql::<Text>(),
            actor.user_id.into_sql::<Nullable<BigInt>>(),
            order.reason.as_str().into_sql::<Text>(),
            order.note.as_str().into_sql::<Text>(),
            actor.now.0.into_sql::<BigInt>(),
        ));
    diesel::insert_into(visits::table)
        .values(rows)
        .into_columns((
            visits::lead_id,
            visits::status_id,
            visits::entered_at,
            visits::via,
            visits::actor,
            visits::actor_id,
            visits::reason,
            visits::note,
            visits::recorded_at,
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts the leads themselves into their new status: with a new clock from an instant on, or with age, clock and
/// pause as they were.
pub fn enter(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[i64],
    to: i64,
    entered_at: Option<Timestamp>,
) -> Result<()> {
    let target = leads::table.filter(leads::id.eq_any(ids.to_vec()));
    match entered_at {
        Some(at) => diesel::update(target)
            .set((begun!(to, at), stamp!(actor)))
            .execute(conn)?,
        None => diesel::update(target)
            .set((leads::status_id.eq(to), stamp!(actor)))
            .execute(conn)?,
    };
    Ok(())
}
