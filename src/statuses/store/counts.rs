//! The counters of leads by status and day, which the database keeps as leads change.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::clock::{DAY, QUARTER, Timestamp};
use crate::db::schema::{lead_statuses, lead_totals};
use crate::db::{Conn, SqlText, columns_of};
use crate::error::Result;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::state::Cutoffs;
use crate::statuses::domain::stats::{StatusCutoff, day_number};

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
pub fn list_totals(conn: &mut Conn) -> Result<Vec<CurrencyTotal>> {
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

/// The number of leads at or past each of these cutoffs that aren't paused: all leads of the status minus the paused
/// ones and those with a younger clock. Limits are days or weeks, so summing the younger ones reads few rows: the
/// counters of whole days, those of the hours in the cutoff's day, and the single leads of the cutoff's hour.
pub fn count_past_cutoffs(
    conn: &mut Conn,
    cutoffs: &[StatusCutoff],
    now: Timestamp,
) -> Result<HashMap<StatusCutoff, i64>> {
    if cutoffs.is_empty() {
        return Ok(HashMap::new());
    }
    let quarter = now.0.div_euclid(QUARTER);
    let query = SqlText::new("with edges (at, id, cutoff, clock_day_at, clock_hour_at) as (values ")
        .then(cutoff_rows(cutoffs))
        .sql(
            ") select cast(at as bigint) as at, cast( \
             coalesce((select sum(leads) from lead_totals where status_id = id and not is_deleted), 0) \
             - coalesce((select sum(leads) from lead_sleeps where status_id = id and wake_quarter > ",
        )
        .number(quarter)
        .sql(
            "), 0) - coalesce((select sum(leads) from lead_clocks \
             where status_id = id and clock_day > clock_day_at and wake_quarter <= ",
        )
        .number(quarter)
        .sql(
            "), 0) - coalesce((select sum(leads) from lead_hours where status_id = id \
             and clock_hour > clock_hour_at and clock_hour < clock_day_at * 24 + 24 and wake_quarter <= ",
        )
        .number(quarter)
        .sql(
            "), 0) - (select count(*) from leads where status_id = edges.id and deleted_at is null \
             and clock_from > cutoff and clock_from < (clock_hour_at + 1) * ",
        )
        .number(HOUR)
        .sql(" and ")
        .then(not_paused(now))
        .sql(") as bigint) as leads from edges");
    let counted: Vec<(i64, i64)> = query.load::<(BigInt, BigInt), _>(conn)?;
    let pair = |(at, leads)| Some((*cutoffs.get(usize::try_from(at).ok()?)?, leads));
    Ok(counted.into_iter().filter_map(pair).collect())
}

/// The SQL rows of these cutoffs: index, status, cutoff, and its day and hour.
fn cutoff_rows(cutoffs: &[StatusCutoff]) -> SqlText {
    let rows = (0..).zip(cutoffs);
    let rows = rows.map(|(at, StatusCutoff { status_id, cutoff })| {
        let (day, hour) = (day_number(*cutoff), cutoff.0.div_euclid(HOUR));
        SqlText::row([at, *status_id, cutoff.0, day, hour])
    });
    SqlText::join(rows, ", ")
}

/// The cutoff of each status in which leads can be stuck.
pub fn stuck_cutoffs(conn: &mut Conn, now: Timestamp) -> Result<Vec<StatusCutoff>> {
    let rows: Vec<(i64, Option<i32>)> = lead_statuses::table
        .filter(lead_statuses::kind.eq(Kind::Open.as_str()))
        .filter(lead_statuses::limit_days.is_not_null())
        .select((lead_statuses::id, lead_statuses::limit_days))
        .load(conn)?;
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
