//! Rows of many leads at once, which the shared connection type can't write: once for each database.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::row::{COLUMNS, Row, VisitRow};
use super::write::{Values, stamp};
use super::{CHUNK, hold_many};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::schema::{leads, visits};
use crate::db::{Conn, on_either};
use crate::error::Result;
use crate::leads::exchange::{stand_in, stands_for};
use crate::leads::import::Past;
use crate::leads::{Lead, NewLead, Visit};

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Ids for leads that are about to be made; nobody else gets them.
pub fn take_ids(conn: &mut Conn, count: usize) -> Result<Vec<i64>> {
    let count = count as i64;
    match conn {
        // The transaction of a writer is alone.
        Conn::Sqlite(conn) => {
            let last = "select seq as id from sqlite_sequence where name = 'leads'";
            let found: Option<Id> = diesel::sql_query(last).get_result(conn).optional()?;
            let last = found.map_or(0, |row| row.id);
            Ok((last + 1..=last + count).collect())
        }
        Conn::Postgres(conn) => {
            let next = "select nextval(pg_get_serial_sequence('leads', 'id')) as id \
                from generate_series(1, $1)";
            let rows: Vec<Id> = diesel::sql_query(next)
                .bind::<BigInt, _>(count)
                .load(conn)?;
            Ok(rows.into_iter().map(|row| row.id).collect())
        }
    }
}

/// The rows of leads that were just made.
pub fn insert_leads(conn: &mut Conn, made: &[Lead]) -> Result<()> {
    let row = |lead| {
        let lead: &Lead = lead;
        (
            leads::id.eq(lead.id),
            Values::of(&lead.fields),
            leads::status_id.eq(lead.status_id),
            leads::status_since.eq(lead.status_since),
            leads::clock_from.eq(lead.clock_from),
            leads::last_activity_at.eq(lead.last_activity_at),
            leads::created_at.eq(lead.created_at),
            leads::created_by.eq(lead.created_by.clone()),
            leads::updated_at.eq(lead.updated_at),
            leads::updated_by.eq(lead.updated_by.clone()),
        )
    };
    for some in made.chunks(conn.rows_together()) {
        let rows: Vec<_> = some.iter().map(row).collect();
        on_either!(conn, conn => diesel::insert_into(leads::table).values(rows).execute(conn)?);
    }
    Ok(())
}

/// The first visit of each of them.
pub fn insert_first_visits(
    conn: &mut Conn,
    actor: &Actor,
    made: &[Lead],
    new: &[NewLead],
) -> Result<()> {
    let row = |(lead, new): &(&Lead, &NewLead)| {
        (
            visits::lead_id.eq(lead.id),
            visits::status_id.eq(new.status_id),
            visits::entered_at.eq(new.entered_at),
            visits::via.eq(new.via.as_str()),
            visits::actor.eq(actor.name.clone()),
            visits::actor_id.eq(actor.user_id),
            visits::recorded_at.eq(actor.now),
        )
    };
    let pairs: Vec<(&Lead, &NewLead)> = made.iter().zip(new).collect();
    for some in pairs.chunks(conn.rows_together()) {
        let rows: Vec<_> = some.iter().map(row).collect();
        on_either!(conn, conn => diesel::insert_into(visits::table).values(rows).execute(conn)?);
    }
    Ok(())
}

/// The leads that came under these references from another system.
pub fn by_references<'a>(
    conn: &mut Conn,
    references: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, Lead>> {
    let references: Vec<&str> = references.filter(|text| !text.is_empty()).collect();
    let mut found = HashMap::with_capacity(references.len());
    for chunk in references.chunks(CHUNK) {
        let rows: Vec<Row> = leads::table
            .filter(leads::external_ref.eq_any(chunk.to_vec()))
            // PostgreSQL uses an index over some rows only if it sees that no others are wanted. A literal also keeps
            // the statement from being prepared: a plan that was made for an empty table would stay.
            .filter(sql::<Bool>("external_ref is not null"))
            .select(COLUMNS)
            .load(conn)?;
        let leads = rows.into_iter().map(Lead::from);
        found.extend(leads.map(|lead| (lead.fields.external_ref.as_str().to_owned(), lead)));
    }
    let others = references.iter().filter(|word| !found.contains_key(**word));
    let ids: Vec<i64> = others.filter_map(|word| stands_for(word)).collect();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<Row> = leads::table
            .filter(leads::id.eq_any(chunk.to_vec()))
            .filter(leads::external_ref.is_null())
            .select(COLUMNS)
            .load(conn)?;
        let leads = rows.into_iter().map(Lead::from);
        found.extend(leads.map(|lead| (stand_in(lead.id), lead)));
    }
    Ok(found)
}

/// The same, and nobody else changes them until the transaction ends.
pub fn hold_by_references<'a>(
    conn: &mut Conn,
    references: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, Lead>> {
    let found = by_references(conn, references)?;
    let ids: Vec<i64> = found.values().map(|lead| lead.id).collect();
    let held = hold_many(conn, &ids)?.into_iter();
    Ok(held
        .map(|lead| match lead.fields.external_ref.as_str() {
            "" => (stand_in(lead.id), lead),
            reference => (reference.to_owned(), lead),
        })
        .collect())
}

/// The histories of leads, each oldest first, with what was voided.
pub fn visits_of(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<Visit>>> {
    let mut found: HashMap<i64, Vec<Visit>> = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<VisitRow> = visits::table
            .filter(visits::lead_id.eq_any(chunk.to_vec()))
            .order((visits::lead_id, visits::id))
            .load(conn)?;
        for visit in rows.into_iter().map(Visit::from) {
            found.entry(visit.lead_id).or_default().push(visit);
        }
    }
    Ok(found)
}

/// Takes away the visits of leads that are about to get others.
pub fn forget_visits(conn: &mut Conn, ids: &[i64]) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        diesel::delete(visits::table.filter(visits::lead_id.eq_any(chunk.to_vec())))
            .execute(conn)?;
    }
    Ok(())
}

/// The histories of leads as a file tells them.
pub fn insert_past(conn: &mut Conn, actor: &Actor, told: &[(Lead, Vec<Past>)]) -> Result<()> {
    let row = |lead: &Lead, visit: &Past, next: Option<&Past>| {
        let is_theirs = visit.actor.is_empty();
        (
            visits::lead_id.eq(lead.id),
            visits::status_id.eq(visit.status_id),
            visits::entered_at.eq(visit.entered_at),
            visits::left_at.eq(next.map(|next| next.entered_at)),
            visits::next_status_id.eq(next.map(|next| next.status_id)),
            visits::clock_from.eq(next.map(|_| visit.entered_at)),
            visits::via.eq("import"),
            visits::actor.eq(if is_theirs {
                actor.name.clone()
            } else {
                visit.actor.clone()
            }),
            visits::actor_id.eq(actor.user_id.filter(|_| is_theirs)),
            visits::reason.eq(visit.reason.clone()),
            visits::recorded_at.eq(actor.now),
        )
    };
    let mut rows: Vec<_> = told
        .iter()
        .flat_map(|(lead, past)| {
            let visits = past.iter().enumerate();
            visits.map(move |(at, visit)| row(lead, visit, past.get(at + 1)))
        })
        .collect();
    while !rows.is_empty() {
        let some: Vec<_> = rows.drain(..rows.len().min(conn.rows_together())).collect();
        on_either!(conn, conn => diesel::insert_into(visits::table).values(some).execute(conn)?);
    }
    Ok(())
}

/// Where a lead stands at the end of the history that a file told. `paused` is the time that the pause of its present
/// visit has taken; one that began in another status has ended.
pub fn place(
    conn: &mut Conn,
    actor: &Actor,
    lead: &Lead,
    last: &Past,
    paused: i64,
    created_at: Timestamp,
) -> Result<()> {
    let stays = last.status_id == lead.status_id;
    let reason = if stays {
        lead.pause_reason.as_str()
    } else {
        ""
    };
    diesel::update(leads::table.find(lead.id))
        .set((
            leads::status_id.eq(last.status_id),
            leads::status_since.eq(last.entered_at),
            leads::clock_from.eq(Timestamp(last.entered_at.0 + paused)),
            leads::paused_until.eq(lead.paused_until.filter(|_| stays)),
            leads::pause_reason.eq(reason),
            leads::created_at.eq(created_at),
            stamp!(actor),
        ))
        .execute(conn)?;
    Ok(())
}
