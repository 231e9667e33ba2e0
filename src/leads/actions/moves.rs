//! Moves leads. [`move_one`] serves forms, board and API, [`move_leads`] imports, [`move_leads_to_replacement`] the
//! replacement of a status. Bulk actions, a `PUT` of the API and answers to offers call [`move_locked`], in which every
//! move ends, so that all write equal rows.

use crate::audit::Actor;
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::{Conn, MAX_VALUES, locks};
use crate::error::{Error, FieldErrors, Result, Unmet};
use crate::i18n::Message;
use crate::leads::actions::audit_entries::record_entered;
use crate::leads::actions::changes;
use crate::leads::actions::offers::{end_by_move, new_offer};
use crate::leads::actions::targets::lock_target_status;
use crate::leads::domain::judgement::{EntryRecord, Judgement, MoveAttempt, RuleScope, judge};
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::Reason;
use crate::leads::store;
use crate::statuses::LeadStatus;

/// Moves these leads with all rights, all or none, and returns the ids of those that moved: for imports and the
/// demonstration. Leads that are in the status already stay unchanged.
///
/// # Errors
/// [`Error::NotFound`] if one doesn't exist; [`Error::Conflict`] for one in the bin; [`Error::Invalid`] at `status` or
/// `entered_at`; [`Error::Unmet`] for one that doesn't meet the rules of the status.
pub fn move_leads(
    conn: &mut Conn,
    actor: &Actor,
    lead_move: &Move,
    ids: &[i64],
) -> Result<Vec<i64>> {
    let target = lock_target_status(conn, lead_move.to)?;
    let leads = store::lock_many(conn, ids)?;
    if leads.len() < ids.len() {
        return Err(Error::NotFound);
    }
    let moved = move_locked(conn, actor, Rights::program(), lead_move, &target, leads)?;
    Ok(moved.ids)
}

/// The leads that moved.
#[derive(Debug, Default)]
pub struct MovedLeads {
    pub ids: Vec<i64>,
    /// The rules that warn and that a lead doesn't meet.
    pub warnings: Vec<Unmet>,
}

/// The result of moving one lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveResult {
    Moved,
    /// It was in the status already.
    AlreadyThere,
    /// It had changed after the user saw it, and stays where it is.
    Stale,
}

/// The move of one lead.
pub struct SingleMove {
    pub result: MoveResult,
    /// The lead before the move.
    pub lead: Lead,
    pub status: LeadStatus,
    /// The rules that warn and that it doesn't meet.
    pub warnings: Vec<Unmet>,
}

impl SingleMove {
    /// The message `moved` or `already_there` with the names of the lead and the status; nothing for a stale one.
    pub fn message(&self, moved: &'static str, already_there: &'static str) -> Option<Message> {
        let key = match self.result {
            MoveResult::Moved => moved,
            MoveResult::AlreadyThere => already_there,
            MoveResult::Stale => return None,
        };
        let message = Message::new(key).with("name", self.lead.fields.name.as_str());
        Some(message.with("status", self.status.name.as_str()))
    }
}

/// Moves one lead, unless it is in the status already or `is_stale` says that it changed after the user saw it. `to` is
/// the status if it is known before; `prepare` checks the locked lead and returns its move.
///
/// # Errors
/// As [`move_locked`]; [`Error::NotFound`]; what `prepare` and `is_stale` return.
pub fn move_one(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    to: Option<i64>,
    prepare: impl FnOnce(&Lead) -> Result<Move>,
    is_stale: impl FnOnce(&Lead) -> Result<bool>,
) -> Result<SingleMove> {
    // Locks go by rank, the status before the lead; but a lead that doesn't exist or may not be changed is reported before
    // a wrong status.
    let status = match to.map(|to| lock_target_status(conn, to)) {
        Some(Err(error)) if !matches!(error, Error::Invalid(_)) => return Err(error),
        locked => locked,
    };
    let lead = store::lock(conn, id)?;
    rights.require_edit(&lead)?;
    let lead_move = prepare(&lead)?;
    debug_assert!(to.is_none_or(|to| to == lead_move.to));
    let status = status.unwrap_or_else(|| lock_target_status(conn, lead_move.to))?;
    let result = match is_stale(&lead)? {
        _ if lead.status_id == lead_move.to && !lead.is_in_bin() => MoveResult::AlreadyThere,
        true => MoveResult::Stale,
        false => MoveResult::Moved,
    };
    let mut warnings = Vec::new();
    if result == MoveResult::Moved {
        let leads = vec![lead.clone()];
        warnings = move_locked(conn, actor, rights, &lead_move, &status, leads)?.warnings;
    }
    Ok(SingleMove {
        result,
        lead,
        status,
        warnings,
    })
}

/// Moves leads that are locked, to a status that [`lock_target_status`] returned, if each of them may enter it.
///
/// # Errors
/// [`Error::Forbidden`] if the user may not move one or set `entered_at`; [`Error::Conflict`] for one in the bin;
/// [`Error::Invalid`] at `entered_at`; [`Error::Unmet`] for one that doesn't meet the rules of the status.
pub fn move_locked(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    lead_move: &Move,
    target: &LeadStatus,
    leads: Vec<Lead>,
) -> Result<MovedLeads> {
    let actor = &Actor {
        channel: lead_move.channel,
        ..actor.clone()
    };
    for lead in &leads {
        check_move(lead, rights, lead_move, actor.now)?;
    }
    let (moving, _): (Vec<Lead>, Vec<Lead>) = leads
        .into_iter()
        .partition(|lead| lead.status_id != lead_move.to);
    judge_and_write(conn, actor, rights, lead_move, target, moving)
}

/// Judges the moves of leads, and writes them if all are passed.
fn judge_and_write(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    lead_move: &Move,
    target: &LeadStatus,
    moving: Vec<Lead>,
) -> Result<MovedLeads> {
    let mut moved = MovedLeads::default();
    let offer = match lead_move.rule_scope {
        // Neither the replacement of a status nor an answer to an offer offers the lead to someone.
        RuleScope::None => None,
        _ => new_offer(conn, target, lead_move.answers.offer_to)?,
    };
    // Leads whose visits have the same reason and record are written together.
    let mut groups: Vec<(Reason, EntryRecord, Vec<Lead>)> = Vec::new();
    for lead in moving {
        moved.ids.push(lead.id);
        let (fields, judgement) = judge_lead(rights, lead_move, target, &lead)?;
        if !judgement.is_passed() {
            return Err(Error::Unmet(judgement.unmet));
        }
        moved.warnings.extend(judgement.unmet);
        let lead = match fields {
            Some(fields) => changes::update(conn, actor, rights, lead.id, &fields)?,
            None => lead,
        };
        let (reason, record) = (judgement.reason, judgement.record);
        let group = groups
            .iter_mut()
            .find(|group| group.0 == reason && group.1 == record);
        match group {
            Some((.., leads)) => leads.push(lead),
            None => groups.push((reason, record, vec![lead])),
        }
    }
    for (reason, record, leads) in groups {
        let lead_move = &Move {
            reason,
            offer,
            ..lead_move.clone()
        };
        for chunk in leads.chunks(MAX_VALUES) {
            write_moves(conn, actor, lead_move, &record, chunk)?;
        }
    }
    Ok(moved)
}

/// Judges the move of a lead that may change with it; returns the fields that it would have, if they change.
///
/// # Errors
/// [`Error::Invalid`] at a field; [`Error::Forbidden`] if the user may not override rules.
pub fn judge_lead(
    rights: Rights,
    lead_move: &Move,
    target: &LeadStatus,
    lead: &Lead,
) -> Result<(Option<LeadFields>, Judgement)> {
    lead_move.answers.require_allowed(rights)?;
    let fields = match lead_move.changes.is_empty() {
        true => None,
        false => {
            let changed = lead_move.changes.parse(Some(&lead.fields));
            Some(changed.map_err(Error::Invalid)?)
        }
    };
    let judgement = judge(&MoveAttempt {
        target,
        from: Some(lead.status_id),
        fields: fields.as_ref().unwrap_or(&lead.fields),
        mover: rights.role,
        reason: &lead_move.reason,
        answers: &lead_move.answers,
        rule_scope: lead_move.rule_scope,
    });
    Ok((fields, judgement))
}

/// Moves at most `limit` leads out of a status that is replaced, those in the bin too, and returns how many moved.
///
/// # Errors
/// [`Error::Invalid`] if the new status is archived or being replaced.
pub fn move_leads_to_replacement(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    to: i64,
    keeps_age: bool,
    limit: i64,
) -> Result<i64> {
    let target = lock_target_status(conn, to)?;
    let ids = locks::leads_in(conn, &[from], limit)?;
    let leads = store::find_many(conn, &ids)?;
    let lead_move = Move {
        keeps_age,
        rule_scope: RuleScope::None,
        ..Move::new(to, Channel::Replace)
    };
    let rights = Rights::program();
    let moved = move_locked(conn, actor, rights, &lead_move, &target, leads)?;
    Ok(moved.ids.len() as i64)
}

/// Checks whether this lead may be moved.
///
/// # Errors
/// [`Error::Forbidden`] if the user may not move it or set `entered_at`; [`Error::Conflict`] for a lead in the bin;
/// [`Error::Invalid`] at `entered_at`.
pub fn check_move(lead: &Lead, rights: Rights, lead_move: &Move, now: Timestamp) -> Result<()> {
    rights.require_edit(lead)?;
    if lead.is_in_bin() && lead_move.channel != Channel::Replace {
        return Err(Error::Conflict(Message::new("lead-in-bin")));
    }
    let Some(entered_at) = lead_move.entered_at else {
        return Ok(());
    };
    rights.require_manage()?;
    let why = match entered_at {
        at if at > now => Message::new("lead-entered-future"),
        // Compared by the second: an instant without a fraction means any moment of its second.
        at if at.second() < lead.status_since.second() => {
            let since = (lead.status_since, lead_move.zone);
            Message::new("lead-entered-early").with("since", since)
        }
        _ => return Ok(()),
    };
    Err(Error::Invalid(FieldErrors::one("entered_at", why)))
}

fn write_moves(
    conn: &mut Conn,
    actor: &Actor,
    lead_move: &Move,
    record: &EntryRecord,
    before: &[Lead],
) -> Result<()> {
    let ids: Vec<i64> = before.iter().map(|lead| lead.id).collect();
    let entered_at = lead_move.entered_at.unwrap_or(actor.now);
    let start = (!lead_move.keeps_age).then_some(entered_at);
    // The system clock may have been set back; a visit never ends before it began.
    let newest = before.iter().map(|lead| lead.status_since).max();
    let left_at = newest.map_or(entered_at, |newest| newest.max(entered_at));
    let start = start.map(|at| at.max(left_at));
    if start.is_some() {
        let is_paused = |lead: &&Lead| lead.is_paused(left_at);
        let paused: Vec<i64> = before
            .iter()
            .filter(is_paused)
            .map(|lead| lead.id)
            .collect();
        store::write::end_recorded_pauses(conn, left_at, &paused)?;
    }
    end_by_move(conn, actor, lead_move.channel, before)?;
    let after = if let [lead] = before {
        let after = store::moves::write_move(conn, actor, lead, lead_move, left_at, start, record)?;
        vec![after]
    } else {
        store::moves::close_visits(conn, &ids, left_at, lead_move.to)?;
        store::moves::open_visits(conn, actor, &ids, lead_move, start, record)?;
        store::moves::set_status(conn, actor, &ids, lead_move, start)?;
        store::find_many(conn, &ids)?
    };
    if let Some(offer) = &lead_move.offer {
        let entered = before.iter().map(|lead| (lead.id, Some(lead.status_id)));
        store::handoffs::insert(conn, actor, offer, &entered.collect::<Vec<_>>())?;
    }
    let entered = before.iter().zip(&after);
    let entered = entered.map(|(before, after)| (Some(before), after, record));
    record_entered(conn, actor, "move", &entered.collect::<Vec<_>>())
}
