//! A move of leads to a status.

use crate::channel::Channel;
use crate::clock::{Timestamp, Zone};
use crate::leads::domain::answers::MoveAnswers;
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::handoff::NewOffer;
use crate::leads::domain::judgement::RuleScope;
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
    /// The time zone in which the user types and reads times.
    pub zone: Zone,
    /// True if age, clock and pause continue, as they do when a status is replaced.
    pub keeps_age: bool,
    /// The answers to the rules of the status.
    pub answers: MoveAnswers,
    /// The fields that change with the move, as they were sent.
    pub changes: Box<LeadForm>,
    pub rule_scope: RuleScope,
    /// The offer that the move makes; set when it is judged.
    pub offer: Option<NewOffer>,
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
            zone: Zone::UTC,
            keeps_age: false,
            answers: MoveAnswers::default(),
            changes: Box::default(),
            rule_scope: RuleScope::All,
            offer: None,
        }
    }
}
