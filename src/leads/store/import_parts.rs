//! The files of imports that are under way, in parts: none is larger than what a step of an import may take.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{import_jobs, import_parts};
use crate::error::Result;

/// Parts that are removed together.
const REMOVED: i64 = 16;

/// Keeps a part of a file, counted from 0.
pub fn insert(conn: &mut Conn, job_id: i64, number: i64, bytes: &[u8]) -> Result<()> {
    diesel::insert_into(import_parts::table)
        .values((
            import_parts::job_id.eq(job_id),
            import_parts::number.eq(number),
            import_parts::bytes.eq(bytes),
        ))
        .execute(conn)?;
    Ok(())
}

/// A part of a file; nothing behind the last one.
pub fn part(conn: &mut Conn, job_id: i64, number: i64) -> Result<Option<Vec<u8>>> {
    Ok(import_parts::table
        .filter(import_parts::job_id.eq(job_id))
        .filter(import_parts::number.eq(number))
        .select(import_parts::bytes)
        .first(conn)
        .optional()?)
}

/// Removes some parts of a file; false if there are none.
pub fn remove_some(conn: &mut Conn, job_id: i64) -> Result<bool> {
    let some: Vec<i64> = import_parts::table
        .filter(import_parts::job_id.eq(job_id))
        .select(import_parts::id)
        .limit(REMOVED)
        .load(conn)?;
    let removed = import_parts::table.filter(import_parts::id.eq_any(some));
    Ok(diesel::delete(removed).execute(conn)? > 0)
}

/// An import that has ended and whose file is still here.
pub fn left_behind(conn: &mut Conn) -> Result<Option<i64>> {
    Ok(import_parts::table
        .inner_join(import_jobs::table)
        .filter(import_jobs::finished_at.is_not_null())
        .select(import_parts::job_id)
        .first(conn)
        .optional()?)
}
