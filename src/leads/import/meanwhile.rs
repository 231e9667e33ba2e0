//! Leads that somebody changed after the file was judged. What people save meanwhile is kept: a row that would write
//! over it is left out and named.

use super::DOOR;
use crate::audit::{self, Recorded};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::changes::SUBJECT;
use crate::leads::edit::moments;
use crate::leads::lead::FIELDS;
use crate::leads::{Lead, LeadFields};

/// The most entries of the audit log that are read for one lead.
const LOOKED_BACK: i64 = 100;

/// Why a row is left out that would change these fields and this status; nothing if nobody changed them since the rows
/// were judged. Of two imports at once, the later one writes over the other.
///
/// # Errors
/// What the database refuses.
pub fn conflict(
    conn: &mut Conn,
    judged_at: Timestamp,
    lead: &Lead,
    fields: Option<&LeadFields>,
    status: Option<i64>,
) -> Result<Option<Message>> {
    if lead.updated_at <= judged_at {
        return Ok(None);
    }
    let mut wanted = fields.map_or_else(Vec::new, |fields| fields.changed(&lead.fields));
    wanted.extend(status.map(|_| "status"));
    let entries = audit::of_subject(conn, SUBJECT, lead.id, None, LOOKED_BACK)?;
    let is_by_people = |entry: &&Recorded| entry.recorded_at > judged_at && entry.door != DOOR;
    let touches = |entry: &Recorded| {
        let changed = changed(entry);
        wanted.iter().any(|field| changed.contains(field))
    };
    let is_conflict = entries.iter().filter(is_by_people).any(touches);
    Ok(is_conflict.then(|| Message::new("lead-import-meanwhile")))
}

/// The fields that an entry changed; all of them for a lead that was made.
fn changed(entry: &Recorded) -> Vec<&'static str> {
    let (before, after) = moments(entry);
    let (Some(before), Some(after)) = (before, after) else {
        return FIELDS.into_iter().chain(["status"]).collect();
    };
    let is_moved = before.status != after.status;
    let fields = match (before.fields(), after.fields()) {
        (Some(before), Some(after)) => after.changed(&before),
        _ => Vec::new(),
    };
    fields
        .into_iter()
        .chain(is_moved.then_some("status"))
        .collect()
}
