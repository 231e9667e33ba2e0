//! The status that leads are about to enter.

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::{self, LeadStatus};

/// Locks the status to enter, which must be in use, until the transaction ends.
///
/// # Errors
/// [`Error::Invalid`] at `status`.
pub fn lock_target_status(conn: &mut Conn, id: i64) -> Result<LeadStatus> {
    check_target_status(statuses::lock_and_find(conn, id))
}

/// Finds the status to enter, which must be in use, without locking it.
///
/// # Errors
/// [`Error::Invalid`] at `status`.
pub fn find_target_status(conn: &mut Conn, id: i64) -> Result<LeadStatus> {
    check_target_status(statuses::find(conn, id))
}

fn check_target_status(status: Result<LeadStatus>) -> Result<LeadStatus> {
    let error = |key| Error::invalid("status", Message::new(key));
    match status {
        Ok(status) if status.is_archived() => Err(error("lead-status-archived")),
        Ok(status) if status.being_replaced.is_some() => Err(error("lead-status-leaving")),
        Ok(status) => Ok(status),
        Err(Error::NotFound) => Err(error("lead-status-unknown")),
        Err(other) => Err(other),
    }
}
