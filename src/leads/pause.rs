//! Setting leads aside until a day, and taking them up again.

use std::collections::HashMap;

use super::changes::{change_all, held_all};
use super::text::Reason;
use super::{Lead, Rights, State, store};
use crate::audit::Actor;
use crate::clock::{DAY, Timestamp};
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::statuses;

/// The farthest day until which a lead may be set aside, in days from now.
const MAX_DAYS: i64 = 3_650;

/// The key of what is told where a pause has no reason.
pub const NO_REASON: &str = "lead-pause-reason-missing";

/// Whether a pause until this instant can be, seen from now.
///
/// # Errors
/// [`Error::Invalid`] at `until`.
pub fn check_until(until: Timestamp, now: Timestamp) -> Result<()> {
    let refused = |key| Err(Error::Invalid(FieldErrors::one("until", Message::new(key))));
    match until {
        at if at <= now => refused("lead-pause-past"),
        at if at.0 - now.0 > MAX_DAYS * DAY => refused("lead-pause-far"),
        _ => Ok(()),
    }
}

/// Sets a lead aside until the first moment of a day, or takes it up again with no `until`. The time set aside
/// counts against neither target nor limit.
///
/// # Errors
/// As [`pause_all`].
pub fn pause(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    until: Option<Timestamp>,
    reason: &Reason,
) -> Result<Lead> {
    pause_all(conn, actor, rights, &[id], until, reason)?;
    store::find(conn, id)
}

/// The same for several leads, all or none. Those that are not set aside can't be taken up and stay as they are.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] if one is not theirs; [`Error::Conflict`] for one in the bin, or whose
/// status is not open; [`Error::Invalid`] at `until`, or at `reason` for a pause without one.
pub fn pause_all(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    ids: &[i64],
    until: Option<Timestamp>,
    reason: &Reason,
) -> Result<()> {
    let mut before = held_all(conn, rights, ids)?;
    let Some(day) = until else {
        before.retain(|lead| lead.is_paused(actor.now));
        let nothing = Reason::default();
        return change_all(conn, actor, "resume", &before, |conn, ids| {
            store::pause(conn, actor, ids, None, &nothing)
        });
    };
    check_until(day, actor.now)?;
    if reason.is_empty() {
        let told = FieldErrors::one("reason", Message::new(NO_REASON));
        return Err(Error::Invalid(told));
    }
    check_open(conn, &before, actor.now)?;
    change_all(conn, actor, "pause", &before, |conn, ids| {
        store::pause(conn, actor, ids, until, reason)
    })
}

/// Only in an open status there is something to wait for.
fn check_open(conn: &mut Conn, leads: &[Lead], now: Timestamp) -> Result<()> {
    let known = statuses::everything(conn)?;
    let closed: HashMap<i64, &str> = known
        .iter()
        .filter(|status| status.cutoffs(now).state(now, None) == State::None)
        .map(|status| (status.id, status.name.as_str()))
        .collect();
    match leads.iter().find_map(|lead| closed.get(&lead.status_id)) {
        Some(name) => {
            let told = Message::new("lead-pause-not-open").with("name", *name);
            Err(Error::Conflict(told))
        }
        None => Ok(()),
    }
}
