//! Inserts many leads at once, each with its first visit and its audit entry.

use crate::audit::Actor;
use crate::db::{Conn, MAX_VALUES};
use crate::error::Result;
use crate::leads::actions::audit_entries::record_entered;
use crate::leads::domain::handoff::NewOffer;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::new_lead::NewLead;
use crate::leads::domain::text::source_key;
use crate::leads::store;

/// Inserts leads whose values were checked.
pub fn insert_many(conn: &mut Conn, actor: &Actor, new: &[NewLead]) -> Result<()> {
    for chunk in new.chunks(MAX_VALUES) {
        let ids = store::many_rows::reserve_ids(conn, chunk.len())?;
        let leads = ids.into_iter().zip(chunk);
        let mut leads: Vec<Lead> = leads.map(|(id, new)| new_lead(actor, id, new)).collect();
        let sources = leads.iter().map(|lead| &lead.fields.source);
        let sources = store::sources::canonical_sources(conn, sources)?;
        for lead in &mut leads {
            let source = sources.get(&source_key(lead.fields.source.as_str()));
            lead.fields.source = source.cloned().unwrap_or_default();
        }
        store::many_rows::insert_leads(conn, &leads)?;
        store::many_rows::insert_first_visits(conn, actor, &leads, chunk)?;
        offer_new(conn, actor, &leads, chunk)?;
        let entered = leads.iter().zip(chunk);
        let entered = entered.map(|(lead, new)| (None, lead, &new.entry));
        record_entered(conn, actor, "create", &entered.collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Offers the leads that begin in a status which hands leads over.
fn offer_new(conn: &mut Conn, actor: &Actor, leads: &[Lead], new: &[NewLead]) -> Result<()> {
    let offers = leads.iter().zip(new);
    let mut groups: Vec<(NewOffer, Vec<i64>)> = Vec::new();
    for (lead, offer) in offers.filter_map(|(lead, new)| Some((lead, new.offer?))) {
        match groups.iter_mut().find(|(other, _)| *other == offer) {
            Some((_, entered)) => entered.push(lead.id),
            None => groups.push((offer, vec![lead.id])),
        }
    }
    for (offer, entered) in &groups {
        // New leads have no status before.
        let entered: Vec<(i64, Option<i64>)> = entered.iter().map(|id| (*id, None)).collect();
        store::handoffs::insert(conn, actor, offer, &entered)?;
    }
    Ok(())
}

/// A new lead as it is stored.
fn new_lead(actor: &Actor, id: i64, new: &NewLead) -> Lead {
    Lead {
        id,
        fields: new.fields.clone(),
        status_id: new.status_id,
        status_since: new.entered_at,
        clock_from: new.entered_at,
        paused_until: None,
        resumes_on: None,
        pause_reason: String::new(),
        offer_due_at: new.offer.map(|offer| offer.due_at(actor.now)),
        last_note: String::new(),
        last_note_at: None,
        last_activity_at: actor.now,
        deleted_at: None,
        version: 1,
        created_at: new.created_at,
        created_by: actor.name.clone(),
        updated_at: actor.now,
        updated_by: actor.name.clone(),
    }
}
