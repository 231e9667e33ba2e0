use serde_json::Value;

use crate::audit::{self, Recorded};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::SUBJECT;
use crate::statuses::LeadStatus;

/// The most leads that a banner names one by one.
const SHOWN: i64 = 50;

/// What became of one lead in the batch that was just carried out.
#[derive(Debug, Clone)]
pub struct OutcomeRow {
    pub name: String,
    /// The catalogue key of what happened.
    pub action: &'static str,
    /// From which status to which, by name, for a move.
    pub way: Option<(String, String)>,
}

/// What was just done to several leads, one by one.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub rows: Vec<OutcomeRow>,
    /// How many it was done to, those not shown included.
    pub count: i64,
}

impl Outcome {
    /// The outcome that a batch's audit rows tell; nothing if it did nothing to leads.
    pub fn read(conn: &mut Conn, batch: i64, statuses: &[LeadStatus]) -> Result<Option<Outcome>> {
        let (entries, count) = audit::head_of_batch(conn, batch, SUBJECT, SHOWN)?;
        if entries.is_empty() {
            return Ok(None);
        }
        let row = |entry: &Recorded| OutcomeRow {
            name: entry.subject_name.clone(),
            action: done_key(&entry.action),
            way: way(entry, statuses),
        };
        let rows = entries.iter().map(row).collect();
        Ok(Some(Outcome { rows, count }))
    }

    /// How many are not named.
    pub fn more(&self) -> i64 {
        self.count - self.rows.len() as i64
    }
}

fn done_key(action: &str) -> &'static str {
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

fn way(entry: &Recorded, statuses: &[LeadStatus]) -> Option<(String, String)> {
    let name = |snapshot: Option<Value>| {
        let id = snapshot?.get("status")?.as_i64()?;
        let status = statuses.iter().find(|status| status.id == id)?;
        Some(status.name.to_string())
    };
    let (from, to) = (name(entry.before())?, name(entry.after())?);
    (from != to).then_some((from, to))
}
