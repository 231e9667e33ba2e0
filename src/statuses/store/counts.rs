//! The counters of leads by status and day, which the database keeps as leads change.

use std::collections::HashMap;
use std::fmt::Write;

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

/// The most parts of one question: SQLite puts no more than 500 together.
const PARTS: usize = 200;

/// How many leads that are awake are at or past each of these cutoffs.
pub fn past(conn: &mut Conn, cutoffs: &[Edge], now: Timestamp) -> Result<HashMap<Edge, i64>> {
    let mut found = HashMap::with_capacity(cutoffs.len());
    for some in cutoffs.chunks(PARTS) {
        let mut query = String::new();
        for (at, edge) in some.iter().enumerate() {
            let gap = if at > 0 { " union all " } else { "" };
            let _ = write!(
                query,
                "{gap}select cast({at} as bigint) as at, cast({} as bigint) as leads",
                past_one(edge, now)
            );
        }
        let rows: Vec<Count> = diesel::sql_query(query).load(conn)?;
        let pair = |row: Count| Some((*some.get(usize::try_from(row.at).ok()?)?, row.leads));
        found.extend(rows.into_iter().filter_map(pair));
    }
    Ok(found)
}

/// Those of the days before the cutoff and of the whole hours of its day by their counters, and of its hour each lead.
fn past_one(Edge { status_id, cutoff }: &Edge, now: Timestamp) -> String {
    let (today, cutoff_day, hour) = (day(now), day(*cutoff), cutoff.0.div_euclid(HOUR));
    let sum = |counter: &str, condition: String| {
        format!(
            "(select coalesce(sum(leads), 0) from {counter} where status_id = {status_id} and {condition})"
        )
    };
    let never_paused = format!("wake_day = 0 and clock_day < {cutoff_day}");
    let woken = format!("wake_day > 0 and wake_day <= {today} and clock_day < {cutoff_day}");
    let hours = format!(
        "clock_hour >= {} and clock_hour < {hour} and wake_day <= {today}",
        cutoff_day * 24
    );
    format!(
        "({} + {} + {} + (select count(*) from leads where status_id = {status_id} and deleted_at is null \
         and clock_from >= {} and clock_from <= {} and {}))",
        sum("lead_clocks", never_paused),
        sum("lead_clocks", woken),
        sum("lead_hours", hours),
        hour * HOUR,
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
