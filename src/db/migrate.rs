//! Brings the schema up to date.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::sql_types::Text;
use diesel::{RunQueryDsl, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

use super::backup;
use super::conn::{Conn, Connector};
use super::database_url::DatabaseUrl;
use super::file::{self, HeldDatabase};
use super::migrations::{POSTGRES, SQLITE, known_versions};
use super::start_error::StartError;

/// The key under which servers that start at once wait for each other.
const ADVISORY_LOCK: i64 = 0x4c53_0001;

/// The state of the schema at the start.
#[derive(Debug, PartialEq)]
pub struct SchemaVersion {
    /// Migrations that were run now, oldest first.
    pub applied: Vec<String>,
    /// True if there were none before: the database was new.
    pub is_new: bool,
}

/// Brings the database to the newest schema, with a backup beside a SQLite file that has data. Processes that start at
/// once do so one after the other.
///
/// # Errors
/// Returns an error if the file is no database of this program, damaged, read-only or of a newer version.
pub fn migrate(url: &DatabaseUrl) -> Result<SchemaVersion, StartError> {
    migrate_held(url, None)
}

/// [`migrate`] for a database that this process holds open.
///
/// # Errors
/// See [`migrate`].
pub fn migrate_held(
    url: &DatabaseUrl,
    held: Option<&HeldDatabase>,
) -> Result<SchemaVersion, StartError> {
    // Dropped after the connection, which is closed first.
    let _lock = match url {
        DatabaseUrl::Sqlite(path) => Some(file::prepare(path, held)?),
        DatabaseUrl::Postgres(_) => None,
    };
    let mut conn = Connector::writer(url).establish()?;
    match &mut conn {
        Conn::Sqlite(conn) => migrate_sqlite(conn, url),
        Conn::Postgres(conn) => {
            let lock = format!(
                "SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock({ADVISORY_LOCK})"
            );
            conn.batch_execute(&lock).map_err(failed)?;
            // The lock ends with the connection, also when the migration fails.
            let version = compare(conn, POSTGRES)?;
            conn.run_pending_migrations(POSTGRES).map_err(failed)?;
            Ok(version)
        }
    }
}

/// Runs what is missing in one transaction with the backup before and the check of references after, so that an
/// upgrade that is cut off has not happened, and no other process writes between the backup and the upgrade.
fn migrate_sqlite(
    conn: &mut SqliteConnection,
    url: &DatabaseUrl,
) -> Result<SchemaVersion, StartError> {
    let version = compare(conn, SQLITE)?;
    let (DatabaseUrl::Sqlite(path), Some(newest)) = (url, version.applied.last()) else {
        return Ok(version);
    };
    let pending = conn.pending_migrations(SQLITE).map_err(failed)?;
    let result = conn.immediate_transaction(|conn| {
        if !version.is_new {
            backup::back_up_before(path, newest, known_versions().len() - pending.len())?;
        }
        for migration in &pending {
            migration.run(conn).map_err(failed)?;
            diesel::sql_query("INSERT INTO __diesel_schema_migrations (version) VALUES ($1)")
                .bind::<Text, _>(migration.name().version().to_string())
                .execute(conn)?;
        }
        Ok(file::check_references(conn)?)
    });
    result.map_err(|MigrationFailed(why)| why)?;
    Ok(version)
}

/// Why a migration was rolled back.
struct MigrationFailed(StartError);

impl From<StartError> for MigrationFailed {
    fn from(why: StartError) -> MigrationFailed {
        MigrationFailed(why)
    }
}

impl From<diesel::result::Error> for MigrationFailed {
    fn from(cause: diesel::result::Error) -> MigrationFailed {
        MigrationFailed(failed(cause))
    }
}

/// Compares the migrations of the database with those of the program.
fn compare<C, DB>(conn: &mut C, source: EmbeddedMigrations) -> Result<SchemaVersion, StartError>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
{
    let applied = conn.applied_migrations().map_err(failed)?;
    let applied: BTreeSet<String> = applied.iter().map(ToString::to_string).collect();
    let known: BTreeSet<String> = MigrationSource::<DB>::migrations(&source)
        .map_err(failed)?
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    if !applied.is_subset(&known) {
        return Err(StartError::new(
            "The database was made by a newer version of lead-statuses; use that version or newer.",
        ));
    }
    Ok(SchemaVersion {
        applied: known.difference(&applied).cloned().collect(),
        is_new: applied.is_empty(),
    })
}

fn failed(cause: impl std::fmt::Display) -> StartError {
    StartError(format!("The database can't be migrated: {cause}."))
}

/// Reverts every migration; for tests of the down migrations.
pub fn revert_all(url: &DatabaseUrl) -> Result<(), StartError> {
    let mut conn = Connector::writer(url).establish()?;
    match &mut conn {
        Conn::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(drop).map_err(failed),
        Conn::Postgres(conn) => conn
            .revert_all_migrations(POSTGRES)
            .map(drop)
            .map_err(failed),
    }
}
