//! The counters of leads by status and day: of entry, and of the end of a pause.

use std::collections::HashMap;

use diesel::sql_types::{BigInt, Integer};

use crate::clock::{QUARTER, Timestamp};
use crate::db::{Conn, SqlText};
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
    let rows = (0..).zip(ranges);
    let rows = rows.map(|(index, range)| SqlText::row([index, range.first_day, range.last_day]));
    let query = SqlText::new("with ranges (number, low, high) as (values ")
        .then(SqlText::join(rows, ", "))
        .sql(
            ") select lead_statuses.id as status_id, cast(number as bigint) as number, \
             cast(coalesce((select sum(leads) from lead_ages where status_id = lead_statuses.id \
             and since_day >= low and since_day <= high), 0) as bigint) as leads \
             from lead_statuses cross join ranges where lead_statuses.id in ",
        )
        .then(SqlText::row(ids.iter().copied()))
        .sql(" order by status_id, number");
    let sums: Vec<(i64, i64, i64)> = query.load::<(BigInt, BigInt, BigInt), _>(conn)?;
    let mut by_status: HashMap<i64, Vec<(DayRange, i64)>> = HashMap::new();
    for (status_id, index, leads) in sums {
        let range = usize::try_from(index)
            .ok()
            .and_then(|index| ranges.get(index));
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
    let rows = rows.map(|(id, range)| SqlText::row([*id, range.first_day, range.last_day]));
    let query = SqlText::new("with ranges (id, low, high) as (values ")
        .then(SqlText::join(rows, ", "))
        .sql(
            ") select status_id, since_day, leads \
             from ranges join lead_ages on status_id = id and since_day >= low and since_day <= high",
        );
    let days: Vec<(i64, i32, i64)> = query.load::<(BigInt, Integer, BigInt), _>(conn)?;
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

/// The number of leads by status that are paused at `now`.
pub fn count_paused(conn: &mut Conn, ids: &[i64], now: Timestamp) -> Result<HashMap<i64, i64>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sums = "select status_id, cast(sum(leads) as bigint) as leads from lead_sleeps where status_id in ";
    let query = SqlText::new(sums)
        .then(SqlText::row(ids.iter().copied()))
        .sql(" and wake_quarter > ")
        .number(now.0.div_euclid(QUARTER))
        .sql(" group by status_id");
    let rows: Vec<(i64, i64)> = query.load::<(BigInt, BigInt), _>(conn)?;
    Ok(rows.into_iter().collect())
}
