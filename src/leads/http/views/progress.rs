//! The stages of a lead through the pipeline, which its page shows.

use crate::leads::actions::related_records::RelatedRecords;
use crate::statuses::{Kind, LeadStatus};

/// The most stages that are shown.
const MAX_STAGES: usize = 8;

/// A status, and whether the lead has passed it.
pub struct ProgressStage {
    pub id: i64,
    pub name: String,
    pub kind: Kind,
    pub is_current: bool,
    pub is_done: bool,
    /// True if it is not beside the current one; a narrow screen leaves it out.
    pub is_far: bool,
}

/// The stages to the status that won leads land in: the open statuses, and the one that the lead is in; those around
/// it if there are many.
pub fn stages(lookup: &RelatedRecords, status_id: i64) -> Vec<ProgressStage> {
    let current = lookup.named_status(status_id);
    let is_on_path = |status: &&LeadStatus| {
        status.kind == Kind::Open || status.is_converted || status.id == status_id
    };
    let in_use = lookup.in_use().into_iter().filter(is_on_path);
    let mut path: Vec<(i64, String, Kind)> = in_use
        .map(|status| (status.id, status.name.to_string(), status.kind))
        .collect();
    let is_current = |stage: &(i64, String, Kind)| stage.0 == status_id;
    let position = path.iter().position(is_current).unwrap_or(path.len());
    if position == path.len() {
        path.push((status_id, current.name, current.kind));
    }
    let first = position.saturating_sub(MAX_STAGES / 2);
    let first = first.min(path.len().saturating_sub(MAX_STAGES));
    let is_done = |index: usize| match current.kind {
        Kind::Open | Kind::Paused => index < position,
        Kind::Won => index != position,
        Kind::Lost | Kind::Junk => false,
    };
    let stage = |(index, (id, name, kind)): (usize, (i64, String, Kind))| ProgressStage {
        id,
        name,
        kind,
        is_current: index == position,
        is_done: is_done(index),
        is_far: index.abs_diff(position) > 1,
    };
    let visible = path.into_iter().enumerate().skip(first).take(MAX_STAGES);
    visible.map(stage).collect()
}
