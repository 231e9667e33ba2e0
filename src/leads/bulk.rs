//! What is done to several leads at once: first judged, then carried out in one transaction, all or nothing.

use super::text::{Note, Reason};
use super::{Lead, Move, Rights, State, changes, moves, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::{self, LeadStatus};

/// The most leads of one action: they share one transaction, which others wait for.
pub const MOST: i64 = store::COUNTED;

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    Move(Move),
    /// To a user, or to nobody.
    Assign(Option<i64>),
    /// Until the first moment of a day; nothing takes them up again.
    Pause {
        until: Option<Timestamp>,
        reason: Reason,
    },
    Note(Note),
    /// Into the bin.
    Delete,
    /// Out of the bin.
    Restore,
}

/// What would become of one lead.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub lead: Lead,
    /// Why it is refused.
    pub refusal: Option<Message>,
    /// True if it is already as asked.
    pub is_done: bool,
}

/// What would become of each of `ids`, by id, without changing anything. Ids that don't exist are left out.
pub fn judge(
    conn: &mut Conn,
    rights: Rights,
    act: &Act,
    ids: &[i64],
    now: Timestamp,
) -> Result<Vec<Verdict>> {
    let leads = store::find_many(conn, ids)?;
    judge_leads(conn, rights, act, leads, now)
}

fn judge_leads(
    conn: &mut Conn,
    rights: Rights,
    act: &Act,
    leads: Vec<Lead>,
    now: Timestamp,
) -> Result<Vec<Verdict>> {
    let statuses = statuses::everything(conn)?;
    let verdict = |lead: Lead| Verdict {
        refusal: refusal(&lead, rights, act, &statuses, now),
        is_done: is_done(&lead, act, now),
        lead,
    };
    Ok(leads.into_iter().map(verdict).collect())
}

fn refusal(
    lead: &Lead,
    rights: Rights,
    act: &Act,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Option<Message> {
    let is_managing = matches!(act, Act::Assign(_) | Act::Delete | Act::Restore);
    match act {
        _ if is_managing && !rights.may_manage => Some(Message::new("lead-refused-manage")),
        _ if !rights.may_touch(lead) => Some(Message::new("lead-refused-other")),
        Act::Delete | Act::Restore => None,
        _ if lead.is_deleted() => Some(Message::new("lead-in-bin")),
        Act::Move(order) => match moves::check(lead, rights, order, now) {
            Ok(()) => None,
            Err(Error::Invalid(errors)) => errors.iter().next().map(|(_, told)| told.clone()),
            Err(error) => Some(error.message()),
        },
        Act::Pause { until: Some(_), .. } => {
            let status = statuses.iter().find(|status| status.id == lead.status_id)?;
            let state = status.cutoffs(now).state(lead.clock_from, None);
            let told = Message::new("lead-pause-not-open").with("name", status.name.as_str());
            (state == State::None).then_some(told)
        }
        _ => None,
    }
}

fn is_done(lead: &Lead, act: &Act, now: Timestamp) -> bool {
    match act {
        Act::Move(order) => lead.status_id == order.to,
        Act::Assign(owner) => lead.fields.owner == *owner,
        Act::Pause { until: None, .. } => !lead.is_paused(now),
        Act::Pause { .. } | Act::Note(_) => false,
        Act::Delete => lead.is_deleted(),
        Act::Restore => !lead.is_deleted(),
    }
}

/// Does it to all of `ids`, or to none.
///
/// # Errors
/// As [`carry_out_if`].
pub fn carry_out(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    act: &Act,
    ids: &[i64],
) -> Result<Vec<Verdict>> {
    carry_out_if(conn, actor, rights, act, ids, |_| Ok(true))
}

/// Does it to all of `ids`, or to none. `is_meant` is asked once they are held, when nobody else can change them any
/// more.
///
/// # Errors
/// [`Error::NotFound`] if one doesn't exist or they are not meant; [`Error::Conflict`] with the first refusal;
/// [`Error::Invalid`] for a value that can't be.
pub fn carry_out_if(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    act: &Act,
    ids: &[i64],
    is_meant: impl FnOnce(&mut Conn) -> Result<bool>,
) -> Result<Vec<Verdict>> {
    // Held first, so that what is judged still holds when it is carried out.
    if let Act::Move(order) = act {
        statuses::keep(conn, &[order.to])?;
    }
    let leads = store::hold_many(conn, ids)?;
    if !is_meant(conn)? {
        return Err(Error::NotFound);
    }
    let verdicts = judge_leads(conn, rights, act, leads, actor.now)?;
    if verdicts.is_empty() || verdicts.len() < ids.len() {
        return Err(Error::NotFound);
    }
    if let Some(refusal) = verdicts.iter().find_map(|verdict| verdict.refusal.clone()) {
        return Err(Error::Conflict(refusal));
    }
    match act {
        Act::Move(order) => {
            moves::target(conn, order.to)?;
            let leads = verdicts.iter().map(|verdict| verdict.lead.clone());
            moves::move_held(conn, actor, rights, order, leads.collect())?;
        }
        Act::Assign(owner) => changes::assign(conn, actor, rights, ids, *owner)?,
        Act::Note(note) => changes::note(conn, actor, rights, ids, note)?,
        Act::Delete => changes::delete(conn, actor, rights, ids)?,
        Act::Restore => changes::restore(conn, actor, rights, ids)?,
        Act::Pause { until, reason } => {
            changes::pause_all(conn, actor, rights, ids, *until, reason)?;
        }
    }
    Ok(verdicts)
}
