//! All changes to leads except moves: the rules, the rows and the audit entry, in the caller's transaction.

use crate::access::users;
use crate::audit::Actor;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result, Unmet};
use crate::i18n::Message;
use crate::leads::actions::audit_entries::{
    change_all, lock_all_editable, lock_editable, record_entered, reload_and_record,
};
use crate::leads::actions::offers::new_offer;
use crate::leads::actions::targets::lock_target_status;
use crate::leads::domain::judgement::{MoveAttempt, RuleScope, judge};
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::lead_request::LeadRequest;
use crate::leads::domain::new_lead::NewLead;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::Note;
use crate::leads::store;
use crate::statuses;

/// Creates a lead with its first visit, in the status of the request or else the default one; returns it with the rules
/// that warn and that it doesn't meet.
///
/// # Errors
/// [`Error::Invalid`] at `status` or `owner`; [`Error::Taken`] at `external_ref`; [`Error::Forbidden`] for a
/// representative who names another owner, or who overrides rules; [`Error::Unmet`] if it doesn't meet the rules of the
/// status.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    request: LeadRequest,
) -> Result<(Lead, Vec<Unmet>)> {
    let mut fields = request.fields;
    set_owner(rights, &mut fields)?;
    check_owner(conn, fields.owner, None)?;
    check_external_ref(conn, &fields, None)?;
    let target = match request.status {
        Some(id) => lock_target_status(conn, id)?,
        None => statuses::lock_and_find_default(conn)?,
    };
    request.answers.require_allowed(rights)?;
    let judgement = judge(&MoveAttempt {
        target: &target,
        from: None,
        fields: &fields,
        mover: rights.role,
        reason: &request.reason,
        answers: &request.answers,
        rule_scope: RuleScope::All,
    });
    if !judgement.is_passed() {
        return Err(Error::Unmet(judgement.unmet));
    }
    let offer = new_offer(conn, &target, request.answers.offer_to)?;
    let created_at = request.created_at.unwrap_or(actor.now);
    let new = NewLead {
        status_id: target.id,
        fields,
        channel: request.channel,
        entered_at: created_at,
        created_at,
        reason: judgement.reason,
        entry: judgement.record,
        offer,
    };
    Ok((insert(conn, actor, &new)?, judgement.unmet))
}

/// Makes a representative the owner of the leads that they create.
fn set_owner(rights: Rights, fields: &mut LeadFields) -> Result<()> {
    if rights.can_manage {
        return Ok(());
    }
    let is_own = fields.owner.is_none_or(|owner| owner == rights.user_id);
    if !rights.can_write || !is_own {
        return Err(Error::Forbidden);
    }
    fields.owner = Some(rights.user_id);
    Ok(())
}

/// Inserts a lead whose values were checked.
pub fn insert(conn: &mut Conn, actor: &Actor, new: &NewLead) -> Result<Lead> {
    let new = &NewLead {
        fields: store::sources::with_canonical_source(conn, &new.fields, None)?,
        ..new.clone()
    };
    let id = store::write::insert(conn, actor, new)?;
    locks::record_created_lead(id);
    store::history::insert_visit(conn, actor, id, new)?;
    if let Some(offer) = &new.offer {
        store::handoffs::insert(conn, actor, offer, &[(id, None)])?;
    }
    let lead = store::find(conn, id)?;
    record_entered(conn, actor, "create", &[(None, &lead, &new.entry)])?;
    Ok(lead)
}

/// Checks that the owner is an enabled user, unless the lead has this owner already.
fn check_owner(conn: &mut Conn, owner: Option<i64>, before: Option<i64>) -> Result<()> {
    let Some(id) = owner.filter(|_| owner != before) else {
        return Ok(());
    };
    let error = |key| Error::invalid("owner", Message::new(key));
    match users::find(conn, id) {
        Ok(user) if user.is_enabled() => Ok(()),
        Ok(_) => Err(error("lead-owner-disabled")),
        Err(Error::NotFound) => Err(error("lead-owner-unknown")),
        Err(error) => Err(error),
    }
}

fn check_external_ref(conn: &mut Conn, fields: &LeadFields, except: Option<i64>) -> Result<()> {
    let reference = fields.reference();
    if reference.is_empty() {
        return Ok(());
    }
    match store::id_by_reference(conn, &reference)? {
        Some(holder) if Some(holder) != except => {
            let message = Message::new("lead-reference-taken").with("reference", reference.text);
            Err(Error::Taken(FieldErrors::one("external_ref", message)))
        }
        _ => Ok(()),
    }
}

/// Writes the fields of a lead. Nothing is written if nothing differs.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] if the user may not edit the lead or change its owner;
/// [`Error::Taken`] at `external_ref`; [`Error::Invalid`] at `owner`; [`Error::Conflict`] for a lead in the bin.
pub fn update(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    fields: &LeadFields,
) -> Result<Lead> {
    let before = lock_editable(conn, rights, id)?;
    let fields = &store::sources::with_canonical_source(conn, fields, Some(&before.fields))?;
    if before.fields == *fields {
        return Ok(before);
    }
    if before.fields.owner != fields.owner {
        rights.require_manage()?;
    }
    check_owner(conn, fields.owner, before.fields.owner)?;
    check_external_ref(conn, fields, Some(id))?;
    store::write::update(conn, actor, &before, fields)?;
    reload_and_record(conn, actor, "update", &before)
}

/// Sets or removes the owner of leads; those that have it already stay unchanged.
///
/// # Errors
/// As [`update`], for any of them.
pub fn assign(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    ids: &[i64],
    owner: Option<i64>,
) -> Result<()> {
    rights.require_manage()?;
    let mut before = lock_all_editable(conn, rights, ids)?;
    before.retain(|lead| lead.fields.owner != owner);
    if !before.is_empty() {
        check_owner(conn, owner, None)?;
    }
    change_all(conn, actor, "assign", &before, |conn, ids| {
        store::write::assign(conn, actor, ids, owner)
    })
}

/// Adds a note to each of these leads.
///
/// # Errors
/// As [`update`], for any of them; [`Error::Invalid`] at `note` for an empty one.
pub fn add_note(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    ids: &[i64],
    note: &Note,
) -> Result<()> {
    if note.is_empty() {
        let errors = FieldErrors::one("note", Message::new("lead-note-missing"));
        return Err(Error::Invalid(errors));
    }
    let before = lock_all_editable(conn, rights, ids)?;
    change_all(conn, actor, "note", &before, |conn, ids| {
        store::history::insert_notes(conn, actor, ids, note)?;
        store::write::set_last_note(conn, actor, ids, note)
    })
}

/// Puts leads into the bin. Their visits stay, and continue if they are restored.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] if the user may not manage leads.
pub fn delete(conn: &mut Conn, actor: &Actor, rights: Rights, ids: &[i64]) -> Result<()> {
    rights.require_manage()?;
    let mut before = store::lock_many(conn, ids)?;
    if before.len() < ids.len() {
        return Err(Error::NotFound);
    }
    before.retain(|lead| !lead.is_in_bin());
    change_all(conn, actor, "delete", &before, |conn, ids| {
        store::write::delete(conn, actor, ids)
    })
}

/// Takes leads out of the bin.
///
/// # Errors
/// As [`delete`].
pub fn restore(conn: &mut Conn, actor: &Actor, rights: Rights, ids: &[i64]) -> Result<()> {
    rights.require_manage()?;
    let mut before = store::lock_many(conn, ids)?;
    if before.len() < ids.len() {
        return Err(Error::NotFound);
    }
    before.retain(Lead::is_in_bin);
    change_all(conn, actor, "restore", &before, |conn, ids| {
        store::write::restore(conn, actor, ids)
    })
}
