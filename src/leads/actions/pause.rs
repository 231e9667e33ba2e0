//! Pausing leads until a day, and ending a pause.

use std::collections::HashMap;

use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::actions::audit_entries::{change_all, lock_all_editable};
use crate::leads::domain::lead::Lead;
use crate::leads::domain::pause::{PauseEnd, REASON_MISSING, check_until};
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::Reason;
use crate::leads::store;
use crate::statuses::{self, Kind};

/// Pauses a lead until the start of a day; `until: None` ends its pause. Paused time counts against neither target nor
/// limit.
///
/// # Errors
/// As [`pause_all`].
pub fn pause(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    until: Option<PauseEnd>,
    reason: &Reason,
) -> Result<Lead> {
    pause_all(conn, actor, rights, &[id], until, reason)?;
    store::find(conn, id)
}

/// Pauses leads, or ends their pause, all or none. Ending a pause leaves leads that are not paused unchanged.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] if the user may not edit one; [`Error::Conflict`] for one in the bin or in
/// a status that is not open; [`Error::Invalid`] at `until`, or at `reason` for a pause without one.
pub fn pause_all(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    ids: &[i64],
    until: Option<PauseEnd>,
    reason: &Reason,
) -> Result<()> {
    let mut before = lock_all_editable(conn, rights, ids)?;
    let Some(end) = until else {
        before.retain(|lead| lead.is_paused(actor.now));
        let no_reason = Reason::default();
        return change_all(conn, actor, "resume", &before, |conn, ids| {
            store::write::pause(conn, actor, ids, None, &no_reason)
        });
    };
    check_until(end.at, actor.now).map_err(|message| Error::invalid("until", message))?;
    if reason.is_empty() {
        let errors = FieldErrors::one("reason", Message::new(REASON_MISSING));
        return Err(Error::Invalid(errors));
    }
    check_open(conn, &before)?;
    change_all(conn, actor, "pause", &before, |conn, ids| {
        store::write::pause(conn, actor, ids, until, reason)
    })
}

/// Refuses leads in a status that is not open: only leads in open statuses can be paused.
fn check_open(conn: &mut Conn, leads: &[Lead]) -> Result<()> {
    let statuses = statuses::list_all(conn)?;
    let not_open: HashMap<i64, &str> = statuses
        .iter()
        .filter(|status| status.kind != Kind::Open)
        .map(|status| (status.id, status.name.as_str()))
        .collect();
    match leads.iter().find_map(|lead| not_open.get(&lead.status_id)) {
        Some(name) => {
            let message = Message::new("lead-pause-not-open").with("name", *name);
            Err(Error::Conflict(message))
        }
        None => Ok(()),
    }
}
