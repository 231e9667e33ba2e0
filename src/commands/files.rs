//! The commands `backup`, `restore` and `migrate`.

use std::path::Path;

use crate::commands::outcome::{Failure, Outcome};
use crate::commands::terminal::say;
use crate::db::{self, DatabaseUrl, ServeLock, StartError};

fn refused(StartError(sentence): StartError) -> Failure {
    Failure::Refused(sentence)
}

/// `backup FILE`.
///
/// # Errors
/// Returns [`Failure::Start`] if the database is not there; else [`Failure::Refused`].
pub fn backup(url: &DatabaseUrl, to: &Path) -> Outcome {
    if let DatabaseUrl::Sqlite(path) = url
        && !path.exists()
    {
        let sentence = format!("There is no database file {}.", path.display());
        return Err(Failure::Start(sentence));
    }
    db::backup(url, to).map_err(refused)?;
    say(format_args!("Copied everything into {}.", to.display()))
}

/// `restore FILE`.
///
/// # Errors
/// Returns [`Failure::Refused`] if a server uses the database or the file is no backup.
pub fn restore(url: &DatabaseUrl, from: &Path) -> Outcome {
    let damaged = db::restore(url, from).map_err(refused)?;
    if let Some(damaged) = damaged {
        say(format_args!(
            "The damaged database that was there is kept as {}.",
            damaged.display()
        ))?;
    }
    say(format_args!("Restored from {}.", from.display()))
}

/// `migrate`.
///
/// # Errors
/// Returns [`Failure::Start`] if the database can't be brought to the newest schema.
pub fn migrate(url: &DatabaseUrl) -> Outcome {
    let _lock = ServeLock::shared(url)?;
    let version = db::migrate(url)?;
    match version.applied.as_slice() {
        [] => say("The database has the newest schema already."),
        applied => say(format_args!("Applied {}.", applied.join(", "))),
    }
}
