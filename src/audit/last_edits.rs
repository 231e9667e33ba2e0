//! The last edit of each field since a form was opened, for merging two edits.

use super::{StoredEntry, list_by_subject};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;

/// The most entries that are read.
const MAX_ENTRIES: i64 = 100;

/// The last edit of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct LastEdit {
    pub field: &'static str,
    pub by: String,
    pub at: Timestamp,
}

/// The last edit of each field of a thing since `version`, or ever; `changed` names the fields of an entry.
pub fn last_edits_since(
    conn: &mut Conn,
    subject: &str,
    id: i64,
    version: Option<i32>,
    changed: impl Fn(&StoredEntry) -> Vec<&'static str>,
) -> Result<Vec<LastEdit>> {
    let entries = list_by_subject(conn, subject, id, None, MAX_ENTRIES)?;
    let since = entries
        .iter()
        .take_while(|entry| entry.subject_version > version);
    let mut touched: Vec<LastEdit> = Vec::new();
    for entry in since {
        for field in changed(entry) {
            if !touched.iter().any(|known| known.field == field) {
                touched.push(LastEdit {
                    field,
                    by: entry.actor.clone(),
                    at: entry.recorded_at,
                });
            }
        }
    }
    Ok(touched)
}

/// The names of the authors, each once.
pub fn editor_names(touched: &[LastEdit]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for touched in touched {
        if !names.contains(&touched.by.as_str()) {
            names.push(&touched.by);
        }
    }
    names.join(", ")
}
