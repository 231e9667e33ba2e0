//! A change that is taken back as a whole, and what stays as it is.

use serde::Serialize;

use crate::leads::StoredMessage;

/// The most skipped records that are named; further ones are only counted.
pub const MAX_NAMED: i64 = 1_000;

/// A lead or status that an undo leaves as it is, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct SkippedRecord {
    /// `lead` or `status`.
    pub thing: String,
    pub id: i64,
    pub name: String,
    pub reason: StoredMessage,
}

/// What taking a change back does.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct UndoCounts {
    /// Created leads that go to the bin; created statuses that are removed.
    pub binned: i64,
    /// What gets back what it was.
    pub restored: i64,
    /// What stays as it is.
    pub left_alone: i64,
}

/// What taking a change back would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UndoPreview {
    pub counts: UndoCounts,
    /// The first records that stay as they are.
    pub skipped: Vec<SkippedRecord>,
}

impl UndoCounts {
    /// The number of things that are taken back.
    pub fn taken_back(&self) -> i64 {
        self.binned + self.restored
    }
}
