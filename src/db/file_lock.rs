//! Locks of a SQLite file between processes. They are held on small files beside it and end with their process,
//! however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;

use super::database_url::DatabaseUrl;
use super::file_system::{create_directory_of, failed, file_error, with_suffix};
use super::start_error::StartError;

/// Held while the database is in use: shared by servers and commands, exclusive for a restore.
#[derive(Debug)]
pub struct ServeLock {
    _file: Option<File>,
}

impl ServeLock {
    /// Locks the database for use by this process; fails while a restore is under way.
    pub fn shared(url: &DatabaseUrl) -> Result<ServeLock, StartError> {
        Self::acquire(url, File::try_lock_shared, "is being restored")
    }

    pub(super) fn exclusive(url: &DatabaseUrl) -> Result<ServeLock, StartError> {
        Self::acquire(url, File::try_lock, "is in use: stop the server first")
    }

    fn acquire(
        url: &DatabaseUrl,
        lock: fn(&File) -> Result<(), TryLockError>,
        why: &str,
    ) -> Result<ServeLock, StartError> {
        let DatabaseUrl::Sqlite(path) = url else {
            return Ok(ServeLock { _file: None });
        };
        create_directory_of(path)?;
        let file = open(path, ".lock")?;
        match lock(&file) {
            Ok(()) => Ok(ServeLock { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(file_error(path, why)),
            Err(TryLockError::Error(cause)) => Err(failed(path, "locked")(cause)),
        }
    }
}

/// Held by the one process that makes, inspects, copies and migrates the file. PostgreSQL has an advisory lock.
#[derive(Debug)]
pub(super) struct MigrationLock {
    _file: File,
}

impl MigrationLock {
    /// Waits for as long as another process migrates.
    pub(super) fn wait(path: &Path) -> Result<MigrationLock, StartError> {
        let file = open(path, ".migrating")?;
        let locked = match file.try_lock() {
            Ok(()) => Ok(()),
            Err(TryLockError::WouldBlock) => {
                tracing::info!("another process migrates the database: waiting until it is done");
                file.lock()
            }
            Err(TryLockError::Error(cause)) => Err(cause),
        };
        locked.map_err(failed(path, "locked"))?;
        Ok(MigrationLock { _file: file })
    }
}

fn open(path: &Path, suffix: &str) -> Result<File, StartError> {
    // A link and the file that it leads to have one lock.
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(with_suffix(&real, suffix))
        .map_err(failed(path, "locked"))
}
