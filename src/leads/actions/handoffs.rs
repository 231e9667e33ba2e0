//! Answers to offers of leads.

use crate::access::users;
use crate::audit::{self, Actor, NewEntry};
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::audit_entries::{SUBJECT, require_not_in_bin};
use crate::leads::actions::moves::move_locked;
use crate::leads::domain::answer_form::OfferReply;
use crate::leads::domain::handoff::{Offer, OfferAnswer};
use crate::leads::domain::judgement::RuleScope;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::pause::check_until;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::{Reason, listed_reason};
use crate::leads::store;
use crate::leads::store::handoffs;
use crate::statuses::{self, Handoff, LeadStatus};

/// The open offer of a lead, with the reasons to choose from.
///
/// # Errors
/// [`Error::Conflict`] if there is none.
pub fn find_open(conn: &mut Conn, id: i64) -> Result<(Offer, Vec<String>)> {
    let Some(offer) = handoffs::find_open(conn, id)? else {
        return Err(Error::Conflict(answered_message(conn, id, None)?));
    };
    let handoff = find_handoff(conn, &offer)?;
    let reasons = handoff.map_or_else(Vec::new, |handoff| handoff.reasons.lines().to_vec());
    Ok((offer, reasons))
}

/// Answers the open offer of a lead; returns the lead as it was before.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] if there is no open offer or another one than `reply` names, and for a lead in the bin;
/// [`Error::Forbidden`] if the user may not give this answer; [`Error::Invalid`] at `reason` or `until`.
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    reply: &OfferReply,
) -> Result<Lead> {
    let unlocked = handoffs::find_open(conn, id)?;
    let destinations = match &unlocked {
        Some(offer) => lock_destinations(conn, offer)?,
        None => Vec::new(),
    };
    let lead = store::lock(conn, id)?;
    let offer = match handoffs::find_open(conn, id)? {
        Some(offer) if reply.offer.is_none_or(|id| id == offer.id) => offer,
        _ => return Err(Error::Conflict(answered_message(conn, id, reply.offer)?)),
    };
    if unlocked.map(|offer| offer.id) != Some(offer.id) {
        return Err(Error::Conflict(Message::new("offer-answered")));
    }
    require_not_in_bin(&lead)?;
    if !offer.allows(reply.answer, rights) {
        return Err(Error::Forbidden);
    }
    let actor = &Actor {
        channel: Channel::Handoff,
        ..actor.clone()
    };
    let handoff = find_handoff(conn, &offer)?;
    let reason = check_reason(reply, handoff.as_ref())?;
    if let Some(until) = reply.until {
        check_until(until.at, actor.now).map_err(|message| Error::invalid("until", message))?;
    }
    handoffs::end(conn, actor, &[id], reply.answer.outcome(), reason.as_str())?;
    let to = destination(&offer, handoff.as_ref(), reply.answer, &destinations);
    let before = match reply.answer {
        OfferAnswer::Accept => {
            accept(conn, actor, &lead)?;
            lead.clone()
        }
        _ => send_back(conn, actor, &lead, to, &reason)?,
    };
    if reply.until.is_some() {
        store::write::pause(conn, actor, &[id], reply.until, &reason)?;
    }
    record(conn, actor, &before, reply.answer, &reason)?;
    Ok(lead)
}

/// Why an answer to the offer `offer_id`, or to the last one, came too late.
fn answered_message(conn: &mut Conn, id: i64, offer_id: Option<i64>) -> Result<Message> {
    let offers = handoffs::of_lead(conn, id)?;
    let offer = match offer_id {
        Some(offer_id) => offers.into_iter().find(|offer| offer.id == offer_id),
        None => offers.into_iter().next_back(),
    };
    let Some(end) = offer.and_then(|offer| offer.end) else {
        return Ok(Message::new("offer-none"));
    };
    let names = users::names(conn, &Vec::from_iter(end.by))?;
    let who = end.by.and_then(|by| names.get(&by).cloned());
    Ok(Message::new("offer-ended")
        .with("who", who.unwrap_or_default())
        .with("outcome", end.outcome.as_str()))
}

/// The statuses that an answer can lead to, as they are now, locked.
fn lock_destinations(conn: &mut Conn, offer: &Offer) -> Result<Vec<LeadStatus>> {
    let default = statuses::default_id(conn)?;
    let handoff = find_handoff(conn, offer)?;
    let mut ids: Vec<i64> = handoff.iter().flat_map(Handoff::statuses).collect();
    ids.extend(offer.from_status);
    ids.push(default);
    ids.sort_unstable();
    ids.dedup();
    statuses::lock_shared(conn, &ids)?;
    let mut usable = statuses::find_many(conn, &ids)?;
    usable.retain(|status| !status.is_archived() && status.being_replaced.is_none());
    Ok(usable)
}

/// The hand-off of the status of an offer, as it is now.
fn find_handoff(conn: &mut Conn, offer: &Offer) -> Result<Option<Handoff>> {
    match statuses::find(conn, offer.status_id) {
        Err(Error::NotFound) => Ok(None),
        status => Ok(status?.fields.handoff),
    }
}

/// The reason to store, which must be in the list of the hand-off; a withdrawal may have any, or none.
fn check_reason(reply: &OfferReply, handoff: Option<&Handoff>) -> Result<Reason> {
    if !reply.answer.needs_reason() {
        return Ok(reply.reason.clone());
    }
    let choices = handoff.map_or(&[][..], |handoff| handoff.reasons.lines());
    let reason = listed_reason(&reply.reason, choices);
    reason.map_err(|unmet| Error::invalid("reason", unmet.message()))
}

/// The status to which an answer leads, other than the one of the offer: the one that the hand-off names if it is in
/// use, else, unless the lead is recycled, the one that it came from, else the default one. Nothing if there is no other.
fn destination<'a>(
    offer: &Offer,
    handoff: Option<&Handoff>,
    answer: OfferAnswer,
    usable: &'a [LeadStatus],
) -> Option<&'a LeadStatus> {
    let find = |id: Option<i64>| {
        let id = id.filter(|id| *id != offer.status_id)?;
        usable.iter().find(|status| status.id == id)
    };
    let default = usable
        .iter()
        .find(|status| status.is_default && status.id != offer.status_id);
    match answer {
        OfferAnswer::Accept => None,
        OfferAnswer::Reject => find(handoff.and_then(|handoff| handoff.reject_to))
            .or_else(|| find(offer.from_status))
            .or(default),
        OfferAnswer::Recycle => find(handoff.and_then(|handoff| handoff.recycle_to))
            .filter(|status| Handoff::can_recycle_to(status.kind))
            .or(default),
        OfferAnswer::Withdraw => find(offer.from_status).or(default),
    }
}

/// Makes the user who accepts the owner of the lead.
fn accept(conn: &mut Conn, actor: &Actor, lead: &Lead) -> Result<()> {
    store::write::assign(conn, actor, &[lead.id], actor.user_id)?;
    handoffs::set_due(conn, &[lead.id], None)
}

/// Moves the lead to the status of the answer, if there is one; returns it as it is then.
fn send_back(
    conn: &mut Conn,
    actor: &Actor,
    lead: &Lead,
    to: Option<&LeadStatus>,
    reason: &Reason,
) -> Result<Lead> {
    match to {
        Some(target) => {
            let lead_move = Move {
                rule_scope: RuleScope::None,
                reason: reason.clone(),
                ..Move::new(target.id, Channel::Handoff)
            };
            let without_offer = Lead {
                offer_due_at: None,
                ..lead.clone()
            };
            let (rights, leads) = (Rights::program(), vec![without_offer]);
            move_locked(conn, actor, rights, &lead_move, target, leads)?;
        }
        None => {
            store::write::touch(conn, actor, lead.id)?;
            handoffs::set_due(conn, &[lead.id], None)?;
        }
    }
    store::find(conn, lead.id)
}

/// The entry of an answer in the audit log, with its reason. A move that follows has an entry of its own.
fn record(
    conn: &mut Conn,
    actor: &Actor,
    before: &Lead,
    answer: OfferAnswer,
    reason: &Reason,
) -> Result<()> {
    let after = store::find(conn, before.id)?;
    let mut entry = NewEntry {
        subject: SUBJECT,
        subject_id: Some(before.id),
        version: Some(after.version),
        name: before.fields.name.to_string(),
        action: answer.action(),
        before: audit::snapshot(&before.snapshot()),
        after: audit::snapshot(&after.snapshot()),
    };
    if let Some(after) = entry.after.as_mut() {
        after["answer_reason"] = reason.as_str().into();
    }
    audit::record(conn, actor, &entry)
}
