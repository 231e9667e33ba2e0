//! A visit, which is the stay of a lead in a status, and the channel that the move came through.

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::leads::domain::judgement::EntryRecord;
use crate::leads::domain::text::{Note, Reason};

/// One stay of one lead in one status.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    pub id: i64,
    pub lead_id: i64,
    /// May be a deleted status.
    pub status_id: i64,
    pub entered_at: Timestamp,
    /// `None` while the lead is in the status.
    pub left_at: Option<Timestamp>,
    pub next_status_id: Option<i64>,
    /// When its clock started, as it was when the lead left.
    pub clock_from: Option<Timestamp>,
    pub channel: Channel,
    pub actor: String,
    /// The user who moved it; `None` for the program itself.
    pub actor_id: Option<i64>,
    pub reason: Reason,
    pub note: Note,
    pub recorded_at: Timestamp,
    /// When the move that began it was voided.
    pub voided_at: Option<Timestamp>,
    pub voided_by: Option<String>,
    /// The record of the rules of its status when it began.
    pub entry: EntryRecord,
}

impl Visit {
    /// True if it is not voided.
    pub fn is_effective(&self) -> bool {
        self.voided_at.is_none()
    }

    /// True if the lead is in this visit now.
    pub fn is_open(&self) -> bool {
        self.left_at.is_none()
    }

    /// The duration so far, in seconds.
    pub fn seconds(&self, now: Timestamp) -> i64 {
        let end = self.left_at.unwrap_or(now);
        end.seconds_since(self.entered_at).max(0)
    }
}

/// A visit from a file, with its status resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedVisit {
    pub status_id: i64,
    pub entered_at: Timestamp,
    /// Empty for the user who imports.
    pub actor: String,
    pub reason: String,
    pub note: String,
}
