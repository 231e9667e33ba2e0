//! SQL that is put together at run time, for what Diesel's enum of connections can't express.

use std::marker::PhantomData;

use diesel::pg::{Pg, PgQueryBuilder};
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};
use diesel::query_dsl::methods::LoadQuery;
use diesel::result::QueryResult;
use diesel::sql_types::Text;
use diesel::{RunQueryDsl, Selectable};

use super::Conn;
use super::conn::Backend;

/// A piece of SQL. Texts in it are parameters; ids, numbers and names of columns are part of the SQL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SqlText(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Sql(String),
    Text(String),
}

impl SqlText {
    /// SQL without a parameter.
    pub fn new(sql: impl Into<String>) -> SqlText {
        SqlText(vec![Piece::Sql(sql.into())])
    }

    /// This SQL, then `sql`.
    pub fn sql(mut self, sql: impl Into<String>) -> SqlText {
        self.0.push(Piece::Sql(sql.into()));
        self
    }

    /// This SQL, then a parameter.
    pub fn text(mut self, text: impl Into<String>) -> SqlText {
        self.0.push(Piece::Text(text.into()));
        self
    }

    /// This SQL, then `other`.
    pub fn then(mut self, other: SqlText) -> SqlText {
        self.0.extend(other.0);
        self
    }

    /// Pieces with `separator` between them.
    pub fn join(pieces: impl IntoIterator<Item = SqlText>, separator: &str) -> SqlText {
        let mut joined = SqlText::default();
        for piece in pieces {
            if !joined.0.is_empty() {
                joined = joined.sql(separator);
            }
            joined = joined.then(piece);
        }
        joined
    }

    /// The rows of this query, whose columns are of the SQL types `T`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load<'q, T, R>(self, conn: &mut Conn) -> QueryResult<Vec<R>>
    where
        TypedSql<T>: LoadQuery<'q, Conn, R>,
    {
        let types = PhantomData;
        TypedSql { sql: self, types }.load(conn)
    }
}

/// The columns of a row as SQL, in the order of its fields.
pub fn column_list<R>() -> QueryResult<String>
where
    R: Selectable<Pg>,
    R::SelectExpression: QueryFragment<Pg>,
{
    // Both databases read names as PostgreSQL quotes them.
    let mut list = PgQueryBuilder::new();
    R::construct_selection().to_sql(&mut list, &Pg)?;
    Ok(list.finish())
}

/// A query whose rows are of the SQL types `T`.
pub struct TypedSql<T> {
    sql: SqlText,
    types: PhantomData<T>,
}

impl<T> Query for TypedSql<T> {
    type SqlType = T;
}

impl<T> QueryId for TypedSql<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T> QueryFragment<Backend> for TypedSql<T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        // The SQL differs with its numbers, so prepared statements of it would pile up.
        out.unsafe_to_cache_prepared();
        for piece in &self.sql.0 {
            match piece {
                Piece::Sql(sql) => out.push_sql(sql),
                Piece::Text(text) => out.push_bind_param::<Text, _>(text)?,
            }
        }
        Ok(())
    }
}

impl<T> RunQueryDsl<Conn> for TypedSql<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_joined_by_a_separator() {
        let two = [SqlText::new("a = ").text("x"), SqlText::new("b = 1")];
        let joined = SqlText::join(two, " and ");
        let expected = SqlText::new("a = ").text("x").sql(" and ").sql("b = 1");
        assert_eq!(joined, expected);
        assert_eq!(SqlText::join([], " and "), SqlText::default());
    }
}
