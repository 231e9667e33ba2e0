//! Statements on a database, without the server.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use lead_statuses::db::DatabaseUrl;

#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = Text)]
    value: String,
}

/// Opens a database file; the connection waits for its lock.
pub fn open_sqlite(file: &Path) -> SqliteConnection {
    let mut conn = SqliteConnection::establish(file.to_str().expect("UTF-8")).expect("a file");
    conn.batch_execute("PRAGMA busy_timeout = 20000")
        .expect("a setting");
    conn
}

pub fn open_postgres(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("a connection")
}

/// Runs statements.
pub fn execute(url: &DatabaseUrl, statements: &str) {
    match url {
        DatabaseUrl::Sqlite(file) => open_sqlite(file).batch_execute(statements),
        DatabaseUrl::Postgres(url) => open_postgres(url).batch_execute(statements),
    }
    .unwrap_or_else(|cause| panic!("{statements}: {cause}"));
}

/// The text that a query returns as `value`.
pub fn query_text(url: &DatabaseUrl, query: &str) -> String {
    let query = diesel::sql_query(query);
    let row: QueryResult<TextRow> = match url {
        DatabaseUrl::Sqlite(file) => query.get_result(&mut open_sqlite(file)),
        DatabaseUrl::Postgres(url) => query.get_result(&mut open_postgres(url)),
    };
    row.expect("a row").value
}

/// Takes a database back to the schema before the migration of this version.
pub fn revert_from(url: &DatabaseUrl, version: &str) {
    match url {
        DatabaseUrl::Sqlite(file) => revert_migrations(&mut open_sqlite(file), "sqlite", version),
        DatabaseUrl::Postgres(url) => {
            revert_migrations(&mut open_postgres(url), "postgres", version)
        }
    }
}

fn revert_migrations<DB, C>(conn: &mut C, folder: &str, first: &str)
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
{
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let source = FileBasedMigrations::from_path(root.join(folder)).expect("a folder");
    let mut migrations = MigrationSource::<DB>::migrations(&source).expect("migrations");
    migrations.sort_by_key(|migration| migration.name().version().to_string());
    for migration in migrations.iter().rev() {
        if migration.name().version().to_string().as_str() >= first {
            conn.revert_migration(migration).expect("a way back");
        }
    }
}
