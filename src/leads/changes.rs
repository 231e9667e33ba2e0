//! Every other change to leads, whichever door it comes through: the rules, the rows and the audit entry in the
//! caller's transaction.

use super::text::Note;
use super::{Lead, LeadFields, Rights, Via, store};
use crate::access::users;
use crate::audit::{self, Actor, Entry};
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::statuses;

pub use super::pause::{check_until, pause, pause_all};
pub use super::voids::{hold_ways_back, void, void_held};

/// The audit log's word for a lead.
pub const SUBJECT: &str = "lead";

/// A lead that does not exist yet.
#[derive(Debug, Clone, PartialEq)]
pub struct NewLead {
    pub fields: LeadFields,
    pub status_id: i64,
    pub via: Via,
    /// When its first visit began.
    pub entered_at: Timestamp,
    pub created_at: Timestamp,
}

/// What someone wrote about a lead.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenNote {
    pub id: i64,
    pub body: Note,
    pub by: String,
    pub at: Timestamp,
}

/// Leaves an entry in the audit log.
pub(super) fn record(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: Option<&Lead>,
    after: Option<&Lead>,
) -> Result<()> {
    match after.or(before) {
        Some(named) => audit::record(conn, actor, &entry(action, named, before, after)),
        None => Ok(()),
    }
}

/// The same for many leads, each as it was and as it is.
pub(super) fn record_many(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    pairs: &[(Option<&Lead>, &Lead)],
) -> Result<()> {
    let pairs = pairs.iter();
    let entries: Vec<Entry> = pairs
        .map(|(before, after)| entry(action, after, *before, Some(after)))
        .collect();
    audit::record_many(conn, actor, &entries)
}

fn entry(action: &'static str, named: &Lead, before: Option<&Lead>, after: Option<&Lead>) -> Entry {
    let shot = |lead: &Lead| audit::snapshot(&lead.snapshot());
    Entry {
        subject: SUBJECT,
        subject_id: Some(named.id),
        version: Some(named.version),
        name: named.fields.name.as_str().to_owned(),
        action,
        before: before.and_then(shot),
        after: after.and_then(shot),
    }
}

/// Makes a lead with its first visit: in the status named, else where new leads start.
///
/// # Errors
/// [`Error::Invalid`] at `status` or `owner`; [`Error::Taken`] at `external_ref`; [`Error::Forbidden`] for a rep who
/// gives it to someone else.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    fields: &LeadFields,
    status: Option<i64>,
    via: Via,
) -> Result<Lead> {
    let mut fields = fields.clone();
    if !rights.may_manage {
        let is_own = fields.owner.is_none_or(|owner| owner == rights.user_id);
        if !rights.may_write || !is_own {
            return Err(Error::Forbidden);
        }
        fields.owner = Some(rights.user_id);
    }
    check_owner(conn, fields.owner, None)?;
    check_reference(conn, &fields, None)?;
    let status = match status {
        Some(id) => super::target(conn, id)?,
        None => statuses::hold_default(conn)?,
    };
    let new = NewLead {
        status_id: status.id,
        fields,
        via,
        entered_at: actor.now,
        created_at: actor.now,
    };
    insert(conn, actor, &new)
}

/// Makes a lead whose every value was checked, as it is.
pub fn insert(conn: &mut Conn, actor: &Actor, new: &NewLead) -> Result<Lead> {
    let id = store::insert(conn, actor, new)?;
    locks::lead_made(id);
    store::insert_visit(conn, actor, id, new)?;
    let made = store::find(conn, id)?;
    record(conn, actor, "create", None, Some(&made))?;
    Ok(made)
}

/// A lead belongs to someone who is here, or to nobody; who had it before may keep it.
fn check_owner(conn: &mut Conn, owner: Option<i64>, before: Option<i64>) -> Result<()> {
    let Some(id) = owner.filter(|_| owner != before) else {
        return Ok(());
    };
    let refused = |key| Error::Invalid(FieldErrors::one("owner", Message::new(key)));
    match users::find(conn, id) {
        Ok(user) if user.is_enabled() => Ok(()),
        Ok(_) => Err(refused("lead-owner-disabled")),
        Err(Error::NotFound) => Err(refused("lead-owner-unknown")),
        Err(error) => Err(error),
    }
}

fn check_reference(conn: &mut Conn, fields: &LeadFields, except: Option<i64>) -> Result<()> {
    let reference = fields.external_ref.as_str();
    if reference.is_empty() {
        return Ok(());
    }
    match store::by_reference(conn, reference)? {
        Some(holder) if Some(holder) != except => {
            let told = Message::new("lead-reference-taken").with("reference", reference);
            Err(Error::Taken(FieldErrors::one("external_ref", told)))
        }
        _ => Ok(()),
    }
}

/// Writes the fields of a lead. Nothing is written if nothing differs.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] if it is not theirs, or they give it to someone else and may not;
/// [`Error::StaleVersion`] if `version` is given and not the current one; [`Error::Taken`] at `external_ref`;
/// [`Error::Invalid`] at `owner`; [`Error::Conflict`] for one in the bin.
pub fn update(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    id: i64,
    version: Option<i32>,
    fields: &LeadFields,
) -> Result<Lead> {
    let before = held(conn, rights, id)?;
    check_version(&before, version)?;
    if before.fields == *fields {
        return Ok(before);
    }
    if before.fields.owner != fields.owner {
        rights.must_manage()?;
    }
    check_owner(conn, fields.owner, before.fields.owner)?;
    check_reference(conn, fields, Some(id))?;
    store::update(conn, actor, &before, fields)?;
    recorded(conn, actor, "update", &before)
}

/// A lead that this person may change, held until the transaction ends.
pub(super) fn held(conn: &mut Conn, rights: Rights, id: i64) -> Result<Lead> {
    let lead = store::hold(conn, id)?;
    rights.must_touch(&lead)?;
    refuse_in_bin(&lead)?;
    Ok(lead)
}

pub(super) fn recorded(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: &Lead,
) -> Result<Lead> {
    let after = store::find(conn, before.id)?;
    record(conn, actor, action, Some(before), Some(&after))?;
    Ok(after)
}

/// Refuses a change made from a version that is no longer the current one.
pub fn check_version(current: &Lead, version: Option<i32>) -> Result<()> {
    match version {
        Some(made_from) if made_from != current.version => Err(Error::StaleVersion {
            current: current.version,
        }),
        _ => Ok(()),
    }
}

/// Leads that this person may change, held until the transaction ends.
pub(super) fn held_all(conn: &mut Conn, rights: Rights, ids: &[i64]) -> Result<Vec<Lead>> {
    let leads = store::hold_many(conn, ids)?;
    if leads.len() < ids.len() {
        return Err(Error::NotFound);
    }
    for lead in &leads {
        rights.must_touch(lead)?;
        refuse_in_bin(lead)?;
    }
    Ok(leads)
}

pub(super) fn refuse_in_bin(lead: &Lead) -> Result<()> {
    match lead.is_deleted() {
        true => Err(Error::Conflict(Message::new("lead-in-bin"))),
        false => Ok(()),
    }
}

/// Writes the same change to all of these leads, with an entry in the audit log for each.
pub(super) fn change_all(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: &[Lead],
    write: impl Fn(&mut Conn, &[i64]) -> Result<()>,
) -> Result<()> {
    for before in before.chunks(store::CHUNK) {
        let ids: Vec<i64> = before.iter().map(|lead| lead.id).collect();
        write(conn, &ids)?;
        let after = store::find_many(conn, &ids)?;
        for (before, after) in before.iter().zip(&after) {
            record(conn, actor, action, Some(before), Some(after))?;
        }
    }
    Ok(())
}

/// Gives leads to an owner, or to nobody; those that are theirs already stay as they are.
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
    rights.must_manage()?;
    let mut before = held_all(conn, rights, ids)?;
    before.retain(|lead| lead.fields.owner != owner);
    if !before.is_empty() {
        check_owner(conn, owner, None)?;
    }
    change_all(conn, actor, "assign", &before, |conn, ids| {
        store::assign(conn, actor, ids, owner)
    })
}

/// Writes the same note about each of these leads.
///
/// # Errors
/// As [`update`], for any of them; [`Error::Invalid`] at `note` for an empty one.
pub fn note(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    ids: &[i64],
    note: &Note,
) -> Result<()> {
    if note.is_empty() {
        let told = FieldErrors::one("note", Message::new("lead-note-missing"));
        return Err(Error::Invalid(told));
    }
    let before = held_all(conn, rights, ids)?;
    change_all(conn, actor, "note", &before, |conn, ids| {
        store::insert_notes(conn, actor, ids, note)?;
        store::note_down(conn, actor, ids, note)
    })
}

/// Puts leads into the bin. Their visits stay, and run on if they are restored.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for those who may not manage leads.
pub fn delete(conn: &mut Conn, actor: &Actor, rights: Rights, ids: &[i64]) -> Result<()> {
    rights.must_manage()?;
    let mut before = store::hold_many(conn, ids)?;
    if before.len() < ids.len() {
        return Err(Error::NotFound);
    }
    before.retain(|lead| !lead.is_deleted());
    change_all(conn, actor, "delete", &before, |conn, ids| {
        store::delete(conn, actor, ids)
    })
}

/// Takes leads out of the bin.
///
/// # Errors
/// As [`delete`].
pub fn restore(conn: &mut Conn, actor: &Actor, rights: Rights, ids: &[i64]) -> Result<()> {
    rights.must_manage()?;
    let mut before = store::hold_many(conn, ids)?;
    if before.len() < ids.len() {
        return Err(Error::NotFound);
    }
    before.retain(Lead::is_deleted);
    change_all(conn, actor, "restore", &before, |conn, ids| {
        store::restore(conn, actor, ids)
    })
}
