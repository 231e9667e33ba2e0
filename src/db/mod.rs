//! The database. SQLite: a pool of readers and one queue of writes. PostgreSQL: a pool of readers and a pool of writers.
//! Only this folder, the stores of slices and `commands/files.rs` know which of the two it is.

mod answer_cache;
mod any_value;
mod atomic_file;
mod attempt;
mod backup;
mod check;
mod checkpointer;
mod conn;
mod database;
mod database_url;
mod deadline;
mod driver_error;
mod file;
mod file_lock;
mod file_system;
mod further_column;
mod health;
mod interrupt;
pub mod locks;
mod migrate;
mod migrations;
mod prepared_limit;
mod prepared_query;
mod queue;
#[cfg(test)]
mod queue_tests;
mod read_budget;
mod read_limits;
mod retry;
mod running_backend;
pub mod schema;
mod single_flight;
mod sql_text;
mod start_error;
mod step_size;
mod transaction_values;

pub use answer_cache::CacheKey;
pub(crate) use any_value::{AnyValue, typed, untyped};
pub use attempt::attempt_within;
pub use backup::{backup, restore};
pub use check::faults;
pub use conn::{Backend, Conn, columns_of};
pub use database::Db;
pub use database_url::DatabaseUrl;
pub use deadline::one_deadline;
pub use file::{HeldDatabase, hold_open, inspect_existing};
pub use file_lock::ServeLock;
pub use migrate::{SchemaVersion, migrate, migrate_held, revert_all};
pub use migrations::is_migrated;
pub use prepared_query::{load_prepared, padded_ids};
pub use read_limits::ReadKind;
pub use sql_text::{SqlText, column_list};
pub use start_error::StartError;
pub use step_size::{FIRST_STEP_ROWS, IMPORT_STEP_TIME, MAX_STEP_ROWS, STEP_TIME, next_step_size};
pub use transaction_values::{
    read_once, read_reference_data, shared_read_cache, shared_reference_data,
};

/// Writes a statement out for each database, where the shared connection type can't express it: inside, `$name` is
/// the connection to the one that is there.
macro_rules! on_either {
    ($conn:expr, $name:ident => $body:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($name) => $body,
            $crate::db::Conn::Postgres($name) => $body,
        }
    };
}
pub(crate) use on_either;

/// Inserts many rows. PostgreSQL takes many in one statement; SQLite one after the other by a statement that stays
/// prepared.
macro_rules! insert_rows {
    ($conn:expr, $table:expr, $rows:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite(conn) => {
                for row in $rows {
                    diesel::insert_into($table).values(row).execute(conn)?;
                }
            }
            $crate::db::Conn::Postgres(conn) => {
                let mut rows = $rows.peekable();
                while rows.peek().is_some() {
                    let some: Vec<_> = rows.by_ref().take($crate::db::ROWS_PER_INSERT).collect();
                    diesel::insert_into($table).values(some).execute(conn)?;
                }
            }
        }
    };
}
pub(crate) use insert_rows;

/// The most values of one condition; SQLite limits the parameters of a statement.
pub(crate) const MAX_VALUES: usize = 500;

/// The most selects in one union: SQLite allows 500.
pub(crate) const MAX_UNION_PARTS: usize = 200;

/// The most rows of one statement of PostgreSQL, which has up to 65,535 parameters.
pub(crate) const ROWS_PER_INSERT: usize = 500;
