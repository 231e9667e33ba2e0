//! How many leads are past the cutoffs of their statuses, summed up where they are counted.

use std::collections::HashMap;
use std::fmt::Write;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::counts::edges;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::statuses::occupancy::{Edge, day};

/// The most parts of one question: SQLite puts no more than 500 together.
const PARTS: usize = 200;

#[derive(QueryableByName)]
struct Past {
    #[diesel(sql_type = BigInt)]
    at: i64,
    #[diesel(sql_type = BigInt)]
    leads: i64,
}

/// The leads at or past each of these cutoffs that are not set aside.
pub fn past(conn: &mut Conn, cutoffs: &[Edge], now: Timestamp) -> Result<HashMap<Edge, i64>> {
    // Those of the very day of a cutoff; the days before are counted whole.
    let mut found = edges(conn, cutoffs, now)?;
    for some in cutoffs.chunks(PARTS) {
        let mut query = String::new();
        for (at, edge) in some.iter().enumerate() {
            let gap = if at > 0 { " union all " } else { "" };
            let _ = write!(
                query,
                "{gap}select cast({at} as bigint) as at, cast(coalesce(sum(leads), 0) as bigint) as leads \
                 from lead_ages where status_id = {} and clock_day < {} and wake_day <= {}",
                edge.status_id,
                day(edge.cutoff),
                day(now)
            );
        }
        let rows: Vec<Past> = diesel::sql_query(query).load(conn)?;
        for row in rows {
            if let Some(edge) = usize::try_from(row.at).ok().and_then(|at| some.get(at)) {
                *found.entry(*edge).or_default() += row.leads;
            }
        }
    }
    Ok(found)
}
