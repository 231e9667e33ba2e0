//! What Diesel's enum of connections can't express: queries joined by UNION ALL.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::{QueryDsl, RunQueryDsl};

use super::Conn;

/// One query of a union, an inner SELECT between two pieces of SQL: `select … from (`, the SELECT, `) as …`. It keeps
/// an order and a limit of its own.
#[derive(Debug, Clone)]
pub struct Part<Q> {
    pub before: String,
    pub inner: Q,
    pub after: String,
}

impl<Q> Part<Q> {
    /// The rows of `inner` as they are.
    pub fn plain(inner: Q) -> Part<Q> {
        Part {
            before: "select * from (".to_owned(),
            inner,
            after: ") as part".to_owned(),
        }
    }
}

/// Queries joined by UNION ALL, whose rows are of the SQL types `T`. There must be at least one.
#[derive(Debug, Clone)]
pub struct Union<Q, T> {
    parts: Vec<Part<Q>>,
    types: PhantomData<T>,
}

impl<Q, T> Union<Q, T> {
    /// All rows of `parts`, in no order among the parts.
    pub fn all(parts: Vec<Part<Q>>) -> Union<Q, T> {
        Union {
            parts,
            types: PhantomData,
        }
    }
}

impl<Q, T> Query for Union<Q, T> {
    type SqlType = T;
}

impl<Q, T> QueryId for Union<Q, T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend, Q: QueryFragment<DB>, T> QueryFragment<DB> for Union<Q, T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for (at, part) in self.parts.iter().enumerate() {
            if at > 0 {
                out.push_sql(" union all ");
            }
            out.push_sql(&part.before);
            part.inner.walk_ast(out.reborrow())?;
            out.push_sql(&part.after);
        }
        Ok(())
    }
}

impl<Q, T> QueryDsl for Union<Q, T> {}
impl<Q, T> RunQueryDsl<Conn> for Union<Q, T> {}
