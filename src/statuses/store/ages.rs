//! The counters of leads by status and day: of entry, and of the end of a pause.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use crate::db::Conn;
use crate::error::Result;

/// The days of entry from `first_day` to `last_day`, counted from 1970, and the smallest age of leads that entered then, in whole
/// days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    pub min_age: i64,
    pub first_day: i64,
    pub last_day: i64,
}

/// The number of leads by status that entered in each range, in the order of `ranges`.
pub fn leads_by_range(
    conn: &mut Conn,
    ids: &[i64],
    ranges: &[DayRange],
) -> Result<HashMap<i64, Vec<(DayRange, i64)>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = ranges.iter().enumerate();
    let rows = rows.map(|(at, range)| format!("({at}, {}, {})", range.first_day, range.last_day));
    let query = format!(
        "with ranges (at, low, high) as (values {}) \
         select lead_statuses.id as status_id, cast(at as bigint) as at, cast(coalesce((select sum(leads) from lead_ages \
         where status_id = lead_statuses.id and since_day >= low and since_day <= high), 0) as bigint) as leads \
         from lead_statuses cross join ranges where lead_statuses.id in ({}) order by status_id, at",
        rows.collect::<Vec<String>>().join(", "),
        comma_separated(ids)
    );
    let sums: Vec<(i64, i64, i64)> = sql::<(BigInt, BigInt, BigInt)>(&query).load(conn)?;
    let mut by_status: HashMap<i64, Vec<(DayRange, i64)>> = HashMap::new();
    for (status_id, at, leads) in sums {
        let range = usize::try_from(at).ok().and_then(|at| ranges.get(at));
        let of_status = by_status.entry(status_id).or_default();
        of_status.extend(range.map(|range| (*range, leads)));
    }
    Ok(by_status)
}

/// Status, day of entry and number of leads, for each day of one range per status.
pub fn leads_by_day(conn: &mut Conn, ranges: &[(i64, DayRange)]) -> Result<Vec<(i64, i64, i64)>> {
    if ranges.is_empty() {
        return Ok(Vec::new());
    }
    let rows = ranges.iter();
    let rows = rows.map(|(id, range)| format!("({id}, {}, {})", range.first_day, range.last_day));
    let query = format!(
        "with ranges (id, low, high) as (values {}) select status_id, since_day, leads \
         from ranges join lead_ages on status_id = id and since_day >= low and since_day <= high",
        rows.collect::<Vec<String>>().join(", ")
    );
    let days: Vec<(i64, i32, i64)> = sql::<(BigInt, Integer, BigInt)>(&query).load(conn)?;
    let row = |(status_id, since_day, leads)| (status_id, i64::from(since_day), leads);
    Ok(days.into_iter().map(row).collect())
}

/// The number of leads of these statuses that entered from one day to another, both included.
pub fn count_entered(conn: &mut Conn, ids: &[i64], (low, high): (i64, i64)) -> Result<i64> {
    let all = [DayRange {
        min_age: 0,
        first_day: low,
        last_day: high,
    }];
    let sums = leads_by_range(conn, ids, &all)?;
    Ok(sums.into_values().flatten().map(|(_, leads)| leads).sum())
}

/// The number of leads by status that are paused beyond `today`.
pub fn count_paused(conn: &mut Conn, ids: &[i64], today: i64) -> Result<HashMap<i64, i64>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = format!(
        "select status_id, cast(sum(leads) as bigint) as leads from lead_sleeps \
         where status_id in ({}) and wake_day > {today} group by status_id",
        comma_separated(ids)
    );
    let rows: Vec<(i64, i64)> = sql::<(BigInt, BigInt)>(&query).load(conn)?;
    Ok(rows.into_iter().collect())
}

fn comma_separated(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    ids.join(", ")
}
