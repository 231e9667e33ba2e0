//! The way of a lead through the pipeline, step by step.

use crate::leads::actions::name_lookup::NameLookup;
use crate::statuses::{Kind, LeadStatus};

/// The most steps that are shown.
const MAX_STEPS: usize = 8;

/// A status on the way.
pub struct Step {
    pub id: i64,
    pub name: String,
    pub kind: Kind,
    pub is_current: bool,
    pub is_done: bool,
    /// True if it is no neighbour of the current one: phones leave it out.
    pub is_far: bool,
}

/// The steps to the status that won leads land in: the open statuses, and the one that the lead is in; those around it
/// if there are many.
pub fn steps(lookup: &NameLookup, status_id: i64) -> Vec<Step> {
    let current = lookup.named_status(status_id);
    let is_on_path = |status: &&LeadStatus| {
        status.kind == Kind::Open || status.is_converted || status.id == status_id
    };
    let in_use = lookup.in_use().into_iter().filter(is_on_path);
    let mut path: Vec<(i64, String, Kind)> = in_use
        .map(|status| (status.id, status.name.to_string(), status.kind))
        .collect();
    let is_here = |step: &(i64, String, Kind)| step.0 == status_id;
    let here = path.iter().position(is_here).unwrap_or(path.len());
    if here == path.len() {
        path.push((status_id, current.name, current.kind));
    }
    let first = here.saturating_sub(MAX_STEPS / 2);
    let first = first.min(path.len().saturating_sub(MAX_STEPS));
    let is_done = |at: usize| match current.kind {
        Kind::Open | Kind::Paused => at < here,
        Kind::Won => at != here,
        Kind::Lost | Kind::Junk => false,
    };
    let step = |(at, (id, name, kind)): (usize, (i64, String, Kind))| Step {
        id,
        name,
        kind,
        is_current: at == here,
        is_done: is_done(at),
        is_far: at.abs_diff(here) > 1,
    };
    let shown = path.into_iter().enumerate().skip(first).take(MAX_STEPS);
    shown.map(step).collect()
}
