//! The result of the batch that was just done, for the banner with Undo.

use crate::audit::StoredEntry;
use crate::channel::Channel;
use crate::statuses::actions::changes::{ORDER_SUBJECT, SUBJECT};

/// A change of the batch.
pub struct BatchChange {
    pub name: String,
    /// The catalogue key of the change.
    pub action: &'static str,
}

/// The changes of a batch, and whether it can be undone.
pub struct BatchOutcome {
    pub batch: i64,
    pub rows: Vec<BatchChange>,
    pub can_undo: bool,
}

impl BatchOutcome {
    /// The result of a batch from its audit entries; nothing if none is about statuses.
    pub fn of(batch: i64, entries: &[StoredEntry], may_undo: bool) -> Option<BatchOutcome> {
        let rows: Vec<BatchChange> = entries
            .iter()
            .filter(|entry| entry.subject == SUBJECT && entry.action != "give-up-role")
            .map(|entry| BatchChange {
                name: entry.subject_name.clone(),
                action: done_key(&entry.action),
            })
            .collect();
        let is_about_statuses =
            |entry: &&StoredEntry| entry.subject == SUBJECT || entry.subject == ORDER_SUBJECT;
        entries.iter().find(is_about_statuses)?;
        let can_undo = may_undo
            && entries
                .iter()
                .all(|entry| entry.channel != Channel::Undo.as_str());
        Some(BatchOutcome {
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
