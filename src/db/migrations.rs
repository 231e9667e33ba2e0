//! The migrations of this program, and which of them a database has.

use std::collections::BTreeSet;

use diesel::RunQueryDsl;
use diesel::dsl::sql;
use diesel::migration::{Migration, MigrationSource};
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

use super::conn::Conn;

pub(super) const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
pub(super) const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// The versions that this program knows, oldest first.
pub(super) fn known_versions() -> BTreeSet<String> {
    let migrations = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE);
    let migrations = migrations.unwrap_or_default();
    migrations
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect()
}

/// The versions recorded in the database, oldest first.
pub fn applied_versions(conn: &mut Conn) -> diesel::QueryResult<Vec<String>> {
    sql::<Text>("SELECT version FROM __diesel_schema_migrations ORDER BY version").load(conn)
}

/// True if every migration of this program has been run; for the readiness check.
pub fn is_migrated(conn: &mut Conn) -> diesel::QueryResult<bool> {
    let applied: BTreeSet<String> = applied_versions(conn)?.into_iter().collect();
    Ok(known_versions().is_subset(&applied))
}
