//! Reads and writes of many leads at once; inserts of several rows are written for each database.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::schema::{leads, visits};
use crate::db::{Conn, MAX_VALUES, insert_rows, load_prepared};
use crate::error::Result;
use crate::leads::domain::handoff::OfferOutcome;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::new_lead::NewLead;
use crate::leads::domain::visit::{ImportedVisit, Visit};
use crate::leads::store::row::{DerivedColumns, EntryColumns, FieldColumns, VisitRow};
use crate::leads::store::write::{pause_columns, stamp};
use crate::leads::store::{extra_names, handoffs};

/// Reserves ids for new leads.
pub fn reserve_ids(conn: &mut Conn, count: usize) -> Result<Vec<i64>> {
    let count = count as i64;
    match conn {
        // SQLite has one writer at a time.
        Conn::Sqlite(conn) => {
            let last = "select seq from sqlite_sequence where name = 'leads'";
            let last: Option<i64> = sql::<BigInt>(last).get_result(conn).optional()?;
            let last = last.unwrap_or(0);
            Ok((last + 1..=last + count).collect())
        }
        Conn::Postgres(conn) => {
            let next =
                "select nextval(pg_get_serial_sequence('leads', 'id')) from generate_series(1, ";
            let next = sql::<BigInt>(next).bind::<BigInt, _>(count).sql(")");
            Ok(next.load(conn)?)
        }
    }
}

/// The values of a new lead, without borrowing: only then a statement for several rows stays prepared.
macro_rules! new_row {
    ($lead:expr) => {{
        let lead: &Lead = $lead;
        (
            leads::id.eq(lead.id),
            FieldColumns::of(&lead.fields).into_owned(),
            DerivedColumns::of(&lead.fields),
            leads::status_id.eq(lead.status_id),
            leads::status_since.eq(lead.status_since),
            leads::clock_from.eq(lead.clock_from),
            leads::offer_due_at.eq(lead.offer_due_at),
            leads::last_activity_at.eq(lead.last_activity_at),
            leads::created_at.eq(lead.created_at),
            leads::created_by.eq(lead.created_by.clone()),
            leads::updated_at.eq(lead.updated_at),
            leads::updated_by.eq(lead.updated_by.clone()),
        )
    }};
}

/// Inserts new leads. On SQLite each statement ends a segment of the search index, which is merged with others later, so
/// that a statement for many rows takes less time for each.
pub fn insert_leads(conn: &mut Conn, leads: &[Lead]) -> Result<()> {
    extra_names::add(conn, leads.iter().map(|lead| &lead.fields.extra))?;
    let leads = match conn {
        Conn::Sqlite(conn) => {
            let rest = insert_blocks::<100>(conn, leads)?;
            insert_blocks::<10>(conn, rest)?
        }
        Conn::Postgres(_) => leads,
    };
    insert_rows!(conn, leads::table, leads.iter().map(|lead| new_row!(lead)));
    Ok(())
}

/// Inserts leads by a statement for each `ROWS` of them; returns the remaining ones.
fn insert_blocks<'a, const ROWS: usize>(
    conn: &mut SqliteConnection,
    leads: &'a [Lead],
) -> Result<&'a [Lead]> {
    let (blocks, rest) = leads.as_chunks::<ROWS>();
    for block in blocks {
        let rows = block.each_ref().map(|lead| new_row!(lead));
        diesel::insert_into(leads::table)
            .values(rows)
            .execute(conn)?;
    }
    Ok(rest)
}

/// Inserts the first visit of each new lead.
pub fn insert_first_visits(
    conn: &mut Conn,
    actor: &Actor,
    leads: &[Lead],
    new: &[NewLead],
) -> Result<()> {
    let row = |(lead, new): (&Lead, &NewLead)| {
        (
            visits::lead_id.eq(lead.id),
            visits::status_id.eq(new.status_id),
            visits::entered_at.eq(new.entered_at),
            visits::via.eq(new.channel.as_str()),
            visits::actor.eq(actor.name.clone()),
            visits::actor_id.eq(actor.user_id),
            visits::recorded_at.eq(actor.now),
            visits::reason.eq(new.reason.to_string()),
            EntryColumns::of(&new.entry),
        )
    };
    insert_rows!(conn, visits::table, leads.iter().zip(new).map(row));
    Ok(())
}

/// The visits of these leads, each oldest first, with voided ones.
pub fn visits_by_lead(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<Visit>>> {
    let mut by_lead: HashMap<i64, Vec<Visit>> = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(MAX_VALUES) {
        let rows: Vec<VisitRow> = visits::table
            .filter(visits::lead_id.eq_any(chunk.to_vec()))
            .order((visits::lead_id, visits::id))
            .load(conn)?;
        for visit in rows.into_iter().map(Visit::from) {
            by_lead.entry(visit.lead_id).or_default().push(visit);
        }
    }
    Ok(by_lead)
}

/// Deletes the visits of leads whose histories are replaced. What was offered then is withdrawn.
pub fn delete_visits(conn: &mut Conn, actor: &Actor, ids: &[i64]) -> Result<()> {
    handoffs::end(conn, actor, ids, OfferOutcome::Withdrawn, "")?;
    for chunk in ids.chunks(MAX_VALUES) {
        diesel::delete(visits::table.filter(visits::lead_id.eq_any(chunk.to_vec())))
            .execute(conn)?;
    }
    Ok(())
}

/// Inserts imported histories.
pub fn insert_visits(
    conn: &mut Conn,
    actor: &Actor,
    histories: &[(Lead, Vec<ImportedVisit>)],
) -> Result<()> {
    let row = |lead: &Lead, visit: &ImportedVisit, next: Option<&ImportedVisit>| {
        let is_own = visit.actor.is_empty();
        (
            visits::lead_id.eq(lead.id),
            visits::status_id.eq(visit.status_id),
            visits::entered_at.eq(visit.entered_at),
            visits::left_at.eq(next.map(|next| next.entered_at)),
            visits::next_status_id.eq(next.map(|next| next.status_id)),
            visits::clock_from.eq(next.map(|_| visit.entered_at)),
            visits::via.eq("import"),
            visits::actor.eq(if is_own {
                actor.name.clone()
            } else {
                visit.actor.clone()
            }),
            visits::actor_id.eq(actor.user_id.filter(|_| is_own)),
            visits::reason.eq(visit.reason.clone()),
            visits::note.eq(visit.note.clone()),
            visits::recorded_at.eq(actor.now),
        )
    };
    let rows = histories.iter().flat_map(|(lead, visits)| {
        let numbered = visits.iter().enumerate();
        numbered.map(move |(index, visit)| row(lead, visit, visits.get(index + 1)))
    });
    insert_rows!(conn, visits::table, rows);
    Ok(())
}

/// Puts a lead where its imported history ends. `paused` is the pause time of the current visit in microseconds; a
/// pause in another status has ended.
pub fn set_current_status(
    conn: &mut Conn,
    actor: &Actor,
    lead: &Lead,
    last: &ImportedVisit,
    paused: i64,
    created_at: Timestamp,
) -> Result<()> {
    let is_same_status = last.status_id == lead.status_id;
    let reason = if is_same_status {
        lead.pause_reason.as_str()
    } else {
        ""
    };
    let update = diesel::update(leads::table.find(lead.id)).set((
        leads::status_id.eq(last.status_id),
        leads::status_since.eq(last.entered_at),
        leads::clock_from.eq(Timestamp(last.entered_at.0 + paused)),
        pause_columns!(lead.pause_end().filter(|_| is_same_status)),
        leads::pause_reason.eq(reason),
        leads::offer_due_at.eq(None::<Timestamp>),
        leads::created_at.eq(created_at),
        stamp!(actor),
    ));
    let _: Vec<i64> = load_prepared(conn, update.returning(leads::id))?;
    Ok(())
}
