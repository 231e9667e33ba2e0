//! Bulk actions on statuses, and actions on one status with a preview: first an outcome for each status, then the action
//! on all of them in one transaction, or on none.

use crate::audit::Actor;
use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::{Blocker, Error, Result};
use crate::i18n::Message;
use crate::pipeline::actions::replace::{MAX_IMMEDIATE_MOVES, move_all, remove};
use crate::pipeline::domain::bulk_action::BulkAction;
use crate::pipeline::domain::bulk_edit::BulkEdit;
use crate::pipeline::domain::replacement::{Removal, Replacement};
use crate::pipeline::store::replacements;
use crate::statuses::{
    self, FieldChange, LeadStatus, LeadTotals, Role, being_replaced_message, blockers, changes,
    check_days, check_kind, check_role, lead_totals, receiving_leads_message,
};

/// The effect of an action on one status.
#[derive(Debug, Clone)]
pub struct StatusOutcome {
    pub status: LeadStatus,
    /// The leads that are in it.
    pub totals: LeadTotals,
    /// The roles and leads that block the action.
    pub blockers: Vec<Blocker>,
    /// Why the action is refused for another reason: a taken name, a kind that a role forbids.
    pub refusal: Option<Message>,
    /// The roles that move to the replacement.
    pub moved_roles: Vec<Role>,
    /// True if its leads are so many that they move in batches after the transaction.
    pub moves_in_background: bool,
    /// The fields that an edit changes, with old and new values.
    pub changes: Vec<FieldChange>,
    /// True if the status already is as the action would make it.
    pub is_unchanged: bool,
}

impl StatusOutcome {
    fn of(status: &LeadStatus, totals: LeadTotals) -> StatusOutcome {
        StatusOutcome {
            status: status.clone(),
            totals,
            blockers: Vec::new(),
            refusal: None,
            moved_roles: Vec::new(),
            moves_in_background: false,
            changes: Vec::new(),
            is_unchanged: false,
        }
    }

    /// The numbers of its open and its closed leads; its kind decides which they are.
    pub fn open_and_closed(&self) -> (i64, i64) {
        match self.status.kind.is_closed() {
            true => (0, self.totals.leads),
            false => (self.totals.leads, 0),
        }
    }

    /// True if the action is neither blocked nor refused.
    pub fn is_possible(&self) -> bool {
        self.blockers.is_empty() && self.refusal.is_none()
    }
}

/// The number of leads that move in batches because of these outcomes.
pub fn count_background_moves(outcomes: &[StatusOutcome]) -> i64 {
    let moving = outcomes
        .iter()
        .filter(|outcome| outcome.moves_in_background);
    moving.map(|outcome| outcome.totals.including_bin()).sum()
}

/// The outcomes on these ids in pipeline order; changes nothing. Ids that don't exist are left out.
///
/// # Errors
/// [`Error::Invalid`] at `replace_with` if the replacement can't be one.
pub fn preview(conn: &mut Conn, action: &BulkAction, ids: &[i64]) -> Result<Vec<StatusOutcome>> {
    let statuses = statuses::find_many(conn, ids)?;
    let replacement = replacement(conn, action, ids)?;
    let (mut totals, running) = (lead_totals(conn)?, statuses::running_replacements(conn)?);
    let mut names = Vec::new();
    let mut outcomes = Vec::with_capacity(statuses.len());
    for status in &statuses {
        let mut outcome = StatusOutcome::of(status, totals.remove(&status.id).unwrap_or_default());
        match action {
            BulkAction::Remove(Removal::Archive, _) if status.is_archived() => {
                outcome.is_unchanged = true;
            }
            BulkAction::Remove(..) => {
                check_removal(&mut outcome, replacement.as_ref());
                outcome.refusal = receiving_leads_message(status, &running);
            }
            BulkAction::Restore => check_restoring(conn, &mut outcome, &mut names)?,
            BulkAction::Edit(edit) => check_edit(&mut outcome, edit),
            BulkAction::GiveRole(role) => check_new_role(&mut outcome, *role),
        }
        if let Some(message) = being_replaced_message(status) {
            outcome.blockers.clear();
            outcome.refusal = Some(message);
        }
        outcomes.push(outcome);
    }
    let is_large = outcomes
        .iter()
        .map(|outcome| outcome.totals.including_bin())
        .sum::<i64>()
        > MAX_IMMEDIATE_MOVES;
    for outcome in &mut outcomes {
        outcome.moves_in_background =
            is_large && action.replacement().is_some() && outcome.totals.including_bin() > 0;
    }
    Ok(outcomes)
}

fn replacement(conn: &mut Conn, action: &BulkAction, ids: &[i64]) -> Result<Option<LeadStatus>> {
    let Some(id) = action.replace_with() else {
        return Ok(None);
    };
    let refuse = |key| Err(Error::invalid("replace_with", Message::new(key)));
    if ids.contains(&id) {
        return refuse("status-replace-itself");
    }
    match statuses::find(conn, id) {
        Ok(status) if status.is_archived() => refuse("status-replace-archived"),
        Ok(status) if status.being_replaced.is_some() => {
            refuse("status-replacement-being-replaced")
        }
        Ok(status) => Ok(Some(status)),
        Err(Error::NotFound) => refuse("status-replace-unknown"),
        Err(error) => Err(error),
    }
}

fn check_removal(outcome: &mut StatusOutcome, replacement: Option<&LeadStatus>) {
    for blocker in blockers(&outcome.status, &outcome.totals) {
        let role = blocker.role.and_then(Role::from_word);
        match (role, replacement) {
            (Some(role), Some(replacement)) if replacement.kind == role.required_kind() => {
                outcome.moved_roles.push(role)
            }
            (None, Some(_)) => {}
            _ => outcome.blockers.push(blocker),
        }
    }
}

/// The name may be taken by a status in use, or by another that is restored at the same time.
fn check_restoring(
    conn: &mut Conn,
    outcome: &mut StatusOutcome,
    names: &mut Vec<String>,
) -> Result<()> {
    if !outcome.status.is_archived() {
        outcome.is_unchanged = true;
        return Ok(());
    }
    let key = outcome.status.name.key();
    if names.contains(&key) || statuses::find_by_name_key(conn, &key, None)?.is_some() {
        let name = outcome.status.name.as_str();
        outcome.refusal = Some(Message::new("status-restore-name-taken").with("name", name));
    }
    names.push(key);
    Ok(())
}

fn check_edit(outcome: &mut StatusOutcome, edit: &BulkEdit) {
    let fields = edit.applied_to(&outcome.status);
    let current = outcome.status.fields();
    outcome.changes = current.changes(&fields);
    outcome.is_unchanged = outcome.changes.is_empty();
    let checked = check_kind(outcome.status.roles(), fields.kind)
        .and_then(|()| check_days(fields.target_days, fields.limit_days));
    if let Err(errors) = checked {
        outcome.refusal = errors.iter().next().map(|(_, message)| message.clone());
    }
}

fn check_new_role(outcome: &mut StatusOutcome, role: Role) {
    outcome.is_unchanged = outcome.status.holds(role);
    if let Err(errors) = check_role(&outcome.status, role) {
        outcome.refusal = errors.at(role.field()).cloned();
    }
}

/// Does the action to all of `ids`, or to none. A status with many leads is archived or deleted later, when its leads
/// have moved.
///
/// # Errors
/// [`Error::Blocked`] with every blocker, [`Error::Conflict`] for another refusal, [`Error::NotFound`] if none of the
/// ids exists.
pub fn apply(
    conn: &mut Conn,
    actor: &Actor,
    action: &BulkAction,
    ids: &[i64],
) -> Result<Vec<StatusOutcome>> {
    lock(conn, action, ids)?;
    let outcomes = preview(conn, action, ids)?;
    require_all_possible(&outcomes)?;
    lock_leads(conn, action, &outcomes)?;
    for outcome in outcomes.iter().filter(|outcome| !outcome.is_unchanged) {
        apply_one(conn, actor, action, outcome)?;
    }
    changes::close_gaps(conn)?;
    Ok(outcomes)
}

/// Locks the pipeline, and the roles and statuses that the action changes or needs. Call this before reading them.
///
/// # Errors
/// Returns an error if the database can't be locked.
pub fn lock(conn: &mut Conn, action: &BulkAction, ids: &[i64]) -> Result<()> {
    locks::pipeline(conn)?;
    let exclusive = ids.iter().map(|id| (*id, Strength::Exclusive));
    match action {
        BulkAction::Remove(..) => {
            locks::roles(conn)?;
            let shared = action.replace_with().map(|id| (id, Strength::Shared));
            locks::statuses(conn, &exclusive.chain(shared).collect::<Vec<_>>())
        }
        BulkAction::Restore => locks::statuses(conn, &exclusive.collect::<Vec<_>>()),
        BulkAction::Edit(edit) if edit.kind.is_some() => {
            locks::statuses(conn, &exclusive.collect::<Vec<_>>())
        }
        BulkAction::Edit(_) => Ok(()),
        BulkAction::GiveRole(_) => locks::roles(conn),
    }
}

/// Locks the leads that move in this transaction. Their statuses are locked, so no other lead comes in.
fn lock_leads(conn: &mut Conn, action: &BulkAction, outcomes: &[StatusOutcome]) -> Result<()> {
    let immediate = outcomes.iter().filter(|outcome| {
        !outcome.is_unchanged && !outcome.moves_in_background && outcome.totals.including_bin() > 0
    });
    let ids: Vec<i64> = immediate.map(|outcome| outcome.status.id).collect();
    if action.replacement().is_some() && !ids.is_empty() {
        locks::leads_in(conn, &ids, i64::MAX)?;
    }
    Ok(())
}

fn require_all_possible(outcomes: &[StatusOutcome]) -> Result<()> {
    if outcomes.is_empty() {
        return Err(Error::NotFound);
    }
    let blockers: Vec<Blocker> = outcomes
        .iter()
        .flat_map(|outcome| outcome.blockers.clone())
        .collect();
    if !blockers.is_empty() {
        return Err(Error::Blocked(blockers));
    }
    match outcomes.iter().find_map(|outcome| outcome.refusal.clone()) {
        Some(refusal) => Err(Error::Conflict(refusal)),
        None => Ok(()),
    }
}

/// Moves roles and leads to the replacement, then archives or deletes the status; with many leads only starts that.
fn replace(
    conn: &mut Conn,
    actor: &Actor,
    outcome: &StatusOutcome,
    removal: Removal,
    replacement: Replacement,
) -> Result<()> {
    let id = outcome.status.id;
    for role in &outcome.moved_roles {
        changes::give_role(conn, actor, *role, replacement.to)?;
    }
    if outcome.moves_in_background {
        let total = outcome.totals.including_bin();
        replacements::start(conn, actor, id, replacement, removal, total)?;
        return Ok(());
    }
    move_all(conn, actor, id, replacement, removal)?;
    remove(conn, actor, id, removal)
}

fn apply_one(
    conn: &mut Conn,
    actor: &Actor,
    action: &BulkAction,
    outcome: &StatusOutcome,
) -> Result<()> {
    let id = outcome.status.id;
    match action {
        BulkAction::Remove(removal, Some(replacement)) => {
            return replace(conn, actor, outcome, *removal, *replacement);
        }
        BulkAction::Remove(removal, None) => return remove(conn, actor, id, *removal),
        BulkAction::Restore => changes::restore(conn, actor, id)?,
        BulkAction::Edit(edit) => {
            changes::update(conn, actor, id, &edit.applied_to(&outcome.status))?
        }
        BulkAction::GiveRole(role) => changes::give_role(conn, actor, *role, id)?,
    };
    Ok(())
}
