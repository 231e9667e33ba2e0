//! A move of leads to a status.

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::leads::domain::text::{Note, Reason};

/// A move to a status.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The id of the status that they enter.
    pub to: i64,
    pub channel: Channel,
    pub reason: Reason,
    pub note: Note,
    /// When they entered it; `None` means now.
    pub entered_at: Option<Timestamp>,
    /// True if age, clock and pause continue, as they do when a status is replaced.
    pub keeps_age: bool,
}

impl Move {
    /// A move now, without reason and note.
    pub fn new(to: i64, channel: Channel) -> Move {
        Move {
            to,
            channel,
            reason: Reason::default(),
            note: Note::default(),
            entered_at: None,
            keeps_age: false,
        }
    }
}
