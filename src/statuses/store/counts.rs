//! The counters of leads by status and day, which the database keeps as leads change.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::clock::{DAY, Timestamp};
use crate::db::Conn;
use crate::db::schema::{lead_statuses, lead_totals};
use crate::error::Result;
use crate::statuses::occupancy::{Edge, day};
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

/// What a lead must be to be awake: never set aside, or only until now.
fn awake(now: Timestamp) -> String {
    format!("(paused_until is null or paused_until <= {})", now.0)
}

/// How many leads that are awake are at or past each of these cutoffs: all that are there, but for those that sleep and
/// those whose clock is younger. Limits are some days or weeks, so that the young are few days to add up, however far
/// back the others reach: whole days by their counters, the whole hours of the cutoff's day by theirs, and of its hour
/// each lead.
pub fn past(conn: &mut Conn, cutoffs: &[Edge], now: Timestamp) -> Result<HashMap<Edge, i64>> {
    if cutoffs.is_empty() {
        return Ok(HashMap::new());
    }
    let query = format!(
        "with edges (at, id, cutoff, clock_day_at, clock_hour_at) as (values {rows}) \
         select cast(at as bigint) as at, cast( \
         coalesce((select sum(leads) from lead_totals where status_id = id and not is_deleted), 0) \
         - coalesce((select sum(leads) from lead_sleeps where status_id = id and wake_day > {today}), 0) \
         - coalesce((select sum(leads) from lead_clocks \
         where status_id = id and clock_day > clock_day_at and wake_day <= {today}), 0) \
         - coalesce((select sum(leads) from lead_hours where status_id = id and clock_hour > clock_hour_at \
         and clock_hour < clock_day_at * 24 + 24 and wake_day <= {today}), 0) \
         - (select count(*) from leads where status_id = edges.id and deleted_at is null and clock_from > cutoff \
         and clock_from < (clock_hour_at + 1) * {HOUR} and {awake}) \
         as bigint) as leads from edges",
        rows = rows(cutoffs),
        today = day(now),
        awake = awake(now),
    );
    let counted: Vec<Count> = diesel::sql_query(query).load(conn)?;
    let pair = |row: Count| Some((*cutoffs.get(usize::try_from(row.at).ok()?)?, row.leads));
    Ok(counted.into_iter().filter_map(pair).collect())
}

/// Number, status, cutoff and the day and hour of it, for each edge.
fn rows(cutoffs: &[Edge]) -> String {
    let rows = cutoffs.iter().enumerate();
    let rows = rows.map(|(at, Edge { status_id, cutoff })| {
        let (day, hour) = (day(*cutoff), cutoff.0.div_euclid(HOUR));
        format!("({at}, {status_id}, {}, {day}, {hour})", cutoff.0)
    });
    rows.collect::<Vec<String>>().join(", ")
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

/// The most parts of one question: SQLite puts no more than 500 together.
const PARTS: usize = 200;

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
