//! The queries over leads, their visits and notes. Everything here runs inside the caller's transaction.

pub(super) mod check;
mod choices;
mod exported;
mod history;
pub(super) mod import_jobs;
pub(super) mod import_mappings;
pub(super) mod import_parts;
mod letters;
mod list;
mod many;
mod moves;
mod newest;
mod route;
mod row;
mod slices;
mod write;

use diesel::prelude::*;

use super::Lead;
use crate::db::schema::leads;
use crate::db::{Conn, locks};
use crate::error::Result;

pub(super) use choices::{currencies, sources};
pub(super) use exported::{count_exported, count_exported_visits, exported};
pub(super) use history::{insert_notes, insert_visit, notes, relink, visits};
pub use letters::Letters;
pub use list::Against;
pub(super) use list::{COUNTED, Standing, count, ids, mark, numbered, page, standings};
pub(super) use many::{
    by_references, forget_visits, hold_by_references, insert_first_visits, insert_leads,
    insert_past, place, take_ids, visits_of,
};
pub(super) use moves::{close_visits, enter, move_one, open_visits};
use row::{COLUMNS, Row};
pub(super) use slices::{Slice, Tally, slices, tally};
pub(super) use write::{
    assign, delete, insert, keep_last_note, note_down, pause, restore, set_position, touch, update,
};

/// The most values of one condition: SQLite takes only so many at once.
pub(super) const CHUNK: usize = 500;

/// One lead, in the bin or not.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub(super) fn find(conn: &mut Conn, id: i64) -> Result<Lead> {
    let row: Row = leads::table.find(id).select(COLUMNS).first(conn)?;
    Ok(row.into())
}

/// The leads with these ids, by id; ids that don't exist are left out.
pub(super) fn find_many(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Lead>> {
    // One lead is the most frequent case, and the database keeps that question prepared.
    if let [id] = ids {
        let row: Option<Row> = leads::table
            .find(*id)
            .select(COLUMNS)
            .first(conn)
            .optional()?;
        return Ok(row.into_iter().map(Lead::from).collect());
    }
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<Row> = leads::table
            .filter(leads::id.eq_any(chunk.to_vec()))
            .order(leads::id)
            .select(COLUMNS)
            .load(conn)?;
        found.extend(rows.into_iter().map(Lead::from));
    }
    found.sort_by_key(|lead| lead.id);
    Ok(found)
}

/// The same for leads that are about to be changed: nobody else changes them until the transaction ends.
pub(super) fn hold_many(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Lead>> {
    locks::leads(conn, ids)?;
    find_many(conn, ids)
}

/// One lead that is about to be changed.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub(super) fn hold(conn: &mut Conn, id: i64) -> Result<Lead> {
    let found = hold_many(conn, &[id])?.pop();
    found.ok_or(crate::error::Error::NotFound)
}

/// The lead that came under this reference from another system.
pub(super) fn by_reference(conn: &mut Conn, external_ref: &str) -> Result<Option<i64>> {
    Ok(leads::table
        .filter(leads::external_ref.eq(external_ref))
        .select(leads::id)
        .first(conn)
        .optional()?)
}
