//! Writes that take an import back.

use diesel::prelude::*;

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::schema::{leads, visits};
use crate::db::{Conn, insert_rows};
use crate::error::Result;
use crate::leads::domain::former_history::{FormerHistory, FormerVisit};
use crate::leads::domain::pause::PauseEnd;
use crate::leads::store::batch;
use crate::leads::store::row::EntryColumns;
use crate::leads::store::write::{pause_columns, stamp};

/// The history of a lead as it was, and its pause.
pub struct FormerPlace<'a> {
    pub lead_id: i64,
    pub history: &'a FormerHistory,
    pub pause: Option<PauseEnd>,
    pub pause_reason: &'a str,
}

/// Puts former histories in the place of those that leads have.
pub fn restore_histories(conn: &mut Conn, actor: &Actor, places: &[FormerPlace]) -> Result<()> {
    let ids: Vec<i64> = places.iter().map(|place| place.lead_id).collect();
    batch::delete_visits(conn, actor, &ids)?;
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
    let rows = places.iter().flat_map(|place| {
        let visits = place.history.visits.iter();
        visits.map(move |visit| row(place.lead_id, visit))
    });
    insert_rows!(conn, visits::table, rows);
    for place in places {
        restore_place(conn, actor, place)?;
    }
    Ok(())
}

fn restore_place(conn: &mut Conn, actor: &Actor, place: &FormerPlace) -> Result<()> {
    let Some(last) = place.history.visits.last() else {
        return Ok(());
    };
    diesel::update(leads::table.find(place.lead_id))
        .set((
            leads::status_id.eq(last.status_id),
            leads::status_since.eq(Timestamp(last.entered_at)),
            leads::clock_from.eq(Timestamp(place.history.clock_from)),
            pause_columns!(place.pause),
            leads::pause_reason.eq(place.pause_reason),
            leads::offer_due_at.eq(None::<Timestamp>),
            leads::created_at.eq(Timestamp(place.history.created_at)),
            stamp!(actor),
        ))
        .execute(conn)?;
    Ok(())
}
