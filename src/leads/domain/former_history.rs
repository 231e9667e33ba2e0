//! The history of a lead before an import replaced it, so that the import can be taken back.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::leads::domain::judgement::EntryRecord;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::visit::Visit;

/// The key of the former history in an entry of the audit log.
pub const KEY: &str = "history";

/// A visit that an import replaced. It came from an import itself, and was not voided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormerVisit {
    pub status_id: i64,
    /// In microseconds, as the other times.
    pub entered_at: i64,
    pub left_at: Option<i64>,
    pub next_status_id: Option<i64>,
    pub clock_from: Option<i64>,
    pub actor: String,
    pub actor_id: Option<i64>,
    pub reason: String,
    pub note: String,
    pub recorded_at: i64,
    pub entry: EntryRecord,
}

/// The history of a lead, and what follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormerHistory {
    pub visits: Vec<FormerVisit>,
    pub created_at: i64,
    pub clock_from: i64,
}

impl FormerHistory {
    /// The history of a lead now.
    pub fn of(lead: &Lead, visits: &[Visit]) -> FormerHistory {
        FormerHistory {
            visits: visits.iter().map(FormerVisit::of).collect(),
            created_at: lead.created_at.0,
            clock_from: lead.clock_from.0,
        }
    }
}

impl FormerVisit {
    fn of(visit: &Visit) -> FormerVisit {
        let micros = |at: Option<Timestamp>| at.map(|at| at.0);
        FormerVisit {
            status_id: visit.status_id,
            entered_at: visit.entered_at.0,
            left_at: micros(visit.left_at),
            next_status_id: visit.next_status_id,
            clock_from: micros(visit.clock_from),
            actor: visit.actor.clone(),
            actor_id: visit.actor_id,
            reason: visit.reason.to_string(),
            note: visit.note.to_string(),
            recorded_at: visit.recorded_at.0,
            entry: visit.entry.clone(),
        }
    }
}
