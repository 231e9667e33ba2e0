//! Writing the fields of statuses. A change of what a status means makes a version of its definition; every write of
//! fields goes through here, so that none goes without.

use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::domain::definition::Why;
use crate::statuses::domain::movement::CREATED;
use crate::statuses::domain::status::{LeadStatus, NewLeadStatus, RestoredStatus, StatusFields};
use crate::statuses::store;
use crate::statuses::store::definitions;

/// Inserts a status with the first version of its definition; returns its id.
pub(crate) fn insert(conn: &mut Conn, actor: &Actor, new: &NewLeadStatus) -> Result<i64> {
    let mut new = new.clone();
    new.fields.entry_rules = new.fields.entry_rules.with_ids(0);
    let id = store::write::insert(conn, actor, &new)?;
    definitions::insert(conn, actor, id, 1, &new.fields, &Why::default())?;
    Ok(id)
}

/// Inserts a deleted status again, with the version that its definition had.
pub(crate) fn insert_again(conn: &mut Conn, actor: &Actor, back: &RestoredStatus) -> Result<()> {
    let versions = definitions::list(conn, back.id)?;
    let latest = versions.first().map_or(1, |latest| latest.version);
    store::write::insert_deleted(conn, actor, back, latest)
}

/// Writes the fields of a status, and a new version of its definition if that changes. Rules without an id get one
/// that no rule of the status ever had.
pub(crate) fn update(
    conn: &mut Conn,
    actor: &Actor,
    before: &LeadStatus,
    fields: &StatusFields,
    why: &Why,
) -> Result<()> {
    if !fields.redefines(before) {
        let version = before.definition_version;
        return store::write::update(conn, actor, before.id, fields, version);
    }
    let versions = definitions::list(conn, before.id)?;
    let used = versions.iter().map(|old| old.fields.entry_rules.last_id());
    let mut fields = fields.clone();
    fields.entry_rules = fields.entry_rules.with_ids(used.max().unwrap_or(0));
    let version = before.definition_version + 1;
    store::write::update(conn, actor, before.id, &fields, version)?;
    definitions::insert(conn, actor, before.id, version, &fields, why)
}

/// Refuses statuses to enter from that don't exist. Those that the status had before may be deleted by now.
///
/// # Errors
/// [`Error::Invalid`] at `enter_from`.
pub(crate) fn check_enter_from(
    conn: &mut Conn,
    fields: &StatusFields,
    before: Option<&StatusFields>,
) -> Result<()> {
    let is_known = |id: &i64| {
        *id == CREATED || before.is_some_and(|before| before.enter_from.ids().contains(id))
    };
    let named = fields.enter_from.ids().iter();
    let new: Vec<i64> = named.filter(|id| !is_known(id)).copied().collect();
    if new.is_empty() {
        return Ok(());
    }
    let found = store::find_many(conn, &new)?;
    let unknown = new
        .iter()
        .find(|id| found.iter().all(|status| status.id != **id));
    unknown.map_or(Ok(()), |id| {
        let message = Message::new("status-enter-from-unknown").with("name", id.to_string());
        Err(Error::invalid("enter_from", message))
    })
}
