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

/// Why no lead can enter a status; nothing for one that accepts leads.
pub fn refusal(status: &LeadStatus) -> Option<Message> {
    match status.being_replaced {
        _ if status.is_archived() => Some(Message::new("lead-status-archived")),
        Some(_) => Some(Message::new("lead-status-leaving")),
        None => None,
    }
}

fn check_target_status(status: Result<LeadStatus>) -> Result<LeadStatus> {
    let refusal = match &status {
        Ok(status) => refusal(status),
        Err(Error::NotFound) => Some(Message::new("lead-status-unknown")),
        Err(_) => None,
    };
    refusal.map_or(status, |message| Err(Error::invalid("status", message)))
}
