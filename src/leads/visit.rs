use std::fmt;
use std::str::FromStr;

use super::text::{Note, Reason};
use crate::clock::Timestamp;

/// The door through which a lead came into a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Via {
    Ui,
    Board,
    Bulk,
    Import,
    Api,
    Replace,
    Undo,
}

impl Via {
    /// The doors there are.
    pub const ALL: [Via; 7] = [
        Via::Ui,
        Via::Board,
        Via::Bulk,
        Via::Import,
        Via::Api,
        Via::Replace,
        Via::Undo,
    ];

    /// The word in the database, in the API and in the audit log.
    pub fn as_str(self) -> &'static str {
        match self {
            Via::Ui => "ui",
            Via::Board => "board",
            Via::Bulk => "bulk",
            Via::Import => "import",
            Via::Api => "api",
            Via::Replace => "replace",
            Via::Undo => "undo",
        }
    }

    /// The catalogue key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Via::Ui => "via-ui",
            Via::Board => "via-board",
            Via::Bulk => "via-bulk",
            Via::Import => "via-import",
            Via::Api => "via-api",
            Via::Replace => "via-replace",
            Via::Undo => "via-undo",
        }
    }
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Via {
    type Err = ();

    fn from_str(word: &str) -> Result<Via, ()> {
        let mut all = Via::ALL.into_iter();
        all.find(|via| via.as_str() == word).ok_or(())
    }
}

/// One stay of one lead in one status.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    pub id: i64,
    pub lead_id: i64,
    /// May be the id of a status that was deleted since.
    pub status_id: i64,
    pub entered_at: Timestamp,
    /// Nothing while the lead is there.
    pub left_at: Option<Timestamp>,
    pub next_status_id: Option<i64>,
    /// From when its clock counted when the lead left.
    pub clock_from: Option<Timestamp>,
    pub via: Via,
    pub actor: String,
    /// The user who did it; nobody for the program itself.
    pub actor_id: Option<i64>,
    pub reason: Reason,
    pub note: Note,
    pub recorded_at: Timestamp,
    /// When the move that began it was struck from all figures.
    pub voided_at: Option<Timestamp>,
    pub voided_by: Option<String>,
}

impl Visit {
    /// True if it counts.
    pub fn stands(&self) -> bool {
        self.voided_at.is_none()
    }

    /// True if the lead is there now.
    pub fn is_open(&self) -> bool {
        self.left_at.is_none()
    }

    /// How long it lasted, or has lasted so far, in seconds.
    pub fn seconds(&self, now: Timestamp) -> i64 {
        let end = self.left_at.unwrap_or(now);
        end.seconds_since(self.entered_at).max(0)
    }
}
