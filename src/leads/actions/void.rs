//! Voiding a mistaken move: it stays in the history and no longer counts.

use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::audit_entries::{lock_editable, reload_and_record};
use crate::leads::domain::history;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::rights::Rights;
use crate::leads::store;
use crate::statuses::{self, LeadStatus};

/// Locks the statuses that a lead can return to, which must happen before the lead itself is locked. The
/// status of a visit that begins after this read is not locked, but the caller can't void that visit either.
///
/// # Errors
/// Returns an error if the database can't be read.
pub fn lock_return_statuses(conn: &mut Conn, id: i64) -> Result<()> {
    let visits = store::history::visits(conn, id)?;
    let status_ids = history::effective_visits(&visits).map(|visit| visit.status_id);
    statuses::lock_shared(conn, &status_ids.collect::<Vec<_>>())
}

/// Voids moves of a lead: they stay in its history, marked as void, and no longer count. The visit before goes on with
/// its clock.
///
/// # Errors
/// As [`super::changes::update`]; [`Error::Conflict`] if one can't be voided.
pub fn void(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    visit_ids: &[i64],
) -> Result<Lead> {
    lock_return_statuses(conn, id)?;
    void_locked(conn, actor, rights, id, visit_ids)
}

/// Voids moves of a lead after [`lock_return_statuses`].
///
/// # Errors
/// As [`void`].
pub fn void_locked(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    visit_ids: &[i64],
) -> Result<Lead> {
    let before = lock_editable(conn, rights, id)?;
    let visits = store::history::visits(conn, id)?;
    let changes = history::plan_void(&visits, visit_ids, actor.now).map_err(Error::Conflict)?;
    for change in &changes {
        store::history::relink(conn, actor, change)?;
    }
    for visit in visits.iter().filter(|visit| visit_ids.contains(&visit.id)) {
        store::write::delete_recorded_pauses(conn, visit)?;
    }
    store::handoffs::withdraw(conn, actor, visit_ids)?;
    let reopened = changes
        .iter()
        .find(|change| change.left_at.is_none())
        .and_then(|change| visits.iter().find(|visit| visit.id == change.id));
    match reopened {
        Some(visit) => {
            let status = match statuses::lock_and_find(conn, visit.status_id) {
                Err(Error::NotFound) => None,
                status => Some(status?),
            };
            if let Some(message) = return_refusal(status.as_ref()) {
                return Err(Error::Conflict(message));
            }
            let clock_from = visit.clock_from.unwrap_or(visit.entered_at);
            store::write::set_current_visit(conn, actor, visit, clock_from)?;
            // The move that ended the offer is voided, so the offer is open again.
            if let Some(due) = store::handoffs::reopen(conn, visit.id)? {
                store::handoffs::set_due(conn, &[id], Some(due))?;
            }
        }
        None => store::write::touch(conn, actor, id)?,
    }
    reload_and_record(conn, actor, "void", &before)
}

/// Why a lead can't return to a status: it is archived, being replaced, or deleted.
pub fn return_refusal(status: Option<&LeadStatus>) -> Option<Message> {
    match status {
        Some(status) if !status.is_archived() => statuses::being_replaced_message(status),
        _ => Some(Message::new("lead-void-archived")),
    }
}
