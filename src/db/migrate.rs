use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::{Conn, DatabaseUrl, Manager};
use super::{StartError, file};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// The key under which servers that start at once wait for each other.
const ADVISORY_LOCK: i64 = 0x4c53_0001;

/// What a start found and made of the schema.
#[derive(Debug, PartialEq)]
pub struct SchemaVersion {
    /// Migrations that were run now, oldest first.
    pub applied: Vec<String>,
    /// True if there were none before: the database was new.
    pub is_new: bool,
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = Text)]
    version: String,
}

/// Brings the database to the newest schema, with a backup beside a SQLite file that has data.
///
/// # Errors
/// If the file is no database of this program, damaged, read-only or of a newer version.
pub fn migrate(url: &DatabaseUrl) -> Result<SchemaVersion, StartError> {
    if let DatabaseUrl::Sqlite(path) = url {
        file::prepare(path)?;
    }
    let mut conn = Manager::writer(url).establish()?;
    match &mut conn {
        Conn::Sqlite(conn) => migrate_sqlite(conn, url),
        Conn::Postgres(conn) => {
            let lock =
                format!("SET statement_timeout = 0; SELECT pg_advisory_lock({ADVISORY_LOCK})");
            conn.batch_execute(&lock).map_err(failed)?;
            // The lock ends with the connection, also when the migration fails.
            run(conn, POSTGRES, |_, _| Ok(()))
        }
    }
}

fn migrate_sqlite(
    conn: &mut SqliteConnection,
    url: &DatabaseUrl,
) -> Result<SchemaVersion, StartError> {
    let version = run(conn, SQLITE, |applied, pending| {
        match (url, pending.last()) {
            (DatabaseUrl::Sqlite(path), Some(newest)) if !applied.is_empty() => {
                let name = format!("{}.before-{newest}.bak", path.display());
                file::copy_into(path, std::path::Path::new(&name))
            }
            _ => Ok(()),
        }
    })?;
    file::check_references(conn)?;
    Ok(version)
}

fn run<C, DB>(
    conn: &mut C,
    source: EmbeddedMigrations,
    before: impl FnOnce(&[String], &[String]) -> Result<(), StartError>,
) -> Result<SchemaVersion, StartError>
where
    C: MigrationHarness<DB> + Connection<Backend = DB> + SimpleConnection,
    DB: diesel::backend::Backend,
{
    let applied = conn.applied_migrations().map_err(failed)?;
    let mut applied: Vec<String> = applied.iter().map(ToString::to_string).collect();
    applied.sort();
    let known: BTreeSet<String> = MigrationSource::<DB>::migrations(&source)
        .map_err(failed)?
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    if applied.iter().any(|version| !known.contains(version)) {
        return Err(StartError::new(
            "The database was made by a newer version of lead-statuses; use that version or newer.",
        ));
    }
    let pending: Vec<String> = known
        .iter()
        .filter(|v| !applied.contains(v))
        .cloned()
        .collect();
    before(&applied, &pending)?;
    conn.run_pending_migrations(source).map_err(failed)?;
    Ok(SchemaVersion {
        applied: pending,
        is_new: applied.is_empty(),
    })
}

fn failed(cause: impl std::fmt::Display) -> StartError {
    StartError(format!("The database can't be migrated: {cause}."))
}

/// Takes every migration back; for tests of the way down.
pub fn revert_all(url: &DatabaseUrl) -> Result<(), StartError> {
    let mut conn = Manager::writer(url).establish()?;
    match &mut conn {
        Conn::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(drop).map_err(failed),
        Conn::Postgres(conn) => conn
            .revert_all_migrations(POSTGRES)
            .map(drop)
            .map_err(failed),
    }
}

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
    let rows: Vec<Version> =
        diesel::sql_query("SELECT version FROM __diesel_schema_migrations ORDER BY version")
            .load(conn)?;
    Ok(rows.into_iter().map(|row| row.version).collect())
}

/// True if every migration of this program has been run; for the readiness check.
pub fn is_migrated(conn: &mut Conn) -> diesel::QueryResult<bool> {
    let applied: BTreeSet<String> = applied_versions(conn)?.into_iter().collect();
    Ok(known_versions().is_subset(&applied))
}
