//! The outcome of a bulk action for each lead, for the banner above the list.

use serde_json::Value;

use crate::audit::{self, StoredEntry};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::audit_entries::SUBJECT;
use crate::statuses::LeadStatus;

/// The most leads that the banner names.
const MAX_ROWS: i64 = 50;

/// The outcome of a bulk action for one lead.
#[derive(Debug, Clone)]
pub struct BatchChange {
    pub name: String,
    /// The catalogue key of the action in the past tense.
    pub action: &'static str,
    /// The names of the old and the new status, for a move.
    pub transition: Option<(String, String)>,
}

/// The outcome of a bulk action.
#[derive(Debug, Clone)]
pub struct BatchOutcome {
    pub rows: Vec<BatchChange>,
    /// The number of leads, including those not shown.
    pub count: i64,
}

impl BatchOutcome {
    /// Reads the outcome from the audit entries of a batch; `None` if they are not about leads.
    pub fn load(
        conn: &mut Conn,
        batch: i64,
        statuses: &[LeadStatus],
    ) -> Result<Option<BatchOutcome>> {
        let (entries, count) = audit::first_of_batch(conn, batch, SUBJECT, MAX_ROWS)?;
        if entries.is_empty() {
            return Ok(None);
        }
        let row = |entry: &StoredEntry| BatchChange {
            name: entry.subject_name.clone(),
            action: action_key(&entry.action),
            transition: transition(entry, statuses),
        };
        let rows = entries.iter().map(row).collect();
        Ok(Some(BatchOutcome { rows, count }))
    }

    /// The number of leads that are not named.
    pub fn hidden_count(&self) -> i64 {
        self.count - self.rows.len() as i64
    }
}

fn action_key(action: &str) -> &'static str {
    match action {
        "create" => "lead-done-create",
        "move" => "lead-done-move",
        "assign" => "lead-done-assign",
        "pause" => "lead-done-pause",
        "resume" => "lead-done-resume",
        "note" => "lead-done-note",
        "delete" => "lead-done-delete",
        "restore" => "lead-done-restore",
        _ => "lead-done-update",
    }
}

fn transition(entry: &StoredEntry, statuses: &[LeadStatus]) -> Option<(String, String)> {
    let name = |snapshot: Option<Value>| {
        let id = snapshot?.get("status")?.as_i64()?;
        let status = statuses.iter().find(|status| status.id == id)?;
        Some(status.name.to_string())
    };
    let (from, to) = (name(entry.before())?, name(entry.after())?);
    (from != to).then_some((from, to))
}
