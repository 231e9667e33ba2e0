//! The sources that the filters of a list offer.

use diesel::sql_types::Text;

use crate::db::{Conn, SqlText};
use crate::error::Result;

/// The most sources that a menu offers.
const MAX_SOURCES: i64 = 200;

/// All sources by name, with one index seek for each.
pub fn sources(conn: &mut Conn) -> Result<Vec<String>> {
    let sources = SqlText::new(
        "with recursive steps (source) as ( \
             select min(source) from leads where deleted_at is null and source > '' \
             union all \
             select (select min(source) from leads where deleted_at is null and source > steps.source) \
             from steps where steps.source is not null \
         ) select source from steps where source is not null limit ",
    );
    Ok(sources.number(MAX_SOURCES).load::<Text, _>(conn)?)
}
