//! Imports that have ended, which can be undone as a whole; the API calls them changes. Each is an entry of the audit log
//! that names the batch of all that it wrote.

use std::collections::HashMap;

use crate::access::{Permission, Principal};
use crate::audit::{self, ImportSummary, StoredEntry};
use crate::clock::{DAY_SECONDS, Timestamp};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::pipeline::store::undos;
use crate::pipeline::store::undos::Undo;

/// How long a change can be taken back, in seconds.
const UNDO_SECONDS: i64 = 30 * DAY_SECONDS;

/// An import that has ended.
#[derive(Debug, Clone)]
pub struct PastImport {
    pub entry: StoredEntry,
    pub summary: ImportSummary,
    pub undo: Option<Undo>,
}

/// The changes that a user may see, newest first; with `after`, those before that change.
///
/// # Errors
/// [`Error::NotFound`] if `after` is no change.
pub fn list(
    conn: &mut Conn,
    principal: &Principal,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<PastImport>> {
    if !principal.can(Permission::LeadsManage) {
        return Ok(Vec::new());
    }
    let entries = audit::list_imports(conn, after, limit)?;
    with_undos(conn, entries)
}

/// One change.
///
/// # Errors
/// [`Error::NotFound`].
pub fn find(conn: &mut Conn, id: i64) -> Result<PastImport> {
    let entry = audit::find_import(conn, id)?;
    with_undos(conn, vec![entry])?.pop().ok_or(Error::NotFound)
}

fn with_undos(conn: &mut Conn, entries: Vec<StoredEntry>) -> Result<Vec<PastImport>> {
    let ids: Vec<i64> = entries.iter().map(|entry| entry.id).collect();
    let undos = undos::of_changes(conn, &ids)?.into_iter();
    let mut undos: HashMap<i64, Undo> = undos.map(|undo| (undo.change_id, undo)).collect();
    let changes = entries.into_iter().map(|entry| PastImport {
        summary: entry.after().unwrap_or_default(),
        undo: undos.remove(&entry.id),
        entry,
    });
    Ok(changes.collect())
}

impl PastImport {
    /// The last moment at which it can be taken back.
    pub fn until(&self) -> Timestamp {
        self.entry.recorded_at.plus_seconds(UNDO_SECONDS)
    }

    /// True for an import of statuses, which is taken back at once.
    pub fn is_of_statuses(&self) -> bool {
        self.summary.dataset == "statuses"
    }

    /// The number of things that it created or changed.
    pub fn count(&self) -> i64 {
        self.summary.created + self.summary.changed
    }

    /// Refuses a user who may not take it back, and a change that was taken back or is too old.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::Conflict`].
    pub fn check(&self, principal: &Principal) -> Result<()> {
        let refuse = |key| Err(Error::Conflict(Message::new(key)));
        principal.require(match self.is_of_statuses() {
            true => Permission::StatusesWrite,
            false => Permission::LeadsManage,
        })?;
        match &self.undo {
            Some(_) => refuse("imports-undone-already"),
            None if principal.now > self.until() => refuse("imports-undo-late"),
            None if self.count() == 0 => refuse("imports-undo-nothing"),
            None => Ok(()),
        }
    }

    /// True if this user can take it back now.
    pub fn is_undoable(&self, principal: &Principal) -> bool {
        self.check(principal).is_ok()
    }

    /// What it did, in one sentence.
    pub fn message(&self) -> Message {
        let key = match self.summary.dataset.as_str() {
            "statuses" => "imports-summary-statuses",
            "visits" => "imports-summary-visits",
            _ => "imports-summary-leads",
        };
        Message::new(key)
            .with("name", self.entry.subject_name.as_str())
            .with("created", self.summary.created)
            .with("changed", self.summary.changed)
    }
}
