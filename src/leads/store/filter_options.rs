//! The values that the filters of a list offer.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::Conn;
use crate::error::Result;
use crate::money::Currency;

#[derive(QueryableByName)]
struct WordRow {
    #[diesel(sql_type = Text)]
    word: String,
}

/// The most sources that a menu offers.
const MAX_SOURCES: i64 = 200;

/// All sources by name, with one index seek for each.
pub fn sources(conn: &mut Conn) -> Result<Vec<String>> {
    let rows: Vec<WordRow> = diesel::sql_query(
        "with recursive steps (source) as ( \
             select min(source) from leads where deleted_at is null and source > '' \
             union all \
             select (select min(source) from leads where deleted_at is null and source > steps.source) \
             from steps where steps.source is not null \
         ) select source as word from steps where source is not null limit $1",
    )
    .bind::<BigInt, _>(MAX_SOURCES)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}

/// The currencies of leads with a value that are not deleted, by code, from the counters.
pub fn currencies(conn: &mut Conn) -> Result<Vec<Currency>> {
    let rows: Vec<WordRow> = diesel::sql_query(
        "select currency as word from lead_totals where not is_deleted \
         group by currency having sum(leads) > 0 and sum(value_cents) > 0 order by currency",
    )
    .load(conn)?;
    let currencies = rows.iter().filter_map(|row| Currency::find(&row.word));
    Ok(currencies.collect())
}
