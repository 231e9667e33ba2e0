//! Detects leads that a user edited after the rows were checked. Their edits are kept: a row that would overwrite them
//! is skipped and reported.

use crate::audit::{self, StoredEntry};
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::actions::audit_entries::SUBJECT;
use crate::leads::domain::lead::{Lead, LeadField, LeadFields};
use crate::leads::domain::snapshot::LeadSnapshot;
use crate::records::field::FieldValues;

/// The most audit entries that are read for one lead.
const MAX_ENTRIES: i64 = 100;

/// The reason to skip a row that changes these fields and this status; `None` if no user changed them since the check.
/// Of two imports at once, the later one wins.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn find_conflict(
    conn: &mut Conn,
    checked_at: Timestamp,
    lead: &Lead,
    fields: Option<&LeadFields>,
    status: Option<i64>,
) -> Result<Option<Message>> {
    if lead.updated_at <= checked_at {
        return Ok(None);
    }
    let planned = fields.map_or_else(Vec::new, |fields| fields.changed_fields(&lead.fields));
    let entries = audit::list_by_subject(conn, SUBJECT, lead.id, None, MAX_ENTRIES)?;
    let is_by_user = |entry: &&StoredEntry| {
        entry.recorded_at > checked_at && entry.channel != Channel::Import.as_str()
    };
    let overlaps = |entry: &StoredEntry| {
        let (changed, is_moved) = changed_fields(entry);
        (is_moved && status.is_some()) || planned.iter().any(|field| changed.contains(field))
    };
    let is_conflict = entries.iter().filter(is_by_user).any(overlaps);
    Ok(is_conflict.then(|| Message::new("lead-import-meanwhile")))
}

/// The fields that an audit entry changed, and whether the lead moved; all fields for a new lead.
fn changed_fields(entry: &StoredEntry) -> (Vec<LeadField>, bool) {
    let (before, after): (Option<LeadSnapshot>, Option<LeadSnapshot>) =
        (entry.before(), entry.after());
    let (Some(before), Some(after)) = (before, after) else {
        return (LeadField::ALL.to_vec(), true);
    };
    let fields = match (before.fields(), after.fields()) {
        (Some(before), Some(after)) => after.changed_fields(&before),
        _ => Vec::new(),
    };
    (fields, before.status != after.status)
}
