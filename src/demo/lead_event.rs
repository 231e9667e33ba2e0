//! The actions of users on the leads of the demonstration, which are applied to the database in the order of time.

use std::collections::HashMap;

use crate::access::{Permission, User};
use crate::audit::{Actor, new_batch};
use crate::channel::Channel;
use crate::clock::{Timestamp, Zone};
use crate::db::{Conn, locks};
use crate::demo::vocabulary::invalid_text;
use crate::error::{Error, Result};
use crate::leads;
use crate::leads::actions::changes;
use crate::leads::actions::handoffs;
use crate::leads::actions::moves::move_leads;
use crate::leads::actions::pause::pause;
use crate::leads::actions::void::void;
use crate::leads::domain::answer_form::OfferReply;
use crate::leads::domain::answers::MoveAnswers;
use crate::leads::domain::handoff::OfferAnswer;
use crate::leads::domain::history;
use crate::leads::domain::judgement::EntryRecord;
use crate::leads::domain::lead::LeadFields;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::new_lead::NewLead;
use crate::leads::domain::pause::PauseEnd;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::{Note, Reason, TextLine};
use crate::statuses::{self, EntryRules, LeadStatus};

/// The action of a user on one lead at an instant.
#[derive(Debug, Clone)]
pub struct LeadEvent {
    pub at: Timestamp,
    /// The number of the lead in the story; its id comes from the database.
    pub lead: usize,
    pub user: User,
    pub action: LeadAction,
}

/// An action on a lead.
#[derive(Debug, Clone)]
pub enum LeadAction {
    Create(Box<LeadFields>, Channel),
    /// A move to the status with this slug, with channel, reason, note and the reason for an override.
    Move(String, Channel, String, String, String),
    /// A move to the status with this slug, which offers the lead to a user or to a role, with the reason for an
    /// override.
    HandOver(String, Option<i64>, String),
    /// The answer to its offer, with a reason, and the time until which the lead waits.
    Answer(OfferAnswer, String, Option<Timestamp>),
    Note(String),
    Pause(Timestamp, String),
    /// Voids the last visit.
    Void,
    Assign(i64),
    Delete,
}

/// The ids of the leads by their numbers in the story.
pub type LeadIds = HashMap<usize, i64>;

/// Applies some events; returns the ids of all leads so far.
pub fn apply_events(conn: &mut Conn, events: &[LeadEvent], ids: &LeadIds) -> Result<LeadIds> {
    let statuses = statuses::list_all(conn)?;
    let mut ids = ids.clone();
    statuses::lock_shared(
        conn,
        &statuses.iter().map(|status| status.id).collect::<Vec<_>>(),
    )?;
    locks::leads(conn, &ids.values().copied().collect::<Vec<_>>())?;
    for event in events {
        let id = ids.get(&event.lead).copied();
        let id = event.apply(conn, &statuses, id)?;
        ids.insert(event.lead, id);
    }
    Ok(ids)
}

impl LeadEvent {
    /// Shifts the event by microseconds.
    pub fn shifted(mut self, by: i64) -> LeadEvent {
        self.at = Timestamp(self.at.0 + by);
        match &mut self.action {
            LeadAction::Pause(until, _) | LeadAction::Answer(.., Some(until)) => until.0 += by,
            _ => {}
        }
        self
    }

    fn apply(&self, conn: &mut Conn, statuses: &[LeadStatus], id: Option<i64>) -> Result<i64> {
        let (actor, rights) = (self.actor(), Rights::program());
        if let LeadAction::Create(fields, channel) = &self.action {
            return self.create(conn, fields, *channel);
        }
        let id = id.ok_or_else(|| Error::internal("a lead of the demonstration never came"))?;
        let ids = &[id];
        match &self.action {
            LeadAction::Create(..) => Ok(()),
            LeadAction::Move(slug, channel, reason, note, override_reason) => {
                let mut change = parse_move(statuses, slug, *channel, reason, note)?;
                change.answers = answers(override_reason, None);
                move_leads(conn, &actor, &change, ids).map(drop)
            }
            LeadAction::HandOver(slug, receiver, override_reason) => {
                let mut change = parse_move(statuses, slug, Channel::Ui, "", "")?;
                change.answers = answers(override_reason, *receiver);
                move_leads(conn, &actor, &change, ids).map(drop)
            }
            LeadAction::Answer(answer, reason, until) => {
                self.answer(conn, id, (*answer, *until), reason)
            }
            LeadAction::Note(text) => {
                let note = Note::parse(text).map_err(invalid_text)?;
                changes::add_note(conn, &actor, rights, ids, &note)
            }
            LeadAction::Pause(until, reason) => {
                let reason = TextLine::parse(reason).map_err(invalid_text)?;
                let end = PauseEnd::of_day(Zone::UTC.day(*until), Zone::UTC);
                pause(conn, &actor, rights, id, end, &reason).map(drop)
            }
            LeadAction::Void => self.void_last(conn, id),
            LeadAction::Assign(owner) => changes::assign(conn, &actor, rights, ids, Some(*owner)),
            LeadAction::Delete => changes::delete(conn, &actor, rights, ids),
        }?;
        Ok(id)
    }

    fn create(&self, conn: &mut Conn, fields: &LeadFields, channel: Channel) -> Result<i64> {
        let new = NewLead {
            fields: fields.clone(),
            status_id: statuses::default_id(conn)?,
            channel,
            entered_at: self.at,
            created_at: self.at,
            reason: Reason::default(),
            entry: EntryRecord::default(),
            offer: None,
        };
        Ok(changes::insert(conn, &self.actor(), &new)?.id)
    }

    fn void_last(&self, conn: &mut Conn, id: i64) -> Result<()> {
        let visits = leads::visits(conn, id)?;
        let last = history::effective_visits(&visits).next_back();
        let last = last.map_or(0, |visit| visit.id);
        void(conn, &self.actor(), Rights::program(), id, &[last]).map(drop)
    }

    fn answer(
        &self,
        conn: &mut Conn,
        id: i64,
        (answer, until): (OfferAnswer, Option<Timestamp>),
        reason: &str,
    ) -> Result<()> {
        let reply = OfferReply {
            answer,
            reason: TextLine::parse(reason).map_err(invalid_text)?,
            until: until.and_then(|at| PauseEnd::of_day(Zone::UTC.day(at), Zone::UTC)),
            offer: None,
        };
        handoffs::answer(conn, &self.actor(), self.rights(), id, &reply).map(drop)
    }

    /// The rights of the user.
    fn rights(&self) -> Rights {
        Rights {
            user_id: self.user.id,
            can_manage: Permission::LeadsManage.is_granted_to(self.user.role),
            role: Some(self.user.role),
            ..Rights::program()
        }
    }

    fn actor(&self) -> Actor {
        Actor {
            user_id: Some(self.user.id),
            token_id: None,
            name: self.user.name.clone(),
            channel: match &self.action {
                LeadAction::Create(_, channel) => *channel,
                _ => Channel::Ui,
            },
            request_id: String::new(),
            batch_id: new_batch(),
            now: self.at,
        }
    }
}

/// Answers that confirm all that rules can ask for, and override rules that the fields don't meet.
fn answers(override_reason: &str, offer_to: Option<i64>) -> MoveAnswers {
    MoveAnswers {
        confirmed: (1..=EntryRules::MAX as i64).collect(),
        evidence: Vec::new(),
        override_reason: Some(override_reason.to_owned()),
        offer_to,
    }
}

fn parse_move(
    statuses: &[LeadStatus],
    slug: &str,
    channel: Channel,
    reason: &str,
    note: &str,
) -> Result<Move> {
    let target = statuses.iter().find(|status| status.slug.as_str() == slug);
    let target =
        target.ok_or_else(|| Error::internal(format!("the demonstration has no status {slug}")))?;
    Ok(Move {
        reason: TextLine::parse(reason).map_err(invalid_text)?,
        note: Note::parse(note).map_err(invalid_text)?,
        ..Move::new(target.id, channel)
    })
}
