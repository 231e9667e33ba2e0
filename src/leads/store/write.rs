//! Inserts and updates of single columns of leads.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::leads;
use crate::error::Result;
use crate::leads::actions::changes::NewLead;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::text::{Note, Reason};
use crate::leads::store::CHUNK;

/// The editable fields as columns, with those derived from them.
#[derive(AsChangeset, Insertable)]
#[diesel(table_name = leads, treat_none_as_null = true)]
pub(super) struct FieldColumns<'a> {
    external_ref: Option<&'a str>,
    name: &'a str,
    name_key: String,
    company: &'a str,
    email: &'a str,
    phone: &'a str,
    source: &'a str,
    owner_id: Option<i64>,
    value_cents: Option<i64>,
    value_key: i64,
    currency: &'static str,
    search_key: String,
}

impl FieldColumns<'_> {
    pub(super) fn of(fields: &LeadFields) -> FieldColumns<'_> {
        let external_ref = fields.external_ref.as_str();
        FieldColumns {
            external_ref: (!external_ref.is_empty()).then_some(external_ref),
            name: fields.name.as_str(),
            name_key: fields.name_key(),
            company: fields.company.as_str(),
            email: fields.email.as_str(),
            phone: fields.phone.as_str(),
            source: fields.source.as_str(),
            owner_id: fields.owner,
            value_cents: fields.value_cents,
            value_key: fields.value_cents.unwrap_or(-1),
            currency: fields.currency.code(),
            search_key: fields.search_key(),
        }
    }
}

/// Inserts a lead; returns its id.
pub fn insert(conn: &mut Conn, actor: &Actor, new: &NewLead) -> Result<i64> {
    Ok(diesel::insert_into(leads::table)
        .values((
            FieldColumns::of(&new.fields),
            leads::status_id.eq(new.status_id),
            leads::status_since.eq(new.entered_at),
            leads::clock_from.eq(new.entered_at),
            leads::last_activity_at.eq(actor.now),
            leads::created_at.eq(new.created_at),
            leads::created_by.eq(&actor.name),
            leads::updated_at.eq(actor.now),
            leads::updated_by.eq(&actor.name),
        ))
        .returning(leads::id)
        .get_result(conn)?)
}

/// The columns that every change of a row sets: version, time and author.
macro_rules! stamp {
    ($actor:expr) => {
        (
            leads::version.eq(leads::version + 1),
            leads::last_activity_at.eq($actor.now),
            leads::updated_at.eq($actor.now),
            leads::updated_by.eq(&$actor.name),
        )
    };
}
pub(super) use stamp;

/// The columns that differ between two sets of fields; the others are not written.
#[derive(AsChangeset)]
#[diesel(table_name = leads)]
struct ChangedColumns<'a> {
    external_ref: Option<Option<&'a str>>,
    name: Option<&'a str>,
    name_key: Option<String>,
    company: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    source: Option<&'a str>,
    owner_id: Option<Option<i64>>,
    value_cents: Option<Option<i64>>,
    value_key: Option<i64>,
    currency: Option<&'static str>,
    search_key: Option<String>,
}

impl ChangedColumns<'_> {
    fn of<'a>(before: &'a LeadFields, after: &'a LeadFields) -> ChangedColumns<'a> {
        let (old, new) = (FieldColumns::of(before), FieldColumns::of(after));
        ChangedColumns {
            external_ref: changed_value(old.external_ref, new.external_ref),
            name: changed_value(old.name, new.name),
            name_key: changed_value(old.name_key, new.name_key),
            company: changed_value(old.company, new.company),
            email: changed_value(old.email, new.email),
            phone: changed_value(old.phone, new.phone),
            source: changed_value(old.source, new.source),
            owner_id: changed_value(old.owner_id, new.owner_id),
            value_cents: changed_value(old.value_cents, new.value_cents),
            value_key: changed_value(old.value_key, new.value_key),
            currency: changed_value(old.currency, new.currency),
            search_key: changed_value(old.search_key, new.search_key),
        }
    }
}

/// The new value, if it differs from the old one.
fn changed_value<T: PartialEq>(old: T, new: T) -> Option<T> {
    (new != old).then_some(new)
}

/// Writes the fields of a locked lead that differ from what they were.
pub fn update(conn: &mut Conn, actor: &Actor, before: &Lead, fields: &LeadFields) -> Result<()> {
    diesel::update(leads::table.find(before.id))
        .set((ChangedColumns::of(&before.fields, fields), stamp!(actor)))
        .execute(conn)?;
    Ok(())
}

/// Marks a lead as changed by something in another table.
pub fn touch(conn: &mut Conn, actor: &Actor, id: i64) -> Result<()> {
    diesel::update(leads::table.find(id))
        .set(stamp!(actor))
        .execute(conn)?;
    Ok(())
}

/// Sets the owner of leads, or none.
pub fn assign(conn: &mut Conn, actor: &Actor, ids: &[i64], owner: Option<i64>) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        diesel::update(leads::table.filter(leads::id.eq_any(chunk.to_vec())))
            .set((leads::owner_id.eq(owner), stamp!(actor)))
            .execute(conn)?;
    }
    Ok(())
}

/// Pauses leads until an instant, or ends their pause. Clocks move later by the time of the pause, without the rest of
/// an earlier pause.
pub fn pause(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[i64],
    until: Option<Timestamp>,
    reason: &Reason,
) -> Result<()> {
    let now = actor.now.0;
    let added = until.map_or(0, |until| until.0 - now);
    let clock = format!(
        "clock_from + {added} - case when paused_until > {now} then paused_until - {now} else 0 end"
    );
    // A write that waited may be older than the change it meets: the clock never begins before the visit.
    let clock = format!("case when {clock} < status_since then status_since else {clock} end");
    diesel::update(leads::table.filter(leads::id.eq_any(ids.to_vec())))
        .set((
            leads::clock_from.eq(sql::<BigInt>(&clock)),
            leads::paused_until.eq(until),
            leads::pause_reason.eq(reason.as_str()),
            stamp!(actor),
        ))
        .execute(conn)?;
    Ok(())
}

/// Copies the newest note to the leads, as a change of its own.
pub fn set_last_note(conn: &mut Conn, actor: &Actor, ids: &[i64], note: &Note) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        diesel::update(leads::table.filter(leads::id.eq_any(chunk.to_vec())))
            .set((
                leads::last_note.eq(note.as_str()),
                leads::last_note_at.eq(Some(actor.now)),
                stamp!(actor),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Copies the newest note to leads that a move changes in this transaction.
pub fn set_last_note_with_move(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[i64],
    note: &Note,
) -> Result<()> {
    diesel::update(leads::table.filter(leads::id.eq_any(ids.to_vec())))
        .set((
            leads::last_note.eq(note.as_str()),
            leads::last_note_at.eq(Some(actor.now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Deletes leads: they go to the bin.
pub fn delete(conn: &mut Conn, actor: &Actor, ids: &[i64]) -> Result<()> {
    set_deleted(conn, actor, ids, Some(actor.now))
}

/// Restores deleted leads.
pub fn restore(conn: &mut Conn, actor: &Actor, ids: &[i64]) -> Result<()> {
    set_deleted(conn, actor, ids, None)
}

fn set_deleted(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[i64],
    deleted_at: Option<Timestamp>,
) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        diesel::update(leads::table.filter(leads::id.eq_any(chunk.to_vec())))
            .set((leads::deleted_at.eq(deleted_at), stamp!(actor)))
            .execute(conn)?;
    }
    Ok(())
}

/// Sets a lead's current visit after its history changed. A pause ends with the visit that it began in.
pub fn set_current_visit(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    status_id: i64,
    since: Timestamp,
    clock_from: Timestamp,
) -> Result<()> {
    diesel::update(leads::table.find(id))
        .set((
            leads::status_id.eq(status_id),
            leads::status_since.eq(since),
            leads::clock_from.eq(clock_from),
            leads::paused_until.eq(None::<Timestamp>),
            leads::pause_reason.eq(""),
            stamp!(actor),
        ))
        .execute(conn)?;
    Ok(())
}
