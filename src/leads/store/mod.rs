//! Queries and writes of leads, visits and notes. Every function runs inside the caller's transaction.
//!
//! Reading lists: `query`, and `filter_options` for their menus. Writing: `write` and `moves` for some leads, `many_rows`
//! for many, `bulk_jobs` for bulk actions in steps, `handoffs` for offers, `sources` for the spelling of sources, `systems`
//! for that of external systems, `matching` for the leads of the rows of a file. Imports have `import_jobs`,
//! `import_mappings` and `import_parts`.

pub mod bulk_jobs;
pub(crate) mod check;
pub mod export;
pub mod extra_names;
pub mod filter_options;
pub mod handoffs;
pub mod history;
pub(crate) mod import_jobs;
pub(crate) mod import_mappings;
pub(crate) mod import_parts;
pub mod likely_duplicates;
pub mod many_rows;
pub mod matching;
pub mod moves;
pub mod query;
pub mod row;
pub mod sources;
pub mod systems;
pub mod undo;
pub mod waiting;
pub mod write;

use diesel::prelude::*;

use crate::db::schema::leads;
use crate::db::{Conn, MAX_VALUES, columns_of, load_prepared, locks};
use crate::error::{Error, Result};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::reference::Reference;

use row::LeadRow;

/// One lead, which may be in the bin.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub fn find(conn: &mut Conn, id: i64) -> Result<Lead> {
    let query = leads::table.find(id).select(columns_of::<LeadRow>());
    let row: Option<LeadRow> = load_prepared(conn, query)?.pop();
    row.map(Lead::from).ok_or(Error::NotFound)
}

/// The leads with these ids, by id; ids that don't exist are left out.
pub(crate) fn find_many(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Lead>> {
    // A single lead is the most frequent case, and its statement stays prepared.
    if let [id] = ids {
        let query = leads::table.find(*id).select(columns_of::<LeadRow>());
        let rows: Vec<LeadRow> = load_prepared(conn, query)?;
        return Ok(rows.into_iter().map(Lead::from).collect());
    }
    let mut leads = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(MAX_VALUES) {
        let rows: Vec<LeadRow> = leads::table
            .filter(leads::id.eq_any(chunk.to_vec()))
            .order(leads::id)
            .select(columns_of::<LeadRow>())
            .load(conn)?;
        leads.extend(rows.into_iter().map(Lead::from));
    }
    leads.sort_by_key(|lead| lead.id);
    Ok(leads)
}

/// Locks leads until the transaction ends, and returns them by id; ids that don't exist are left out.
pub(crate) fn lock_many(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Lead>> {
    locks::leads(conn, ids)?;
    find_many(conn, ids)
}

/// Locks one lead until the transaction ends, and returns it.
///
/// # Errors
/// [`crate::error::Error::NotFound`].
pub(crate) fn lock(conn: &mut Conn, id: i64) -> Result<Lead> {
    let needs_lock = locks::record_lead(id)?;
    match conn {
        // PostgreSQL keeps the plan of this statement; one for a list of ids is planned each time.
        Conn::Postgres(conn) if needs_lock => {
            let query = leads::table.find(id).select(columns_of::<LeadRow>());
            let row: LeadRow = query.for_update().get_result(conn)?;
            Ok(row.into())
        }
        conn => find(conn, id),
    }
}

/// The id of the lead with this reference.
pub(crate) fn id_by_reference(conn: &mut Conn, reference: &Reference) -> Result<Option<i64>> {
    Ok(leads::table
        .filter(leads::external_system.eq(&reference.system))
        .filter(leads::external_ref.eq(&reference.text))
        .select(leads::id)
        .first(conn)
        .optional()?)
}
