//! Saving an edit of a status that others may have changed since the form was opened. Changes of different fields are
//! merged; if both sides changed one field, nothing is written and the user chooses.

use crate::audit::{self, Actor, LastEdit, StoredEntry};
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::records::fields::Fields;
use crate::statuses::actions::changes;
use crate::statuses::actions::changes::SUBJECT;
use crate::statuses::actions::replace::being_replaced_message;
use crate::statuses::actions::stats::lead_totals_of;
use crate::statuses::domain::form::{Mode, StatusForm};
use crate::statuses::domain::merge::{Merge, apply_choices, merge};
use crate::statuses::domain::snapshot::{Snapshot, diff};
use crate::statuses::domain::status::{FIELDS, LeadStatus, StatusFields};
use crate::statuses::store;
use crate::web::FormValue;

/// The result of an edit.
#[derive(Debug)]
pub enum EditOutcome {
    /// It is written, or there was nothing to write.
    Saved(Box<SavedEdit>),
    /// A value is invalid; nothing was written.
    Invalid(Box<InvalidEdit>),
    /// Someone else changed the same fields; nothing was written.
    Conflict(Box<ConflictingEdit>),
    /// The status was deleted.
    Deleted(Box<DeletedEdit>),
}

/// An edit that is written.
#[derive(Debug)]
pub struct SavedEdit {
    pub status: LeadStatus,
    /// False if no value differed.
    pub is_changed: bool,
    /// The changes of others that were merged in.
    pub merged_changes: Vec<LastEdit>,
}

/// An edit with invalid values.
#[derive(Debug)]
pub struct InvalidEdit {
    pub status: LeadStatus,
    /// How many leads are in it.
    pub leads: i64,
    pub typed: StatusForm,
    pub errors: FieldErrors,
}

/// An edit of fields that someone else changed first.
#[derive(Debug)]
pub struct ConflictingEdit {
    pub status: LeadStatus,
    pub merge: Merge,
    /// Who changed each of the fields since the edit began.
    pub last_changes: Vec<LastEdit>,
}

/// An edit of a status that was deleted.
#[derive(Debug)]
pub struct DeletedEdit {
    pub name: String,
    pub by: String,
    pub at: Timestamp,
    pub typed: StatusForm,
}

/// Saves what a form sent: the fields, the `version` they were made from and, after a conflict, the choices.
///
/// # Errors
/// [`Error::NotFound`] if there never was such a status.
pub fn save(conn: &mut Conn, actor: &Actor, id: i64, sent: &Fields) -> Result<EditOutcome> {
    locks::pipeline(conn)?;
    let typed = StatusForm::read(sent);
    let status = match store::find(conn, id) {
        Ok(status) => status,
        Err(Error::NotFound) => return deleted(conn, id, typed),
        Err(error) => return Err(error),
    };
    let version = typed.flags().ok().and_then(|flags| flags.version);
    let base = base_fields(conn, &status, version)?;
    let original = base.clone().unwrap_or_else(|| status.fields());
    let mine = match typed.parse(Mode::Change { current: &original }) {
        Ok(mine) => mine,
        Err(errors) => return invalid(conn, status, typed, errors),
    };
    let (mine, errors) = apply_choices(mine, &original, sent);
    if !errors.is_empty() {
        let form = StatusForm {
            version: typed.version,
            ..StatusForm::of_fields(&mine)
        };
        return invalid(conn, status, form, errors);
    }
    let merge = merge(base.as_ref(), &mine, &status.fields());
    let touched = changes_since(conn, &status, version)?;
    if merge.is_clean() {
        return write_merged(conn, actor, status, &merge, touched);
    }
    Ok(EditOutcome::Conflict(Box::new(ConflictingEdit {
        status,
        merge,
        last_changes: touched,
    })))
}

fn invalid(
    conn: &mut Conn,
    status: LeadStatus,
    typed: StatusForm,
    errors: FieldErrors,
) -> Result<EditOutcome> {
    Ok(EditOutcome::Invalid(Box::new(InvalidEdit {
        leads: lead_totals_of(conn, status.id)?.leads,
        status,
        typed,
        errors,
    })))
}

/// The fields that the edit was made from; nothing if the audit log doesn't hold that version.
fn base_fields(
    conn: &mut Conn,
    status: &LeadStatus,
    version: Option<i32>,
) -> Result<Option<StatusFields>> {
    let Some(version) = version else {
        return Ok(None);
    };
    if version == status.version {
        return Ok(Some(status.fields()));
    }
    let json = audit::snapshot_at_version(conn, SUBJECT, status.id, version)?;
    let snapshot: Option<Snapshot> = json.and_then(|json| serde_json::from_value(json).ok());
    Ok(snapshot.and_then(|snapshot| snapshot.fields()))
}

fn write_merged(
    conn: &mut Conn,
    actor: &Actor,
    status: LeadStatus,
    merge: &Merge,
    mut touched: Vec<LastEdit>,
) -> Result<EditOutcome> {
    let written = match being_replaced_message(&status) {
        Some(message) => Err(Error::Invalid(FieldErrors::one("name", message))),
        None => changes::update(conn, actor, status.id, None, &merge.merged),
    };
    match written {
        Ok(after) => {
            touched.retain(|touched| merge.taken_from_theirs.contains(&touched.field));
            Ok(EditOutcome::Saved(Box::new(SavedEdit {
                is_changed: after.version != status.version,
                status: after,
                merged_changes: touched,
            })))
        }
        // The rules are checked before anything is written, so there is nothing to roll back.
        Err(Error::Taken(errors) | Error::Invalid(errors)) => {
            let typed = StatusForm {
                version: FormValue::Text(status.version.to_string()),
                ..StatusForm::of_fields(&merge.merged)
            };
            invalid(conn, status, typed, errors)
        }
        Err(error) => Err(error),
    }
}

/// The last change of each field since `version`; none if it is the current one.
fn changes_since(
    conn: &mut Conn,
    status: &LeadStatus,
    version: Option<i32>,
) -> Result<Vec<LastEdit>> {
    if version == Some(status.version) {
        return Ok(Vec::new());
    }
    audit::last_edits_since(conn, SUBJECT, status.id, version, changed_fields)
}

/// The editable fields that an entry of the audit log changed.
fn changed_fields(entry: &StoredEntry) -> Vec<&'static str> {
    let (before, after) = snapshots_of(entry);
    diff(before.as_ref(), after.as_ref())
        .into_iter()
        .map(|change| change.field)
        .filter(|field| FIELDS.contains(field))
        .collect()
}

/// The status before and after the change in an audit entry.
pub fn snapshots_of(entry: &StoredEntry) -> (Option<Snapshot>, Option<Snapshot>) {
    let read = |value: Option<serde_json::Value>| serde_json::from_value(value?).ok();
    (read(entry.before()), read(entry.after()))
}

/// The result for a status that was deleted, from its last audit entry.
fn deleted(conn: &mut Conn, id: i64, typed: StatusForm) -> Result<EditOutcome> {
    let last = audit::list_by_subject(conn, SUBJECT, id, None, 1)?.pop();
    let deleted = last
        .filter(|entry| entry.action == "delete")
        .ok_or(Error::NotFound)?;
    Ok(EditOutcome::Deleted(Box::new(DeletedEdit {
        name: deleted.subject_name,
        by: deleted.actor,
        at: deleted.recorded_at,
        typed,
    })))
}
