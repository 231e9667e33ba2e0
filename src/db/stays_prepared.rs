use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::LoadQuery;

use super::conn::Conn;

/// A query whose statement stays prepared.
#[derive(Debug, Clone, Copy)]
pub struct StaysPrepared<Q>(Q);

/// Loads what a query returns, and keeps its statement prepared: its text must be one of few. Diesel does so by itself but
/// for updates, since those of a changeset may have any columns: it would prepare an update of a lead with its triggers
/// each time, which takes as long as to run it. An update is loaded as well, since Diesel executes a reference to a query,
/// which hides what is said here.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn load_prepared<'query, Q, U>(conn: &mut Conn, query: Q) -> QueryResult<Vec<U>>
where
    StaysPrepared<Q>: LoadQuery<'query, Conn, U> + RunQueryDsl<Conn>,
{
    StaysPrepared(query).load(conn)
}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for StaysPrepared<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

/// Without a static id the cache goes by the text.
impl<Q> QueryId for StaysPrepared<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for StaysPrepared<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, C> RunQueryDsl<C> for StaysPrepared<Q> {}

/// These ids, the last one repeated until their number is a power of two: a condition `in (…)` has few texts then, and may
/// stay prepared.
pub fn padded(ids: &[i64]) -> Vec<i64> {
    let mut ids = ids.to_vec();
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}
