//! Names like those of a search that finds nothing.

use diesel::sql_types::Text;

use crate::db::{Conn, SqlText};
use crate::error::Result;
use crate::leads::domain::filters::LeadFilter;
use crate::leads::store::query::search::Search;
use crate::leads::store::query::search_table;
use crate::leads::store::query::trigram::{full_text_query, select_full_text};

/// The most leads whose names are compared for one text.
const MAX_COMPARED: usize = 300;

/// Names and companies of some leads with a text.
pub fn names_with(conn: &mut Conn, text: &str) -> Result<Vec<(String, String)>> {
    let terms = Search::parse(text).terms;
    let ids = match conn {
        Conn::Sqlite(_) => full_text_query(&terms).map(select_full_text),
        Conn::Postgres(_) => {
            search_table::find(&terms, &LeadFilter::default()).map(|all| all.select)
        }
    };
    let Some(ids) = ids else {
        return Ok(Vec::new());
    };
    let select = SqlText::new("select name, company from leads where id in (")
        .then(ids)
        .sql(format!(
            " limit {MAX_COMPARED}) and deleted_at is null limit {MAX_COMPARED}"
        ));
    Ok(select.load::<(Text, Text), _>(conn)?)
}
