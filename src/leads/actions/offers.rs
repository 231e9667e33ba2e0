//! The offers that moves create and end.

use crate::access::{Role, users};
use crate::audit::Actor;
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::domain::handoff::{NewOffer, OfferOutcome, can_receive};
use crate::leads::domain::lead::Lead;
use crate::leads::store::handoffs;
use crate::statuses::LeadStatus;

/// The offer of leads that enter a status; nothing for a status without a hand-off. `to_user` is the receiver that the
/// move names.
///
/// # Errors
/// [`Error::Invalid`] at `offer_to` for a user who can't receive them, or for a status without a hand-off.
pub fn new_offer(
    conn: &mut Conn,
    target: &LeadStatus,
    to_user: Option<i64>,
) -> Result<Option<NewOffer>> {
    let error = |key| Error::invalid("offer_to", Message::new(key));
    let Some(handoff) = &target.handoff else {
        return match to_user {
            None => Ok(None),
            Some(_) => Err(error("offer-to-no-handoff")),
        };
    };
    if let Some(id) = to_user {
        let user = match users::find(conn, id) {
            Err(Error::NotFound) => return Err(error("offer-to-unknown")),
            user => user?,
        };
        if !user.is_enabled() {
            return Err(error("offer-to-disabled"));
        }
        if !can_receive(user.role, &[handoff.to]) {
            return Err(error("offer-to-role"));
        }
    }
    Ok(Some(NewOffer::of(handoff, to_user)))
}

/// The users who can receive leads that enter one of these statuses: ids and names; none without a hand-off.
pub fn receivers(conn: &mut Conn, statuses: &[&LeadStatus]) -> Result<Vec<(i64, String)>> {
    let roles: Vec<Role> = statuses
        .iter()
        .filter_map(|status| status.handoff.as_ref())
        .map(|handoff| handoff.to)
        .collect();
    if roles.is_empty() {
        return Ok(Vec::new());
    }
    let mut users = users::list_enabled(conn)?;
    users.retain(|user| can_receive(user.role, &roles));
    Ok(users.into_iter().map(|user| (user.id, user.name)).collect())
}

/// Ends the open offers of leads that are about to leave their statuses.
pub(super) fn end_by_move(
    conn: &mut Conn,
    actor: &Actor,
    channel: Channel,
    leaving: &[Lead],
) -> Result<()> {
    let outcome = match channel {
        // The replacement of a status does not count as an answer.
        Channel::Replace => OfferOutcome::Withdrawn,
        _ => OfferOutcome::MovedOn,
    };
    let with_offer = leaving.iter().filter(|lead| lead.offer_due_at.is_some());
    let ids: Vec<i64> = with_offer.map(|lead| lead.id).collect();
    // Most moves end no offer, and need no query.
    handoffs::end(conn, actor, &ids, outcome, "")
}
