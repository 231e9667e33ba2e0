//! SQL that is put together at run time, for what Diesel's enum of connections can't express.

use std::borrow::Cow;
use std::marker::PhantomData;

use diesel::pg::{Pg, PgQueryBuilder};
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};
use diesel::query_dsl::methods::LoadQuery;
use diesel::result::QueryResult;
use diesel::sql_types::{BigInt, Text};
use diesel::{RunQueryDsl, Selectable};

use super::Conn;
use super::conn::Backend;
use super::prepared_limit::limit_prepared;

/// A piece of SQL. Texts and numbers that differ between calls are parameters; names of columns are part of the SQL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct SqlText(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Piece {
    Sql(Cow<'static, str>),
    Text(String),
    Number(i64),
}

impl SqlText {
    /// SQL without a parameter.
    pub fn new(sql: impl Into<Cow<'static, str>>) -> SqlText {
        SqlText(vec![Piece::Sql(sql.into())])
    }

    /// This SQL, then `sql`.
    pub fn sql(mut self, sql: impl Into<Cow<'static, str>>) -> SqlText {
        self.0.push(Piece::Sql(sql.into()));
        self
    }

    /// This SQL, then a parameter.
    pub fn text(mut self, text: impl Into<String>) -> SqlText {
        self.0.push(Piece::Text(text.into()));
        self
    }

    /// This SQL, then a parameter that is a number.
    pub fn number(mut self, number: i64) -> SqlText {
        self.0.push(Piece::Number(number));
        self
    }

    /// This SQL, then `other`.
    pub fn then(mut self, other: SqlText) -> SqlText {
        self.0.extend(other.0);
        self
    }

    /// True if there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Numbers in parentheses.
    pub fn row(numbers: impl IntoIterator<Item = i64>) -> SqlText {
        let numbers = numbers
            .into_iter()
            .map(|each| SqlText::default().number(each));
        let list = SqlText::join(numbers, ", ");
        SqlText::new("(").then(list).sql(")")
    }

    /// Pieces with `separator` between them.
    pub fn join(pieces: impl IntoIterator<Item = SqlText>, separator: &'static str) -> SqlText {
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
    /// Returns the errors of the database.
    pub fn load<'q, T, R>(self, conn: &mut Conn) -> QueryResult<Vec<R>>
    where
        TypedSql<T>: LoadQuery<'q, Conn, R>,
    {
        if let Conn::Sqlite(conn) = conn {
            limit_prepared(conn);
        }
        let query = TypedSql {
            sql: self,
            is_cached: matches!(conn, Conn::Sqlite(_)),
            types: PhantomData,
        };
        query.load(conn)
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
    /// SQLite plans without the values of parameters, so one plan serves all. PostgreSQL plans with the numbers: they are
    /// part of the SQL.
    is_cached: bool,
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
        if !self.is_cached {
            out.unsafe_to_cache_prepared();
        }
        for piece in &self.sql.0 {
            match piece {
                Piece::Sql(sql) => out.push_sql(sql),
                Piece::Text(text) => out.push_bind_param::<Text, _>(text)?,
                Piece::Number(number) if self.is_cached => {
                    out.push_bind_param::<BigInt, _>(number)?;
                }
                Piece::Number(number) => out.push_sql(&number.to_string()),
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
