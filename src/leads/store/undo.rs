//! Writes that take an import back.

use diesel::prelude::*;

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::schema::{leads, visits};
use crate::db::{Conn, insert_rows};
use crate::error::Result;
use crate::leads::domain::former_history::{FormerHistory, FormerVisit};
use crate::leads::domain::pause::PauseEnd;
use crate::leads::store::many_rows;
use crate::leads::store::row::EntryColumns;
use crate::leads::store::write::{pause_columns, stamp};

/// The history and the pause that a lead had before.
pub struct FormerState<'a> {
    pub lead_id: i64,
    pub history: &'a FormerHistory,
    pub pause: Option<PauseEnd>,
    pub pause_reason: &'a str,
}

/// Replaces the histories of leads by former ones.
pub fn restore_histories(conn: &mut Conn, actor: &Actor, states: &[FormerState]) -> Result<()> {
    let ids: Vec<i64> = states.iter().map(|state| state.lead_id).collect();
    many_rows::delete_visits(conn, actor, &ids)?;
    let row = |lead_id: i64, visit: &FormerVisit| {
        (
            visits::lead_id.eq(lead_id),
            visits::status_id.eq(visit.status_id),
            visits::entered_at.eq(Timestamp(visit.entered_at)),
            visits::left_at.eq(visit.left_at.map(Timestamp)),
            visits::next_status_id.eq(visit.next_status_id),
            visits::clock_from.eq(visit.clock_from.map(Timestamp)),
            visits::via.eq("import"),
            visits::actor.eq(visit.actor.clone()),
            visits::actor_id.eq(visit.actor_id),
            visits::reason.eq(visit.reason.clone()),
            visits::note.eq(visit.note.clone()),
            visits::recorded_at.eq(Timestamp(visit.recorded_at)),
            EntryColumns::of(&visit.entry),
        )
    };
    let rows = states.iter().flat_map(|state| {
        let visits = state.history.visits.iter();
        visits.map(move |visit| row(state.lead_id, visit))
    });
    insert_rows!(conn, visits::table, rows);
    for state in states {
        restore_state(conn, actor, state)?;
    }
    Ok(())
}

fn restore_state(conn: &mut Conn, actor: &Actor, state: &FormerState) -> Result<()> {
    let Some(last) = state.history.visits.last() else {
        return Ok(());
    };
    diesel::update(leads::table.find(state.lead_id))
        .set((
            leads::status_id.eq(last.status_id),
            leads::status_since.eq(Timestamp(last.entered_at)),
            leads::clock_from.eq(Timestamp(state.history.clock_from)),
            pause_columns!(state.pause),
            leads::pause_reason.eq(state.pause_reason),
            leads::offer_due_at.eq(None::<Timestamp>),
            leads::created_at.eq(Timestamp(state.history.created_at)),
            stamp!(actor),
        ))
        .execute(conn)?;
    Ok(())
}
