//! Visits and notes of a lead.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{lead_notes, leads, visits};
use crate::error::Result;
use crate::leads::domain::history::VisitChange;
use crate::leads::domain::new_lead::{LeadNote, NewLead};
use crate::leads::domain::text::Note;
use crate::leads::domain::visit::Visit;
use crate::leads::store::row::{EntryColumns, VisitRow};

/// The visits of a lead, oldest first, with voided ones.
pub fn visits(conn: &mut Conn, lead_id: i64) -> Result<Vec<Visit>> {
    let rows: Vec<VisitRow> = visits::table
        .filter(visits::lead_id.eq(lead_id))
        .order(visits::id)
        .load(conn)?;
    Ok(rows.into_iter().map(Visit::from).collect())
}

/// The first visit of a new lead.
pub fn insert_visit(conn: &mut Conn, actor: &Actor, lead_id: i64, new: &NewLead) -> Result<()> {
    diesel::insert_into(visits::table)
        .values((
            visits::lead_id.eq(lead_id),
            visits::status_id.eq(new.status_id),
            visits::entered_at.eq(new.entered_at),
            visits::via.eq(new.channel.as_str()),
            visits::actor.eq(&actor.name),
            visits::actor_id.eq(actor.user_id),
            visits::recorded_at.eq(actor.now),
            visits::reason.eq(new.reason.as_str()),
            EntryColumns::of(&new.entry),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes the end and the successor of a visit after others were voided.
pub fn relink(conn: &mut Conn, actor: &Actor, change: &VisitChange) -> Result<()> {
    let is_voided = change.is_voided;
    // A visit that was voided before keeps who voided it.
    diesel::update(visits::table.find(change.id))
        .set((
            visits::left_at.eq(change.left_at),
            visits::next_status_id.eq(change.next_status_id),
            visits::voided_at.eq(is_voided.then_some(actor.now)),
            visits::voided_by.eq(is_voided.then_some(actor.name.as_str())),
        ))
        .execute(conn)?;
    Ok(())
}

/// The notes about a lead, newest first.
pub fn notes(conn: &mut Conn, lead_id: i64, limit: i64) -> Result<Vec<LeadNote>> {
    let rows: Vec<(i64, String, String, Timestamp)> = lead_notes::table
        .filter(lead_notes::lead_id.eq(lead_id))
        .order(lead_notes::id.desc())
        .limit(limit)
        .select((
            lead_notes::id,
            lead_notes::body,
            lead_notes::actor,
            lead_notes::created_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, body, by, at)| LeadNote {
            id,
            body: Note::stored(body),
            author: by,
            created_at: at,
        })
        .collect())
}

/// Adds one note to each of these leads.
pub fn insert_notes(conn: &mut Conn, actor: &Actor, ids: &[i64], note: &Note) -> Result<()> {
    let rows = leads::table
        .filter(leads::id.eq_any(ids.to_vec()))
        .order(leads::id)
        .select((
            leads::id,
            note.as_str().into_sql::<Text>(),
            actor.name.as_str().into_sql::<Text>(),
            actor.user_id.into_sql::<Nullable<BigInt>>(),
            actor.now.0.into_sql::<BigInt>(),
        ));
    diesel::insert_into(lead_notes::table)
        .values(rows)
        .into_columns((
            lead_notes::lead_id,
            lead_notes::body,
            lead_notes::actor,
            lead_notes::actor_id,
            lead_notes::created_at,
        ))
        .execute(conn)?;
    Ok(())
}
