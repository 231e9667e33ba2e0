//! Everything that the model knows. [`World::faults`] says why a call is refused, [`World::apply`] what it changes; both
//! are written from docs/API.md and docs/GLOSSARY.md.

use std::collections::{BTreeMap, BTreeSet};

use super::act::StatusFields;
use super::lead::{DAY, Lead};
use crate::support::{Person, Random};

#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    pub name: String,
    /// Read from the server when the status is first seen.
    pub slug: Option<String>,
    pub kind: String,
    pub target: Option<i64>,
    pub limit: Option<i64>,
    pub archived: bool,
    /// As it was last read.
    pub version: i64,
    /// Changed since then: the next version is higher.
    pub is_changed: bool,
}

#[derive(Debug, Clone)]
pub struct World {
    /// Seconds since 1970.
    pub now: i64,
    pub statuses: BTreeMap<i64, Status>,
    /// Those in use, in pipeline order.
    pub order: Vec<i64>,
    pub default: i64,
    pub converted: i64,
    pub leads: BTreeMap<i64, Lead>,
    /// Users who are enabled.
    pub users: BTreeSet<i64>,
    /// What was before the last change of statuses through a page, if it can be taken back.
    pub before: Option<Box<World>>,
}

/// The id of a user; users are created in this order.
pub fn user_id(who: Person) -> i64 {
    let all = crate::support::PEOPLE;
    all.iter()
        .position(|other| *other == who)
        .map_or(0, |at| at as i64 + 1)
}

/// A name without regard to case and accents.
pub fn folded(name: &str) -> String {
    name.to_lowercase().replace(['ă', 'â'], "a")
}

impl World {
    pub fn any_status(&self, random: &mut Random) -> i64 {
        let ids: Vec<i64> = self.statuses.keys().copied().collect();
        match random.below(30) {
            0 => 999_999,
            1..=22 => random.pick(&self.order),
            _ => random.pick(&ids),
        }
    }

    pub fn any_lead(&self, random: &mut Random) -> i64 {
        let ids: Vec<i64> = self.leads.keys().copied().collect();
        match ids.is_empty() || random.percent(2) {
            true => 999_999,
            false => random.pick(&ids),
        }
    }

    /// A moment to back-date a move to: after the last pause began, and now and then too early or too late.
    pub fn random_entry_time(&self, random: &mut Random, id: i64) -> i64 {
        let Some(visit) = self.leads.get(&id).map(Lead::current) else {
            return self.now;
        };
        let from = visit.pauses.last().map_or(visit.entered, |(from, _)| *from);
        match random.below(8) {
            0 => visit.entered - 60,
            1 => self.now + 60,
            _ => from + random.below((self.now - from).max(1) as usize) as i64,
        }
    }

    pub fn by_reference(&self, reference: &str) -> Option<i64> {
        let mut leads = self.leads.iter();
        let found = leads.find(|(_, lead)| lead.reference.as_deref() == Some(reference));
        found.map(|(id, _)| *id)
    }

    /// The first moment of the day so many days from today.
    pub fn day(&self, days: i64) -> i64 {
        (self.now.div_euclid(DAY) + days) * DAY
    }

    pub fn in_use(&self, id: i64) -> bool {
        self.order.contains(&id)
    }

    pub fn in_status(&self, id: i64) -> Vec<i64> {
        let leads = self.leads.iter().filter(|(_, lead)| lead.status() == id);
        leads.map(|(id, _)| *id).collect()
    }

    /// The name of the status that a file means by its slug or name.
    pub fn named(&self, word: &str) -> String {
        let mut statuses = self.statuses.values();
        let found = statuses.find(|status| status.slug.as_deref() == Some(word));
        found.map_or(word.to_owned(), |status| status.name.clone())
    }

    pub fn is_taken(&self, name: &str, except: Option<i64>) -> bool {
        let mut others = self.order.iter().filter(|id| Some(**id) != except);
        others.any(|id| folded(&self.statuses[id].name) == folded(name))
    }
}

pub fn new_status() -> Status {
    Status {
        name: String::new(),
        slug: None,
        kind: "open".to_owned(),
        target: None,
        limit: None,
        archived: false,
        version: 0,
        is_changed: true,
    }
}

/// The status after these fields were sent.
pub fn overlay(before: &Status, sent: &StatusFields) -> Status {
    Status {
        name: sent.name.map_or(before.name.clone(), str::to_owned),
        kind: sent.kind.map_or(before.kind.clone(), str::to_owned),
        target: sent.target.unwrap_or(before.target),
        limit: sent.limit.unwrap_or(before.limit),
        archived: sent.archived.unwrap_or(before.archived),
        ..before.clone()
    }
}
