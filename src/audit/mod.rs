//! The log of every write: its author, time and channel, and the record before and after. Entries are written in the
//! transaction of the change and never altered. Slices record entries with [`record`] and read them by subject or by
//! batch; `audit_log` is the page of the log.

mod domain;
mod imports;
mod last_edits;
mod store;

use serde::Serialize;
use serde_json::Value;

pub use domain::actor::{Actor, actor_label, is_program, new_batch};
pub use domain::filter;
pub use imports::{
    IMPORT, ImportSummary, UNDO, find_import, list_imports, record_import, record_undo,
};
pub use last_edits::{editor_names, history_since};
pub use store::{
    NewEntry, StoredEntry, first_of_batch, latest_batch, list, list_by_batch, list_by_subject,
    names, of_batch_and_subjects, page_of_batch, record, record_many, snapshot_at_version,
};

/// A value as the log keeps it.
pub fn snapshot(value: &impl Serialize) -> Option<Value> {
    serde_json::to_value(value).ok()
}
