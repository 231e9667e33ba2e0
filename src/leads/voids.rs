//! Striking a mistaken move from all figures without erasing it.

use super::changes::{held, recorded};
use super::{Lead, Rights, history, store};
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::{self, LeadStatus};

/// Holds the statuses that a lead may go back to, before the lead itself is held. A visit that is begun meanwhile is
/// nobody's way back: whoever asks to void does not know of it.
///
/// # Errors
/// If the database can't.
pub fn hold_ways_back(conn: &mut Conn, id: i64) -> Result<()> {
    let known = store::visits(conn, id)?;
    let standing = history::standing(&known).map(|visit| visit.status_id);
    statuses::keep(conn, &standing.collect::<Vec<_>>())
}

/// Voids moves of a lead: they stay in its history, struck through, and out of all figures; the visit before runs
/// on with the clock it had.
///
/// # Errors
/// As [`update`]; [`Error::Conflict`] if one can't be voided.
pub fn void(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    visits: &[i64],
) -> Result<Lead> {
    hold_ways_back(conn, id)?;
    void_held(conn, actor, rights, id, visits)
}

/// As [`void`], for a lead that is held after [`hold_ways_back`].
///
/// # Errors
/// As [`void`].
pub fn void_held(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    visits: &[i64],
) -> Result<Lead> {
    let before = held(conn, rights, id)?;
    let known = store::visits(conn, id)?;
    let changes = history::strike(&known, visits, actor.now).map_err(Error::Conflict)?;
    for change in &changes {
        store::relink(conn, actor, change)?;
    }
    let reopened = changes
        .iter()
        .find(|change| change.left_at.is_none())
        .and_then(|change| known.iter().find(|visit| visit.id == change.id));
    match reopened {
        Some(visit) => {
            let status = match statuses::hold(conn, visit.status_id) {
                Err(Error::NotFound) => None,
                found => Some(found?),
            };
            if let Some(told) = refusal(status.as_ref()) {
                return Err(Error::Conflict(told));
            }
            let clock_from = visit.clock_from.unwrap_or(visit.entered_at);
            store::set_position(
                conn,
                actor,
                id,
                visit.status_id,
                visit.entered_at,
                clock_from,
            )?;
        }
        None => store::touch(conn, actor, id)?,
    }
    recorded(conn, actor, "void", &before)
}

/// Why a lead can't go back to a status: it is out of use, is being replaced, or is no more.
pub fn refusal(status: Option<&LeadStatus>) -> Option<Message> {
    match status {
        Some(status) if !status.is_archived() => statuses::is_leaving(status),
        _ => Some(Message::new("lead-void-archived")),
    }
}
