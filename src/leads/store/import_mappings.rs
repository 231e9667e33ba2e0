//! The column mappings that users chose, by the header of the file.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::import_mappings;
use crate::error::Result;

/// The mapping that a user chose last for files with this header.
pub fn find(
    conn: &mut Conn,
    user_id: i64,
    subject: &str,
    header_hash: &str,
) -> Result<Option<String>> {
    Ok(import_mappings::table
        .filter(import_mappings::user_id.eq(user_id))
        .filter(import_mappings::subject.eq(subject))
        .filter(import_mappings::header_hash.eq(header_hash))
        .select(import_mappings::places)
        .first(conn)
        .optional()?)
}

/// Stores a user's mapping for files with this header.
pub fn save(
    conn: &mut Conn,
    user_id: i64,
    subject: &str,
    header_hash: &str,
    mapping: &str,
    now: Timestamp,
) -> Result<()> {
    let values = (
        import_mappings::places.eq(mapping),
        import_mappings::updated_at.eq(now),
    );
    let existing = import_mappings::table
        .filter(import_mappings::user_id.eq(user_id))
        .filter(import_mappings::subject.eq(subject))
        .filter(import_mappings::header_hash.eq(header_hash));
    if diesel::update(existing).set(values).execute(conn)? > 0 {
        return Ok(());
    }
    diesel::insert_into(import_mappings::table)
        .values((
            import_mappings::user_id.eq(user_id),
            import_mappings::subject.eq(subject),
            import_mappings::header_hash.eq(header_hash),
            values,
        ))
        .execute(conn)?;
    Ok(())
}
