//! Queries and writes of leads, visits and notes. Every function runs inside the caller's transaction.
//!
//! Reading lists: `list` (filters, pages, counts), with `access_path`, `trigram` and `overdue` to choose the index; `status_ranges`
//! for the board and the stuck list. Writing: `write` and `moves` for some leads, `batch` for batches. Imports have
//! `import_jobs`, `import_mappings` and `import_parts`.

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
pub(super) use exported::{count_exported, count_exported_visits, export_page};
pub(super) use history::{insert_notes, insert_visit, notes, relink, visits};
pub use letters::TrigramSearch;
pub use list::ListContext;
pub(super) use list::{
    COUNT_LIMIT, ClockRow, clock_rows, count, cursor_of, ids, page, page_by_offset,
};
pub(super) use many::{
    delete_visits, find_by_references, insert_first_visits, insert_leads, insert_visits,
    lock_by_references, reserve_ids, set_current_status, visits_by_lead,
};
pub(super) use moves::{close_visits, move_one, open_visits, set_status};
use row::{LEAD_COLUMNS, LeadRow};
pub(super) use slices::{StatusAggregate, StatusRange, aggregate_by_status, list_ranges};
pub(super) use write::{
    assign, delete, insert, pause, restore, set_current_visit, set_last_note,
    set_last_note_with_move, touch, update,
};

/// The most values of one condition; SQLite limits the parameters of a statement.
pub(super) const CHUNK: usize = 500;

/// One lead, deleted or not.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub(super) fn find(conn: &mut Conn, id: i64) -> Result<Lead> {
    let row: LeadRow = leads::table.find(id).select(LEAD_COLUMNS).first(conn)?;
    Ok(row.into())
}

/// The leads with these ids, by id; ids that don't exist are left out.
pub(super) fn find_many(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Lead>> {
    // A single lead is the most frequent case, and its statement stays prepared.
    if let [id] = ids {
        let row: Option<LeadRow> = leads::table
            .find(*id)
            .select(LEAD_COLUMNS)
            .first(conn)
            .optional()?;
        return Ok(row.into_iter().map(Lead::from).collect());
    }
    let mut leads = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<LeadRow> = leads::table
            .filter(leads::id.eq_any(chunk.to_vec()))
            .order(leads::id)
            .select(LEAD_COLUMNS)
            .load(conn)?;
        leads.extend(rows.into_iter().map(Lead::from));
    }
    leads.sort_by_key(|lead| lead.id);
    Ok(leads)
}

/// Locks leads until the transaction ends, and returns them by id; ids that don't exist are left out.
pub(super) fn lock_many(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Lead>> {
    locks::leads(conn, ids)?;
    find_many(conn, ids)
}

/// Locks one lead until the transaction ends, and returns it.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub(super) fn lock(conn: &mut Conn, id: i64) -> Result<Lead> {
    let lead = lock_many(conn, &[id])?.pop();
    lead.ok_or(crate::error::Error::NotFound)
}

/// The id of the lead with this external reference.
pub(super) fn id_by_reference(conn: &mut Conn, external_ref: &str) -> Result<Option<i64>> {
    Ok(leads::table
        .filter(leads::external_ref.eq(external_ref))
        .select(leads::id)
        .first(conn)
        .optional()?)
}
