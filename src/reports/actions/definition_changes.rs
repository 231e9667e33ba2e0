//! The changes of definitions that reports name.

use crate::clock::{Timestamp, Zone};
use crate::db::Conn;
use crate::error::Result;
use crate::reports::actions::ask::ReportRequest;
use crate::reports::domain::figures::DefinitionChange;
use crate::statuses;

/// The definitions that were changed in the period of a question, the oldest change first.
///
/// # Errors
/// If the database can't.
pub fn definition_changes(conn: &mut Conn, asked: &ReportRequest) -> Result<Vec<DefinitionChange>> {
    let (from, to) = asked.question.period.window().instants();
    let change = |(status, version, at): (i64, i32, Timestamp)| {
        let known = asked.statuses.iter().find(|one| one.id == status)?;
        Some(DefinitionChange {
            status: known.name.clone(),
            version,
            day: Zone::UTC.day(at),
        })
    };
    let changed = statuses::definitions_changed(conn, from, to)?;
    Ok(changed.into_iter().filter_map(change).collect())
}
