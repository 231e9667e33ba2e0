use crate::audit::Recorded;
use crate::statuses::changes::{ORDER_SUBJECT, SUBJECT};

/// What became of one thing in the batch that was just carried out.
pub struct OutcomeRow {
    pub name: String,
    /// The catalogue key of what happened.
    pub action: &'static str,
}

/// What was just done: its rows, and whether it can be taken back.
pub struct Outcome {
    pub batch: i64,
    pub rows: Vec<OutcomeRow>,
    pub can_undo: bool,
}

impl Outcome {
    /// The outcome that a batch's audit rows tell; nothing if it did nothing to statuses.
    pub fn of(batch: i64, entries: &[Recorded], may_undo: bool) -> Option<Outcome> {
        let rows: Vec<OutcomeRow> = entries
            .iter()
            .filter(|entry| entry.subject == SUBJECT && entry.action != "give-up-role")
            .map(|entry| OutcomeRow {
                name: entry.subject_name.clone(),
                action: done_key(&entry.action),
            })
            .collect();
        let is_ours =
            |entry: &&Recorded| entry.subject == SUBJECT || entry.subject == ORDER_SUBJECT;
        entries.iter().find(is_ours)?;
        let can_undo = may_undo && entries.iter().all(|entry| entry.door != "undo");
        Some(Outcome {
            batch,
            rows,
            can_undo,
        })
    }
}

fn done_key(action: &str) -> &'static str {
    match action {
        "create" | "bring-back" => "status-done-create",
        "archive" => "status-done-archive",
        "restore" => "status-done-restore",
        "delete" => "status-done-delete",
        "take-role" => "status-done-role",
        _ => "status-done-update",
    }
}
