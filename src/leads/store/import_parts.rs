//! The files of running imports, in parts that are each small enough for one short write.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{import_jobs, import_parts};
use crate::error::Result;

/// Parts that are deleted together.
const MAX_DELETED: i64 = 16;

/// Stores a part of a file; the first is 0.
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

/// A part of a file; `None` after the last one.
pub fn find(conn: &mut Conn, job_id: i64, number: i64) -> Result<Option<Vec<u8>>> {
    Ok(import_parts::table
        .filter(import_parts::job_id.eq(job_id))
        .filter(import_parts::number.eq(number))
        .select(import_parts::bytes)
        .first(conn)
        .optional()?)
}

/// Deletes some parts of a file; returns false if there are none.
pub fn delete_some(conn: &mut Conn, job_id: i64) -> Result<bool> {
    let ids: Vec<i64> = import_parts::table
        .filter(import_parts::job_id.eq(job_id))
        .select(import_parts::id)
        .limit(MAX_DELETED)
        .load(conn)?;
    let parts = import_parts::table.filter(import_parts::id.eq_any(ids));
    Ok(diesel::delete(parts).execute(conn)? > 0)
}

/// A finished job whose file is still stored.
pub fn find_leftover(conn: &mut Conn) -> Result<Option<i64>> {
    Ok(import_parts::table
        .inner_join(import_jobs::table)
        .filter(import_jobs::finished_at.is_not_null())
        .select(import_parts::job_id)
        .first(conn)
        .optional()?)
}
