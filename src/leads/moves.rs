//! The one function that moves leads. Form, board, bulk, import, API and the replacing of a status all call it, and
//! leave the same rows behind.

use super::text::{Note, Reason};
use super::{Lead, Rights, Via, record, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::statuses::{self, LeadStatus};

/// Where leads go, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The status they enter.
    pub to: i64,
    pub via: Via,
    pub reason: Reason,
    pub note: Note,
    /// When they entered it, if that was not just now.
    pub entered_at: Option<Timestamp>,
    /// They keep age, clock and pause, as when their status is replaced.
    pub keeps_age: bool,
}

impl Move {
    /// A plain move, now.
    pub fn new(to: i64, via: Via) -> Move {
        Move {
            to,
            via,
            reason: Reason::default(),
            note: Note::default(),
            entered_at: None,
            keeps_age: false,
        }
    }
}

/// Moves these leads, all or none. Those that are there already stay as they are. Returns the ids of those that
/// moved.
///
/// # Errors
/// [`Error::NotFound`] if one doesn't exist; [`Error::Forbidden`] if one is not theirs to move, or they may not say
/// when it happened; [`Error::Conflict`] for one in the bin; [`Error::Invalid`] at `status` or `entered_at`.
pub fn move_leads(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    order: &Move,
    ids: &[i64],
) -> Result<Vec<i64>> {
    target(conn, order.to)?;
    let leads = store::hold_many(conn, ids)?;
    if leads.len() < ids.len() {
        return Err(Error::NotFound);
    }
    move_held(conn, actor, rights, order, leads)
}

/// The same for leads that are held, after [`target`] allowed the status that they enter.
///
/// # Errors
/// As [`move_leads`], but for the status.
pub fn move_held(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    order: &Move,
    leads: Vec<Lead>,
) -> Result<Vec<i64>> {
    let actor = &Actor {
        door: order.via.as_str(),
        ..actor.clone()
    };
    for lead in &leads {
        check(lead, rights, order, actor.now)?;
    }
    let (moving, _): (Vec<Lead>, Vec<Lead>) = leads
        .into_iter()
        .partition(|lead| lead.status_id != order.to);
    for chunk in moving.chunks(store::CHUNK) {
        write(conn, actor, order, chunk)?;
    }
    Ok(moving.iter().map(|lead| lead.id).collect())
}

/// The status to enter: in use, and kept so until the transaction ends.
///
/// # Errors
/// [`Error::Invalid`] at `status`.
pub fn target(conn: &mut Conn, id: i64) -> Result<LeadStatus> {
    let refused = |key| Error::Invalid(FieldErrors::one("status", Message::new(key)));
    match statuses::hold(conn, id) {
        Ok(status) if status.is_archived() => Err(refused("lead-status-archived")),
        Ok(status) if status.leaving.is_some() => Err(refused("lead-status-leaving")),
        Ok(status) => Ok(status),
        Err(Error::NotFound) => Err(refused("lead-status-unknown")),
        Err(error) => Err(error),
    }
}

/// Whether this lead may be moved so.
pub fn check(lead: &Lead, rights: Rights, order: &Move, now: Timestamp) -> Result<()> {
    rights.must_touch(lead)?;
    if lead.is_deleted() && order.via != Via::Replace {
        return Err(Error::Conflict(Message::new("lead-in-bin")));
    }
    let Some(entered_at) = order.entered_at else {
        return Ok(());
    };
    rights.must_manage()?;
    let refused = |key| {
        let told = FieldErrors::one("entered_at", Message::new(key));
        Err(Error::Invalid(told))
    };
    match entered_at {
        at if at > now => refused("lead-entered-future"),
        // Whoever names an instant to the second may mean any moment of it.
        at if at.second() < lead.status_since.second() => refused("lead-entered-early"),
        _ => Ok(()),
    }
}

fn write(conn: &mut Conn, actor: &Actor, order: &Move, before: &[Lead]) -> Result<()> {
    let ids: Vec<i64> = before.iter().map(|lead| lead.id).collect();
    let entered_at = order.entered_at.unwrap_or(actor.now);
    let begins = (!order.keeps_age).then_some(entered_at);
    // A clock that was set back never ends a visit before it began.
    let newest = before.iter().map(|lead| lead.status_since).max();
    let left_at = newest.map_or(entered_at, |newest| newest.max(entered_at));
    let begins = begins.map(|at| at.max(left_at));
    if let [lead] = before {
        store::move_one(conn, actor, lead, order, left_at, begins)?;
    } else {
        store::close_visits(conn, &ids, left_at, order.to)?;
        store::open_visits(conn, actor, &ids, order, begins)?;
        store::enter(conn, actor, &ids, order.to, begins)?;
    }
    if !order.note.is_empty() {
        store::keep_last_note(conn, actor, &ids, &order.note)?;
    }
    let after = store::find_many(conn, &ids)?;
    for (before, after) in before.iter().zip(&after) {
        record(conn, actor, "move", Some(before), Some(after))?;
    }
    Ok(())
}
