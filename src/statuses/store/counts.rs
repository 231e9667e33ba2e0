//! The counters of leads by status and day, which the database keeps as leads change.

use std::collections::HashMap;
use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::clock::{DAY, QUARTER, Timestamp};
use crate::db::schema::{lead_statuses, lead_totals};
use crate::db::{Conn, SqlText, columns_of, memoize, memoized, read_once, reference};
use crate::error::Result;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::state::Cutoffs;
use crate::statuses::domain::stats::StatusCutoff;

/// The leads of one status in one currency.
#[derive(Queryable, Selectable)]
#[diesel(table_name = lead_totals)]
pub struct CurrencyTotal {
    pub status_id: i64,
    pub currency: String,
    pub is_deleted: bool,
    pub leads: i64,
    pub value_cents: i64,
}

/// Microseconds in one hour.
const HOUR: i64 = DAY / 24;

/// The number and value of leads by status, currency and bin.
pub fn list_totals(conn: &mut Conn) -> Result<Arc<Vec<CurrencyTotal>>> {
    read_once(conn, load_totals)
}

fn load_totals(conn: &mut Conn) -> Result<Vec<CurrencyTotal>> {
    let rows: Vec<CurrencyTotal> = lead_totals::table
        .order((
            lead_totals::status_id,
            lead_totals::currency,
            lead_totals::is_deleted,
        ))
        .select(columns_of::<CurrencyTotal>())
        .load(conn)?;
    // Concurrent writers count in several rows.
    let mut totals: Vec<CurrencyTotal> = Vec::new();
    for row in rows {
        match totals.last_mut() {
            Some(last)
                if (last.status_id, last.is_deleted) == (row.status_id, row.is_deleted)
                    && last.currency == row.currency =>
            {
                last.leads += row.leads;
                last.value_cents += row.value_cents;
            }
            _ => totals.push(row),
        }
    }
    Ok(totals)
}

/// The SQL condition of a lead that isn't paused now.
fn not_paused(now: Timestamp) -> SqlText {
    let has_ended = SqlText::new("(paused_until is null or paused_until <= ");
    has_ended.number(now.0).sql(")")
}

/// The numbers of leads past cutoffs that a read has counted, and the moment it counted at.
type CountedCutoffs = (Timestamp, HashMap<StatusCutoff, i64>);

/// The number of leads at or past each of these cutoffs that aren't paused. A read counts for each cutoff once.
pub fn count_past_cutoffs(
    conn: &mut Conn,
    cutoffs: &[StatusCutoff],
    now: Timestamp,
) -> Result<HashMap<StatusCutoff, i64>> {
    let known = memoized().filter(|(at, _): &CountedCutoffs| *at == now);
    let mut counted = known.map(|(_, counted)| counted).unwrap_or_default();
    let is_new = |cutoff: &&StatusCutoff| !counted.contains_key(cutoff);
    let new: Vec<StatusCutoff> = cutoffs.iter().filter(is_new).copied().collect();
    if !new.is_empty() {
        counted.extend(query_past_cutoffs(conn, &new, now)?);
        memoize((now, counted.clone()));
    }
    let wanted = |cutoff: &StatusCutoff| Some((*cutoff, *counted.get(cutoff)?));
    Ok(cutoffs.iter().filter_map(wanted).collect())
}

/// All leads of the status minus the paused ones and those with a younger clock. Limits are days or weeks, so summing the
/// younger ones reads few rows: the counters of whole days, those of the hours in the cutoff's day, and the single leads
/// of the cutoff's hour.
fn query_past_cutoffs(
    conn: &mut Conn,
    cutoffs: &[StatusCutoff],
    now: Timestamp,
) -> Result<Vec<(StatusCutoff, i64)>> {
    let query = SqlText::new("with cutoffs (at, id, cutoff) as (values ")
        .then(cutoff_rows(cutoffs))
        .sql("), edges as (select at, id, cutoff, ")
        .number(now.0.div_euclid(QUARTER))
        .sql(format!(
            " as quarter, cutoff / {DAY} as day, cutoff / {HOUR} as hour from cutoffs) \
             select cast(at as bigint) as at, cast( \
             coalesce((select sum(leads) from lead_sleeps where status_id = id and wake_quarter > quarter), 0) \
             + coalesce((select sum(leads) from lead_clocks \
             where status_id = id and clock_day > day and wake_quarter <= quarter), 0) \
             + coalesce((select sum(leads) from lead_hours where status_id = id \
             and clock_hour > hour and clock_hour < day * 24 + 24 and wake_quarter <= quarter), 0) \
             + (select count(*) from leads where status_id = edges.id and deleted_at is null \
             and clock_from > cutoff and clock_from < (hour + 1) * {HOUR} and "
        ))
        .then(not_paused(now))
        .sql(") as bigint) as leads from edges");
    let others: Vec<(i64, i64)> = query.load::<(BigInt, BigInt), _>(conn)?;
    let mut in_status: HashMap<i64, i64> = HashMap::new();
    for total in list_totals(conn)?.iter().filter(|each| !each.is_deleted) {
        *in_status.entry(total.status_id).or_default() += total.leads;
    }
    let past = |(at, others)| {
        let cutoff = *cutoffs.get(usize::try_from(at).ok()?)?;
        let leads = in_status.get(&cutoff.status_id).copied();
        Some((cutoff, leads.unwrap_or_default() - others))
    };
    Ok(others.into_iter().filter_map(past).collect())
}

/// The SQL rows of these cutoffs: index, status, cutoff.
fn cutoff_rows(cutoffs: &[StatusCutoff]) -> SqlText {
    let rows = (0..).zip(cutoffs);
    let rows = rows.map(|(at, cutoff)| SqlText::row([at, cutoff.status_id, cutoff.cutoff.0]));
    SqlText::join(rows, ", ")
}

/// The cutoff of each status in which leads can be stuck.
pub fn stuck_cutoffs(conn: &mut Conn, now: Timestamp) -> Result<Vec<StatusCutoff>> {
    let limits = |conn: &mut Conn| {
        let open = lead_statuses::table.filter(lead_statuses::kind.eq(Kind::Open.as_str()));
        let limited = open.filter(lead_statuses::limit_days.is_not_null());
        Ok(limited
            .select((lead_statuses::id, lead_statuses::limit_days))
            .load(conn)?)
    };
    let rows: Vec<(i64, Option<i32>)> = reference(conn, limits)?;
    let status_cutoff = |(status_id, limit): (i64, Option<i32>)| {
        let limit = limit.and_then(Days::new);
        let cutoff = Cutoffs::new(Kind::Open, None, limit, now).stuck?;
        Some(StatusCutoff { status_id, cutoff })
    };
    Ok(rows.into_iter().filter_map(status_cutoff).collect())
}

/// The number of leads of one owner at or past these cutoffs that aren't paused.
pub fn count_stuck_of_owner(
    conn: &mut Conn,
    cutoffs: &[StatusCutoff],
    owner: i64,
    now: Timestamp,
) -> Result<i64> {
    let parts = cutoffs.iter().map(|StatusCutoff { status_id, cutoff }| {
        SqlText::new("select count(*) as leads from leads where deleted_at is null and owner_id = ")
            .number(owner)
            .sql(" and status_id = ")
            .number(*status_id)
            .sql(" and clock_from <= ")
            .number(cutoff.0)
            .sql(" and ")
            .then(not_paused(now))
    });
    sum_parts(conn, parts)
}

/// The most parts of one `union all`; SQLite allows 500.
const MAX_UNION_PARTS: usize = 200;

fn sum_parts(conn: &mut Conn, parts: impl Iterator<Item = SqlText>) -> Result<i64> {
    let parts: Vec<SqlText> = parts.collect();
    let mut total = 0;
    for chunk in parts.chunks(MAX_UNION_PARTS) {
        let query = SqlText::new("select cast(sum(leads) as bigint) from (")
            .then(SqlText::join(chunk.iter().cloned(), " union all "))
            .sql(") as parts");
        let sums: Vec<i64> = query.load::<BigInt, _>(conn)?;
        total += sums.into_iter().sum::<i64>();
    }
    Ok(total)
}
