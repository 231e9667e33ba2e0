//! Striking a mistaken move from all figures without erasing it.

use super::changes::{held, recorded};
use super::{Lead, Rights, history, store};
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::{self, LeadStatus};

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
            let status = statuses::hold(conn, visit.status_id);
            if !in_use(status)? {
                return Err(Error::Conflict(Message::new("lead-void-archived")));
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

/// True if the status is there and in use.
fn in_use(found: Result<LeadStatus>) -> Result<bool> {
    match found {
        Ok(status) => Ok(!status.is_archived()),
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}
