//! Every change to a status, whichever door it comes through: the rules, the rows and the audit entry in the
//! caller's transaction. Pages, bulk, import, undo and API all end up here. Whoever makes several changes
//! takes their locks first (see [`crate::db::locks`]), so that what was judged still holds when it is carried out.

use super::order::{Reorder, Step, moved, seal};
use super::replace::{refuse_while_leaving, refuse_while_moving};
use super::{LeadStatus, NewLeadStatus, Role, Slug, Snapshot, StatusFields};
use super::{blockers, check_kind, check_role, headcount_of, store};
use crate::audit::{self, Actor, Entry};
use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;

/// The audit log's word for a status.
pub const SUBJECT: &str = "lead_status";
/// The audit log's word for the order of the pipeline.
pub const ORDER_SUBJECT: &str = "lead_status_order";
/// The audit log's word for who holds a role.
pub const ROLE_SUBJECT: &str = "lead_status_role";

/// What the log says about statuses, under all three words.
pub const SUBJECTS: [&str; 3] = [SUBJECT, ORDER_SUBJECT, ROLE_SUBJECT];

pub(super) fn record(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: Option<&LeadStatus>,
    after: Option<&LeadStatus>,
) -> Result<()> {
    let Some(named) = after.or(before) else {
        return Ok(());
    };
    let shot = |status: &LeadStatus| audit::snapshot(&Snapshot::from(status));
    let entry = Entry {
        subject: SUBJECT,
        subject_id: Some(named.id),
        version: Some(named.version),
        name: named.name.to_string(),
        action,
        before: before.and_then(shot),
        after: after.and_then(shot),
    };
    audit::record(conn, actor, &entry)
}

/// Refuses a name that another status in use has, but for case and accents.
pub(super) fn check_name(
    conn: &mut Conn,
    fields: &StatusFields,
    except: Option<i64>,
) -> Result<()> {
    match store::name_holder(conn, &fields.name.key(), except)? {
        None => Ok(()),
        Some(_) => {
            let told = Message::new("status-name-taken").with("name", fields.name.as_str());
            Err(Error::Taken(FieldErrors::one("name", told)))
        }
    }
}

fn free_slug(conn: &mut Conn, slug: Slug) -> Result<Slug> {
    let taken = store::slugs_like(conn, slug.as_str())?;
    Ok(slug.unique(|candidate| taken.iter().any(|slug| slug == candidate)))
}

/// Makes a status at the end of the pipeline.
///
/// # Errors
/// [`Error::Taken`] if the name is.
pub fn create(conn: &mut Conn, actor: &Actor, fields: &StatusFields) -> Result<LeadStatus> {
    create_with_slug(conn, actor, fields, Slug::of(&fields.name))
}

/// The same with a slug that an imported file asks for; a taken one gets a number.
pub fn create_with_slug(
    conn: &mut Conn,
    actor: &Actor,
    fields: &StatusFields,
    slug: Slug,
) -> Result<LeadStatus> {
    locks::pipeline(conn)?;
    check_name(conn, fields, None)?;
    let slug = free_slug(conn, slug)?;
    let new = NewLeadStatus {
        fields: fields.clone(),
        slug,
    };
    let id = store::insert(conn, actor, &new)?;
    let made = store::find(conn, id)?;
    record(conn, actor, "create", None, Some(&made))?;
    Ok(made)
}

/// A deleted status again, under its old id and slug, at the end of the pipeline.
pub fn bring_back(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    slug: &Slug,
    fields: &StatusFields,
    version: i32,
) -> Result<LeadStatus> {
    store::forget_deleted(conn, id)?;
    store::insert_with_id(conn, actor, id, slug, fields, version)?;
    let back = store::find(conn, id)?;
    record(conn, actor, "bring-back", None, Some(&back))?;
    Ok(back)
}

/// Writes the fields of a status. Nothing is written if nothing differs.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::StaleVersion`] if `version` is given and not the current one;
/// [`Error::Taken`] for the name; [`Error::Invalid`] for a kind that a role forbids; [`Error::Conflict`] for one that
/// is leaving.
pub fn update(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    version: Option<i32>,
    fields: &StatusFields,
) -> Result<LeadStatus> {
    locks::pipeline(conn)?;
    let before = store::find(conn, id)?;
    check_version(&before, version)?;
    if before.fields() == *fields {
        return Ok(before);
    }
    refuse_while_leaving(&before)?;
    check_kind(before.roles(), fields.kind).map_err(Error::Invalid)?;
    if before.kind != fields.kind {
        locks::statuses(conn, &[(id, Strength::Exclusive)])?;
    }
    if !before.is_archived() {
        check_name(conn, fields, Some(id))?;
    }
    store::update(conn, actor, id, fields)?;
    let after = store::find(conn, id)?;
    record(conn, actor, "update", Some(&before), Some(&after))?;
    Ok(after)
}

/// Refuses a change made from a version that is no longer the current one.
pub fn check_version(current: &LeadStatus, version: Option<i32>) -> Result<()> {
    match version {
        Some(made_from) if made_from != current.version => Err(Error::StaleVersion {
            current: current.version,
        }),
        _ => Ok(()),
    }
}

/// Takes a status out of use; its name is free again. The gap in the pipeline stays until [`close_gaps`].
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
    store::archive(conn, actor, id)?;
    let after = store::find(conn, id)?;
    record(conn, actor, "archive", Some(&before), Some(&after))?;
    Ok(after)
}

/// Numbers the pipeline 1..n again after statuses have left it; the last step of every change that
/// archives or deletes.
pub fn close_gaps(conn: &mut Conn) -> Result<()> {
    let ids = store::order(conn)?;
    store::write_order(conn, &ids)
}

/// Takes a status back into use, at the end of the pipeline.
///
/// # Errors
/// [`Error::Taken`] if another status has its name by now.
pub fn restore(conn: &mut Conn, actor: &Actor, id: i64) -> Result<LeadStatus> {
    locks::statuses(conn, &[(id, Strength::Exclusive)])?;
    let before = store::find(conn, id)?;
    if !before.is_archived() {
        return Ok(before);
    }
    check_name(conn, &before.fields(), Some(id))?;
    store::restore(conn, actor, id)?;
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
    store::delete(conn, actor, &before)?;
    record(conn, actor, "delete", Some(&before), None)?;
    Ok(before)
}

fn refuse_if_blocked(conn: &mut Conn, status: &LeadStatus) -> Result<()> {
    refuse_while_moving(conn, status)?;
    let found = blockers(status, &headcount_of(conn, status.id)?);
    if found.is_empty() {
        Ok(())
    } else {
        Err(Error::Blocked(found))
    }
}

/// Gives a role to a status; whoever held it holds it no more.
///
/// # Errors
/// [`Error::Invalid`] if the status is archived or of the wrong kind.
pub fn give_role(conn: &mut Conn, actor: &Actor, role: Role, id: i64) -> Result<LeadStatus> {
    locks::pipeline(conn)?;
    locks::roles(conn)?;
    let taker = store::find(conn, id)?;
    if taker.holds(role) {
        return Ok(taker);
    }
    check_role(&taker, role).map_err(Error::Invalid)?;
    let holder = store::role_holders(conn)?
        .into_iter()
        .find(|(held, _)| *held == role)
        .map(|(_, id)| id);
    let giver = holder.map(|id| store::find(conn, id)).transpose()?;
    store::give_role(conn, actor, role, id, holder)?;
    if let Some(giver) = &giver {
        let after = store::find(conn, giver.id)?;
        record(conn, actor, "give-up-role", Some(giver), Some(&after))?;
    }
    let after = store::find(conn, id)?;
    record(conn, actor, "take-role", Some(&taker), Some(&after))?;
    let entry = Entry {
        subject: ROLE_SUBJECT,
        subject_id: Some(id),
        name: after.name.to_string(),
        action: role.as_str(),
        before: holder.map(Into::into),
        after: Some(id.into()),
        ..Entry::default()
    };
    audit::record(conn, actor, &entry)?;
    Ok(after)
}

/// Puts the pipeline into a new order.
///
/// # Errors
/// [`Error::StaleOrder`] if it was made from another order than the one now; [`Error::Invalid`] if it is no
/// rearrangement of it.
pub fn reorder(conn: &mut Conn, actor: &Actor, asked: &Reorder) -> Result<()> {
    locks::pipeline(conn)?;
    let current = store::order(conn)?;
    let ids = asked.clone().check(&current)?;
    place(conn, actor, &current, &ids)
}

/// Moves one status within the pipeline; returns its new position and how many there are.
///
/// # Errors
/// [`Error::NotFound`] if it isn't in the pipeline; [`Error::StaleOrder`] if `expect` is given and is not
/// the [`seal`] of the order now.
pub fn move_to(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    step: Step,
    expect: Option<&str>,
) -> Result<(usize, usize)> {
    locks::pipeline(conn)?;
    let current = store::order(conn)?;
    if expect.is_some_and(|expect| expect != seal(&current)) {
        return Err(Error::StaleOrder(current));
    }
    let ids = moved(&current, id, step).ok_or(Error::NotFound)?;
    place(conn, actor, &current, &ids)?;
    let position = ids.iter().position(|other| *other == id).unwrap_or(0) + 1;
    Ok((position, ids.len()))
}

/// Puts the pipeline into an order that is known to be a rearrangement of the `current` one.
pub fn place(conn: &mut Conn, actor: &Actor, current: &[i64], ids: &[i64]) -> Result<()> {
    if current == ids {
        return Ok(());
    }
    store::write_order(conn, ids)?;
    let entry = Entry {
        subject: ORDER_SUBJECT,
        name: String::new(),
        action: "reorder",
        before: audit::snapshot(&current),
        after: audit::snapshot(&ids),
        ..Entry::default()
    };
    audit::record(conn, actor, &entry)
}
