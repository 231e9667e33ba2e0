//! Sessions as their user sees them.

use crate::clock::Timestamp;

/// A session as its user sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub id: i64,
    /// What the browser calls itself.
    pub agent: String,
    pub address: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
}
