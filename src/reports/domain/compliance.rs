//! How many leads meet the rules of their status now.

use crate::clock::Timestamp;
use crate::statuses::{LeadStatus, RuleLevel};

/// The figures of one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleFigures {
    pub rule: i64,
    pub text: String,
    pub level: RuleLevel,
    /// The leads in the status that meet it now.
    pub meeting: i64,
    /// The moves into the status in the period that it judged.
    pub moves: i64,
    /// Those of them that went over it.
    pub overrides: i64,
}

impl RuleFigures {
    /// How many of a hundred moves went over it.
    pub fn override_percent(&self) -> i64 {
        match self.moves {
            0 => 0,
            moves => (self.overrides * 100 + moves / 2) / moves,
        }
    }

    /// True for a rule that is overridden so often that it is a bad rule.
    pub fn is_often_overridden(&self) -> bool {
        self.overrides >= OFTEN && self.override_percent() >= OFTEN_PERCENT
    }
}

/// The fewest overrides that say something about a rule.
const OFTEN: i64 = 3;
/// The share of moves from which a rule is overridden often.
const OFTEN_PERCENT: i64 = 20;

/// The figures of one status.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusCompliance {
    pub status: LeadStatus,
    /// The leads in it now, without those in the bin.
    pub leads: i64,
    /// Those of them that meet every required rule.
    pub meeting: i64,
    pub rules: Vec<RuleFigures>,
}

impl StatusCompliance {
    /// The share of its leads that meet the required rules; nothing without leads.
    pub fn share(&self) -> Option<f64> {
        (self.leads > 0).then(|| self.meeting as f64 / self.leads as f64)
    }

    /// The leads that don't meet a required rule.
    pub fn failing(&self) -> i64 {
        self.leads - self.meeting
    }
}

/// The figures of all statuses in use.
#[derive(Debug, Clone, PartialEq)]
pub struct Compliance {
    pub as_of: Timestamp,
    pub statuses: Vec<StatusCompliance>,
}

/// A lead that doesn't meet the rules of its status.
#[derive(Debug, Clone, PartialEq)]
pub struct FailingLead {
    pub id: i64,
    pub name: String,
    /// What it lacks, as the rules say it.
    pub lacks: Vec<String>,
}
