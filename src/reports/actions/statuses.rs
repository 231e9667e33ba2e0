//! The statuses that reports name.

use std::collections::HashMap;

use crate::db::Conn;
use crate::error::Result;
use crate::reports::domain::figures::ReportStatus;
use crate::statuses::{self, Color, Days, DeletedStatus, Kind, LeadStatus};

/// All statuses: those in use in the order of the pipeline, then those that are archived and those that were deleted, with
/// the kind and position that they had last.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn report_statuses(conn: &mut Conn) -> Result<Vec<ReportStatus>> {
    let positions = statuses::list_last_positions(conn)?;
    let mut all: Vec<ReportStatus> = statuses::list_all(conn)?
        .iter()
        .map(|status| of_status(status, &positions))
        .collect();
    all.sort_by_key(|status| (!status.is_in_use, status.position));
    let deleted = statuses::list_deleted(conn)?;
    all.extend(
        deleted
            .into_iter()
            .map(|status| of_deleted(status, &positions)),
    );
    Ok(all)
}

fn last_position(positions: &HashMap<i64, i32>, id: i64) -> i64 {
    positions.get(&id).copied().unwrap_or(0).into()
}

fn of_status(status: &LeadStatus, positions: &HashMap<i64, i32>) -> ReportStatus {
    let last = || last_position(positions, status.id);
    ReportStatus {
        id: status.id,
        kind: status.kind,
        position: status.position.map_or_else(last, i64::from),
        is_in_use: !status.is_archived(),
        name: status.name.to_string(),
        color: status.color.clone(),
        target_days: status.target_days.map(Days::get),
        limit_days: status.limit_days.map(Days::get),
    }
}

fn of_deleted(status: DeletedStatus, positions: &HashMap<i64, i32>) -> ReportStatus {
    ReportStatus {
        id: status.id,
        kind: status.kind,
        position: last_position(positions, status.id),
        is_in_use: false,
        name: status.name,
        color: status.color,
        target_days: None,
        limit_days: None,
    }
}

/// The index in `known` of each of these ids. One that is not known, because it is newer, is added.
pub fn indexes(known: &mut Vec<ReportStatus>, ids: &[i64]) -> Vec<usize> {
    let mut by_id: HashMap<i64, usize> = known
        .iter()
        .enumerate()
        .map(|(index, status)| (status.id, index))
        .collect();
    let mut index = |id: &i64| {
        *by_id.entry(*id).or_insert_with(|| {
            known.push(of_deleted(
                DeletedStatus {
                    id: *id,
                    name: format!("#{id}"),
                    color: Color::default(),
                    kind: Kind::Open,
                },
                &HashMap::new(),
            ));
            known.len() - 1
        })
    };
    ids.iter().map(&mut index).collect()
}
