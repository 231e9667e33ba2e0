//! Who changed what since an edit began, for putting two edits together.

use super::{Recorded, of_subject};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;

/// The most entries that are read to find out who changed what.
const LOOKED_BACK: i64 = 100;

/// A field that someone changed, and when they last did.
#[derive(Debug, Clone, PartialEq)]
pub struct Touched {
    pub field: &'static str,
    pub by: String,
    pub at: Timestamp,
}

/// Who last changed each field of a thing since `version`, or ever; `changed` names the fields of an entry.
pub fn touched_since(
    conn: &mut Conn,
    subject: &str,
    id: i64,
    version: Option<i32>,
    changed: impl Fn(&Recorded) -> Vec<&'static str>,
) -> Result<Vec<Touched>> {
    let entries = of_subject(conn, subject, id, None, LOOKED_BACK)?;
    let since = entries
        .iter()
        .take_while(|entry| entry.subject_version > version);
    let mut touched: Vec<Touched> = Vec::new();
    for entry in since {
        for field in changed(entry) {
            if !touched.iter().any(|known| known.field == field) {
                touched.push(Touched {
                    field,
                    by: entry.actor.clone(),
                    at: entry.recorded_at,
                });
            }
        }
    }
    Ok(touched)
}

/// The names of those who changed something, each once.
pub fn people(touched: &[Touched]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for touched in touched {
        if !names.contains(&touched.by.as_str()) {
            names.push(&touched.by);
        }
    }
    names.join(", ")
}
