//! The writes of a move, for up to 500 leads at once.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::schema::{leads, visits};
use crate::db::{Conn, columns_of, load_prepared, on_either};
use crate::error::{Error, Result};
use crate::leads::domain::judgement::EntryRecord;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::pause::PauseEnd;
use crate::leads::store::row::{EntryColumns, LeadRow};
use crate::leads::store::write::{clock_sql, pause_columns, stamp};

/// The values of leads that enter a status: with a time, a new clock and no pause; when their offer is due; and their
/// last note.
macro_rules! moved {
    ($actor:expr, $change:expr, $entered_at:expr) => {
        (
            leads::status_id.eq($change.to),
            leads::offer_due_at.eq($change.offer.map(|offer| offer.due_at($actor.now))),
            $entered_at.map(|at: Timestamp| {
                (
                    leads::status_since.eq(at),
                    leads::clock_from.eq(at),
                    pause_columns!(None::<PauseEnd>),
                    leads::pause_reason.eq(""),
                )
            }),
            (!$change.note.is_empty()).then(|| {
                (
                    leads::last_note.eq($change.note.as_str()),
                    leads::last_note_at.eq(Some($actor.now)),
                )
            }),
            stamp!($actor),
        )
    };
}

/// The values of [`EntryColumns`] in a query.
macro_rules! entry_values {
    ($columns:expr) => {{
        let columns = $columns;
        (
            columns.definition_version.into_sql::<Nullable<Integer>>(),
            columns.override_reason.into_sql::<Nullable<Text>>(),
            columns.confirmed.into_sql::<Nullable<Text>>(),
            columns.evidence.into_sql::<Nullable<Text>>(),
            columns.unmet.into_sql::<Nullable<Text>>(),
        )
    }};
}

/// Writes the move of one lead: its visit ends at `left_at`, and the next begins at `entered_at` or, without one, where
/// the last one began. Returns the lead as it is then. The functions below do this for many leads; the statements here
/// stay prepared.
pub fn write_move(
    conn: &mut Conn,
    actor: &Actor,
    lead: &Lead,
    change: &Move,
    left_at: Timestamp,
    entered_at: Option<Timestamp>,
    entry: &EntryRecord,
) -> Result<Lead> {
    let open_visit = visits::table
        .filter(visits::lead_id.eq(lead.id))
        .filter(visits::left_at.is_null());
    let end = diesel::update(open_visit).set((
        visits::left_at.eq(Some(left_at)),
        visits::next_status_id.eq(Some(change.to)),
        visits::clock_from.eq(Some(clock_at(lead, left_at))),
    ));
    let _: Vec<i64> = load_prepared(conn, end.returning(visits::id))?;
    on_either!(conn, conn => diesel::insert_into(visits::table)
        .values((
            visits::lead_id.eq(lead.id),
            visits::status_id.eq(change.to),
            visits::entered_at.eq(entered_at.unwrap_or(lead.status_since)),
            visits::via.eq(change.channel.as_str()),
            visits::actor.eq(&actor.name),
            visits::actor_id.eq(actor.user_id),
            visits::reason.eq(change.reason.as_str()),
            visits::note.eq(change.note.as_str()),
            visits::recorded_at.eq(actor.now),
            EntryColumns::of(entry),
        ))
        .execute(conn))?;
    let update = diesel::update(leads::table.find(lead.id)).set(moved!(actor, change, entered_at));
    let update = update.returning(columns_of::<LeadRow>());
    let after: Option<LeadRow> = load_prepared(conn, update)?.pop();
    after.map(Lead::from).ok_or(Error::NotFound)
}

/// As [`clock_sql`], for a lead that was read.
fn clock_at(lead: &Lead, at: Timestamp) -> Timestamp {
    let remaining = lead.paused_until.map_or(0, |until| (until.0 - at.0).max(0));
    Timestamp(lead.clock_from.0 - remaining).max(lead.status_since)
}

/// Ends the open visit of each lead and keeps its clock without the rest of a pause.
pub fn close_visits(conn: &mut Conn, ids: &[i64], left_at: Timestamp, to: i64) -> Result<()> {
    let clock = clock_sql(left_at, 0);
    let clock = format!("(select {clock} from leads where leads.id = visits.lead_id)");
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

/// Begins a visit of each lead at `entered_at` or, without one, where its last visit began.
pub fn open_visits(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[i64],
    change: &Move,
    entered_at: Option<Timestamp>,
    entry: &EntryRecord,
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
            change.to.into_sql::<BigInt>(),
            sql::<BigInt>(&entered),
            change.channel.as_str().into_sql::<Text>(),
            actor.name.as_str().into_sql::<Text>(),
            actor.user_id.into_sql::<Nullable<BigInt>>(),
            change.reason.as_str().into_sql::<Text>(),
            change.note.as_str().into_sql::<Text>(),
            actor.now.0.into_sql::<BigInt>(),
            entry_values!(EntryColumns::of(entry)),
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
            columns_of::<EntryColumns>(),
        ))
        .execute(conn)?;
    Ok(())
}

/// Sets the status of leads: with a new clock from `entered_at` on or, without it, with age, clock and pause kept.
pub fn set_status(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[i64],
    change: &Move,
    entered_at: Option<Timestamp>,
) -> Result<()> {
    diesel::update(leads::table.filter(leads::id.eq_any(ids.to_vec())))
        .set(moved!(actor, change, entered_at))
        .execute(conn)?;
    Ok(())
}
