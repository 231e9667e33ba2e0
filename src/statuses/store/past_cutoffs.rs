//! The numbers of leads past the targets and limits of their status.

use std::cell::RefCell;
use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use crate::clock::{DAY, HOUR, QUARTER, Timestamp};
use crate::db::schema::lead_statuses;
use crate::db::{Conn, SqlText, read_once, read_reference_data};
use crate::error::Result;
use crate::statuses::domain::days::Days;
use crate::statuses::domain::kind::Kind;
use crate::statuses::domain::state::Cutoffs;
use crate::statuses::domain::stats::StatusCutoff;
use crate::statuses::store::counts::{list_totals, not_paused};
use crate::statuses::store::figure_cache::StatusFigureCache;

/// The numbers of leads past cutoffs that a read has counted, and the moments that it counted at.
type CountedCutoffs = RefCell<HashMap<(StatusCutoff, Timestamp), i64>>;

/// The number of leads of a status past a cutoff, and from when until when it is right if no lead changes: until one
/// reaches the cutoff, or a pause can end.
#[derive(Clone, Copy)]
struct PastCount {
    leads: i64,
    from: Timestamp,
    until: Timestamp,
}

/// The number of leads at or past each of these cutoffs that aren't paused. A read counts for each cutoff once, and not
/// at all while a number that was read before is right.
pub fn count_past_cutoffs(
    conn: &mut Conn,
    cutoffs: &[StatusCutoff],
    now: Timestamp,
) -> Result<HashMap<StatusCutoff, i64>> {
    let counted = read_once(conn, |_| Ok(CountedCutoffs::default()))?;
    let mut counted = counted.borrow_mut();
    let is_new = |cutoff: &&StatusCutoff| !counted.contains_key(&(**cutoff, now));
    let new: Vec<StatusCutoff> = cutoffs.iter().filter(is_new).copied().collect();
    if !new.is_empty() {
        let new = cached_past_cutoffs(conn, new, now)?.into_iter();
        counted.extend(new.map(|(cutoff, leads)| ((cutoff, now), leads)));
    }
    let count = |cutoff: &StatusCutoff| Some((*cutoff, *counted.get(&(*cutoff, now))?));
    Ok(cutoffs.iter().filter_map(count).collect())
}

/// A cutoff follows the clock, so a number is kept by its distance from the moment it was counted at.
fn cached_past_cutoffs(
    conn: &mut Conn,
    cutoffs: Vec<StatusCutoff>,
    now: Timestamp,
) -> Result<Vec<(StatusCutoff, i64)>> {
    let cache = StatusFigureCache::<i64, PastCount>::of(conn)?;
    let age = |cutoff: &StatusCutoff| now.0 - cutoff.cutoff.0;
    let (mut counts, mut unknown) = (Vec::new(), Vec::new());
    for cutoff in cutoffs {
        let cached = cache.as_ref();
        let cached = cached.and_then(|cache| cache.get(cutoff.status_id, age(&cutoff)));
        match cached.filter(|count| count.from <= now && now < count.until) {
            Some(count) => counts.push((cutoff, count.leads)),
            None => unknown.push(cutoff),
        }
    }
    if !unknown.is_empty() {
        let next = cache.as_ref().map_or("null", |_| NEXT_CLOCK_SQL);
        for (cutoff, count) in query_past_cutoffs(conn, &unknown, now, next)? {
            if let Some(cache) = &cache {
                cache.insert(cutoff.status_id, age(&cutoff), count);
            }
            counts.push((cutoff, count.leads));
        }
    }
    Ok(counts)
}

/// The SQL of the clock of the lead that reaches a cutoff next.
const NEXT_CLOCK_SQL: &str = "(select min(clock_from) from leads \
     where status_id = cutoffs_by_unit.id and deleted_at is null and clock_from > cutoff)";

/// All leads of the status minus the paused ones and those with a younger clock. Limits are days or weeks, so summing the
/// younger ones reads few rows: the counters of whole days, those of the hours in the cutoff's day, and the single leads
/// of the cutoff's hour.
fn query_past_cutoffs(
    conn: &mut Conn,
    cutoffs: &[StatusCutoff],
    now: Timestamp,
    next: &str,
) -> Result<Vec<(StatusCutoff, PastCount)>> {
    let quarter = now.0.div_euclid(QUARTER);
    let query = SqlText::new("with cutoffs (number, id, cutoff) as (values ")
        .then(cutoff_rows(cutoffs))
        .sql("), cutoffs_by_unit as (select number, id, cutoff, ")
        .number(quarter)
        .sql(format!(
            " as quarter, cutoff / {DAY} as day, cutoff / {HOUR} as hour from cutoffs) \
             select cast(number as bigint) as number, cast( \
             coalesce((select sum(leads) from lead_sleeps where status_id = id and wake_quarter > quarter), 0) \
             + coalesce((select sum(leads) from lead_clocks \
             where status_id = id and clock_day > day and wake_quarter <= quarter), 0) \
             + coalesce((select sum(leads) from lead_hours where status_id = id \
             and clock_hour > hour and clock_hour < day * 24 + 24 and wake_quarter <= quarter), 0) \
             + (select count(*) from leads where status_id = cutoffs_by_unit.id and deleted_at is null \
             and clock_from > cutoff and clock_from < (hour + 1) * {HOUR} and "
        ))
        .then(not_paused(now))
        .sql(format!(
            ") as bigint) as leads, cast({next} as bigint) as next from cutoffs_by_unit"
        ));
    let others: Vec<(i64, i64, Option<i64>)> =
        query.load::<(BigInt, BigInt, Nullable<BigInt>), _>(conn)?;
    let mut in_status: HashMap<i64, i64> = HashMap::new();
    for total in list_totals(conn)?.iter().filter(|each| !each.is_deleted) {
        *in_status.entry(total.status_id).or_default() += total.leads;
    }
    let next_quarter = (quarter + 1) * QUARTER;
    let past = |(index, others, next): (i64, i64, Option<i64>)| {
        let cutoff = *cutoffs.get(usize::try_from(index).ok()?)?;
        let leads = in_status.get(&cutoff.status_id).copied();
        let reached = next.map(|clock_from| now.0 + (clock_from - cutoff.cutoff.0));
        let count = PastCount {
            leads: leads.unwrap_or_default() - others,
            from: now,
            until: Timestamp(reached.map_or(next_quarter, |at| at.min(next_quarter))),
        };
        Some((cutoff, count))
    };
    Ok(others.into_iter().filter_map(past).collect())
}

/// The SQL rows of these cutoffs: index, status, cutoff.
fn cutoff_rows(cutoffs: &[StatusCutoff]) -> SqlText {
    let rows = (0..).zip(cutoffs);
    let rows = rows.map(|(index, cutoff)| SqlText::row([index, cutoff.status_id, cutoff.cutoff.0]));
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
    let rows: Vec<(i64, Option<i32>)> = read_reference_data(conn, limits)?;
    let status_cutoff = |(status_id, limit): (i64, Option<i32>)| {
        let limit = limit.and_then(Days::new);
        let cutoff = Cutoffs::new(Kind::Open, None, limit, now).stuck?;
        Some(StatusCutoff { status_id, cutoff })
    };
    Ok(rows.into_iter().filter_map(status_cutoff).collect())
}
