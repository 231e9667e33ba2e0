//! The offers of leads.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::Role;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::schema::{handoffs, leads, users, visits};
use crate::db::{Conn, MAX_VALUES, columns_of, insert_rows, load_prepared, padded_ids};
use crate::error::{Error, Result};
use crate::leads::domain::handoff::{NewOffer, Offer, OfferEnd, OfferOutcome};

#[derive(Queryable, Selectable)]
#[diesel(table_name = handoffs)]
struct OfferRow {
    id: i64,
    lead_id: i64,
    visit_id: i64,
    status_id: i64,
    from_status_id: Option<i64>,
    to_role: String,
    to_user_id: Option<i64>,
    offered_by_id: Option<i64>,
    offered_at: Timestamp,
    due_at: Timestamp,
    outcome: Option<String>,
    ended_at: Option<Timestamp>,
    ended_by_id: Option<i64>,
    reason: String,
}

impl TryFrom<OfferRow> for Offer {
    type Error = Error;

    fn try_from(row: OfferRow) -> Result<Offer> {
        let outcome = row.outcome.as_deref().and_then(OfferOutcome::from_word);
        let end = outcome.zip(row.ended_at).map(|(outcome, at)| OfferEnd {
            outcome,
            at,
            by: row.ended_by_id,
            reason: row.reason,
        });
        let to_role = Role::from_word(&row.to_role);
        Ok(Offer {
            id: row.id,
            lead_id: row.lead_id,
            visit_id: row.visit_id,
            status_id: row.status_id,
            from_status: row.from_status_id,
            to_role: to_role.ok_or_else(|| Error::internal("an offer to an unknown role"))?,
            to_user: row.to_user_id,
            offered_by: row.offered_by_id,
            offered_at: row.offered_at,
            due_at: row.due_at,
            end,
        })
    }
}

/// Offers leads that have just entered a status: the id of each with the status that it left.
pub fn insert(
    conn: &mut Conn,
    actor: &Actor,
    offer: &NewOffer,
    entered: &[(i64, Option<i64>)],
) -> Result<()> {
    let from: HashMap<i64, Option<i64>> = entered.iter().copied().collect();
    let ids: Vec<i64> = from.keys().copied().collect();
    for chunk in ids.chunks(MAX_VALUES) {
        let open: Vec<(i64, i64, i64)> = visits::table
            .filter(visits::lead_id.eq_any(chunk.to_vec()))
            .filter(visits::left_at.is_null())
            .order(visits::lead_id)
            .select((visits::lead_id, visits::id, visits::status_id))
            .load(conn)?;
        let row = |(lead, visit, status): &(i64, i64, i64)| {
            (
                handoffs::lead_id.eq(*lead),
                handoffs::visit_id.eq(*visit),
                handoffs::status_id.eq(*status),
                handoffs::from_status_id.eq(from.get(lead).copied().flatten()),
                handoffs::to_role.eq(offer.to_role.as_str()),
                handoffs::to_user_id.eq(offer.to_user),
                handoffs::offered_by_id.eq(actor.user_id),
                handoffs::offered_at.eq(actor.now),
                handoffs::due_at.eq(offer.due_at(actor.now)),
            )
        };
        insert_rows!(conn, handoffs::table, open.iter().map(row));
    }
    Ok(())
}

/// Ends the open offers of leads.
pub fn end(
    conn: &mut Conn,
    actor: &Actor,
    lead_ids: &[i64],
    outcome: OfferOutcome,
    reason: &str,
) -> Result<()> {
    for chunk in lead_ids.chunks(MAX_VALUES) {
        let open = handoffs::table
            .filter(handoffs::lead_id.eq_any(chunk.to_vec()))
            .filter(handoffs::outcome.is_null());
        diesel::update(open)
            .set((
                handoffs::outcome.eq(Some(outcome.as_str())),
                handoffs::ended_at.eq(Some(actor.now)),
                handoffs::ended_by_id.eq(actor.user_id),
                handoffs::reason.eq(reason),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Withdraws the offers that visits began with and that have no answer.
pub fn withdraw(conn: &mut Conn, actor: &Actor, visit_ids: &[i64]) -> Result<()> {
    let moved_on = handoffs::outcome.eq(OfferOutcome::MovedOn.as_str());
    let unanswered = handoffs::table
        .filter(handoffs::visit_id.eq_any(visit_ids.to_vec()))
        .filter(handoffs::outcome.is_null().or(moved_on));
    diesel::update(unanswered)
        .set((
            handoffs::outcome.eq(Some(OfferOutcome::Withdrawn.as_str())),
            handoffs::ended_at.eq(Some(actor.now)),
            handoffs::ended_by_id.eq(actor.user_id),
        ))
        .execute(conn)?;
    Ok(())
}

/// Opens the offer of a visit again that ended because its lead was moved on; returns when it is due. An offer to a user
/// who is disabled or only reads by now goes to the role.
pub fn reopen(conn: &mut Conn, visit_id: i64) -> Result<Option<Timestamp>> {
    let moved_on = handoffs::table
        .filter(handoffs::visit_id.eq(visit_id))
        .filter(handoffs::outcome.eq(OfferOutcome::MovedOn.as_str()))
        .order(handoffs::id.desc())
        .select((handoffs::id, handoffs::to_user_id, handoffs::due_at))
        .first(conn)
        .optional()?;
    let moved_on: Option<(i64, Option<i64>, Timestamp)> = moved_on;
    let Some((id, receiver, due_at)) = moved_on else {
        return Ok(None);
    };
    let able: Option<i64> = users::table
        .filter(users::id.eq(receiver.unwrap_or(0)))
        .filter(users::disabled_at.is_null())
        .filter(users::role.ne(Role::Viewer.as_str()))
        .select(users::id)
        .first(conn)
        .optional()?;
    diesel::update(handoffs::table.find(id))
        .set((
            handoffs::outcome.eq(None::<String>),
            handoffs::ended_at.eq(None::<Timestamp>),
            handoffs::ended_by_id.eq(None::<i64>),
            handoffs::to_user_id.eq(able),
        ))
        .execute(conn)?;
    Ok(Some(due_at))
}

/// Sets when the open offer of leads is due; nothing for none.
pub fn set_due(conn: &mut Conn, lead_ids: &[i64], due_at: Option<Timestamp>) -> Result<()> {
    for chunk in lead_ids.chunks(MAX_VALUES) {
        diesel::update(leads::table.filter(leads::id.eq_any(chunk.to_vec())))
            .set(leads::offer_due_at.eq(due_at))
            .execute(conn)?;
    }
    Ok(())
}

/// The open offer of a lead.
pub fn find_open(conn: &mut Conn, lead_id: i64) -> Result<Option<Offer>> {
    let row: Option<OfferRow> = handoffs::table
        .filter(handoffs::lead_id.eq(lead_id))
        .filter(handoffs::outcome.is_null())
        .select(columns_of::<OfferRow>())
        .first(conn)
        .optional()?;
    row.map(Offer::try_from).transpose()
}

/// The offers of a lead, oldest first.
pub fn of_lead(conn: &mut Conn, lead_id: i64) -> Result<Vec<Offer>> {
    let rows: Vec<OfferRow> = handoffs::table
        .filter(handoffs::lead_id.eq(lead_id))
        .order(handoffs::id)
        .select(columns_of::<OfferRow>())
        .load(conn)?;
    rows.into_iter().map(Offer::try_from).collect()
}

/// The last offer of the present visit of each lead, if it is open or was accepted.
pub fn of_present_visits(conn: &mut Conn, lead_ids: &[i64]) -> Result<HashMap<i64, Offer>> {
    let mut offers = HashMap::new();
    for chunk in lead_ids.chunks(MAX_VALUES) {
        let is_shown = handoffs::outcome
            .is_null()
            .or(handoffs::outcome.eq(OfferOutcome::Accepted.as_str()));
        let query = handoffs::table
            .inner_join(visits::table.on(visits::id.eq(handoffs::visit_id)))
            .filter(handoffs::lead_id.eq_any(padded_ids(chunk)))
            .filter(visits::left_at.is_null())
            .filter(is_shown)
            .order(handoffs::id)
            .select(columns_of::<OfferRow>());
        let rows: Vec<OfferRow> = load_prepared(conn, query)?;
        for offer in rows.into_iter().map(Offer::try_from) {
            let offer = offer?;
            offers.insert(offer.lead_id, offer);
        }
    }
    Ok(offers)
}
