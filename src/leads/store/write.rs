//! Inserts and updates of single columns of leads.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::schema::{lead_pauses, leads};
use crate::db::{Conn, MAX_VALUES};
use crate::error::Result;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::new_lead::NewLead;
use crate::leads::domain::pause::PauseEnd;
use crate::leads::domain::text::{Note, Reason};
use crate::leads::domain::visit::Visit;
use crate::leads::store::extra_names;
use crate::leads::store::row::{DerivedColumns, FieldColumns};

/// Inserts a lead; returns its id.
pub fn insert(conn: &mut Conn, actor: &Actor, new: &NewLead) -> Result<i64> {
    extra_names::add(conn, std::iter::once(&new.fields.extra))?;
    Ok(diesel::insert_into(leads::table)
        .values((
            FieldColumns::of(&new.fields),
            DerivedColumns::of(&new.fields),
            leads::status_id.eq(new.status_id),
            leads::status_since.eq(new.entered_at),
            leads::clock_from.eq(new.entered_at),
            leads::offer_due_at.eq(new.offer.map(|offer| offer.due_at(actor.now))),
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

/// The columns of the end of a pause.
macro_rules! pause_columns {
    ($end:expr) => {
        (
            leads::paused_until.eq($end.map(|end| end.at)),
            crate::db::schema::resumes_on.eq($end.map(|end| end.day.to_epoch_days())),
        )
    };
}
pub(super) use pause_columns;

/// Writes the changed fields of a locked lead.
pub fn update(conn: &mut Conn, actor: &Actor, before: &Lead, fields: &LeadFields) -> Result<()> {
    let before_fields = &before.fields;
    if fields.extra != before_fields.extra {
        extra_names::add(conn, std::iter::once(&fields.extra))?;
    }
    let columns = FieldColumns::of(fields).changed_from(FieldColumns::of(before_fields));
    let derived = DerivedColumns::of(fields).changed_from(DerivedColumns::of(before_fields));
    diesel::update(leads::table.find(before.id))
        .set((columns, derived, stamp!(actor)))
        .execute(conn)?;
    Ok(())
}

/// Increases the version of a lead after a change in another table.
pub fn touch(conn: &mut Conn, actor: &Actor, id: i64) -> Result<()> {
    diesel::update(leads::table.find(id))
        .set(stamp!(actor))
        .execute(conn)?;
    Ok(())
}

/// Sets the owner of leads, or none.
pub fn assign(conn: &mut Conn, actor: &Actor, ids: &[i64], owner: Option<i64>) -> Result<()> {
    for chunk in ids.chunks(MAX_VALUES) {
        diesel::update(leads::table.filter(leads::id.eq_any(chunk.to_vec())))
            .set((leads::owner_id.eq(owner), stamp!(actor)))
            .execute(conn)?;
    }
    Ok(())
}

/// The clock of leads at an instant, without the rest of a pause, and moved later by microseconds. A write that waited may
/// be older than the change it meets, but no clock begins before its visit.
pub(super) fn clock_sql(at: Timestamp, added: i64) -> String {
    let rest = format!(
        "case when paused_until > {at} then paused_until - {at} else 0 end",
        at = at.0
    );
    let clock = format!("clock_from + {added} - {rest}");
    format!("case when {clock} < status_since then status_since else {clock} end")
}

/// Pauses leads until an instant, or ends their pause. Clocks move later by the time of the pause, without the rest of
/// an earlier pause.
pub fn pause(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[i64],
    until: Option<PauseEnd>,
    reason: &Reason,
) -> Result<()> {
    let added = until.map_or(0, |until| until.at.0 - actor.now.0);
    let clock = clock_sql(actor.now, added);
    diesel::update(leads::table.filter(leads::id.eq_any(ids.to_vec())))
        .set((
            leads::clock_from.eq(sql::<BigInt>(&clock)),
            pause_columns!(until),
            leads::pause_reason.eq(reason.as_str()),
            stamp!(actor),
        ))
        .execute(conn)?;
    record_pauses(conn, actor.now, ids, until)
}

/// Records that the running pauses of leads end now, and that one of each lead begins.
fn record_pauses(
    conn: &mut Conn,
    now: Timestamp,
    ids: &[i64],
    until: Option<PauseEnd>,
) -> Result<()> {
    end_recorded_pauses(conn, now, ids)?;
    let Some(until) = until else { return Ok(()) };
    let rows = leads::table
        .filter(leads::id.eq_any(ids.to_vec()))
        .order(leads::id)
        .select((
            leads::id,
            now.0.into_sql::<BigInt>(),
            until.at.0.into_sql::<BigInt>(),
        ));
    diesel::insert_into(lead_pauses::table)
        .values(rows)
        .into_columns((
            lead_pauses::lead_id,
            lead_pauses::began_at,
            lead_pauses::ends_at,
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends the recorded pauses of leads that are running at an instant.
pub fn end_recorded_pauses(conn: &mut Conn, at: Timestamp, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let running = lead_pauses::table
        .filter(lead_pauses::lead_id.eq_any(ids.to_vec()))
        .filter(lead_pauses::ends_at.gt(at))
        .filter(lead_pauses::began_at.le(at));
    diesel::update(running)
        .set(lead_pauses::ends_at.eq(at))
        .execute(conn)?;
    Ok(())
}

/// Deletes the recorded pauses of a lead that began in a visit which is voided.
pub fn delete_recorded_pauses(conn: &mut Conn, visit: &Visit) -> Result<()> {
    let end = visit.left_at.unwrap_or(Timestamp::NEVER);
    let of_visit = lead_pauses::table
        .filter(lead_pauses::lead_id.eq(visit.lead_id))
        .filter(lead_pauses::began_at.ge(visit.recorded_at))
        .filter(lead_pauses::began_at.lt(end));
    diesel::delete(of_visit).execute(conn)?;
    Ok(())
}

/// Copies the newest note to the leads, as a change of its own.
pub fn set_last_note(conn: &mut Conn, actor: &Actor, ids: &[i64], note: &Note) -> Result<()> {
    for chunk in ids.chunks(MAX_VALUES) {
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

/// Moves leads to the bin.
pub fn delete(conn: &mut Conn, actor: &Actor, ids: &[i64]) -> Result<()> {
    set_deleted(conn, actor, ids, Some(actor.now))
}

/// Restores leads from the bin.
pub fn restore(conn: &mut Conn, actor: &Actor, ids: &[i64]) -> Result<()> {
    set_deleted(conn, actor, ids, None)
}

fn set_deleted(
    conn: &mut Conn,
    actor: &Actor,
    ids: &[i64],
    deleted_at: Option<Timestamp>,
) -> Result<()> {
    for chunk in ids.chunks(MAX_VALUES) {
        diesel::update(leads::table.filter(leads::id.eq_any(chunk.to_vec())))
            .set((leads::deleted_at.eq(deleted_at), stamp!(actor)))
            .execute(conn)?;
    }
    Ok(())
}

/// Sets the current visit of its lead after the history changed. A pause ends with the visit that it began in.
pub fn set_current_visit(
    conn: &mut Conn,
    actor: &Actor,
    visit: &Visit,
    clock_from: Timestamp,
) -> Result<()> {
    diesel::update(leads::table.find(visit.lead_id))
        .set((
            leads::status_id.eq(visit.status_id),
            leads::status_since.eq(visit.entered_at),
            leads::clock_from.eq(clock_from),
            leads::offer_due_at.eq(None::<Timestamp>),
            pause_columns!(None::<PauseEnd>),
            leads::pause_reason.eq(""),
            stamp!(actor),
        ))
        .execute(conn)?;
    Ok(())
}
