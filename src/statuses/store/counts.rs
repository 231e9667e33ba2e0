//! The counters of leads by status and day, which the database keeps as leads change.

use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::clock::Timestamp;
use crate::db::schema::lead_totals;
use crate::db::{Conn, MAX_UNION_PARTS, SqlText, columns_of, read_once};
use crate::error::Result;
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
pub fn not_paused(now: Timestamp) -> SqlText {
    let has_ended = SqlText::new("(paused_until is null or paused_until <= ");
    has_ended.number(now.0).sql(")")
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
