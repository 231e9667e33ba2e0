//! The SQLite file itself: whose it is, whether it is whole, copies of it, and who may use it now.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection};

use super::migrate::known_versions;
use super::{DatabaseUrl, StartError};

/// Marks a file as ours in SQLite's header: "LSTA".
const APPLICATION_ID: u32 = 0x4c53_5441;
/// The first bytes of every SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Files up to this size are checked whole at every start; larger ones would delay it.
const CHECKED_SIZE: u64 = 32 * 1024 * 1024;

#[derive(QueryableByName)]
struct Finding {
    #[diesel(sql_type = Text)]
    finding: String,
}

fn refused(path: &Path, why: impl std::fmt::Display) -> StartError {
    StartError(format!("The database file {} {why}.", path.display()))
}

/// Makes the file if it isn't there, and looks at it without changing a byte if it is.
pub(super) fn prepare(path: &Path) -> Result<(), StartError> {
    if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(|e| refused(path, format!("can't be made: {e}")))?;
    }
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(refused(path, "is a directory")),
        Ok(found) if found.len() > 0 => return inspect(path, found.len()),
        Ok(_) => {}
        Err(cause) if cause.kind() == ErrorKind::NotFound => {}
        Err(cause) => return Err(refused(path, format!("can't be opened: {cause}"))),
    }
    create_private(path).map_err(|e| refused(path, format!("can't be made: {e}")))?;
    let mut conn = plain_connection(path)?;
    conn.batch_execute(&format!("PRAGMA application_id = {APPLICATION_ID}; VACUUM"))
        .map_err(|e| refused(path, format!("can't be written: {e}")))
}

/// Makes an empty file that only its owner may read, unless there is a file already.
fn create_private(path: &Path) -> std::io::Result<()> {
    match create_new(path) {
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// A new file that only its owner may read: it holds names, addresses and hashes.
fn create_new(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Looks at the file of an existing database without changing a byte of it; PostgreSQL judges its own.
///
/// # Errors
/// If there is none, or it is foreign, damaged, read-only or of a newer version.
pub fn inspect_existing(url: &DatabaseUrl) -> Result<(), StartError> {
    let DatabaseUrl::Sqlite(path) = url else {
        return Ok(());
    };
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(refused(path, "is a directory")),
        Ok(found) => inspect(path, found.len()),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Err(StartError(format!(
            "There is no database file {}.",
            path.display()
        ))),
        Err(cause) => Err(refused(path, format!("can't be opened: {cause}"))),
    }
}

fn inspect(path: &Path, size: u64) -> Result<(), StartError> {
    check_header(path)?;
    OpenOptions::new()
        .append(true)
        .open(path)
        .map_err(|e| refused(path, format!("can't be written: {e}")))?;
    if size <= CHECKED_SIZE {
        check_pages(path)?;
    }
    check_versions(path)
}

/// Refuses what is no SQLite file, or the file of another program.
fn check_header(path: &Path) -> Result<(), StartError> {
    let mut header = [0u8; 100];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut header))
        .map_err(|_| refused(path, "is not a SQLite database, or can't be read"))?;
    if !header.starts_with(MAGIC) {
        return Err(refused(path, "is not a SQLite database"));
    }
    let id = u32::from_be_bytes([header[68], header[69], header[70], header[71]]);
    if id != APPLICATION_ID {
        return Err(refused(path, "belongs to another program"));
    }
    Ok(())
}

fn check_pages(path: &Path) -> Result<(), StartError> {
    let damaged = |why: String| refused(path, format!("is damaged ({why}); restore a backup"));
    let mut conn = plain_connection(path)?;
    let found: Vec<Finding> =
        diesel::sql_query("SELECT quick_check AS finding FROM pragma_quick_check LIMIT 1")
            .load(&mut conn)
            .map_err(|e| damaged(e.to_string()))?;
    match found.first() {
        Some(first) if first.finding != "ok" => Err(damaged(first.finding.clone())),
        _ => Ok(()),
    }
}

/// Refuses the file of a newer version, whose schema this one can't judge.
fn check_versions(path: &Path) -> Result<(), StartError> {
    let unread = |e: diesel::result::Error| refused(path, format!("can't be read: {e}"));
    let mut conn = plain_connection(path)?;
    let tables: Vec<Finding> = diesel::sql_query(
        "SELECT name AS finding FROM sqlite_master WHERE name = '__diesel_schema_migrations'",
    )
    .load(&mut conn)
    .map_err(unread)?;
    // A start that was cut off leaves a file of ours without any table.
    if tables.is_empty() {
        return Ok(());
    }
    let applied: Vec<Finding> =
        diesel::sql_query("SELECT version AS finding FROM __diesel_schema_migrations")
            .load(&mut conn)
            .map_err(unread)?;
    let known = known_versions();
    match applied.iter().all(|row| known.contains(&row.finding)) {
        true => Ok(()),
        false => Err(refused(
            path,
            "was made by a newer version of lead-statuses; use that version or newer",
        )),
    }
}

fn plain_connection(path: &Path) -> Result<SqliteConnection, StartError> {
    let name = path
        .to_str()
        .ok_or_else(|| refused(path, "has a name that is not UTF-8"))?;
    let mut conn = SqliteConnection::establish(name)
        .map_err(|e| refused(path, format!("can't be opened: {e}")))?;
    conn.batch_execute("PRAGMA busy_timeout = 5000")
        .map_err(|e| refused(path, format!("can't be read: {e}")))?;
    Ok(conn)
}

/// Fails if a migration left a row that points at nothing.
pub(super) fn check_references(conn: &mut SqliteConnection) -> Result<(), StartError> {
    let broken: Vec<Finding> =
        diesel::sql_query("SELECT \"table\" AS finding FROM pragma_foreign_key_check LIMIT 1")
            .load(conn)
            .map_err(|e| StartError(format!("The database can't be checked: {e}.")))?;
    match broken.first() {
        Some(row) => Err(StartError(format!(
            "The table {} has rows that point at nothing.",
            row.finding
        ))),
        None => Ok(()),
    }
}

/// Writes all that is committed in `from` into the new file `to`, while others go on working.
pub(super) fn copy_into(from: &Path, to: &Path) -> Result<(), StartError> {
    let failed = |why: String| {
        StartError(format!(
            "The backup {} can't be written: {why}.",
            to.display()
        ))
    };
    if to.exists() {
        return Err(failed("it exists already".into()));
    }
    let mut conn = plain_connection(from)?;
    let name = to
        .to_str()
        .ok_or_else(|| failed("its name is not UTF-8".into()))?;
    // SQLite accepts an empty file, and leaves its mode as it is.
    create_new(to).map_err(|e| failed(e.to_string()))?;
    let copied = diesel::sql_query("VACUUM INTO $1")
        .bind::<Text, _>(name)
        .execute(&mut conn);
    if let Err(cause) = copied {
        // What was begun is no backup, and would be in the way of the next one.
        let _ = fs::remove_file(to);
        return Err(failed(cause.to_string()));
    }
    File::open(to)
        .and_then(|file| file.sync_all())
        .map_err(|e| failed(e.to_string()))
}

/// Copies everything committed so far into a new SQLite file, while others go on working.
///
/// # Errors
/// On PostgreSQL, which has `pg_dump` for this, and if the file exists or can't be written.
pub fn backup(url: &DatabaseUrl, to: &Path) -> Result<(), StartError> {
    match url {
        DatabaseUrl::Sqlite(from) => {
            check_header(from)?;
            copy_into(from, to)
        }
        DatabaseUrl::Postgres(_) => Err(StartError::new(
            "A PostgreSQL database is backed up with pg_dump, not with this command.",
        )),
    }
}

/// Puts a backup in the place of the database; refuses while a server uses it.
///
/// # Errors
/// On PostgreSQL, if a server is running, and if the backup is no whole database of this program.
pub fn restore(url: &DatabaseUrl, from: &Path) -> Result<(), StartError> {
    let DatabaseUrl::Sqlite(path) = url else {
        return Err(StartError::new(
            "A PostgreSQL database is restored with pg_restore or psql from a pg_dump, not with this command.",
        ));
    };
    check_header(from)?;
    check_pages(from)?;
    check_versions(from)?;
    if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(|e| refused(path, format!("can't be made: {e}")))?;
    }
    let _lock = ServeLock::exclusive(url)?;
    let failed = |e: std::io::Error| refused(path, format!("can't be replaced: {e}"));
    let fresh = beside(path, ".restoring");
    // Left by a restore that was cut off.
    remove_if_there(&fresh).map_err(failed)?;
    copy_privately(from, &fresh).map_err(failed)?;
    for stale in ["-wal", "-shm"] {
        remove_if_there(&beside(path, stale)).map_err(failed)?;
    }
    fs::rename(&fresh, path).map_err(failed)
}

fn copy_privately(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut fresh = create_new(to)?;
    std::io::copy(&mut File::open(from)?, &mut fresh)?;
    fresh.sync_all()
}

fn remove_if_there(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Held while the database is in use: shared by servers and commands, exclusive for a restore.
#[derive(Debug)]
pub struct ServeLock {
    _file: Option<File>,
}

impl ServeLock {
    /// Says that this process uses the database; fails while a restore is under way.
    pub fn shared(url: &DatabaseUrl) -> Result<ServeLock, StartError> {
        Self::take(url, File::try_lock_shared, "is being restored")
    }

    fn exclusive(url: &DatabaseUrl) -> Result<ServeLock, StartError> {
        Self::take(url, File::try_lock, "is in use: stop the server first")
    }

    fn take(
        url: &DatabaseUrl,
        lock: fn(&File) -> Result<(), TryLockError>,
        why: &str,
    ) -> Result<ServeLock, StartError> {
        let DatabaseUrl::Sqlite(path) = url else {
            return Ok(ServeLock { _file: None });
        };
        let name = beside(path, ".lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&name)
            .map_err(|e| refused(path, format!("can't be locked: {e}")))?;
        match lock(&file) {
            Ok(()) => Ok(ServeLock { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(refused(path, why)),
            Err(TryLockError::Error(e)) => Err(refused(path, format!("can't be locked: {e}"))),
        }
    }
}
