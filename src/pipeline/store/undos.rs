//! Changes that are taken back in steps: their progress, and the records that are skipped.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{change_undo_left, change_undos};
use crate::error::Result;
use crate::pipeline::domain::undo::{MAX_NAMED, SkippedRecord, UndoCounts};

/// A change that is taken back.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = change_undos, treat_none_as_null = true)]
pub struct Undo {
    #[diesel(skip_insertion)]
    pub id: i64,
    /// The entry of the audit log for the change.
    pub change_id: i64,
    pub user_id: i64,
    pub actor: String,
    pub request_id: String,
    /// The batch of the entries that taking back leaves.
    pub batch_id: i64,
    pub started_at: Timestamp,
    /// The last entry of the change that was looked at.
    pub position: i64,
    /// Leads that were looked at, of `total`.
    pub done: i64,
    pub total: i64,
    pub binned: i64,
    pub restored: i64,
    pub left_alone: i64,
    pub finished_at: Option<Timestamp>,
}

impl Undo {
    /// The counts so far.
    pub fn counts(&self) -> UndoCounts {
        UndoCounts {
            binned: self.binned,
            restored: self.restored,
            left_alone: self.left_alone,
        }
    }
}

/// Inserts an undo; its id is ignored.
///
/// # Errors
/// [`crate::error::Error::Conflict`] if the change has one already.
pub fn insert(conn: &mut Conn, undo: &Undo) -> Result<()> {
    diesel::insert_into(change_undos::table)
        .values(undo)
        .execute(conn)?;
    Ok(())
}

/// The undos of these changes.
pub fn of_changes(conn: &mut Conn, changes: &[i64]) -> Result<Vec<Undo>> {
    Ok(change_undos::table
        .filter(change_undos::change_id.eq_any(changes.to_vec()))
        .load(conn)?)
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
    Ok(match conn {
        Conn::Sqlite(conn) => open.first(conn).optional()?,
        Conn::Postgres(conn) => open.for_update().skip_locked().first(conn).optional()?,
    })
}

/// Stores the progress after a step, and what the step skipped.
pub fn advance(conn: &mut Conn, undo: &Undo, skipped: &[SkippedRecord]) -> Result<()> {
    let named = undo.left_alone - skipped.len() as i64;
    for record in skipped.iter().take((MAX_NAMED - named).max(0) as usize) {
        diesel::insert_into(change_undo_left::table)
            .values((
                change_undo_left::undo_id.eq(undo.id),
                change_undo_left::thing.eq(&record.thing),
                change_undo_left::thing_id.eq(record.id),
                change_undo_left::name.eq(&record.name),
                change_undo_left::reason.eq(record.reason.to_json()?),
            ))
            .execute(conn)?;
    }
    diesel::update(change_undos::table.find(undo.id))
        .set(undo)
        .execute(conn)?;
    Ok(())
}

/// The first records that an undo skipped.
pub fn list_skipped(conn: &mut Conn, undo: i64) -> Result<Vec<SkippedRecord>> {
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
        Some(SkippedRecord {
            thing,
            id,
            name,
            reason: serde_json::from_str(&reason).ok()?,
        })
    };
    Ok(rows.into_iter().filter_map(stored).collect())
}
