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
use crate::leads::Move;

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
            .set((
                leads::status_id.eq(to),
                leads::status_since.eq(at),
                leads::clock_from.eq(at),
                leads::paused_until.eq(None::<Timestamp>),
                leads::pause_reason.eq(""),
                stamp!(actor),
            ))
            .execute(conn)?,
        None => diesel::update(target)
            .set((leads::status_id.eq(to), stamp!(actor)))
            .execute(conn)?,
    };
    Ok(())
}
