//! The statements that write statuses and their roles.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{deleted_lead_statuses, lead_status_roles, lead_statuses};
use crate::error::Result;
use crate::i18n::{fold, fold_search, unify_marks};
use crate::statuses::domain::color::Color;
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::status::{
    DeletedStatus, LeadStatus, NewLeadStatus, StatusFields, UndeletedStatus,
};
use crate::statuses::store::row::FieldColumns;

/// Added to positions that are about to change, since their unique index is checked for every row.
const POSITION_OFFSET: i32 = 1_000_000;

/// The columns that sorting and searching read, which follow from the fields.
#[derive(AsChangeset, Insertable)]
#[diesel(table_name = lead_statuses)]
struct DerivedColumns {
    name_key: String,
    search_key: String,
}

/// The columns of the fields.
fn columns(fields: &StatusFields) -> (FieldColumns, DerivedColumns) {
    let derived = DerivedColumns {
        name_key: fields.name.key(),
        search_key: search_key(fields),
    };
    (FieldColumns::of(fields), derived)
}

/// The folded text that a search looks into: name and definition.
pub fn search_key(fields: &StatusFields) -> String {
    format!(
        "{}\n{}",
        fold_search(fields.name.as_str()),
        unify_marks(&fold(fields.definition.as_str()))
    )
}

/// Inserts a row at the position for its kind ([`position_for`]) and returns its id.
pub fn insert(conn: &mut Conn, actor: &Actor, new: &NewLeadStatus) -> Result<i64> {
    let position = position_for(conn, new.fields.kind)?;
    let id = diesel::insert_into(lead_statuses::table)
        .values((
            columns(&new.fields),
            lead_statuses::slug.eq(new.slug.as_str()),
            lead_statuses::position.eq(position),
            lead_statuses::created_at.eq(actor.now),
            lead_statuses::created_by.eq(&actor.name),
            lead_statuses::updated_at.eq(actor.now),
            lead_statuses::updated_by.eq(&actor.name),
        ))
        .returning(lead_statuses::id)
        .get_result(conn)?;
    Ok(id)
}

/// Inserts a deleted row again with its old id and slug: archived with the position it had last, or in use at the
/// position for its kind ([`position_for`]). The record of its deletion goes.
pub fn insert_deleted(
    conn: &mut Conn,
    actor: &Actor,
    restored: &UndeletedStatus,
    definition_version: i32,
) -> Result<()> {
    let last_position = take_deleted(conn, restored.id)?;
    let position = match restored.is_archived {
        true => None,
        false => Some(position_for(conn, restored.fields.kind)?),
    };
    diesel::insert_into(lead_statuses::table)
        .values((
            lead_statuses::id.eq(restored.id),
            columns(&restored.fields),
            lead_statuses::slug.eq(restored.slug.as_str()),
            lead_statuses::position.eq(position),
            lead_statuses::last_position.eq(last_position.filter(|_| restored.is_archived)),
            lead_statuses::is_archived.eq(restored.is_archived),
            lead_statuses::archived_at.eq(restored.is_archived.then_some(actor.now)),
            lead_statuses::version.eq(restored.version),
            lead_statuses::definition_version.eq(definition_version),
            lead_statuses::created_at.eq(actor.now),
            lead_statuses::created_by.eq(&actor.name),
            lead_statuses::updated_at.eq(actor.now),
            lead_statuses::updated_by.eq(&actor.name),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes the editable fields of a row; its version goes up by one.
pub fn update(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    fields: &StatusFields,
    definition_version: i32,
) -> Result<()> {
    diesel::update(lead_statuses::table.find(id))
        .set((
            columns(fields),
            lead_statuses::definition_version.eq(definition_version),
            lead_statuses::version.eq(lead_statuses::version + 1),
            lead_statuses::updated_at.eq(actor.now),
            lead_statuses::updated_by.eq(&actor.name),
        ))
        .execute(conn)?;
    Ok(())
}

/// Archives a row. It keeps the position that it had last.
pub fn archive(conn: &mut Conn, actor: &Actor, id: i64) -> Result<()> {
    diesel::update(lead_statuses::table.find(id))
        .set(lead_statuses::last_position.eq(lead_statuses::position))
        .execute(conn)?;
    set_archived(conn, actor, id, Some(actor.now), None)
}

/// Restores an archived row at the position for its kind ([`position_for`]).
pub fn restore(conn: &mut Conn, actor: &Actor, id: i64, kind: Kind) -> Result<()> {
    let position = position_for(conn, kind)?;
    set_archived(conn, actor, id, None, Some(position))
}

fn set_archived(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    archived_at: Option<Timestamp>,
    position: Option<i32>,
) -> Result<()> {
    diesel::update(lead_statuses::table.find(id))
        .set((
            lead_statuses::is_archived.eq(archived_at.is_some()),
            lead_statuses::archived_at.eq(archived_at),
            lead_statuses::position.eq(position),
            lead_statuses::version.eq(lead_statuses::version + 1),
            lead_statuses::updated_at.eq(actor.now),
            lead_statuses::updated_by.eq(&actor.name),
        ))
        .execute(conn)?;
    Ok(())
}

/// The position of a status that comes into use: an open one after the last open one, where its leads are worked on
/// before they are won or lost; another one at the end. Those after it move on by one.
fn position_for(conn: &mut Conn, kind: Kind) -> Result<i32> {
    if kind != Kind::Open {
        return next_position(conn, &Kind::ALL);
    }
    let position = next_position(conn, &[Kind::Open])?;
    let behind = lead_statuses::table.filter(lead_statuses::position.ge(position));
    diesel::update(behind)
        .set(lead_statuses::position.eq(lead_statuses::position + POSITION_OFFSET + 1))
        .execute(conn)?;
    let moved = lead_statuses::table.filter(lead_statuses::position.gt(POSITION_OFFSET));
    diesel::update(moved)
        .set(lead_statuses::position.eq(lead_statuses::position - POSITION_OFFSET))
        .execute(conn)?;
    Ok(position)
}

/// The position after the last status in use of these kinds.
fn next_position(conn: &mut Conn, kinds: &[Kind]) -> Result<i32> {
    let last: Option<i32> = lead_statuses::table
        .filter(lead_statuses::is_archived.eq(false))
        .filter(lead_statuses::kind.eq_any(kinds.iter().map(|kind| kind.as_str())))
        .select(diesel::dsl::max(lead_statuses::position))
        .first(conn)?;
    Ok(last.unwrap_or(0) + 1)
}

/// Deletes a row and keeps its name for history. The foreign keys refuse if a role or a lead refers to it.
pub fn delete(conn: &mut Conn, actor: &Actor, status: &LeadStatus) -> Result<()> {
    let last_position: Option<i32> = lead_statuses::table
        .find(status.id)
        .select(lead_statuses::last_position)
        .first(conn)?;
    diesel::delete(lead_statuses::table.find(status.id)).execute(conn)?;
    diesel::insert_into(deleted_lead_statuses::table)
        .values((
            deleted_lead_statuses::id.eq(status.id),
            deleted_lead_statuses::name.eq(status.name.as_str()),
            deleted_lead_statuses::color.eq(status.color.as_str()),
            deleted_lead_statuses::kind.eq(status.kind.as_str()),
            deleted_lead_statuses::deleted_at.eq(actor.now),
            deleted_lead_statuses::position.eq(status.position.or(last_position)),
        ))
        .execute(conn)?;
    Ok(())
}

/// The positions that archived and deleted statuses had last, by id; 0 where it is not known.
pub fn list_last_positions(conn: &mut Conn) -> Result<HashMap<i64, i32>> {
    let archived: Vec<(i64, Option<i32>)> = lead_statuses::table
        .filter(lead_statuses::is_archived.eq(true))
        .select((lead_statuses::id, lead_statuses::last_position))
        .load(conn)?;
    let deleted: Vec<(i64, Option<i32>)> = deleted_lead_statuses::table
        .select((deleted_lead_statuses::id, deleted_lead_statuses::position))
        .load(conn)?;
    let positions = archived.into_iter().chain(deleted);
    Ok(positions
        .map(|(id, position)| (id, position.unwrap_or(0)))
        .collect())
}

/// Deletes a placeholder row that held a role.
pub fn delete_placeholder(conn: &mut Conn, id: i64) -> Result<()> {
    diesel::delete(lead_statuses::table.find(id)).execute(conn)?;
    Ok(())
}

/// Deletes the record of a deleted status, because the status exists again; returns the position it had last.
fn take_deleted(conn: &mut Conn, id: i64) -> Result<Option<i32>> {
    let position = diesel::delete(deleted_lead_statuses::table.find(id))
        .returning(deleted_lead_statuses::position)
        .get_result(conn)
        .optional()?;
    Ok(position.flatten())
}

/// The deleted statuses, in the order of their deletion.
pub fn list_deleted(conn: &mut Conn) -> Result<Vec<DeletedStatus>> {
    let rows: Vec<(i64, String, String, String)> = deleted_lead_statuses::table
        .order((deleted_lead_statuses::deleted_at, deleted_lead_statuses::id))
        .select((
            deleted_lead_statuses::id,
            deleted_lead_statuses::name,
            deleted_lead_statuses::color,
            deleted_lead_statuses::kind,
        ))
        .load(conn)?;
    let deleted = |(id, name, color, kind): (i64, String, String, String)| DeletedStatus {
        id,
        name,
        color: Color::stored(color),
        kind: kind.parse().unwrap_or_default(),
    };
    Ok(rows.into_iter().map(deleted).collect())
}

/// Moves a role to a status from its present holder. Both get a new version.
pub fn give_role(
    conn: &mut Conn,
    actor: &Actor,
    role: Role,
    id: i64,
    from: Option<i64>,
) -> Result<()> {
    let values = (
        lead_status_roles::status_id.eq(id),
        lead_status_roles::kind.eq(role.required_kind().as_str()),
    );
    match from {
        Some(_) => diesel::update(lead_status_roles::table.find(role.as_str()))
            .set(values)
            .execute(conn)?,
        None => diesel::insert_into(lead_status_roles::table)
            .values((lead_status_roles::role.eq(role.as_str()), values))
            .execute(conn)?,
    };
    let ids: Vec<i64> = from.into_iter().chain([id]).collect();
    diesel::update(lead_statuses::table.filter(lead_statuses::id.eq_any(ids)))
        .set((
            lead_statuses::version.eq(lead_statuses::version + 1),
            lead_statuses::updated_at.eq(actor.now),
            lead_statuses::updated_by.eq(&actor.name),
        ))
        .execute(conn)?;
    Ok(())
}

/// Replaces the name keys of these rows by unique placeholders until the new names are written, so that two may swap.
pub fn free_names(conn: &mut Conn, ids: &[i64]) -> Result<()> {
    for id in ids {
        // No name has this key, since names contain no control characters.
        diesel::update(lead_statuses::table.find(id))
            .set(lead_statuses::name_key.eq(format!("\u{1}{id}")))
            .execute(conn)?;
    }
    Ok(())
}

/// Moves a role to a new placeholder row, so that its holder may change its kind while the role stays held. Returns the
/// id of that row, to be deleted once the role has its new holder.
pub fn assign_to_placeholder(conn: &mut Conn, actor: &Actor, role: Role) -> Result<i64> {
    let placeholder_key = format!("\u{1}{role}");
    let end = next_position(conn, &Kind::ALL)?;
    let id: i64 = diesel::insert_into(lead_statuses::table)
        .values((
            lead_statuses::name.eq(role.as_str()),
            lead_statuses::name_key.eq(&placeholder_key),
            lead_statuses::slug.eq(&placeholder_key),
            lead_statuses::color.eq(Color::default().as_str()),
            lead_statuses::kind.eq(role.required_kind().as_str()),
            lead_statuses::definition.eq(""),
            lead_statuses::enter_when.eq("[]"),
            lead_statuses::leave_when.eq("[]"),
            lead_statuses::search_key.eq(""),
            lead_statuses::position.eq(end),
            lead_statuses::created_at.eq(actor.now),
            lead_statuses::created_by.eq(&actor.name),
            lead_statuses::updated_at.eq(actor.now),
            lead_statuses::updated_by.eq(&actor.name),
        ))
        .returning(lead_statuses::id)
        .get_result(conn)?;
    let values = (
        lead_status_roles::status_id.eq(id),
        lead_status_roles::kind.eq(role.required_kind().as_str()),
    );
    diesel::update(lead_status_roles::table.find(role.as_str()))
        .set(values)
        .execute(conn)?;
    Ok(id)
}

/// Numbers the statuses in use 1..n in the order of `ids`; writes only rows whose position changes.
pub fn write_order(conn: &mut Conn, ids: &[i64]) -> Result<()> {
    let placed: Vec<(i64, Option<i32>)> = lead_statuses::table
        .filter(lead_statuses::is_archived.eq(false))
        .select((lead_statuses::id, lead_statuses::position))
        .load(conn)?;
    let placed: std::collections::HashMap<i64, Option<i32>> = placed.into_iter().collect();
    let moved: Vec<(i64, i32)> = ids
        .iter()
        .zip(1..)
        .filter(|(id, position)| placed.get(id) != Some(&Some(*position)))
        .map(|(id, position)| (*id, position))
        .collect();
    for chunk in moved.chunks(500) {
        let ids: Vec<i64> = chunk.iter().map(|(id, _)| *id).collect();
        diesel::update(lead_statuses::table.filter(lead_statuses::id.eq_any(ids)))
            .set(lead_statuses::position.eq(lead_statuses::position + POSITION_OFFSET))
            .execute(conn)?;
    }
    for (id, position) in moved {
        diesel::update(lead_statuses::table.find(id))
            .set(lead_statuses::position.eq(position))
            .execute(conn)?;
    }
    Ok(())
}
