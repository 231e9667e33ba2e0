//! The changes of single statuses: each checks the rules, writes the rows and the audit entry in the caller's
//! transaction. Pages, bulk actions and the API call these functions; imports, sets and undo write several statuses at
//! once through `changeset`. A caller that makes several changes takes their locks first (see [`crate::db::locks`]), so
//! that its checks still hold when it writes.

use crate::audit::{self, Actor, NewEntry};
use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::statuses::actions::definitions;
use crate::statuses::actions::stats::lead_totals_of;
use crate::statuses::domain::definition::Why;
use crate::statuses::domain::form::Flags;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::name::Slug;
use crate::statuses::domain::order::{PipelineMove, Reorder, order_etag, reordered};
use crate::statuses::domain::rules::{
    being_replaced_message, blockers, check_kind, check_role, receiving_leads_message,
};
use crate::statuses::domain::snapshot::Snapshot;
use crate::statuses::domain::status::{LeadStatus, NewLeadStatus, StatusFields, UndeletedStatus};
use crate::statuses::store;

/// The audit log's word for a status.
pub const SUBJECT: &str = "lead_status";
/// The audit log's word for the order of the pipeline.
pub const ORDER_SUBJECT: &str = "lead_status_order";
/// The audit log's word for a role that changes its holder.
pub const ROLE_SUBJECT: &str = "lead_status_role";

/// All words of the audit log about statuses.
pub const SUBJECTS: [&str; 3] = [SUBJECT, ORDER_SUBJECT, ROLE_SUBJECT];

pub(crate) fn record(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: Option<&LeadStatus>,
    after: Option<&LeadStatus>,
) -> Result<()> {
    let Some(status) = after.or(before) else {
        return Ok(());
    };
    let snapshot = |status: &LeadStatus| audit::snapshot(&Snapshot::from(status));
    let entry = NewEntry {
        subject: SUBJECT,
        subject_id: Some(status.id),
        version: Some(status.version),
        name: status.name.to_string(),
        action,
        before: before.and_then(snapshot),
        after: after.and_then(snapshot),
    };
    audit::record(conn, actor, &entry)
}

/// Refuses a name that another status in use has, without regard to case and accents.
pub(crate) fn check_name(
    conn: &mut Conn,
    fields: &StatusFields,
    except: Option<i64>,
) -> Result<()> {
    match store::find_by_name_key(conn, &fields.name.key(), except)? {
        None => Ok(()),
        Some(_) => {
            let message = Message::new("status-name-taken").with("name", fields.name.as_str());
            Err(Error::Taken(FieldErrors::one("name", message)))
        }
    }
}

/// Makes a status: an open one after the last open one, another one at the end of the pipeline. A number is added to a
/// slug that is taken.
///
/// # Errors
/// [`Error::Taken`] if the name is.
pub fn create(conn: &mut Conn, actor: &Actor, fields: &StatusFields) -> Result<LeadStatus> {
    locks::pipeline(conn)?;
    check_name(conn, fields, None)?;
    definitions::check_named_statuses(conn, fields, None)?;
    let taken = store::slugs_like(conn, Slug::of(&fields.name).as_str())?;
    let is_taken = |slug: &str| taken.iter().any(|other| other == slug);
    let new = NewLeadStatus::new(fields.clone(), is_taken);
    let id = definitions::insert(conn, actor, &new)?;
    let created = store::find(conn, id)?;
    record(conn, actor, "create", None, Some(&created))?;
    Ok(created)
}

/// Restores a deleted status with its old id and slug: archived if it was, else placed as a new one.
pub fn undelete(conn: &mut Conn, actor: &Actor, restored: &UndeletedStatus) -> Result<LeadStatus> {
    definitions::insert_again(conn, actor, restored)?;
    let status = store::find(conn, restored.id)?;
    record(conn, actor, "bring-back", None, Some(&status))?;
    Ok(status)
}

/// Writes the fields of a status. Nothing is written if nothing differs.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Taken`] for the name; [`Error::Invalid`] for a kind that a role forbids;
/// [`Error::Conflict`] while the status is being replaced.
pub fn update(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    fields: &StatusFields,
) -> Result<LeadStatus> {
    update_with_why(conn, actor, id, fields, &Why::default())
}

/// As [`update`]; `why` is kept with the version if the definition changes.
///
/// # Errors
/// As [`update`].
pub fn update_with_why(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    fields: &StatusFields,
    why: &Why,
) -> Result<LeadStatus> {
    locks::pipeline(conn)?;
    let before = store::find(conn, id)?;
    if before.fields() == *fields {
        return Ok(before);
    }
    refuse_if_being_replaced(&before)?;
    check_kind(before.roles(), fields.kind).map_err(Error::Invalid)?;
    definitions::check_named_statuses(conn, fields, Some(&before))?;
    // A move under way ends under the rules by which it was judged.
    if before.kind != fields.kind || fields.redefines(&before) {
        locks::statuses(conn, &[(id, Strength::Exclusive)])?;
    }
    if !before.is_archived() {
        check_name(conn, fields, Some(id))?;
    }
    definitions::update(conn, actor, &before, fields, why)?;
    let after = store::find(conn, id)?;
    record(conn, actor, "update", Some(&before), Some(&after))?;
    Ok(after)
}

/// Archives a status; its name is free again. The gap in the pipeline stays until [`close_gaps`].
///
/// # Errors
/// [`Error::Blocked`] if it holds a role or leads are in it; [`Error::Conflict`] while leads move into or out of it.
pub fn archive(conn: &mut Conn, actor: &Actor, id: i64) -> Result<LeadStatus> {
    locks::statuses(conn, &[(id, Strength::Exclusive)])?;
    let before = store::find(conn, id)?;
    if before.is_archived() {
        return Ok(before);
    }
    refuse_if_blocked(conn, &before)?;
    store::write::archive(conn, actor, id)?;
    let after = store::find(conn, id)?;
    record(conn, actor, "archive", Some(&before), Some(&after))?;
    Ok(after)
}

/// Numbers the pipeline 1..n; the last step of every change that archives or deletes.
pub fn close_gaps(conn: &mut Conn) -> Result<()> {
    let ids = store::pipeline_ids(conn)?;
    store::write::write_order(conn, &ids)
}

/// Restores an archived status, placed as a new one.
///
/// # Errors
/// [`Error::Taken`] if another status has its name by now.
pub fn restore(conn: &mut Conn, actor: &Actor, id: i64) -> Result<LeadStatus> {
    locks::pipeline(conn)?;
    locks::statuses(conn, &[(id, Strength::Exclusive)])?;
    let before = store::find(conn, id)?;
    if !before.is_archived() {
        return Ok(before);
    }
    check_name(conn, &before.fields(), Some(id))?;
    store::write::restore(conn, actor, id, before.kind)?;
    let after = store::find(conn, id)?;
    record(conn, actor, "restore", Some(&before), Some(&after))?;
    Ok(after)
}

/// Deletes a status for good; its history stays in the audit log. The gap stays until [`close_gaps`].
///
/// # Errors
/// As [`archive`].
pub fn delete(conn: &mut Conn, actor: &Actor, id: i64) -> Result<LeadStatus> {
    locks::statuses(conn, &[(id, Strength::Exclusive)])?;
    let before = store::find(conn, id)?;
    refuse_if_blocked(conn, &before)?;
    store::write::delete(conn, actor, &before)?;
    record(conn, actor, "delete", Some(&before), None)?;
    Ok(before)
}

/// Refuses a change of a status while leads move out of it.
///
/// # Errors
/// [`Error::Conflict`].
pub(crate) fn refuse_if_being_replaced(status: &LeadStatus) -> Result<()> {
    being_replaced_message(status).map_or(Ok(()), |message| Err(Error::Conflict(message)))
}

/// Refuses to archive or delete a status that holds a role or leads, or that leads move into or out of.
fn refuse_if_blocked(conn: &mut Conn, status: &LeadStatus) -> Result<()> {
    refuse_if_being_replaced(status)?;
    let running = store::replacements::running_replacements(conn)?;
    if let Some(message) = receiving_leads_message(status, &running) {
        return Err(Error::Conflict(message));
    }
    let blockers = blockers(status, &lead_totals_of(conn, status.id)?);
    if blockers.is_empty() {
        Ok(())
    } else {
        Err(Error::Blocked(blockers))
    }
}

/// Moves a role to a status from its present holder.
///
/// # Errors
/// [`Error::Invalid`] if the status is archived or of the wrong kind.
pub fn give_role(conn: &mut Conn, actor: &Actor, role: Role, id: i64) -> Result<LeadStatus> {
    locks::pipeline(conn)?;
    locks::roles(conn)?;
    let before = store::find(conn, id)?;
    if before.holds(role) {
        return Ok(before);
    }
    check_role(&before, role).map_err(Error::Invalid)?;
    let holder = store::role_holders(conn)?
        .into_iter()
        .find(|(held, _)| *held == role)
        .map(|(_, id)| id);
    let former_holder = holder.map(|id| store::find(conn, id)).transpose()?;
    store::write::give_role(conn, actor, role, id, holder)?;
    if let Some(former_holder) = &former_holder {
        let after = store::find(conn, former_holder.id)?;
        record(
            conn,
            actor,
            "give-up-role",
            Some(former_holder),
            Some(&after),
        )?;
    }
    let after = store::find(conn, id)?;
    record(conn, actor, "take-role", Some(&before), Some(&after))?;
    let entry = NewEntry {
        subject: ROLE_SUBJECT,
        subject_id: Some(id),
        name: after.name.to_string(),
        action: role.as_str(),
        before: holder.map(Into::into),
        after: Some(id.into()),
        ..NewEntry::default()
    };
    audit::record(conn, actor, &entry)?;
    Ok(after)
}

/// Refuses flags that take a role from the status that holds it: a role moves only by giving it to another status.
///
/// # Errors
/// [`Error::Invalid`] at the role.
pub fn check_role_flags(flags: &Flags, holds: impl Fn(Role) -> bool) -> Result<()> {
    let mut errors = FieldErrors::new();
    for (role, flag) in flags.roles() {
        if flag == Some(false) && holds(role) {
            errors.add(role.field(), Message::new("status-role-not-dropped"));
        }
    }
    errors.value_or_invalid(())
}

/// Moves the roles to a status that its flags ask for.
///
/// # Errors
/// As [`give_role`].
pub fn give_flagged_roles(conn: &mut Conn, actor: &Actor, id: i64, flags: &Flags) -> Result<()> {
    for (role, flag) in flags.roles() {
        if flag == Some(true) {
            give_role(conn, actor, role, id)?;
        }
    }
    Ok(())
}

/// Puts the pipeline into a new order.
///
/// # Errors
/// [`Error::StaleOrder`] if it was made from another order than the present one; [`Error::Invalid`] if it doesn't name
/// each status once.
pub fn reorder(conn: &mut Conn, actor: &Actor, order: &Reorder) -> Result<()> {
    locks::pipeline(conn)?;
    let current = store::pipeline_ids(conn)?;
    let ids = order.clone().check(&current)?;
    set_order(conn, actor, &current, &ids)
}

/// Moves one status within the pipeline; returns its new position and how many there are.
///
/// # Errors
/// [`Error::NotFound`] if it isn't in the pipeline; [`Error::StaleOrder`] if `expect` is given and is not the ETag of
/// the present order.
pub fn move_in_pipeline(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    step: PipelineMove,
    expect: Option<&str>,
) -> Result<(usize, usize)> {
    locks::pipeline(conn)?;
    let current = store::pipeline_ids(conn)?;
    if expect.is_some_and(|expect| expect != order_etag(&current)) {
        return Err(Error::StaleOrder(current));
    }
    let ids = reordered(&current, id, step).ok_or(Error::NotFound)?;
    set_order(conn, actor, &current, &ids)?;
    let position = ids.iter().position(|other| *other == id).unwrap_or(0) + 1;
    Ok((position, ids.len()))
}

/// Moves the status to the position that the flags ask for, if they do.
///
/// # Errors
/// [`Error::Invalid`] at `statusorder` for an archived status.
pub fn place(conn: &mut Conn, actor: &Actor, id: i64, flags: &Flags) -> Result<()> {
    let Some(position) = flags.position else {
        return Ok(());
    };
    if store::find(conn, id)?.is_archived() {
        let message = Message::new("status-order-archived");
        return Err(Error::invalid("statusorder", message));
    }
    move_in_pipeline(conn, actor, id, PipelineMove::To(position), None)?;
    Ok(())
}

/// Writes the order `ids`, which must be a permutation of `current`.
pub fn set_order(conn: &mut Conn, actor: &Actor, current: &[i64], ids: &[i64]) -> Result<()> {
    if current == ids {
        return Ok(());
    }
    store::write::write_order(conn, ids)?;
    let entry = NewEntry {
        subject: ORDER_SUBJECT,
        name: String::new(),
        action: "reorder",
        before: audit::snapshot(&current),
        after: audit::snapshot(&ids),
        ..NewEntry::default()
    };
    audit::record(conn, actor, &entry)
}
