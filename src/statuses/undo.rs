//! Taking back what was just done: each audit entry of the batch, newest first, if nothing came after it.

use serde_json::Value;

use super::changes::{self, ORDER_SUBJECT, ROLE_SUBJECT, SUBJECT};
use super::order::Reorder;
use super::{
    Color, Criteria, Days, Definition, LeadStatus, Name, Role, Slug, Snapshot, StatusFields, store,
};
use crate::audit::{self, Actor, Recorded};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;

/// Takes back a batch of the same user; returns how many changes were taken back.
///
/// # Errors
/// [`Error::NotFound`] if it is no batch of this user; [`Error::Conflict`] if something was changed since, so
/// that a later edit is never wiped out.
pub fn undo(conn: &mut Conn, actor: &Actor, batch_id: i64) -> Result<usize> {
    store::lock(conn)?;
    let entries = audit::of_batch(conn, batch_id)?;
    let is_own = entries
        .iter()
        .all(|entry| entry.user_id == actor.user_id && actor.user_id.is_some());
    if entries.is_empty() || !is_own {
        return Err(Error::NotFound);
    }
    refuse_if_stale(conn, &entries, batch_id)?;
    let mut taken_back = 0;
    for entry in entries.iter().rev() {
        let is_undone = match entry.subject.as_str() {
            SUBJECT => undo_change(conn, actor, entry)?,
            ORDER_SUBJECT => undo_order(conn, actor, entry)?,
            ROLE_SUBJECT => undo_role(conn, actor, entry)?,
            _ => false,
        };
        taken_back += usize::from(is_undone);
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

fn undo_change(conn: &mut Conn, actor: &Actor, entry: &Recorded) -> Result<bool> {
    let id = entry.subject_id.ok_or(Error::NotFound)?;
    let before = snapshot(entry.before());
    match (entry.action.as_str(), before) {
        ("create" | "bring-back", _) => changes::delete(conn, actor, id)?,
        ("update", Some(before)) => changes::update(conn, actor, id, None, &fields(&before)?)?,
        ("archive", _) => changes::restore(conn, actor, id)?,
        ("restore", _) => changes::archive(conn, actor, id)?,
        ("delete", Some(before)) => bring_back(conn, actor, &before)?,
        // Roles are taken back by their own entry.
        _ => return Ok(false),
    };
    Ok(true)
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

fn undo_role(conn: &mut Conn, actor: &Actor, entry: &Recorded) -> Result<bool> {
    let role: Role = entry.action.parse().map_err(|_| Error::NotFound)?;
    let Some(giver) = entry.before().and_then(|value| value.as_i64()) else {
        return Ok(false);
    };
    let holder = store::role_holders(conn)?
        .into_iter()
        .find(|(held, _)| *held == role)
        .map(|(_, id)| id);
    if holder != entry.subject_id {
        return Err(changed_since(&entry.subject_name));
    }
    changes::give_role(conn, actor, role, giver)?;
    Ok(true)
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
