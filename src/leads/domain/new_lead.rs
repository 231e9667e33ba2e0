//! A lead to insert, and a note about one.

use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::leads::domain::handoff::NewOffer;
use crate::leads::domain::judgement::EntryRecord;
use crate::leads::domain::lead::LeadFields;
use crate::leads::domain::text::{Note, Reason};

/// A lead to insert.
#[derive(Debug, Clone, PartialEq)]
pub struct NewLead {
    pub fields: LeadFields,
    pub status_id: i64,
    pub channel: Channel,
    /// When its first visit began.
    pub entered_at: Timestamp,
    pub created_at: Timestamp,
    /// The reason of its first visit; may be empty.
    pub reason: Reason,
    /// The record of the rules for its first visit.
    pub entry: EntryRecord,
    /// The offer that it begins with.
    pub offer: Option<NewOffer>,
}

/// A note with its author and time.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadNote {
    pub id: i64,
    pub body: Note,
    pub author: String,
    pub created_at: Timestamp,
}
