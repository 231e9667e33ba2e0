//! The leads of the demonstration: a year and a half of coming, moving, waiting and leaving, the same every time.

mod book;
mod chance;
mod life;
mod ways;

use std::collections::HashMap;

use super::text::{Line, Note};
use super::{LeadFields, Move, NewLead, Rights, Via, changes, history, move_leads, store};
use crate::access::{Permission, User};
use crate::audit::{Actor, new_batch};
use crate::clock::{DAY, Timestamp};
use crate::db::{Conn, locks};
use crate::error::{Error, Result};
use crate::statuses::{self, LeadStatus};
use book::{Book, told};
use chance::Chance;
use life::Life;

/// How many leads come.
pub const LEADS: usize = 600;

/// What someone did with one lead at one moment.
#[derive(Debug, Clone)]
pub struct Step {
    pub at: Timestamp,
    /// Its number in the story; ids come from the database.
    lead: usize,
    by: User,
    deed: Deed,
}

#[derive(Debug, Clone)]
enum Deed {
    Come(Box<LeadFields>, Via),
    /// Into the status of this slug, by this door, with reason and note.
    Move(&'static str, Via, String, String),
    Note(String),
    Pause(Timestamp, String),
    /// The last move was a mistake.
    Void,
    Assign(i64),
    Bin,
}

/// The id of each lead by its number in the story.
pub type Known = HashMap<usize, i64>;

/// When the story was told first: a Tuesday, at 15:00 UTC. Who works when depends on the day of the week, so it is
/// always told of that day, and then moved by whole days to be as late as it can be.
const FIRST_TOLD: Timestamp = Timestamp(1_780_412_400_000_000);

/// The moment at which the story ends that is told now: the last 15:00 UTC.
pub fn end(now: Timestamp) -> Timestamp {
    let days = (now.0 - FIRST_TOLD.0).div_euclid(DAY);
    Timestamp(FIRST_TOLD.0 + days * DAY)
}

/// Everything that happens to all leads up to the end of the story, in the order of time. `people` are an
/// administrator, a manager and the reps.
pub fn story(people: &[User], now: Timestamp) -> Result<Vec<Step>> {
    let book = Book::open()?;
    let moved = end(now).0 - FIRST_TOLD.0;
    let mut steps = Vec::new();
    for lead in 0..LEADS {
        steps.extend(Life::lived(&book, people, lead, FIRST_TOLD)?);
    }
    steps.sort_by_key(|step| step.at);
    Ok(steps.into_iter().map(|step| step.later(moved)).collect())
}

/// Lets some steps of the story happen; returns the leads known after them.
pub fn live(conn: &mut Conn, steps: &[Step], known: &Known) -> Result<Known> {
    let all = statuses::everything(conn)?;
    let mut known = known.clone();
    statuses::keep(
        conn,
        &all.iter().map(|status| status.id).collect::<Vec<_>>(),
    )?;
    locks::leads(conn, &known.values().copied().collect::<Vec<_>>())?;
    for step in steps {
        let id = known.get(&step.lead).copied();
        let id = step.happen(conn, &all, id)?;
        known.insert(step.lead, id);
    }
    Ok(known)
}

impl Step {
    /// The same, so many microseconds later.
    fn later(mut self, by: i64) -> Step {
        self.at = Timestamp(self.at.0 + by);
        if let Deed::Pause(until, _) = &mut self.deed {
            until.0 += by;
        }
        self
    }

    fn happen(&self, conn: &mut Conn, all: &[LeadStatus], id: Option<i64>) -> Result<i64> {
        let (actor, rights) = (self.actor(), self.rights());
        if let Deed::Come(fields, via) = &self.deed {
            let new = NewLead {
                fields: fields.as_ref().clone(),
                status_id: statuses::default_id(conn)?,
                via: *via,
                entered_at: self.at,
                created_at: self.at,
            };
            return Ok(changes::insert(conn, &actor, &new)?.id);
        }
        let id = id.ok_or_else(|| Error::internal("a lead of the demonstration never came"))?;
        let ids = &[id];
        match &self.deed {
            Deed::Come(..) => Ok(()),
            Deed::Move(slug, via, reason, note) => {
                let order = order(all, slug, *via, reason, note)?;
                move_leads(conn, &actor, rights, &order, ids).map(drop)
            }
            Deed::Note(text) => {
                let note = Note::parse(text).map_err(told)?;
                changes::note(conn, &actor, rights, ids, &note)
            }
            Deed::Pause(until, reason) => {
                let reason = Line::parse(reason).map_err(told)?;
                changes::pause(conn, &actor, rights, id, Some(*until), &reason).map(drop)
            }
            Deed::Void => {
                let visits = store::visits(conn, id)?;
                let last: Vec<i64> = history::standing(&visits).map(|visit| visit.id).collect();
                let last = last.last().copied().unwrap_or_default();
                changes::void(conn, &actor, rights, id, &[last]).map(drop)
            }
            Deed::Assign(owner) => changes::assign(conn, &actor, rights, ids, Some(*owner)),
            Deed::Bin => changes::delete(conn, &actor, rights, ids),
        }?;
        Ok(id)
    }

    fn actor(&self) -> Actor {
        Actor {
            user_id: Some(self.by.id),
            token_id: None,
            name: self.by.name.clone(),
            door: match &self.deed {
                Deed::Come(_, via) => via.as_str(),
                _ => "ui",
            },
            request_id: String::new(),
            batch_id: new_batch(),
            now: self.at,
        }
    }

    fn rights(&self) -> Rights {
        let may = |permission: Permission| permission.is_granted_to(self.by.role);
        Rights {
            user_id: self.by.id,
            may_write: may(Permission::LeadsWrite),
            may_manage: may(Permission::LeadsManage),
            may_export: may(Permission::LeadsExport),
        }
    }
}

fn order(all: &[LeadStatus], slug: &str, via: Via, reason: &str, note: &str) -> Result<Move> {
    let target = all.iter().find(|status| status.slug.as_str() == slug);
    let target =
        target.ok_or_else(|| Error::internal(format!("the demonstration has no status {slug}")))?;
    Ok(Move {
        reason: Line::parse(reason).map_err(told)?,
        note: Note::parse(note).map_err(told)?,
        ..Move::new(target.id, via)
    })
}
