//! Undoing a batch of changes: each of its audit entries, newest first, if no later change touched the same statuses.

use std::collections::BTreeSet;

use crate::audit::{self, Actor, StoredEntry};
use crate::db::{Conn, locks};
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::actions::changes;
use crate::statuses::actions::changes::{ORDER_SUBJECT, ROLE_SUBJECT, SUBJECT, SUBJECTS};
use crate::statuses::actions::changeset;
use crate::statuses::actions::changeset::{Changeset, apply_changeset};
use crate::statuses::actions::import_export::plan::StatusRef;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::name::Slug;
use crate::statuses::domain::order::Reorder;
use crate::statuses::domain::snapshot::Snapshot;
use crate::statuses::domain::status::{LeadStatus, StatusFields, UndeletedStatus};
use crate::statuses::store;

/// Undoes a batch of the acting user; returns the number of changes undone.
///
/// # Errors
/// [`Error::NotFound`] if it is no batch of that user; [`Error::Conflict`] if a later change would be lost, or if leads
/// moved because their status was replaced.
pub fn undo_own_batch(conn: &mut Conn, actor: &Actor, batch_id: i64) -> Result<usize> {
    let entries = audit::list_by_batch(conn, batch_id, &SUBJECTS)?;
    let is_own = entries
        .iter()
        .all(|entry| entry.user_id == actor.user_id && actor.user_id.is_some());
    match is_own {
        true => undo_batch(conn, actor, batch_id),
        false => Err(Error::NotFound),
    }
}

/// Undoes a batch of any user; returns the number of changes undone.
///
/// # Errors
/// [`Error::NotFound`] without such a batch; else as [`undo_own_batch`].
pub fn undo_batch(conn: &mut Conn, actor: &Actor, batch_id: i64) -> Result<usize> {
    locks::pipeline(conn)?;
    let entries = find_undoable(conn, batch_id)?;
    let ids = entries.iter().filter(|entry| entry.subject == SUBJECT);
    let ids: Vec<i64> = ids.filter_map(|entry| entry.subject_id).collect();
    changeset::lock(conn, &ids)?;
    let mut count = 0;
    // The reverse of the order in which batches write: roles and fields, then archiving and deleting, then the order.
    for entry in entries.iter().rev() {
        count += usize::from(undo_order(conn, actor, entry)?);
    }
    for entry in entries.iter().rev() {
        count += usize::from(undo_removal(conn, actor, entry)?);
    }
    restore_positions(conn, actor, &entries)?;
    count += undo_values(conn, actor, &entries)?;
    for entry in entries.iter().rev() {
        count += usize::from(undo_creation(conn, actor, entry)?);
    }
    changes::close_gaps(conn)?;
    Ok(count)
}

/// The number of statuses that undoing a batch would remove or change.
///
/// # Errors
/// As [`undo_batch`].
pub fn count_undoable(conn: &mut Conn, batch_id: i64) -> Result<usize> {
    let entries = find_undoable(conn, batch_id)?.into_iter();
    let entries = entries.filter(|entry| entry.subject == SUBJECT);
    let ids: BTreeSet<Option<i64>> = entries.map(|entry| entry.subject_id).collect();
    Ok(ids.len())
}

/// The entries of a batch that can be undone.
fn find_undoable(conn: &mut Conn, batch_id: i64) -> Result<Vec<StoredEntry>> {
    if store::replacements::has_replacement_in_batch(conn, batch_id)? {
        return Err(Error::Conflict(Message::new("status-undo-replaced")));
    }
    let entries = audit::list_by_batch(conn, batch_id, &SUBJECTS)?;
    if entries.is_empty() {
        return Err(Error::NotFound);
    }
    refuse_if_stale(conn, &entries, batch_id)?;
    Ok(entries)
}

/// Refuses if a status was changed after the batch: its newest entry must be of the batch.
fn refuse_if_stale(conn: &mut Conn, entries: &[StoredEntry], batch_id: i64) -> Result<()> {
    for entry in entries.iter().filter(|entry| entry.subject == SUBJECT) {
        let newest = match entry.subject_id {
            Some(id) => audit::latest_batch(conn, SUBJECT, id)?,
            None => None,
        };
        if newest != Some(batch_id) {
            return Err(changed_since(&entry.subject_name));
        }
    }
    Ok(())
}

fn changed_since(name: &str) -> Error {
    Error::Conflict(Message::new("status-undo-stale").with("name", name))
}

/// Restores a status that the entry archived or deleted.
fn undo_removal(conn: &mut Conn, actor: &Actor, entry: &StoredEntry) -> Result<bool> {
    let (SUBJECT, Some(id)) = (entry.subject.as_str(), entry.subject_id) else {
        return Ok(false);
    };
    match (entry.action.as_str(), entry.before()) {
        ("archive", _) => changes::restore(conn, actor, id)?,
        ("delete", Some(before)) => undelete(conn, actor, &before)?,
        _ => return Ok(false),
    };
    Ok(true)
}

/// Removes a status that the entry created, or archives one that it restored.
fn undo_creation(conn: &mut Conn, actor: &Actor, entry: &StoredEntry) -> Result<bool> {
    let (SUBJECT, Some(id)) = (entry.subject.as_str(), entry.subject_id) else {
        return Ok(false);
    };
    match entry.action.as_str() {
        "create" | "bring-back" => changes::delete(conn, actor, id)?,
        "restore" => changes::archive(conn, actor, id)?,
        _ => return Ok(false),
    };
    Ok(true)
}

/// Writes the former fields and roles in one changeset, since names or roles may have been swapped.
fn undo_values(conn: &mut Conn, actor: &Actor, entries: &[StoredEntry]) -> Result<usize> {
    let mut changeset = Changeset::default();
    for entry in entries.iter().filter(|entry| entry.subject == SUBJECT) {
        let id = entry.subject_id.ok_or(Error::NotFound)?;
        let is_first = changeset.updates.iter().all(|(other, _)| *other != id);
        if let ("update", Some(before), true) = (entry.action.as_str(), entry.before(), is_first) {
            changeset.updates.push((id, fields(&before)?));
        }
    }
    for entry in entries.iter().filter(|entry| entry.subject == ROLE_SUBJECT) {
        changeset.roles.extend(former_holder(conn, entries, entry)?);
    }
    let count = changeset.updates.len() + changeset.roles.len();
    apply_changeset(conn, actor, &changeset)?;
    Ok(count)
}

/// The holder of a role before the batch; nothing for a later entry about the same role.
fn former_holder(
    conn: &mut Conn,
    entries: &[StoredEntry],
    entry: &StoredEntry,
) -> Result<Option<(Role, StatusRef)>> {
    let role = Role::from_word(&entry.action).ok_or(Error::NotFound)?;
    let is_same =
        |other: &&StoredEntry| other.subject == ROLE_SUBJECT && other.action == entry.action;
    let first = entries.iter().find(is_same).map(|other| other.id);
    let last = entries.iter().rev().find(is_same);
    let Some(former) = entry.before::<i64>() else {
        return Ok(None);
    };
    if first != Some(entry.id) {
        return Ok(None);
    }
    let holders = store::role_holders(conn)?;
    let holder = holders.into_iter().find(|(held, _)| *held == role);
    if holder.map(|(_, id)| id) != last.and_then(|last| last.subject_id) {
        return Err(changed_since(&entry.subject_name));
    }
    Ok(Some((role, StatusRef::Existing(former))))
}

/// Restores a deleted status with its old id and slug. An archived one shares its name with others.
fn undelete(conn: &mut Conn, actor: &Actor, before: &Snapshot) -> Result<LeadStatus> {
    let stale = || changed_since(before.name());
    let restored = UndeletedStatus {
        id: before.id,
        slug: Slug::parse(&before.slug).map_err(|_| stale())?,
        fields: fields(before)?,
        version: before.version + 1,
        is_archived: before.archived,
    };
    let is_name_taken = !restored.is_archived
        && store::find_by_name_key(conn, &restored.fields.name.key(), None)?.is_some();
    let slugs = store::slugs_like(conn, restored.slug.as_str())?;
    if is_name_taken || slugs.iter().any(|taken| taken == restored.slug.as_str()) {
        return Err(stale());
    }
    changes::undelete(conn, actor, &restored)
}

/// Moves the restored statuses to the positions they had when the batch archived or deleted them, after it had created
/// others.
fn restore_positions(conn: &mut Conn, actor: &Actor, entries: &[StoredEntry]) -> Result<()> {
    let mut removed: Vec<(usize, i64)> = entries
        .iter()
        .filter(|entry| matches!(entry.action.as_str(), "archive" | "delete"))
        .filter_map(StoredEntry::before::<Snapshot>)
        .filter_map(|before| Some((usize::try_from(before.position?).ok()?, before.id)))
        .collect();
    removed.sort_unstable();
    let current = store::pipeline_ids(conn)?;
    let mut ids: Vec<i64> = current
        .iter()
        .copied()
        .filter(|id| removed.iter().all(|(_, other)| other != id))
        .collect();
    for (position, id) in removed {
        ids.insert((position - 1).min(ids.len()), id);
    }
    changes::set_order(conn, actor, &current, &ids)
}

fn undo_order(conn: &mut Conn, actor: &Actor, entry: &StoredEntry) -> Result<bool> {
    if entry.subject != ORDER_SUBJECT {
        return Ok(false);
    }
    let (Some(before), Some(after)) = (entry.before(), entry.after()) else {
        return Ok(false);
    };
    let order = Reorder {
        ids: before,
        expect: Some(after),
    };
    match changes::reorder(conn, actor, &order) {
        Ok(()) => Ok(true),
        Err(Error::StaleOrder(_) | Error::Invalid(_)) => {
            Err(Error::Conflict(Message::new("status-undo-order-stale")))
        }
        Err(error) => Err(error),
    }
}

fn fields(before: &Snapshot) -> Result<StatusFields> {
    let unreadable = || Error::internal("an audit snapshot can't be read back");
    before.fields().ok_or_else(unreadable)
}
