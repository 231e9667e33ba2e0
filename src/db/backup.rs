//! Backs up and restores a SQLite file. If either is interrupted at any point, the database file is complete.

use std::fs;
use std::path::{Path, PathBuf};

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;

use super::atomic_file::{AtomicFile, sync_directory_of};
use super::database_url::DatabaseUrl;
use super::driver_error::is_corrupt;
use super::file::{
    LOGS, RESTORING, UNFINISHED, check_header, check_pages, check_versions, count_applied,
    plain_connection,
};
use super::file_lock::ServeLock;
use super::file_system::{failed, file_error, remove_if_exists, with_suffix};
use super::start_error::StartError;

/// Copies everything committed so far into a new SQLite file; the database stays in use meanwhile.
///
/// # Errors
/// Returns an error on PostgreSQL, which has `pg_dump` for this, and if the file exists or can't be written.
pub fn backup(url: &DatabaseUrl, to: &Path) -> Result<(), StartError> {
    let DatabaseUrl::Sqlite(from) = url else {
        return Err(StartError::new(
            "A PostgreSQL database is backed up with pg_dump, not with this command.",
        ));
    };
    let _lock = ServeLock::shared(url)?;
    check_header(from)?;
    let draft = AtomicFile::begin(with_suffix(to, UNFINISHED)).map_err(|e| unwritten(to, e))?;
    match to.exists() {
        true => Err(unwritten(to, "it exists already")),
        false => copy_into(from, draft, to),
    }
}

/// Keeps a copy of a database before pending migrations run. It replaces an earlier copy with the same migrations.
pub(super) fn back_up_before(path: &Path, newest: &str, applied: usize) -> Result<(), StartError> {
    let to = with_suffix(path, &format!(".before-{newest}.bak"));
    // Versions that ran migrations one by one may have been cut off in between: the copy from before the first stays.
    if count_applied(&to).is_ok_and(|found| found < applied) {
        return Ok(());
    }
    let draft = AtomicFile::begin(with_suffix(path, UNFINISHED)).map_err(|e| unwritten(&to, e))?;
    copy_into(path, draft, &to)
}

fn unwritten(to: &Path, why: impl std::fmt::Display) -> StartError {
    StartError(format!(
        "The backup {} can't be written: {why}.",
        to.display()
    ))
}

/// Writes all that is committed in `from` into a draft of `to`.
fn copy_into(from: &Path, draft: AtomicFile, to: &Path) -> Result<(), StartError> {
    let mut conn = plain_connection(from)?;
    let name = draft.path().to_str();
    let name = name.ok_or_else(|| unwritten(to, "its name is not UTF-8"))?;
    // SQLite accepts an empty file, and leaves its mode as it is.
    diesel::sql_query("VACUUM INTO $1")
        .bind::<Text, _>(name)
        .execute(&mut conn)
        .map_err(|e| unwritten(to, e))?;
    draft.finish(to).map_err(|e| unwritten(to, e))
}

/// Replaces the database by a backup. Returns the path of a copy of the old database, if its log could not be applied
/// because it is damaged.
///
/// # Errors
/// Returns an error on PostgreSQL, if a process uses the database, and if the backup is damaged or of another program.
pub fn restore(url: &DatabaseUrl, from: &Path) -> Result<Option<PathBuf>, StartError> {
    let DatabaseUrl::Sqlite(path) = url else {
        return Err(StartError::new(
            "A PostgreSQL database is restored with pg_restore or psql from a pg_dump, not with this command.",
        ));
    };
    check_header(from)?;
    check_pages(from)?;
    check_versions(from)?;
    let _lock = ServeLock::exclusive(url)?;
    // What a link leads to is replaced, not the link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let failed = failed(path, "replaced");
    let mut draft = AtomicFile::begin(with_suffix(path, RESTORING)).map_err(&failed)?;
    draft.copy(from).map_err(&failed)?;
    let damaged = checkpoint_logs(path)?;
    draft.finish(path).map_err(&failed)?;
    for empty in ["-wal", "-shm"] {
        remove_if_exists(&with_suffix(path, empty)).map_err(&failed)?;
    }
    Ok(damaged)
}

/// Empties the log of the old database, which SQLite would apply to the new one: copies it into the database, or if that is
/// damaged, keeps a copy of the database and its log.
fn checkpoint_logs(path: &Path) -> Result<Option<PathBuf>, StartError> {
    let has_log = || {
        let mut logs = LOGS.iter().map(|log| fs::metadata(with_suffix(path, log)));
        logs.any(|log| log.is_ok_and(|log| log.len() > 0))
    };
    if !has_log() {
        return Ok(None);
    }
    let keep = || {
        keep_damaged(path)
            .map(Some)
            .map_err(failed(path, "replaced"))
    };
    if !path.exists() {
        return keep();
    }
    let result = plain_connection(path)?.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)");
    match result {
        Ok(()) if has_log() => Err(file_error(path, "is in use by another program")),
        Ok(()) => Ok(None),
        Err(cause) if is_corrupt(&cause) => keep(),
        Err(cause) => Err(failed(path, "replaced")(cause)),
    }
}

/// Copies a damaged database and moves its log to another name.
fn keep_damaged(path: &Path) -> std::io::Result<PathBuf> {
    let copy = with_suffix(path, ".damaged");
    for end in ["", "-wal", "-journal"] {
        remove_if_exists(&with_suffix(&copy, end))?;
    }
    if path.exists() {
        // Some file systems know no links.
        fs::hard_link(path, &copy).or_else(|_| fs::copy(path, &copy).map(drop))?;
    }
    for log in LOGS {
        if with_suffix(path, log).exists() {
            fs::rename(with_suffix(path, log), with_suffix(&copy, log))?;
        }
    }
    sync_directory_of(path)?;
    Ok(copy)
}
