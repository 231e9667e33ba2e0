//! Writing the fields of statuses. A change of what a status means makes a version of its definition; every write of
//! fields goes through this module, so that none lacks its version.

use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::statuses::domain::definition::Why;
use crate::statuses::domain::handoff::Handoff;
use crate::statuses::domain::movement::CREATED;
use crate::statuses::domain::status::{LeadStatus, NewLeadStatus, StatusFields, UndeletedStatus};
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
pub(crate) fn insert_again(conn: &mut Conn, actor: &Actor, status: &UndeletedStatus) -> Result<()> {
    let versions = definitions::list(conn, status.id)?;
    let latest = versions.first().map_or(1, |latest| latest.version);
    store::write::insert_deleted(conn, actor, status, latest)
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

/// Refuses named statuses that don't exist, and those that the answers to a hand-off can't lead to. A status that was named
/// before may be deleted by now.
///
/// # Errors
/// [`Error::Invalid`] at `enter_from` or `handoff`.
pub(crate) fn check_named_statuses(
    conn: &mut Conn,
    fields: &StatusFields,
    before: Option<&LeadStatus>,
) -> Result<()> {
    let is_known = |id: &i64| {
        *id == CREATED || before.is_some_and(|before| before.enter_from.ids().contains(id))
    };
    let origins = fields.enter_from.ids().iter();
    let origins: Vec<i64> = origins.filter(|id| !is_known(id)).copied().collect();
    let former = before.and_then(|before| before.handoff.as_ref());
    let handoff = fields.handoff.as_ref().filter(|new| Some(*new) != former);
    let named: Vec<i64> = handoff
        .iter()
        .flat_map(|handoff| handoff.statuses())
        .collect();
    if origins.is_empty() && named.is_empty() {
        return Ok(());
    }
    let statuses = store::find_many(conn, &[&origins[..], &named[..]].concat())?;
    let find = |id: i64| statuses.iter().find(|status| status.id == id);
    if let Some(unknown) = origins.iter().find(|id| find(**id).is_none()) {
        let message = Message::new("status-named-unknown").with("name", unknown.to_string());
        return Err(Error::invalid("enter_from", message));
    }
    let own = before.map(|before| before.id);
    let refusal = handoff.and_then(|handoff| handoff_refusal(handoff, former, own, find));
    refusal.map_or(Ok(()), |message| Err(Error::invalid("handoff", message)))
}

/// Why the answers to a hand-off can't lead to the statuses that it names; `find` finds one, `own` is the status itself.
pub(crate) fn handoff_refusal<'a>(
    handoff: &Handoff,
    former: Option<&Handoff>,
    own: Option<i64>,
    find: impl Fn(i64) -> Option<&'a LeadStatus>,
) -> Option<Message> {
    let refusal = |id: Option<i64>, former: Option<i64>, is_recycling: bool| {
        let id = id.filter(|id| Some(*id) != former)?;
        match find(id) {
            _ if Some(id) == own => Some(Message::new("status-handoff-own")),
            None => Some(Message::new("status-named-unknown").with("name", id.to_string())),
            Some(status) if status.is_archived() => {
                Some(Message::new("status-handoff-archived").with("name", status.name.as_str()))
            }
            Some(status) if is_recycling && !Handoff::can_recycle_to(status.kind) => {
                Some(Message::new("status-handoff-kind").with("name", status.name.as_str()))
            }
            Some(_) => None,
        }
    };
    let former_reject = former.and_then(|former| former.reject_to);
    let former_recycle = former.and_then(|former| former.recycle_to);
    refusal(handoff.reject_to, former_reject, false)
        .or_else(|| refusal(handoff.recycle_to, former_recycle, true))
}
