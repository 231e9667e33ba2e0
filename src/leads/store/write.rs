use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::CHUNK;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::leads;
use crate::error::Result;
use crate::leads::text::{Note, Reason};
use crate::leads::{Lead, LeadFields, NewLead};

/// The editable fields as they lie in a row, with what is worked out from them.
#[derive(AsChangeset, Insertable)]
#[diesel(table_name = leads, treat_none_as_null = true)]
pub(super) struct Values<'a> {
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

impl Values<'_> {
    pub(super) fn of(fields: &LeadFields) -> Values<'_> {
        let external_ref = fields.external_ref.as_str();
        Values {
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

/// A new row; returns its id.
pub fn insert(conn: &mut Conn, actor: &Actor, new: &NewLead) -> Result<i64> {
    Ok(diesel::insert_into(leads::table)
        .values((
            Values::of(&new.fields),
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

/// What every change of a row writes: its version, and who made it when.
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

/// The columns of editable fields that differ, with what is worked out from them: the others are left as they are.
#[derive(AsChangeset)]
#[diesel(table_name = leads)]
struct Differing<'a> {
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

impl Differing<'_> {
    fn of<'a>(before: &'a LeadFields, after: &'a LeadFields) -> Differing<'a> {
        let (old, new) = (Values::of(before), Values::of(after));
        Differing {
            external_ref: differing(old.external_ref, new.external_ref),
            name: differing(old.name, new.name),
            name_key: differing(old.name_key, new.name_key),
            company: differing(old.company, new.company),
            email: differing(old.email, new.email),
            phone: differing(old.phone, new.phone),
            source: differing(old.source, new.source),
            owner_id: differing(old.owner_id, new.owner_id),
            value_cents: differing(old.value_cents, new.value_cents),
            value_key: differing(old.value_key, new.value_key),
            currency: differing(old.currency, new.currency),
            search_key: differing(old.search_key, new.search_key),
        }
    }
}

/// The new one of two values, if they differ.
fn differing<T: PartialEq>(old: T, new: T) -> Option<T> {
    (new != old).then_some(new)
}

/// Writes the editable fields of a lead, which is held, where they differ from what they were.
pub fn update(conn: &mut Conn, actor: &Actor, before: &Lead, fields: &LeadFields) -> Result<()> {
    diesel::update(leads::table.find(before.id))
        .set((Differing::of(&before.fields, fields), stamp!(actor)))
        .execute(conn)?;
    Ok(())
}

/// Marks rows as changed by something that is kept elsewhere.
pub fn touch(conn: &mut Conn, actor: &Actor, id: i64) -> Result<()> {
    diesel::update(leads::table.find(id))
        .set(stamp!(actor))
        .execute(conn)?;
    Ok(())
}

/// Gives leads to an owner, or to nobody.
pub fn assign(conn: &mut Conn, actor: &Actor, ids: &[i64], owner: Option<i64>) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        diesel::update(leads::table.filter(leads::id.eq_any(chunk.to_vec())))
            .set((leads::owner_id.eq(owner), stamp!(actor)))
            .execute(conn)?;
    }
    Ok(())
}

/// Sets leads aside until an instant, or takes them up again. Their clocks count from later by the time set aside; what
/// was left of an earlier pause is no pause any more.
pub fn pause(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[i64],
    until: Option<Timestamp>,
    reason: &Reason,
) -> Result<()> {
    let now = actor.now.0;
    let added = until.map_or(0, |until| until.0 - now);
    let moved = format!(
        "clock_from + {added} - case when paused_until > {now} then paused_until - {now} else 0 end"
    );
    // Whoever waited for others is earlier than what they did: the clock never begins before the visit.
    let clock = format!("case when {moved} < status_since then status_since else {moved} end");
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

/// Keeps the newest note at the lead itself, where lists show it.
pub fn note_down(conn: &mut Conn, actor: &Actor, ids: &[i64], note: &Note) -> Result<()> {
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

/// The same beside a move, which is a change of its own.
pub fn keep_last_note(conn: &mut Conn, actor: &Actor, ids: &[i64], note: &Note) -> Result<()> {
    diesel::update(leads::table.filter(leads::id.eq_any(ids.to_vec())))
        .set((
            leads::last_note.eq(note.as_str()),
            leads::last_note_at.eq(Some(actor.now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts leads into the bin.
pub fn delete(conn: &mut Conn, actor: &Actor, ids: &[i64]) -> Result<()> {
    set_deleted(conn, actor, ids, Some(actor.now))
}

/// Takes leads out of the bin.
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

/// Where a lead stands after its history changed; a pause belongs to the visit that it began in and ends with it.
pub fn set_position(
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
