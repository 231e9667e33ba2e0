//! Taking back what was just done: each audit entry of the batch, newest first, if nothing came after it.

use serde_json::Value;

use super::changes::{self, ORDER_SUBJECT, ROLE_SUBJECT, SUBJECT, SUBJECTS};
use super::exchange::Place;
use super::order::Reorder;
use super::rewrite::{self, Rewrite, rewrite};
use super::{
    Color, Criteria, Days, Definition, LeadStatus, Name, Role, Slug, Snapshot, StatusFields, store,
};
use crate::audit::{self, Actor, Recorded};
use crate::db::{Conn, locks};
use crate::error::{Error, Result};
use crate::i18n::Message;

/// Takes back a batch of the same user; returns how many changes were taken back.
///
/// # Errors
/// [`Error::NotFound`] if it is no batch of this user; [`Error::Conflict`] if something was changed since, so
/// that a later edit is never wiped out, or if leads moved because their status was replaced.
pub fn undo(conn: &mut Conn, actor: &Actor, batch_id: i64) -> Result<usize> {
    locks::pipeline(conn)?;
    if store::was_replaced_in(conn, batch_id)? {
        return Err(Error::Conflict(Message::new("status-undo-replaced")));
    }
    let entries = audit::of_batch(conn, batch_id, &SUBJECTS)?;
    let is_own = entries
        .iter()
        .all(|entry| entry.user_id == actor.user_id && actor.user_id.is_some());
    if entries.is_empty() || !is_own {
        return Err(Error::NotFound);
    }
    let touched = entries.iter().filter(|entry| entry.subject == SUBJECT);
    let touched: Vec<i64> = touched.filter_map(|entry| entry.subject_id).collect();
    rewrite::hold(conn, &touched)?;
    refuse_if_stale(conn, &entries, batch_id)?;
    let mut taken_back = 0;
    // The reverse of how every batch is made: roles and fields, then those that leave, then the order.
    for entry in entries.iter().rev() {
        taken_back += usize::from(undo_order(conn, actor, entry)?);
    }
    for entry in entries.iter().rev() {
        taken_back += usize::from(undo_leaving(conn, actor, entry)?);
    }
    taken_back += undo_values(conn, actor, &entries)?;
    for entry in entries.iter().rev() {
        taken_back += usize::from(undo_coming(conn, actor, entry)?);
    }
    changes::close_gaps(conn)?;
    put_back(conn, actor, &entries)?;
    Ok(taken_back)
}

/// A status that was changed after the batch is not touched: its newest entry must be of the batch.
fn refuse_if_stale(conn: &mut Conn, entries: &[Recorded], batch_id: i64) -> Result<()> {
    for entry in entries.iter().filter(|entry| entry.subject == SUBJECT) {
        let newest = match entry.subject_id {
            Some(id) => audit::last_batch_of(conn, SUBJECT, id)?,
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

fn snapshot(value: Option<Value>) -> Option<Snapshot> {
    serde_json::from_value(value?).ok()
}

/// What was archived or deleted comes back.
fn undo_leaving(conn: &mut Conn, actor: &Actor, entry: &Recorded) -> Result<bool> {
    let (SUBJECT, Some(id)) = (entry.subject.as_str(), entry.subject_id) else {
        return Ok(false);
    };
    match (entry.action.as_str(), snapshot(entry.before())) {
        ("archive", _) => changes::restore(conn, actor, id)?,
        ("delete", Some(before)) => bring_back(conn, actor, &before)?,
        _ => return Ok(false),
    };
    Ok(true)
}

/// What was made or restored goes again.
fn undo_coming(conn: &mut Conn, actor: &Actor, entry: &Recorded) -> Result<bool> {
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

/// Fields and roles as they were, all at once: names may have been swapped, and roles with their kinds.
fn undo_values(conn: &mut Conn, actor: &Actor, entries: &[Recorded]) -> Result<usize> {
    let mut asked = Rewrite::default();
    for entry in entries.iter().filter(|entry| entry.subject == SUBJECT) {
        let id = entry.subject_id.ok_or(Error::NotFound)?;
        let is_first = asked.updates.iter().all(|(other, _)| *other != id);
        if let ("update", Some(before), true) =
            (entry.action.as_str(), snapshot(entry.before()), is_first)
        {
            asked.updates.push((id, fields(&before)?));
        }
    }
    for entry in entries.iter().filter(|entry| entry.subject == ROLE_SUBJECT) {
        asked.roles.extend(former_holder(conn, entries, entry)?);
    }
    let count = asked.updates.len() + asked.roles.len();
    rewrite(conn, actor, &asked)?;
    Ok(count)
}

/// Who held a role before the batch; nothing for a later entry about the same role.
fn former_holder(
    conn: &mut Conn,
    entries: &[Recorded],
    entry: &Recorded,
) -> Result<Option<(Role, Place)>> {
    let role: Role = entry.action.parse().map_err(|_| Error::NotFound)?;
    let is_same = |other: &&Recorded| other.subject == ROLE_SUBJECT && other.action == entry.action;
    let first = entries.iter().find(is_same).map(|other| other.id);
    let last = entries.iter().rev().find(is_same);
    let Some(giver) = entry.before().and_then(|value| value.as_i64()) else {
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
    Ok(Some((role, Place::Existing(giver))))
}

/// A deleted status again, under its old id and slug; archived if it was.
fn bring_back(conn: &mut Conn, actor: &Actor, before: &Snapshot) -> Result<LeadStatus> {
    let stale = || changed_since(&before.name);
    let slug = Slug::parse(&before.slug).map_err(|_| stale())?;
    let fields = fields(before)?;
    if store::name_holder(conn, &fields.name.key(), None)?.is_some()
        || store::slugs_like(conn, slug.as_str())?
            .iter()
            .any(|taken| taken == slug.as_str())
    {
        return Err(stale());
    }
    let back = changes::bring_back(conn, actor, before.id, &slug, &fields, before.version + 1)?;
    if before.archived {
        changes::archive(conn, actor, back.id)
    } else {
        Ok(back)
    }
}

/// Those that left the pipeline, back to the places they had when the batch began.
fn put_back(conn: &mut Conn, actor: &Actor, entries: &[Recorded]) -> Result<()> {
    let mut left: Vec<(usize, i64)> = entries
        .iter()
        .filter(|entry| matches!(entry.action.as_str(), "archive" | "delete"))
        .filter_map(|entry| snapshot(entry.before()))
        .filter_map(|before| Some((usize::try_from(before.position?).ok()?, before.id)))
        .collect();
    left.sort_unstable();
    let current = store::order(conn)?;
    let mut ids: Vec<i64> = current
        .iter()
        .copied()
        .filter(|id| left.iter().all(|(_, other)| other != id))
        .collect();
    for (position, id) in left {
        ids.insert((position - 1).min(ids.len()), id);
    }
    changes::place(conn, actor, &current, &ids)
}

fn undo_order(conn: &mut Conn, actor: &Actor, entry: &Recorded) -> Result<bool> {
    if entry.subject != ORDER_SUBJECT {
        return Ok(false);
    }
    let ids = |value: Option<Value>| -> Option<Vec<i64>> { serde_json::from_value(value?).ok() };
    let (Some(before), Some(after)) = (ids(entry.before()), ids(entry.after())) else {
        return Ok(false);
    };
    let asked = Reorder {
        ids: before,
        expect: Some(after),
    };
    match changes::reorder(conn, actor, &asked) {
        Ok(()) => Ok(true),
        Err(Error::StaleOrder(_) | Error::Invalid(_)) => {
            Err(Error::Conflict(Message::new("status-undo-order-stale")))
        }
        Err(error) => Err(error),
    }
}

/// The fields that a snapshot holds.
fn fields(before: &Snapshot) -> Result<StatusFields> {
    let broken = |_| Error::internal("an audit snapshot can't be read back");
    let days = |days: Option<i32>| days.and_then(Days::new);
    Ok(StatusFields {
        name: Name::parse(&before.name).map_err(broken)?,
        color: Color::parse(&before.color).map_err(broken)?,
        kind: before.kind,
        definition: Definition::parse(&before.definition).map_err(broken)?,
        enter_when: Criteria::parse(&before.enter_when.join("\n")).map_err(broken)?,
        leave_when: Criteria::parse(&before.leave_when.join("\n")).map_err(broken)?,
        target_days: days(before.target_days),
        limit_days: days(before.limit_days),
    })
}
