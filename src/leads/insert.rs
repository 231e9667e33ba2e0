//! Many leads at once, with the rows that making each one alone leaves: its visit and its audit entry.

use super::changes::record_many;
use super::store::{self, CHUNK};
use super::{Lead, NewLead};
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::Result;

/// Makes leads whose every value was checked, as they are.
pub fn insert_many(conn: &mut Conn, actor: &Actor, new: &[NewLead]) -> Result<()> {
    for chunk in new.chunks(CHUNK) {
        let ids = store::take_ids(conn, chunk.len())?;
        let leads = ids.into_iter().zip(chunk);
        let leads: Vec<Lead> = leads.map(|(id, new)| made(actor, id, new)).collect();
        store::insert_leads(conn, &leads)?;
        store::insert_first_visits(conn, actor, &leads, chunk)?;
        let made: Vec<_> = leads.iter().map(|lead| (None, lead)).collect();
        record_many(conn, actor, "create", &made)?;
    }
    Ok(())
}

/// The lead that the database will hold.
fn made(actor: &Actor, id: i64, new: &NewLead) -> Lead {
    Lead {
        id,
        fields: new.fields.clone(),
        status_id: new.status_id,
        status_since: new.entered_at,
        clock_from: new.entered_at,
        paused_until: None,
        pause_reason: String::new(),
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
