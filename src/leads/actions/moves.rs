//! Moves leads. [`move_one`] serves forms, board and API, [`move_leads`] imports, [`move_out`] the replacement of a
//! status; bulk actions call [`move_locked`], in which every move ends, so that all write equal rows.

use crate::audit::Actor;
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::actions::record::record_changes;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::rights::Rights;
use crate::leads::store;
use crate::statuses::{self, LeadStatus};

/// Moves these leads, all or none, and returns the ids of those that moved. Leads that are in the status already stay
/// unchanged.
///
/// # Errors
/// [`Error::NotFound`] if one doesn't exist; [`Error::Forbidden`] if the user may not move one or set `entered_at`;
/// [`Error::Conflict`] for one in the bin; [`Error::Invalid`] at `status` or `entered_at`.
pub fn move_leads(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    lead_move: &Move,
    ids: &[i64],
) -> Result<Vec<i64>> {
    lock_target_status(conn, lead_move.to)?;
    let leads = store::lock_many(conn, ids)?;
    if leads.len() < ids.len() {
        return Err(Error::NotFound);
    }
    move_locked(conn, actor, rights, lead_move, leads)
}

/// What became of the move of one lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveResult {
    Moved,
    /// It was in the status already.
    AlreadyThere,
    /// It had been moved or changed meanwhile, and stays where it is.
    Overtaken,
}

/// The move of one lead.
pub struct SingleMove {
    pub result: MoveResult,
    /// The lead before the move.
    pub lead: Lead,
    pub status: LeadStatus,
}

impl SingleMove {
    /// The message `moved` or `already_there` with the names of the lead and the status; nothing if it was overtaken.
    pub fn message(&self, moved: &'static str, already_there: &'static str) -> Option<Message> {
        let key = match self.result {
            MoveResult::Moved => moved,
            MoveResult::AlreadyThere => already_there,
            MoveResult::Overtaken => return None,
        };
        let message = Message::new(key).with("name", self.lead.fields.name.as_str());
        Some(message.with("status", self.status.name.as_str()))
    }
}

/// Moves one lead to the status `to`, unless it is there already or `is_overtaken` says that the user saw another
/// state of it. `prepare` checks the locked lead and says how it moves.
///
/// # Errors
/// As [`move_leads`], and what `prepare` and `is_overtaken` return.
pub fn move_one(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    (id, to): (i64, Option<i64>),
    prepare: impl FnOnce(&Lead) -> Result<Move>,
    is_overtaken: impl FnOnce(&Lead) -> Result<bool>,
) -> Result<SingleMove> {
    // The status is locked before the lead, but what is wrong with it is said last.
    let status = match to.map(|to| lock_target_status(conn, to)) {
        Some(Err(error)) if !matches!(error, Error::Invalid(_)) => return Err(error),
        locked => locked,
    };
    let lead = store::lock(conn, id)?;
    rights.require_edit(&lead)?;
    let lead_move = prepare(&lead)?;
    let status = status.unwrap_or_else(|| lock_target_status(conn, lead_move.to))?;
    let result = match is_overtaken(&lead)? {
        _ if lead.status_id == lead_move.to && !lead.is_deleted() => MoveResult::AlreadyThere,
        true => MoveResult::Overtaken,
        false => MoveResult::Moved,
    };
    if result == MoveResult::Moved {
        move_locked(conn, actor, rights, &lead_move, vec![lead.clone()])?;
    }
    Ok(SingleMove {
        result,
        lead,
        status,
    })
}

/// Moves leads that are locked, to a status that [`lock_target_status`] returned.
///
/// # Errors
/// As [`move_leads`], but for the status.
pub fn move_locked(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    lead_move: &Move,
    leads: Vec<Lead>,
) -> Result<Vec<i64>> {
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
    for chunk in moving.chunks(store::CHUNK) {
        write_moves(conn, actor, lead_move, chunk)?;
    }
    Ok(moving.iter().map(|lead| lead.id).collect())
}

/// Moves at most `limit` leads out of a status that is replaced, those in the bin too, and returns how many moved.
///
/// # Errors
/// [`Error::Invalid`] if the new status is archived or being replaced.
pub fn move_out(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    to: i64,
    keeps_age: bool,
    limit: i64,
) -> Result<i64> {
    lock_target_status(conn, to)?;
    let ids = locks::leads_in(conn, &[from], limit)?;
    let leads = store::find_many(conn, &ids)?;
    let lead_move = Move {
        keeps_age,
        ..Move::new(to, Channel::Replace)
    };
    let moved = move_locked(conn, actor, Rights::program(), &lead_move, leads)?;
    Ok(moved.len() as i64)
}

/// Locks the status to enter, which must be in use, until the transaction ends.
///
/// # Errors
/// [`Error::Invalid`] at `status`.
pub fn lock_target_status(conn: &mut Conn, id: i64) -> Result<LeadStatus> {
    let refused = |key| Error::invalid("status", Message::new(key));
    match statuses::lock_and_find(conn, id) {
        Ok(status) if status.is_archived() => Err(refused("lead-status-archived")),
        Ok(status) if status.being_replaced.is_some() => Err(refused("lead-status-leaving")),
        Ok(status) => Ok(status),
        Err(Error::NotFound) => Err(refused("lead-status-unknown")),
        Err(error) => Err(error),
    }
}

/// Checks whether this lead may be moved.
pub fn check_move(lead: &Lead, rights: Rights, lead_move: &Move, now: Timestamp) -> Result<()> {
    rights.require_edit(lead)?;
    if lead.is_deleted() && lead_move.channel != Channel::Replace {
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

fn write_moves(conn: &mut Conn, actor: &Actor, lead_move: &Move, before: &[Lead]) -> Result<()> {
    let ids: Vec<i64> = before.iter().map(|lead| lead.id).collect();
    let entered_at = lead_move.entered_at.unwrap_or(actor.now);
    let begins = (!lead_move.keeps_age).then_some(entered_at);
    // The system clock may have been set back; a visit never ends before it began.
    let newest = before.iter().map(|lead| lead.status_since).max();
    let left_at = newest.map_or(entered_at, |newest| newest.max(entered_at));
    let begins = begins.map(|at| at.max(left_at));
    if begins.is_some() {
        let is_paused = |lead: &&Lead| lead.is_paused(left_at);
        let paused: Vec<i64> = before
            .iter()
            .filter(is_paused)
            .map(|lead| lead.id)
            .collect();
        store::write::end_kept_pauses(conn, left_at, &paused)?;
    }
    let after = if let [lead] = before {
        let after = store::moves::move_one(conn, actor, lead, lead_move, left_at, begins)?;
        vec![after]
    } else {
        store::moves::close_visits(conn, &ids, left_at, lead_move.to)?;
        store::moves::open_visits(conn, actor, &ids, lead_move, begins)?;
        store::moves::set_status(conn, actor, &ids, lead_move, begins)?;
        store::find_many(conn, &ids)?
    };
    record_changes(conn, actor, "move", before, &after)
}
