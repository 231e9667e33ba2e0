//! The audit entries of leads, and how an action locks the leads that it changes.

use crate::audit::{self, Actor, NewEntry};
use crate::db::{Conn, MAX_VALUES};
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};
use crate::leads::domain::former_history::{self, FormerHistory};
use crate::leads::domain::judgement::EntryRecord;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::rights::Rights;
use crate::leads::store;

/// The audit log's word for a lead.
pub const SUBJECT: &str = "lead";

/// Writes an audit entry for a lead, from its state before and after.
pub(crate) fn record(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: Option<&Lead>,
    after: Option<&Lead>,
) -> Result<()> {
    match after.or(before) {
        Some(subject) => audit::record(conn, actor, &audit_entry(action, subject, before, after)),
        None => Ok(()),
    }
}

/// Writes an audit entry for each lead, from its state before and after.
pub(crate) fn record_many(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    pairs: &[(Option<&Lead>, &Lead)],
) -> Result<()> {
    let pairs = pairs.iter();
    let entries: Vec<NewEntry> = pairs
        .map(|(before, after)| audit_entry(action, after, *before, Some(after)))
        .collect();
    audit::record_many(conn, actor, &entries)
}

fn audit_entry(
    action: &'static str,
    subject: &Lead,
    before: Option<&Lead>,
    after: Option<&Lead>,
) -> NewEntry {
    let snapshot = |lead: &Lead| audit::snapshot(&lead.snapshot());
    NewEntry {
        subject: SUBJECT,
        subject_id: Some(subject.id),
        version: Some(subject.version),
        name: subject.fields.name.as_str().to_owned(),
        action,
        before: before.and_then(snapshot),
        after: after.and_then(snapshot),
    }
}

/// Writes an audit entry for each lead whose history was replaced, with the former one.
pub(crate) fn record_histories(
    conn: &mut Conn,
    actor: &Actor,
    replaced: &[(&Lead, &Lead, FormerHistory)],
) -> Result<()> {
    let entries = replaced.iter().map(|(before, after, former)| {
        let mut entry = audit_entry("history", after, Some(before), Some(after));
        if let (Some(before), Some(former)) = (entry.before.as_mut(), audit::snapshot(former)) {
            before[former_history::KEY] = former;
        }
        entry
    });
    audit::record_many(conn, actor, &entries.collect::<Vec<NewEntry>>())
}

/// Writes an audit entry for each lead that entered a status, with the reason for an override and the unmet rules.
pub(crate) fn record_entered(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    entered: &[(Option<&Lead>, &Lead, &EntryRecord)],
) -> Result<()> {
    let entries = entered.iter().map(|(before, after, record)| {
        let mut entry = audit_entry(action, after, *before, Some(after));
        if let (Some(reason), Some(after)) = (&record.override_reason, entry.after.as_mut()) {
            let unmet = record.unmet.iter();
            let unmet = unmet.map(|rule| rule.message().text(Lang::En));
            after["override_reason"] = reason.as_str().into();
            after["unmet"] = unmet.collect::<Vec<_>>().into();
        }
        entry
    });
    match &entries.collect::<Vec<NewEntry>>()[..] {
        // The statement for one entry stays prepared.
        [entry] => audit::record(conn, actor, entry),
        entries => audit::record_many(conn, actor, entries),
    }
}

/// Locks a lead that the user may edit, and that is not in the bin.
pub(crate) fn lock_editable(conn: &mut Conn, rights: Rights, id: i64) -> Result<Lead> {
    let lead = store::lock(conn, id)?;
    rights.require_edit(&lead)?;
    require_not_in_bin(&lead)?;
    Ok(lead)
}

/// Writes an audit entry for a changed lead; returns the lead as it is now.
pub(crate) fn reload_and_record(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: &Lead,
) -> Result<Lead> {
    let after = store::find(conn, before.id)?;
    record(conn, actor, action, Some(before), Some(&after))?;
    Ok(after)
}

/// Locks leads that the user may edit, and that are not in the bin.
pub(crate) fn lock_all_editable(conn: &mut Conn, rights: Rights, ids: &[i64]) -> Result<Vec<Lead>> {
    let leads = store::lock_many(conn, ids)?;
    if leads.len() < ids.len() {
        return Err(Error::NotFound);
    }
    for lead in &leads {
        rights.require_edit(lead)?;
        require_not_in_bin(lead)?;
    }
    Ok(leads)
}

/// Refuses a lead in the bin.
///
/// # Errors
/// Returns [`Error::Conflict`] for one in the bin.
pub(crate) fn require_not_in_bin(lead: &Lead) -> Result<()> {
    match lead.is_in_bin() {
        true => Err(Error::Conflict(Message::new("lead-in-bin"))),
        false => Ok(()),
    }
}

/// Applies a change to leads, and writes an audit entry for each.
pub(crate) fn change_all(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: &[Lead],
    write: impl Fn(&mut Conn, &[i64]) -> Result<()>,
) -> Result<()> {
    for before in before.chunks(MAX_VALUES) {
        let ids: Vec<i64> = before.iter().map(|lead| lead.id).collect();
        write(conn, &ids)?;
        let after = store::find_many(conn, &ids)?;
        record_changes(conn, actor, action, before, &after)?;
    }
    Ok(())
}

/// Writes an audit entry for each changed lead.
pub(crate) fn record_changes(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: &[Lead],
    after: &[Lead],
) -> Result<()> {
    match (before, after) {
        // The statement for one entry stays prepared.
        ([before], [after]) => record(conn, actor, action, Some(before), Some(after)),
        _ => {
            let pairs = before.iter().map(Some).zip(after);
            record_many(conn, actor, action, &pairs.collect::<Vec<_>>())
        }
    }
}
