//! Moves leads. Forms, board, bulk actions, import, API and the replacement of a status all call this function, and
//! leave the same rows behind.

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::actions::changes::record;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::{Note, Reason};
use crate::leads::domain::visit::Channel;
use crate::leads::store;
use crate::statuses::{self, LeadStatus};

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
    /// True if age, clock and pause continue, as they do when a status is replaced.
    pub keeps_age: bool,
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
            keeps_age: false,
        }
    }
}

/// Moves these leads, all or none, and returns the ids of those that moved. Leads that are in the status already stay
/// unchanged.
///
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

/// Moves leads that are locked, to a status that [`target`] returned.
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
        channel: lead_move.channel.as_str(),
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

/// Locks the status to enter, which must be in use, until the transaction ends.
///
/// # Errors
/// [`Error::Invalid`] at `status`.
pub fn lock_target_status(conn: &mut Conn, id: i64) -> Result<LeadStatus> {
    let refused = |key| Error::Invalid(FieldErrors::one("status", Message::new(key)));
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
    let refused = |key| {
        let errors = FieldErrors::one("entered_at", Message::new(key));
        Err(Error::Invalid(errors))
    };
    match entered_at {
        at if at > now => refused("lead-entered-future"),
        // Compared by the second: an instant without a fraction means any moment of its second.
        at if at.second() < lead.status_since.second() => refused("lead-entered-early"),
        _ => Ok(()),
    }
}

fn write_moves(conn: &mut Conn, actor: &Actor, lead_move: &Move, before: &[Lead]) -> Result<()> {
    let ids: Vec<i64> = before.iter().map(|lead| lead.id).collect();
    let entered_at = lead_move.entered_at.unwrap_or(actor.now);
    let begins = (!lead_move.keeps_age).then_some(entered_at);
    // The system clock may have been set back; a visit never ends before it began.
    let newest = before.iter().map(|lead| lead.status_since).max();
    let left_at = newest.map_or(entered_at, |newest| newest.max(entered_at));
    let begins = begins.map(|at| at.max(left_at));
    if let [lead] = before {
        store::moves::move_one(conn, actor, lead, lead_move, left_at, begins)?;
    } else {
        store::moves::close_visits(conn, &ids, left_at, lead_move.to)?;
        store::moves::open_visits(conn, actor, &ids, lead_move, begins)?;
        store::moves::set_status(conn, actor, &ids, lead_move.to, begins)?;
    }
    if !lead_move.note.is_empty() {
        store::write::set_last_note_with_move(conn, actor, &ids, &lead_move.note)?;
    }
    let after = store::find_many(conn, &ids)?;
    for (before, after) in before.iter().zip(&after) {
        record(conn, actor, "move", Some(before), Some(after))?;
    }
    Ok(())
}
