//! A column that `diesel::table!` doesn't list: tables have 32 columns at the most, unless Diesel is built for 64, which
//! takes three times as long (`docs/decisions/0083-what-runs-a-transaction-is-compiled-once.md`).

/// Declares a column of a table, for its own queries and updates without joins.
macro_rules! further_column {
    ($table:ident { $column:ident -> $type:ty, }) => {
        #[allow(non_camel_case_types)]
        #[derive(
            Debug, Clone, Copy, diesel::query_builder::QueryId, diesel::expression::ValidGrouping,
        )]
        pub struct $column;

        impl diesel::Expression for $column {
            type SqlType = $type;
        }

        impl diesel::Column for $column {
            type Table = $table::table;
            const NAME: &'static str = stringify!($column);
        }

        impl diesel::SelectableExpression<$table::table> for $column {}

        impl diesel::AppearsOnTable<$table::table> for $column {}

        impl<DB: diesel::backend::Backend> diesel::query_builder::QueryFragment<DB> for $column {
            fn walk_ast<'b>(
                &'b self,
                mut pass: diesel::query_builder::AstPass<'_, 'b, DB>,
            ) -> diesel::QueryResult<()> {
                pass.push_identifier(stringify!($table))?;
                pass.push_sql(".");
                pass.push_identifier(stringify!($column))
            }
        }
    };
}
pub(super) use further_column;
