//! What errors of the two drivers mean to the program.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::error::Error;
use crate::i18n::Message;

/// Errors of SQLite that a later attempt may not meet.
const TRANSIENT: [&str; 8] = [
    "database is locked",
    "database table is locked",
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "unable to open database file",
    "out of memory",
    INTERRUPTED,
];

/// The error of SQLite for a statement that was ended by [`read_budget`](super::read_budget).
const INTERRUPTED: &str = "interrupted";

/// The errors of PostgreSQL for a statement that took too long, or that was cancelled.
const CANCELED: [&str; 2] = [
    "canceling statement due to statement timeout",
    "canceling statement due to user request",
];

/// Errors of SQLite for a damaged file, which no later attempt repairs.
const CORRUPT: [&str; 2] = ["database disk image is malformed", "file is not a database"];

/// Errors of PostgreSQL when the connection is lost or the server stops.
const CONNECTION_LOST: [&str; 8] = [
    "server closed the connection",
    "connection not open",
    "no connection to the server",
    "terminating connection",
    "could not receive data",
    "could not send data",
    "the database system is",
    "canceling statement due to",
];

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Error::NotFound,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Error::Conflict(Message::new("error-taken"))
            }
            other if is_corrupt(&other) => Error::Corrupt(other.to_string()),
            other if is_transient(&other) => Error::Busy(other.to_string()),
            other => Error::internal(other),
        }
    }
}

/// True if trying again later may work.
pub(super) fn is_transient(error: &DieselError) -> bool {
    if is_race(error) || is_connection_loss(error) {
        return true;
    }
    let text = error.to_string();
    TRANSIENT
        .iter()
        .chain(&CONNECTION_LOST)
        .any(|words| text.contains(words))
}

/// True if a read was ended because its time was over or its request had left.
pub(super) fn is_interruption(error: &Error) -> bool {
    match error {
        Error::Busy(cause) => {
            cause == INTERRUPTED || CANCELED.iter().any(|words| cause.contains(words))
        }
        _ => false,
    }
}

/// True if the database file is damaged.
pub(super) fn is_corrupt(error: &DieselError) -> bool {
    let text = error.to_string();
    CORRUPT.iter().any(|words| text.contains(words))
}

/// True if PostgreSQL asks for the transaction to be repeated.
pub(super) fn is_race(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(_, info) => info.message().contains("deadlock detected"),
        _ => false,
    }
}

/// True if the connection can't be used any more.
pub(super) fn is_connection_loss(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
            _,
        )
        | DieselError::BrokenTransactionManager => true,
        DieselError::DatabaseError(_, info) => CONNECTION_LOST[..6]
            .iter()
            .any(|words| info.message().contains(words)),
        DieselError::RollbackErrorOnCommit { commit_error, .. } => is_connection_loss(commit_error),
        _ => false,
    }
}
