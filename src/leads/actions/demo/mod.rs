//! The leads of the demonstration: eighteen months of events made from fixed random numbers, played into the database
//! in the order of time.

pub mod lead_story;
pub mod next_statuses;
pub mod random;
pub mod vocabulary;

use std::collections::HashMap;

use crate::access::{Permission, User};
use crate::audit::{Actor, new_batch};
use crate::clock::{DAY, Timestamp};
use crate::db::{Conn, locks};
use crate::error::{Error, Result};
use crate::leads::actions::changes;
use crate::leads::actions::changes::NewLead;
use crate::leads::actions::demo::lead_story::LeadStory;
use crate::leads::actions::demo::vocabulary::{Vocabulary, invalid_word};
use crate::leads::actions::moves::{Move, move_leads};
use crate::leads::domain::history;
use crate::leads::domain::lead::LeadFields;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::{Note, TextLine};
use crate::leads::domain::visit::Channel;
use crate::leads::store;
use crate::statuses::{self, LeadStatus};

/// The number of leads.
pub const LEADS: usize = 600;

/// One event: what a user does with one lead at an instant.
#[derive(Debug, Clone)]
pub struct DemoEvent {
    pub at: Timestamp,
    /// The number of the lead in the story; its id comes from the database.
    lead: usize,
    user: User,
    action: DemoAction,
}

#[derive(Debug, Clone)]
enum DemoAction {
    Create(Box<LeadFields>, Channel),
    /// Into the status with this slug, with channel, reason and note.
    Move(&'static str, Channel, String, String),
    Note(String),
    Pause(Timestamp, String),
    /// Voids the last visit.
    Void,
    Assign(i64),
    Delete,
}

/// The ids of the leads by their numbers in the story.
pub type LeadIds = HashMap<usize, i64>;

/// The end of the story as generated: a Tuesday, 15:00 UTC. Working hours depend on the weekday, so the story is
/// generated for this day and then shifted by whole days.
const GENERATED_END: Timestamp = Timestamp(1_780_412_400_000_000);

/// The end of a story that is played now: the last 15:00 UTC.
pub fn end(now: Timestamp) -> Timestamp {
    let days = (now.0 - GENERATED_END.0).div_euclid(DAY);
    Timestamp(GENERATED_END.0 + days * DAY)
}

/// All events up to the end of the story, in the order of time. `people` are an administrator, a manager and the reps.
pub fn story(people: &[User], now: Timestamp) -> Result<Vec<DemoEvent>> {
    let book = Vocabulary::load()?;
    let offset = end(now).0 - GENERATED_END.0;
    let mut steps = Vec::new();
    for lead in 0..LEADS {
        steps.extend(LeadStory::events_of(&book, people, lead, GENERATED_END)?);
    }
    steps.sort_by_key(|step| step.at);
    Ok(steps.into_iter().map(|step| step.shifted(offset)).collect())
}

/// Applies some events; returns the ids of all leads so far.
pub fn apply_events(conn: &mut Conn, steps: &[DemoEvent], ids: &LeadIds) -> Result<LeadIds> {
    let all = statuses::list_all(conn)?;
    let mut ids = ids.clone();
    statuses::lock_shared(
        conn,
        &all.iter().map(|status| status.id).collect::<Vec<_>>(),
    )?;
    locks::leads(conn, &ids.values().copied().collect::<Vec<_>>())?;
    for step in steps {
        let id = ids.get(&step.lead).copied();
        let id = step.apply(conn, &all, id)?;
        ids.insert(step.lead, id);
    }
    Ok(ids)
}

impl DemoEvent {
    /// Shifts the event by microseconds.
    fn shifted(mut self, by: i64) -> DemoEvent {
        self.at = Timestamp(self.at.0 + by);
        if let DemoAction::Pause(until, _) = &mut self.action {
            until.0 += by;
        }
        self
    }

    fn apply(&self, conn: &mut Conn, all: &[LeadStatus], id: Option<i64>) -> Result<i64> {
        let (actor, rights) = (self.actor(), self.rights());
        if let DemoAction::Create(fields, via) = &self.action {
            let new = NewLead {
                fields: fields.as_ref().clone(),
                status_id: statuses::default_id(conn)?,
                channel: *via,
                entered_at: self.at,
                created_at: self.at,
            };
            return Ok(changes::insert(conn, &actor, &new)?.id);
        }
        let id = id.ok_or_else(|| Error::internal("a lead of the demonstration never came"))?;
        let ids = &[id];
        match &self.action {
            DemoAction::Create(..) => Ok(()),
            DemoAction::Move(slug, via, reason, note) => {
                let change = parse_move(all, slug, *via, reason, note)?;
                move_leads(conn, &actor, rights, &change, ids).map(drop)
            }
            DemoAction::Note(text) => {
                let note = Note::parse(text).map_err(invalid_word)?;
                changes::add_note(conn, &actor, rights, ids, &note)
            }
            DemoAction::Pause(until, reason) => {
                let reason = TextLine::parse(reason).map_err(invalid_word)?;
                crate::leads::actions::pause::pause(conn, &actor, rights, id, Some(*until), &reason)
                    .map(drop)
            }
            DemoAction::Void => {
                let visits = store::history::visits(conn, id)?;
                let valid: Vec<i64> = history::effective_visits(&visits)
                    .map(|visit| visit.id)
                    .collect();
                let last = valid.last().copied().unwrap_or_default();
                crate::leads::actions::void::void(conn, &actor, rights, id, &[last]).map(drop)
            }
            DemoAction::Assign(owner) => changes::assign(conn, &actor, rights, ids, Some(*owner)),
            DemoAction::Delete => changes::delete(conn, &actor, rights, ids),
        }?;
        Ok(id)
    }

    fn actor(&self) -> Actor {
        Actor {
            user_id: Some(self.user.id),
            token_id: None,
            name: self.user.name.clone(),
            channel: match &self.action {
                DemoAction::Create(_, via) => via.as_str(),
                _ => "ui",
            },
            request_id: String::new(),
            batch_id: new_batch(),
            now: self.at,
        }
    }

    fn rights(&self) -> Rights {
        let can = |permission: Permission| permission.is_granted_to(self.user.role);
        Rights {
            user_id: self.user.id,
            can_write: can(Permission::LeadsWrite),
            can_manage: can(Permission::LeadsManage),
            can_export: can(Permission::LeadsExport),
        }
    }
}

fn parse_move(
    all: &[LeadStatus],
    slug: &str,
    via: Channel,
    reason: &str,
    note: &str,
) -> Result<Move> {
    let target = all.iter().find(|status| status.slug.as_str() == slug);
    let target =
        target.ok_or_else(|| Error::internal(format!("the demonstration has no status {slug}")))?;
    Ok(Move {
        reason: TextLine::parse(reason).map_err(invalid_word)?,
        note: Note::parse(note).map_err(invalid_word)?,
        ..Move::new(target.id, via)
    })
}
