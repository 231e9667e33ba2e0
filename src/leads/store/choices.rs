//! What the filters of a list are chosen from.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::Conn;
use crate::error::Result;
use crate::money::Currency;

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    word: String,
}

/// The sources there are, by name, at most `limit`: one step along the index for each.
pub fn sources(conn: &mut Conn, limit: i64) -> Result<Vec<String>> {
    let rows: Vec<Found> = diesel::sql_query(
        "with recursive steps (source) as ( \
             select min(source) from leads where deleted_at is null and source > '' \
             union all \
             select (select min(source) from leads where deleted_at is null and source > steps.source) \
             from steps where steps.source is not null \
         ) select source as word from steps where source is not null limit $1",
    )
    .bind::<BigInt, _>(limit)
    .load(conn)?;
    Ok(rows.into_iter().map(|found| found.word).collect())
}

/// The currencies in which leads that are not in the bin are worth something, by code, as the counters know them.
pub fn currencies(conn: &mut Conn) -> Result<Vec<Currency>> {
    let rows: Vec<Found> = diesel::sql_query(
        "select currency as word from lead_totals where not is_deleted \
         group by currency having sum(leads) > 0 and sum(value_cents) > 0 order by currency",
    )
    .load(conn)?;
    let known = rows.iter().filter_map(|found| Currency::named(&found.word));
    Ok(known.collect())
}
