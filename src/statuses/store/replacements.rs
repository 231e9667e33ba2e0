//! The replacements of statuses, as far as the statuses themselves show them.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::{lead_statuses, replacements};
use crate::error::Result;
use crate::statuses::domain::status::ReplacementProgress;

/// The running replacements by the id of the status that is replaced. Usually none.
pub fn running_replacements(conn: &mut Conn) -> Result<Vec<(i64, ReplacementProgress)>> {
    let rows: Vec<(i64, i64, String, i64, i64)> = replacements::table
        .inner_join(lead_statuses::table.on(lead_statuses::id.eq(replacements::to_id)))
        .filter(replacements::finished_at.is_null())
        .order(replacements::id)
        .select((
            replacements::from_id,
            replacements::to_id,
            lead_statuses::name,
            replacements::moved,
            replacements::total,
        ))
        .load(conn)?;
    let progress_of = |(from, to, to_name, moved, total): (i64, i64, String, i64, i64)| {
        let progress = ReplacementProgress {
            to,
            to_name,
            moved,
            total,
        };
        (from, progress)
    };
    Ok(rows.into_iter().map(progress_of).collect())
}

/// True if leads were moved in this batch because their status was replaced.
pub fn has_replacement_in_batch(conn: &mut Conn, batch_id: i64) -> Result<bool> {
    let moved = replacements::table.filter(replacements::batch_id.eq(batch_id));
    Ok(diesel::select(diesel::dsl::exists(moved)).get_result(conn)?)
}
