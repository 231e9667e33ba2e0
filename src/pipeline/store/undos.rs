//! Changes that are taken back in steps: their progress, and what was left as it is.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{change_undo_left, change_undos};
use crate::error::Result;
use crate::pipeline::domain::undo::{LeftThing, MAX_NAMED, Undo};

/// The columns of an undo, in the order of the table.
type UndoColumns = (
    i64,
    i64,
    i64,
    String,
    String,
    i64,
    Timestamp,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    Option<Timestamp>,
);

fn undo_of(row: UndoColumns) -> Undo {
    Undo {
        id: row.0,
        change_id: row.1,
        user_id: row.2,
        actor: row.3,
        request_id: row.4,
        batch_id: row.5,
        started_at: row.6,
        position: row.7,
        done: row.8,
        total: row.9,
        binned: row.10,
        restored: row.11,
        left_alone: row.12,
        finished_at: row.13,
    }
}

/// Inserts an undo; its id is ignored.
///
/// # Errors
/// [`crate::error::Error::Conflict`] if the change has one already.
pub fn insert(conn: &mut Conn, undo: &Undo) -> Result<()> {
    diesel::insert_into(change_undos::table)
        .values((
            change_undos::change_id.eq(undo.change_id),
            change_undos::user_id.eq(undo.user_id),
            change_undos::actor.eq(&undo.actor),
            change_undos::request_id.eq(&undo.request_id),
            change_undos::batch_id.eq(undo.batch_id),
            change_undos::started_at.eq(undo.started_at),
            change_undos::position.eq(undo.position),
            change_undos::done.eq(undo.done),
            change_undos::total.eq(undo.total),
            change_undos::binned.eq(undo.binned),
            change_undos::restored.eq(undo.restored),
            change_undos::left_alone.eq(undo.left_alone),
            change_undos::finished_at.eq(undo.finished_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The undos of these changes.
pub fn of_changes(conn: &mut Conn, changes: &[i64]) -> Result<Vec<Undo>> {
    let rows: Vec<UndoColumns> = change_undos::table
        .filter(change_undos::change_id.eq_any(changes.to_vec()))
        .load(conn)?;
    Ok(rows.into_iter().map(undo_of).collect())
}

/// The unfinished undo after `last`, or else the first.
pub fn next(conn: &mut Conn, last: i64) -> Result<Option<i64>> {
    Ok(change_undos::table
        .filter(change_undos::finished_at.is_null())
        .order((change_undos::id.le(last), change_undos::id))
        .select(change_undos::id)
        .first(conn)
        .optional()?)
}

/// Locks an unfinished undo until the transaction ends. Nothing if it is finished or another server has locked it.
pub fn lock(conn: &mut Conn, id: i64) -> Result<Option<Undo>> {
    let open = change_undos::table
        .find(id)
        .filter(change_undos::finished_at.is_null());
    let row: Option<UndoColumns> = match conn {
        Conn::Sqlite(conn) => open.first(conn).optional()?,
        Conn::Postgres(conn) => open.for_update().skip_locked().first(conn).optional()?,
    };
    Ok(row.map(undo_of))
}

/// Stores the progress after a step, and what the step left as it is.
pub fn advance(conn: &mut Conn, undo: &Undo, left: &[LeftThing]) -> Result<()> {
    let named = undo.left_alone - left.len() as i64;
    for thing in left.iter().take((MAX_NAMED - named).max(0) as usize) {
        diesel::insert_into(change_undo_left::table)
            .values((
                change_undo_left::undo_id.eq(undo.id),
                change_undo_left::thing.eq(&thing.thing),
                change_undo_left::thing_id.eq(thing.id),
                change_undo_left::name.eq(&thing.name),
                change_undo_left::reason.eq(thing.reason.to_json()?),
            ))
            .execute(conn)?;
    }
    diesel::update(change_undos::table.find(undo.id))
        .set((
            change_undos::position.eq(undo.position),
            change_undos::done.eq(undo.done),
            change_undos::binned.eq(undo.binned),
            change_undos::restored.eq(undo.restored),
            change_undos::left_alone.eq(undo.left_alone),
            change_undos::finished_at.eq(undo.finished_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The first things that an undo left as they are.
pub fn left(conn: &mut Conn, undo: i64) -> Result<Vec<LeftThing>> {
    let rows: Vec<(String, i64, String, String)> = change_undo_left::table
        .filter(change_undo_left::undo_id.eq(undo))
        .order(change_undo_left::id)
        .select((
            change_undo_left::thing,
            change_undo_left::thing_id,
            change_undo_left::name,
            change_undo_left::reason,
        ))
        .load(conn)?;
    let stored = |(thing, id, name, reason): (String, i64, String, String)| {
        Some(LeftThing {
            thing,
            id,
            name,
            reason: serde_json::from_str(&reason).ok()?,
        })
    };
    Ok(rows.into_iter().filter_map(stored).collect())
}
