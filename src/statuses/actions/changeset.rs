//! Writes several statuses at once. Single changes can't do this in any order where names are swapped, or where roles move
//! between statuses whose kinds change. Import, standard sets and undo use this.

use crate::audit::{self, Actor, NewEntry};
use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::{Error, Result};
use crate::statuses::actions::changes::refuse_if_being_replaced;
use crate::statuses::actions::changes::{ROLE_SUBJECT, check_name, record};
use crate::statuses::actions::definitions;
use crate::statuses::actions::import_export::named_statuses;
use crate::statuses::actions::import_export::plan::StatusRef;
use crate::statuses::domain::definition::Why;
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::rules::{check_kind, check_role};
use crate::statuses::domain::status::{LeadStatus, NewLeadStatus, StatusFields};
use crate::statuses::store;

/// The changes to write.
#[derive(Debug, Default)]
pub struct Changeset {
    /// The fields of statuses that exist.
    pub updates: Vec<(i64, StatusFields)>,
    /// Statuses to be made, in this order.
    pub creates: Vec<NewLeadStatus>,
    /// The holders of roles afterwards; a new status is named by its index in `creates`.
    pub roles: Vec<(Role, StatusRef)>,
    /// For each of `creates` the index of its row in the file: fields name a status that doesn't exist yet by a
    /// provisional id, which is made from this index.
    pub created_rows: Vec<usize>,
}

/// A role that moves to another status.
struct RoleMove {
    role: Role,
    from: i64,
    to: StatusRef,
    /// The id of the placeholder row that holds the role meanwhile.
    placeholder_id: i64,
}

/// Locks the pipeline, the roles and these statuses. Call this before reading what the changes are made from.
///
/// # Errors
/// Returns an error if the database can't be locked.
pub fn lock(conn: &mut Conn, ids: &[i64]) -> Result<()> {
    locks::pipeline(conn)?;
    locks::roles(conn)?;
    let exclusive = ids.iter().map(|id| (*id, Strength::Exclusive));
    locks::statuses(conn, &exclusive.collect::<Vec<_>>())
}

/// Writes all changes with one audit entry for each status that changes; returns the ids of the new statuses.
///
/// # Errors
/// [`Error::Taken`] for a name; [`Error::Invalid`] for a kind that a role forbids, or a role that a kind does;
/// [`Error::Conflict`] for a change of a status that is being replaced.
pub fn apply_changeset(conn: &mut Conn, actor: &Actor, changeset: &Changeset) -> Result<Vec<i64>> {
    let updated: Vec<i64> = changeset.updates.iter().map(|(id, _)| *id).collect();
    lock(conn, &updated)?;
    let role_changes = role_changes(conn, &changeset.roles)?;
    let before = affected_statuses(conn, changeset, &role_changes)?;
    free_names(conn, changeset, &before)?;
    let created = create(conn, actor, &changeset.creates)?;
    let id = |row: usize| {
        let mut rows = changeset.created_rows.iter();
        let index = rows.position(|other| *other == row)?;
        created.get(index).copied()
    };
    set_named_ids(conn, changeset, &created, id)?;
    let role_moves = assign_placeholders(conn, actor, role_changes)?;
    for (status, fields) in &changeset.updates {
        let fields = named_statuses::with_ids(fields, id);
        update(conn, actor, &before, *status, &fields, &role_moves)?;
    }
    finish_role_moves(conn, actor, &role_moves, &created)?;
    record_changes(conn, actor, &before)?;
    for id in &created {
        let after = store::find(conn, *id)?;
        record(conn, actor, "create", None, Some(&after))?;
    }
    record_role_moves(conn, actor, &role_moves, &created)?;
    Ok(created)
}

/// The roles that move: role, present holder, next holder.
fn role_changes(
    conn: &mut Conn,
    roles: &[(Role, StatusRef)],
) -> Result<Vec<(Role, i64, StatusRef)>> {
    let holders = store::role_holders(conn)?;
    let changes = roles.iter().filter_map(|(role, to)| {
        let (_, from) = holders.iter().find(|(held, _)| held == role)?;
        (*to != StatusRef::Existing(*from)).then_some((*role, *from, *to))
    });
    Ok(changes.collect())
}

/// The statuses that may change, as they are now.
fn affected_statuses(
    conn: &mut Conn,
    changeset: &Changeset,
    role_changes: &[(Role, i64, StatusRef)],
) -> Result<Vec<LeadStatus>> {
    let mut ids: Vec<i64> = changeset.updates.iter().map(|(id, _)| *id).collect();
    for (_, from, to) in role_changes {
        ids.push(*from);
        if let StatusRef::Existing(id) = to {
            ids.push(*id);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    store::find_many(conn, &ids)
}

fn free_names(conn: &mut Conn, changeset: &Changeset, before: &[LeadStatus]) -> Result<()> {
    let renamed = |status: &&LeadStatus| {
        let mut updates = changeset.updates.iter();
        let new = updates.find(|(id, _)| *id == status.id);
        new.is_some_and(|(_, fields)| fields.name.key() != status.name.key())
    };
    let renamed: Vec<i64> = before.iter().filter(renamed).map(|old| old.id).collect();
    store::write::free_names(conn, &renamed)
}

fn create(conn: &mut Conn, actor: &Actor, creates: &[NewLeadStatus]) -> Result<Vec<i64>> {
    let mut created = Vec::with_capacity(creates.len());
    for new in creates {
        check_name(conn, &new.fields, None)?;
        created.push(definitions::insert(conn, actor, new)?);
    }
    Ok(created)
}

/// Gives new statuses the ids of those that they name, once all are there.
fn set_named_ids(
    conn: &mut Conn,
    changeset: &Changeset,
    created: &[i64],
    id: impl Fn(usize) -> Option<i64>,
) -> Result<()> {
    for (new, status) in changeset.creates.iter().zip(created) {
        let fields = named_statuses::with_ids(&new.fields, &id);
        if fields != new.fields {
            store::definitions::set_named_ids(conn, *status, &fields)?;
        }
    }
    Ok(())
}

fn assign_placeholders(
    conn: &mut Conn,
    actor: &Actor,
    role_changes: Vec<(Role, i64, StatusRef)>,
) -> Result<Vec<RoleMove>> {
    let role_moves = role_changes.into_iter().map(|(role, from, to)| {
        Ok(RoleMove {
            role,
            from,
            to,
            placeholder_id: store::write::assign_to_placeholder(conn, actor, role)?,
        })
    });
    role_moves.collect()
}

fn update(
    conn: &mut Conn,
    actor: &Actor,
    before: &[LeadStatus],
    id: i64,
    fields: &StatusFields,
    role_moves: &[RoleMove],
) -> Result<()> {
    let old = before
        .iter()
        .find(|status| status.id == id)
        .ok_or(Error::NotFound)?;
    if old.fields() == *fields {
        return Ok(());
    }
    refuse_if_being_replaced(old)?;
    let roles = old
        .roles()
        .filter(|role| role_moves.iter().all(|role_move| role_move.role != *role));
    check_kind(roles, fields.kind).map_err(Error::Invalid)?;
    if !old.is_archived() {
        check_name(conn, fields, Some(id))?;
    }
    definitions::update(conn, actor, old, fields, &Why::default())
}

fn finish_role_moves(
    conn: &mut Conn,
    actor: &Actor,
    role_moves: &[RoleMove],
    created: &[i64],
) -> Result<()> {
    for role_move in role_moves {
        let status = store::find(conn, resolve_id(role_move.to, created)?)?;
        check_role(&status, role_move.role).map_err(Error::Invalid)?;
        store::write::give_role(conn, actor, role_move.role, status.id, Some(role_move.from))?;
    }
    for role_move in role_moves {
        store::write::delete_placeholder(conn, role_move.placeholder_id)?;
    }
    Ok(())
}

/// The id of a status that exists or was just created.
pub fn resolve_id(status: StatusRef, created: &[i64]) -> Result<i64> {
    match status {
        StatusRef::Existing(id) => Ok(id),
        StatusRef::New(index) => created
            .get(index)
            .copied()
            .ok_or_else(|| Error::internal("a plan names a status that it doesn't make")),
    }
}

fn record_changes(conn: &mut Conn, actor: &Actor, before: &[LeadStatus]) -> Result<()> {
    for old in before {
        let new = store::find(conn, old.id)?;
        let gains = new.roles().any(|role| !old.holds(role));
        let action = match new.fields() == old.fields() {
            false => "update",
            true if gains => "take-role",
            true => "give-up-role",
        };
        if new.version != old.version {
            record(conn, actor, action, Some(old), Some(&new))?;
        }
    }
    Ok(())
}

fn record_role_moves(
    conn: &mut Conn,
    actor: &Actor,
    role_moves: &[RoleMove],
    created: &[i64],
) -> Result<()> {
    for role_move in role_moves {
        let id = resolve_id(role_move.to, created)?;
        let entry = NewEntry {
            subject: ROLE_SUBJECT,
            subject_id: Some(id),
            name: store::find(conn, id)?.name.to_string(),
            action: role_move.role.as_str(),
            before: Some(role_move.from.into()),
            after: Some(id.into()),
            ..NewEntry::default()
        };
        audit::record(conn, actor, &entry)?;
    }
    Ok(())
}
