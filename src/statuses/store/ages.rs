//! How long leads have been where they are, added up by the database.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use crate::db::Conn;
use crate::error::Result;

/// Some days of entry, from `low` to `high`, and the least age of those who entered then, in whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub age: i64,
    pub low: i64,
    pub high: i64,
}

#[derive(QueryableByName)]
struct Sum {
    #[diesel(sql_type = BigInt)]
    status_id: i64,
    #[diesel(sql_type = BigInt)]
    at: i64,
    #[diesel(sql_type = BigInt)]
    leads: i64,
}

/// How many leads of each of these statuses entered in each stretch, in the order of `stretches`.
pub fn stretches(
    conn: &mut Conn,
    ids: &[i64],
    stretches: &[Stretch],
) -> Result<HashMap<i64, Vec<(Stretch, i64)>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = stretches.iter().enumerate();
    let rows = rows.map(|(at, stretch)| format!("({at}, {}, {})", stretch.low, stretch.high));
    let query = format!(
        "with stretches (at, low, high) as (values {}) \
         select lead_statuses.id as status_id, cast(at as bigint) as at, cast(coalesce((select sum(leads) from lead_ages \
         where status_id = lead_statuses.id and since_day >= low and since_day <= high), 0) as bigint) as leads \
         from lead_statuses cross join stretches where lead_statuses.id in ({}) order by status_id, at",
        rows.collect::<Vec<String>>().join(", "),
        joined(ids)
    );
    let sums: Vec<Sum> = diesel::sql_query(query).load(conn)?;
    let mut found: HashMap<i64, Vec<(Stretch, i64)>> = HashMap::new();
    for sum in sums {
        let stretch = usize::try_from(sum.at)
            .ok()
            .and_then(|at| stretches.get(at));
        let of_status = found.entry(sum.status_id).or_default();
        of_status.extend(stretch.map(|stretch| (*stretch, sum.leads)));
    }
    Ok(found)
}

#[derive(QueryableByName)]
struct Day {
    #[diesel(sql_type = BigInt)]
    status_id: i64,
    #[diesel(sql_type = Integer)]
    since_day: i32,
    #[diesel(sql_type = BigInt)]
    leads: i64,
}

/// Status, day of entry and how many, for each day of one stretch of each status.
pub fn days_of(conn: &mut Conn, sought: &[(i64, Stretch)]) -> Result<Vec<(i64, i64, i64)>> {
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sought.iter();
    let rows = rows.map(|(id, stretch)| format!("({id}, {}, {})", stretch.low, stretch.high));
    let query = format!(
        "with sought (id, low, high) as (values {}) select status_id, since_day, leads \
         from sought join lead_ages on status_id = id and since_day >= low and since_day <= high",
        rows.collect::<Vec<String>>().join(", ")
    );
    let days: Vec<Day> = diesel::sql_query(query).load(conn)?;
    let row = |day: Day| (day.status_id, i64::from(day.since_day), day.leads);
    Ok(days.into_iter().map(row).collect())
}

/// How many leads of these statuses entered from one day to another, both included.
pub fn entered(conn: &mut Conn, ids: &[i64], (low, high): (i64, i64)) -> Result<i64> {
    let all = [Stretch { age: 0, low, high }];
    let sums = stretches(conn, ids, &all)?;
    Ok(sums.into_values().flatten().map(|(_, leads)| leads).sum())
}

#[derive(QueryableByName)]
struct Asleep {
    #[diesel(sql_type = BigInt)]
    status_id: i64,
    #[diesel(sql_type = BigInt)]
    leads: i64,
}

/// How many leads of each of these statuses are set aside beyond `today`.
pub fn asleep(conn: &mut Conn, ids: &[i64], today: i64) -> Result<HashMap<i64, i64>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = format!(
        "select status_id, cast(sum(leads) as bigint) as leads from lead_sleeps \
         where status_id in ({}) and wake_day > {today} group by status_id",
        joined(ids)
    );
    let rows: Vec<Asleep> = diesel::sql_query(query).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.status_id, row.leads))
        .collect())
}

fn joined(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    ids.join(", ")
}
