//! The counters of leads by status and day, which the database keeps as leads change.

use std::collections::HashMap;
use std::fmt::Write;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::clock::{DAY, Timestamp};
use crate::db::Conn;
use crate::db::schema::{lead_ages, lead_statuses, lead_totals};
use crate::error::Result;
use crate::statuses::occupancy::{AgeRow, Edge, day};
use crate::statuses::{Cutoffs, Days, Kind};

/// The leads of one status in one currency.
#[derive(Queryable)]
pub struct Total {
    pub status_id: i64,
    pub currency: String,
    pub is_deleted: bool,
    pub leads: i64,
    pub value_cents: i64,
}

/// Microseconds in one hour.
const HOUR: i64 = DAY / 24;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    at: i64,
    #[diesel(sql_type = BigInt)]
    leads: i64,
}

/// How many leads are where, and worth how much.
pub fn totals(conn: &mut Conn) -> Result<Vec<Total>> {
    let rows: Vec<Total> = lead_totals::table
        .order((
            lead_totals::status_id,
            lead_totals::currency,
            lead_totals::is_deleted,
        ))
        .select((
            lead_totals::status_id,
            lead_totals::currency,
            lead_totals::is_deleted,
            lead_totals::leads,
            lead_totals::value_cents,
        ))
        .load(conn)?;
    // Some writers count in shards of their own.
    let mut found: Vec<Total> = Vec::new();
    for row in rows {
        match found.last_mut() {
            Some(last)
                if (last.status_id, last.is_deleted) == (row.status_id, row.is_deleted)
                    && last.currency == row.currency =>
            {
                last.leads += row.leads;
                last.value_cents += row.value_cents;
            }
            _ => found.push(row),
        }
    }
    Ok(found)
}

/// The leads of these statuses by day.
pub fn ages(conn: &mut Conn, ids: &[i64]) -> Result<Vec<AgeRow>> {
    use lead_ages::{clock_day, leads, since_day, status_id, wake_day};
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // The shards of a day are added up by whoever adds up the days.
    let rows: Vec<(i64, i32, i32, i32, i64)> = lead_ages::table
        .filter(status_id.eq_any(ids.to_vec()))
        .filter(leads.ne(0))
        .select((status_id, clock_day, wake_day, since_day, leads))
        .load(conn)?;
    let row = |(status, clock, wake, since, count): (i64, i32, i32, i32, i64)| AgeRow {
        status_id: status,
        clock_day: clock.into(),
        wake_day: wake.into(),
        since_day: since.into(),
        leads: count,
    };
    Ok(rows.into_iter().map(row).collect())
}

/// What a lead must be to be awake: never set aside, or only until now.
fn awake(now: Timestamp) -> String {
    format!("(paused_until is null or paused_until <= {})", now.0)
}

/// The most parts of one question: SQLite puts no more than 500 together.
const PARTS: usize = 200;

/// The leads at each edge, of which the counters by day know only that they are of that day.
pub fn edges(conn: &mut Conn, edges: &[Edge], now: Timestamp) -> Result<HashMap<Edge, i64>> {
    let mut found = HashMap::new();
    for some in edges.chunks(PARTS) {
        found.extend(some_edges(conn, some, now)?);
    }
    Ok(found)
}

fn some_edges(conn: &mut Conn, edges: &[Edge], now: Timestamp) -> Result<HashMap<Edge, i64>> {
    let mut query = String::new();
    for (at, edge) in edges.iter().enumerate() {
        let gap = if at > 0 { " union all " } else { "" };
        let _ = write!(
            query,
            "{gap}select cast({at} as bigint) as at, {} as leads",
            of_the_day(edge, now)
        );
    }
    let rows: Vec<Count> = diesel::sql_query(query).load(conn)?;
    let pair = |row: Count| Some((*edges.get(usize::try_from(row.at).ok()?)?, row.leads));
    Ok(rows.into_iter().filter_map(pair).collect())
}

/// Those of the day of a cutoff, up to it: whole hours by their counters, and of the last hour each lead.
fn of_the_day(Edge { status_id, cutoff }: &Edge, now: Timestamp) -> String {
    let (begin, last) = (day(*cutoff) * 24, cutoff.0.div_euclid(HOUR));
    format!(
        "((select coalesce(cast(sum(leads) as bigint), 0) from lead_hours where status_id = {status_id} \
         and clock_hour >= {begin} and clock_hour < {last} and wake_day <= {}) \
         + (select count(*) from leads where status_id = {status_id} and deleted_at is null \
         and clock_from >= {} and clock_from <= {} and {}))",
        day(now),
        last * HOUR,
        cutoff.0,
        awake(now)
    )
}

/// For each status in which leads can be stuck, the clock that is at its limit now.
pub fn stuck_cutoffs(conn: &mut Conn, now: Timestamp) -> Result<Vec<Edge>> {
    let rows: Vec<(i64, Option<i32>)> = lead_statuses::table
        .filter(lead_statuses::kind.eq(Kind::Open.as_str()))
        .filter(lead_statuses::limit_days.is_not_null())
        .select((lead_statuses::id, lead_statuses::limit_days))
        .load(conn)?;
    let edge = |(status_id, limit): (i64, Option<i32>)| {
        let limit = limit.and_then(Days::new);
        let cutoff = Cutoffs::new(Kind::Open, None, limit, now).stuck?;
        Some(Edge { status_id, cutoff })
    };
    Ok(rows.into_iter().filter_map(edge).collect())
}

/// The leads past a cutoff: those of the days before, and those of its very day.
fn past(edge: &Edge, now: Timestamp) -> String {
    format!(
        "select {} as at, coalesce(sum(leads), 0) as leads from lead_ages \
         where status_id = {} and clock_day < {} and wake_day <= {} \
         union all select {}, {}",
        edge.status_id,
        edge.status_id,
        day(edge.cutoff),
        day(now),
        edge.status_id,
        of_the_day(edge, now)
    )
}

/// How many leads are past these cutoffs.
pub fn stuck(conn: &mut Conn, cutoffs: &[Edge], now: Timestamp) -> Result<i64> {
    total_of(conn, cutoffs.iter().map(|edge| past(edge, now)))
}

/// The statuses that have leads past these cutoffs.
pub fn with_stuck(conn: &mut Conn, cutoffs: &[Edge], now: Timestamp) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for some in cutoffs.chunks(PARTS) {
        let parts: Vec<String> = some.iter().map(|edge| past(edge, now)).collect();
        let query = format!(
            "select cast(at as bigint) as at, cast(sum(leads) as bigint) as leads from ({}) as parts \
             group by at having sum(leads) > 0",
            parts.join(" union all ")
        );
        let rows: Vec<Count> = diesel::sql_query(query).load(conn)?;
        found.extend(rows.into_iter().map(|row| row.at));
    }
    Ok(found)
}

/// How many leads of one owner are past these cutoffs.
pub fn stuck_of_owner(
    conn: &mut Conn,
    cutoffs: &[Edge],
    owner: i64,
    now: Timestamp,
) -> Result<i64> {
    let parts = cutoffs.iter().map(|Edge { status_id, cutoff }| {
        format!(
            "select {status_id} as at, count(*) as leads from leads where owner_id = {owner} and status_id = {status_id} \
             and deleted_at is null and clock_from <= {} and {}",
            cutoff.0,
            awake(now)
        )
    });
    total_of(conn, parts)
}

fn total_of(conn: &mut Conn, parts: impl Iterator<Item = String>) -> Result<i64> {
    let parts: Vec<String> = parts.collect();
    let mut total = 0;
    for some in parts.chunks(PARTS) {
        let query = format!(
            "select cast(0 as bigint) as at, cast(sum(leads) as bigint) as leads from ({}) as parts",
            some.join(" union all ")
        );
        let counted: Count = diesel::sql_query(query).get_result(conn)?;
        total += counted.leads;
    }
    Ok(total)
}
