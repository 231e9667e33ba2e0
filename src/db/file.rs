//! The SQLite file: creates it, and checks that it belongs to this program and is not damaged.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::sql_types::Text;
use diesel::{Connection, OptionalExtension, RunQueryDsl, SqliteConnection};

use super::atomic_file::AtomicFile;
use super::database_url::DatabaseUrl;
use super::file_lock::MigrationLock;
use super::file_system::{failed, file_error, remove_if_exists, with_suffix};
use super::migrations::known_versions;
use super::start_error::StartError;

/// Marks a file as ours in SQLite's header: "LSTA".
const APPLICATION_ID: u32 = 0x4c53_5441;
/// The first bytes of every SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Files up to this size are checked whole at every start, in 30 ms; larger ones would delay it.
const MAX_CHECKED_BYTES: u64 = 8 * 1024 * 1024;
/// The suffixes of the logs of SQLite.
pub(super) const LOGS: [&str; 2] = ["-wal", "-journal"];
/// The draft of a new database.
const NEW: &str = ".new";
/// The draft of a backup.
pub(super) const UNFINISHED: &str = ".unfinished";
/// The draft of a restore.
pub(super) const RESTORING: &str = ".restoring";

/// Creates the file if it doesn't exist, else checks it without changing a byte. Until the lock that it returns is dropped,
/// no other process does so, or migrates.
pub(super) fn prepare(
    path: &Path,
    held: Option<&HeldDatabase>,
) -> Result<MigrationLock, StartError> {
    let lock = MigrationLock::wait(path)?;
    if let Some(size) = size_of(path)?.filter(|size| *size > 0) {
        if held.is_none() {
            inspect_bytes(path)?;
        }
        inspect_contents(path, size)?;
    }
    let unmade = failed(path, "made");
    // Opening the file rolls back an unfinished transaction of another version, which may leave it empty.
    if size_of(path)?.unwrap_or(0) == 0 {
        create(path).map_err(&unmade)?;
    }
    for draft in [NEW, UNFINISHED, RESTORING] {
        for end in ["", "-journal"] {
            remove_if_exists(&with_suffix(&with_suffix(path, draft), end)).map_err(&unmade)?;
        }
    }
    Ok(lock)
}

/// Makes an empty database that carries our mark; a file without a byte is no database yet.
fn create(path: &Path) -> std::io::Result<()> {
    let draft = AtomicFile::begin(with_suffix(path, NEW))?;
    let mark = format!("PRAGMA application_id = {APPLICATION_ID}; VACUUM");
    plain_connection(draft.path())
        .map_err(|StartError(why)| why)
        .and_then(|mut conn| conn.batch_execute(&mark).map_err(|e| e.to_string()))
        .map_err(std::io::Error::other)?;
    // The logs of a file that is gone would be applied to the new one.
    for log in LOGS {
        remove_if_exists(&with_suffix(path, log))?;
    }
    draft.finish(path)
}

/// A connection to an existing database, to be held while others are opened and closed: the last one to be closed would
/// copy the log into the file first, and the log that a crash left may be long.
///
/// While this process has connections to a file, nothing else in it may open and close the file: on POSIX all locks of a
/// process on a file end when it closes any handle of it. SQLite would not notice, and the next program that opens and
/// closes the database, for the last one as far as it can see, would delete the log that this one writes to.
pub struct HeldDatabase(#[expect(dead_code, reason = "it is held")] SqliteConnection);

/// Holds a database of this program open. Nothing where there is no such file.
pub fn hold_open(url: &DatabaseUrl) -> Option<HeldDatabase> {
    let DatabaseUrl::Sqlite(path) = url else {
        return None;
    };
    inspect_bytes(path).ok()?;
    let mut conn = plain_connection(path).ok()?;
    // A connection keeps the file open for SQLite only once it has read.
    conn.batch_execute("PRAGMA schema_version").ok()?;
    Some(HeldDatabase(conn))
}

/// Checks the file of an existing SQLite database without changing a byte of it.
///
/// # Errors
/// Returns an error if there is none, or it is foreign, damaged, read-only or of a newer version.
pub fn inspect_existing(url: &DatabaseUrl) -> Result<(), StartError> {
    let DatabaseUrl::Sqlite(path) = url else {
        return Ok(());
    };
    match size_of(path)? {
        Some(size) => inspect_bytes(path).and_then(|()| inspect_contents(path, size)),
        None => Err(StartError(format!(
            "There is no database file {}.",
            path.display()
        ))),
    }
}

/// The size of the file in bytes; nothing if there is no file.
fn size_of(path: &Path) -> Result<Option<u64>, StartError> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Err(file_error(path, "is a directory")),
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(failed(path, "opened")(cause)),
    }
}

/// Refuses a file that isn't ours or can't be written. It opens and closes the file, which no connection of this process
/// may have open.
fn inspect_bytes(path: &Path) -> Result<(), StartError> {
    check_header(path)?;
    let file = OpenOptions::new().append(true).open(path);
    file.map(drop).map_err(failed(path, "written"))
}

fn inspect_contents(path: &Path, size: u64) -> Result<(), StartError> {
    if size <= MAX_CHECKED_BYTES {
        check_pages(path)?;
    }
    check_versions(path)
}

/// Refuses what is no SQLite file, or the file of another program.
pub(super) fn check_header(path: &Path) -> Result<(), StartError> {
    let mut header = [0u8; 100];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut header))
        .map_err(|_| file_error(path, "is not a SQLite database, or can't be read"))?;
    if !header.starts_with(MAGIC) {
        return Err(file_error(path, "is not a SQLite database"));
    }
    let id = u32::from_be_bytes([header[68], header[69], header[70], header[71]]);
    if id != APPLICATION_ID {
        return Err(file_error(path, "belongs to another program"));
    }
    Ok(())
}

pub(super) fn check_pages(path: &Path) -> Result<(), StartError> {
    let damaged = |why: String| file_error(path, format!("is damaged ({why}); restore a backup"));
    let mut conn = plain_connection(path)?;
    let fault: Option<String> = sql::<Text>("SELECT quick_check FROM pragma_quick_check LIMIT 1")
        .get_result(&mut conn)
        .optional()
        .map_err(|e| damaged(e.to_string()))?;
    match fault {
        Some(fault) if fault != "ok" => Err(damaged(fault)),
        _ => Ok(()),
    }
}

/// Refuses the file of a newer version, whose schema this one can't judge.
pub(super) fn check_versions(path: &Path) -> Result<(), StartError> {
    let known = known_versions();
    match applied_versions(path)?
        .iter()
        .all(|row| known.contains(row))
    {
        true => Ok(()),
        false => Err(file_error(
            path,
            "was made by a newer version of lead-statuses; use that version or newer",
        )),
    }
}

/// The migrations recorded in a file.
fn applied_versions(path: &Path) -> Result<Vec<String>, StartError> {
    let mut conn = plain_connection(path)?;
    let mut load = |query: &str| -> Result<Vec<String>, StartError> {
        sql::<Text>(query)
            .load(&mut conn)
            .map_err(failed(path, "read"))
    };
    let tables = load("SELECT name FROM sqlite_master WHERE name = '__diesel_schema_migrations'")?;
    // A start that was cut off leaves a file of ours without any table.
    match tables.is_empty() {
        true => Ok(Vec::new()),
        false => load("SELECT version FROM __diesel_schema_migrations"),
    }
}

/// How many migrations the database in a file of ours has, if the file is whole.
pub(super) fn count_applied(path: &Path) -> Result<usize, StartError> {
    check_header(path)?;
    check_pages(path)?;
    Ok(applied_versions(path)?.len())
}

pub(super) fn plain_connection(path: &Path) -> Result<SqliteConnection, StartError> {
    let name = path
        .to_str()
        .ok_or_else(|| file_error(path, "has a name that is not UTF-8"))?;
    let mut conn = SqliteConnection::establish(name).map_err(failed(path, "opened"))?;
    conn.batch_execute("PRAGMA busy_timeout = 5000")
        .map_err(failed(path, "read"))?;
    Ok(conn)
}

/// Fails if a migration left a row that points at nothing.
pub(super) fn check_references(conn: &mut SqliteConnection) -> Result<(), StartError> {
    let broken: Option<String> =
        sql::<Text>("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1")
            .get_result(conn)
            .optional()
            .map_err(|e| StartError(format!("The database can't be checked: {e}.")))?;
    match broken {
        Some(table) => Err(StartError(format!(
            "The table {table} has rows that point at nothing."
        ))),
        None => Ok(()),
    }
}
