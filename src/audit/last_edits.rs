//! Reads from the audit log the values from which an edit started, and the last edit of each field since.

use serde_json::Value;

use crate::audit::{list_by_subject, snapshot_at_version};
use crate::db::Conn;
use crate::error::Result;
use crate::records::edit::LastEdit;
use crate::records::field::{Field, FieldValues};

/// The most entries that are read.
const MAX_ENTRIES: i64 = 100;

/// The values that an edit began from, if they are known, and the last edit of each group since.
type History<V> = (Option<V>, Vec<LastEdit<<V as FieldValues>::Field>>);

/// The values of a record at `version`, if the log has them and they are valid today, and the last edit of each group
/// since that version, or ever.
pub fn history_since<V: FieldValues>(
    conn: &mut Conn,
    subject: &str,
    id: i64,
    version: Option<i32>,
) -> Result<History<V>> {
    let base = match version {
        Some(version) => snapshot_at_version(conn, subject, id, version)?,
        None => None,
    };
    let entries = list_by_subject(conn, subject, id, None, MAX_ENTRIES)?;
    let since = entries
        .iter()
        .take_while(|entry| entry.subject_version > version);
    let mut edits: Vec<LastEdit<V::Field>> = Vec::new();
    for entry in since {
        let (Some(before), Some(after)) = (values::<V>(entry.before()), values::<V>(entry.after()))
        else {
            continue;
        };
        for field in after
            .changed_fields(&before)
            .into_iter()
            .map(Field::merge_group)
        {
            if !edits.iter().any(|edit| edit.field == field) {
                edits.push(LastEdit {
                    field,
                    by: entry.actor.clone(),
                    at: entry.recorded_at,
                });
            }
        }
    }
    Ok((values(base), edits))
}

fn values<V: FieldValues>(snapshot: Option<Value>) -> Option<V> {
    V::from_json(snapshot?.as_object()?)
}

/// The names of the authors, each once.
pub fn editor_names<F>(edits: &[LastEdit<F>]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for edit in edits {
        if !names.contains(&edit.by.as_str()) {
            names.push(&edit.by);
        }
    }
    names.join(", ")
}
