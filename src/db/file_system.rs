//! Paths and errors of database files.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::start_error::StartError;

/// A sentence about a database file.
pub(super) fn file_error(path: &Path, why: impl std::fmt::Display) -> StartError {
    StartError(format!("The database file {} {why}.", path.display()))
}

/// The failure of a step with a database file; `step` is a participle: `opened`, `written`.
pub(super) fn failed<E: std::fmt::Display>(path: &Path, step: &str) -> impl Fn(E) -> StartError {
    move |cause| file_error(path, format!("can't be {step}: {cause}"))
}

/// Makes the directory that a database file is in.
pub(super) fn create_directory_of(path: &Path) -> Result<(), StartError> {
    match path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        Some(parent) => fs::create_dir_all(parent).map_err(failed(path, "made")),
        None => Ok(()),
    }
}

/// Removes a file if it exists.
pub(super) fn remove_if_exists(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// The path with a suffix at its name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
