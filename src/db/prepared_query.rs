//! Queries whose prepared statements are cached.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::LoadQuery;

use super::conn::Conn;
use super::on_either;

/// A query whose prepared statement Diesel caches.
#[derive(Debug, Clone, Copy)]
pub struct PreparedQuery<Q>(Q);

/// Loads what a query returns, and caches its prepared statement; there must be few texts of such queries. Diesel caches all
/// statements but updates, since a changeset may have any columns: it would prepare an update of a lead with its triggers
/// each time, which takes as long as running it. Updates are loaded too, not executed, since Diesel executes a reference
/// to the query, which would not be cached.
///
/// Through the connection over both databases, Diesel would write out the text of a query two or three times whenever it
/// runs. Here it is written out once, for an update, or not at all.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn load_prepared<'query, Q, U>(conn: &mut Conn, query: Q) -> QueryResult<Vec<U>>
where
    PreparedQuery<Q>: LoadQuery<'query, SqliteConnection, U> + LoadQuery<'query, PgConnection, U>,
{
    let query = PreparedQuery(query);
    on_either!(conn, conn => query.load(conn))
}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for PreparedQuery<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

/// That of the query: without a static id the cache goes by the text.
impl<Q: QueryId> QueryId for PreparedQuery<Q> {
    type QueryId = Q::QueryId;
    const HAS_STATIC_QUERY_ID: bool = Q::HAS_STATIC_QUERY_ID;
}

impl<Q: Query> Query for PreparedQuery<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, C> RunQueryDsl<C> for PreparedQuery<Q> {}

/// These ids, the last one repeated until their number is a power of two: a condition `in (…)` has few texts then, and may
/// stay prepared.
pub fn padded_ids(ids: &[i64]) -> Vec<i64> {
    let mut ids = ids.to_vec();
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}
