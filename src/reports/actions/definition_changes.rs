//! The changes of definitions that reports name.

use crate::clock::{Timestamp, Zone};
use crate::db::Conn;
use crate::error::Result;
use crate::reports::actions::prepare::PreparedReport;
use crate::reports::domain::figures::DefinitionChange;
use crate::statuses;

/// The definitions that were changed in the period of a report, the oldest change first.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn definition_changes(
    conn: &mut Conn,
    report: &PreparedReport,
) -> Result<Vec<DefinitionChange>> {
    let (from, to) = report.spec.period.instants().timestamps();
    let change = |(status, version, at): (i64, i32, Timestamp)| {
        let status = report.statuses.iter().find(|other| other.id == status)?;
        Some(DefinitionChange {
            status: status.name.clone(),
            version,
            day: Zone::UTC.day(at),
        })
    };
    let changed = statuses::definitions_changed(conn, from, to)?;
    Ok(changed.into_iter().filter_map(change).collect())
}
