//! The SQLite file itself: whose it is, whether it is whole, copies of it, and who may use it now.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection};

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
    let mut conn = plain_connection(path)?;
    conn.batch_execute(&format!("PRAGMA application_id = {APPLICATION_ID}; VACUUM"))
        .map_err(|e| refused(path, format!("can't be written: {e}")))
}

fn inspect(path: &Path, size: u64) -> Result<(), StartError> {
    check_header(path)?;
    OpenOptions::new()
        .append(true)
        .open(path)
        .map_err(|e| refused(path, format!("can't be written: {e}")))?;
    if size > CHECKED_SIZE {
        return Ok(());
    }
    check_pages(path)
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
    diesel::sql_query("VACUUM INTO $1")
        .bind::<Text, _>(name)
        .execute(&mut conn)
        .map_err(|e| failed(e.to_string()))?;
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
    if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(|e| refused(path, format!("can't be made: {e}")))?;
    }
    let _lock = ServeLock::exclusive(url)?;
    let failed = |e: std::io::Error| refused(path, format!("can't be replaced: {e}"));
    let fresh = beside(path, ".restoring");
    fs::copy(from, &fresh).map_err(failed)?;
    File::open(&fresh)
        .and_then(|file| file.sync_all())
        .map_err(failed)?;
    for stale in ["-wal", "-shm"] {
        match fs::remove_file(beside(path, stale)) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => return Err(failed(cause)),
            _ => {}
        }
    }
    fs::rename(&fresh, path).map_err(failed)
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
