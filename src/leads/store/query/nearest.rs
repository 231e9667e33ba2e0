//! Names like those of a search that finds nothing.

use diesel::sql_types::Text;

use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::store::query::search::Search;
use crate::leads::store::query::trigram::{full_text_query, select_full_text};

/// The most leads whose names are compared for one text.
const MAX_COMPARED: usize = 300;

/// Names and companies of some leads with a text.
pub fn names_with(conn: &mut Conn, text: &str) -> Result<Vec<(String, String)>> {
    let search = Search::parse(text);
    let (Some(query), Some(contains)) = (full_text_query(&search.terms), search.condition()) else {
        return Ok(Vec::new());
    };
    let condition = match conn {
        Conn::Sqlite(_) => SqlText::new("id in (")
            .then(select_full_text(query))
            .sql(format!(" limit {MAX_COMPARED})")),
        Conn::Postgres(_) => contains,
    };
    let select = SqlText::new("select name, company from leads where ")
        .then(condition)
        .sql(format!(" and deleted_at is null limit {MAX_COMPARED}"));
    Ok(select.load::<(Text, Text), _>(conn)?)
}
