//! Imports as changes: one entry for each, with the batch of all that it wrote.

use serde::{Deserialize, Serialize};

use crate::audit::domain::actor::Actor;
use crate::audit::store::{self, NewEntry, StoredEntry};
use crate::db::Conn;
use crate::error::{Error, Result};

/// The subject and the action of the entry for an import.
pub const IMPORT: &str = "import";
/// The action of the entry for an undo.
pub const UNDO: &str = "undo";

/// The numbers of rows of an import by their outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportSummary {
    /// `statuses`, `leads` or `visits`.
    #[serde(rename = "what")]
    pub dataset: String,
    pub rows: i64,
    pub created: i64,
    pub changed: i64,
    pub same: i64,
    pub in_bin: i64,
    /// Rows that were skipped.
    #[serde(rename = "left_out")]
    pub skipped_rows: i64,
    /// True if it ended before its last row.
    pub ended_early: bool,
}

/// Records an import that has ended, in its own batch. `job` is the id of its job, if it has one.
pub fn record_import(
    conn: &mut Conn,
    actor: &Actor,
    filename: &str,
    job: Option<i64>,
    summary: &ImportSummary,
) -> Result<()> {
    let entry = NewEntry {
        subject: IMPORT,
        subject_id: job,
        name: filename.to_owned(),
        action: IMPORT,
        after: super::snapshot(summary),
        ..NewEntry::default()
    };
    store::record(conn, actor, &entry)
}

/// Records that an import was taken back.
pub fn record_undo(
    conn: &mut Conn,
    actor: &Actor,
    import: &StoredEntry,
    result: &impl Serialize,
) -> Result<()> {
    let entry = NewEntry {
        subject: IMPORT,
        subject_id: import.subject_id,
        name: import.subject_name.clone(),
        action: UNDO,
        after: super::snapshot(result),
        ..NewEntry::default()
    };
    store::record(conn, actor, &entry)
}

/// The imports that have ended, newest first; with `after`, those before that import.
pub fn list_imports(conn: &mut Conn, after: Option<i64>, limit: i64) -> Result<Vec<StoredEntry>> {
    let last = match after {
        Some(id) => Some(find_import(conn, id)?),
        None => None,
    };
    store::list_of_kind(conn, IMPORT, IMPORT, last.as_ref(), limit)
}

/// One import.
///
/// # Errors
/// [`Error::NotFound`].
pub fn find_import(conn: &mut Conn, id: i64) -> Result<StoredEntry> {
    let entry = store::find(conn, id)?;
    match (entry.subject.as_str(), entry.action.as_str()) {
        (IMPORT, IMPORT) => Ok(entry),
        _ => Err(Error::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_json_of_an_import_has_its_words() {
        let stored = json!({"what": "leads", "rows": 9, "created": 1, "changed": 2, "same": 1, "in_bin": 1,
            "left_out": 4, "ended_early": true});
        let summary: ImportSummary = serde_json::from_value(stored.clone()).unwrap();
        assert_eq!(summary.skipped_rows, 4);
        assert_eq!(json!(summary), stored);
    }
}
