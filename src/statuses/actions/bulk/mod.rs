//! Bulk actions on statuses, and actions on one status with a preview: first a verdict for each status, then the action
//! on all of them in one transaction, or on none.

pub mod edit;

use crate::audit::Actor;
use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::{Blocker, Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::statuses::actions::changes;
use crate::statuses::actions::replace;
use crate::statuses::actions::replace::{
    LeadMover, MAX_IMMEDIATE_MOVES, Removal, Replacement, being_replaced_message,
    receiving_leads_message,
};
use crate::statuses::actions::stats::{LeadTotals, lead_totals};
use crate::statuses::domain::kind::{Kind, Role};
use crate::statuses::domain::rules::{blockers, check_days, check_kind};
use crate::statuses::domain::snapshot::FieldChange;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::store;

pub use crate::statuses::actions::bulk::edit::{BulkEdit, BulkEditForm};

/// An action on statuses.
#[derive(Debug, Clone, PartialEq)]
pub enum BulkAction {
    /// Archive; leads and roles move to the replacement first, if one is named.
    Archive { replacement: Option<Replacement> },
    /// Restore.
    Restore,
    /// Delete; leads and roles move to the replacement first, if one is named.
    Delete { replacement: Option<Replacement> },
    /// Change the same fields in all.
    Edit(BulkEdit),
    /// Move a role to the status.
    GiveRole(Role),
}

impl BulkAction {
    /// The status that receives leads and roles, and how.
    pub fn replacement(&self) -> Option<Replacement> {
        match self {
            BulkAction::Archive { replacement } | BulkAction::Delete { replacement } => {
                *replacement
            }
            _ => None,
        }
    }

    /// The id of the status that receives leads and roles.
    pub fn replace_with(&self) -> Option<i64> {
        self.replacement().map(|replacement| replacement.to)
    }
}

/// What an action would do to one status.
#[derive(Debug, Clone)]
pub struct Verdict {
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
    pub is_done: bool,
}

impl Verdict {
    fn of(status: &LeadStatus, head: LeadTotals) -> Verdict {
        Verdict {
            status: status.clone(),
            totals: head,
            blockers: Vec::new(),
            refusal: None,
            moved_roles: Vec::new(),
            moves_in_background: false,
            changes: Vec::new(),
            is_done: false,
        }
    }

    /// The numbers of its open and its closed leads; its kind decides which they are.
    pub fn open_and_closed(&self) -> (i64, i64) {
        match self.status.kind {
            Kind::Open | Kind::Paused => (self.totals.leads, 0),
            Kind::Won | Kind::Lost | Kind::Junk => (0, self.totals.leads),
        }
    }

    /// True if the action is neither blocked nor refused.
    pub fn is_possible(&self) -> bool {
        self.blockers.is_empty() && self.refusal.is_none()
    }
}

/// The number of leads that move in batches because of these verdicts.
pub fn count_background_moves(verdicts: &[Verdict]) -> i64 {
    let leaving = verdicts
        .iter()
        .filter(|verdict| verdict.moves_in_background);
    leaving.map(|verdict| verdict.totals.including_bin()).sum()
}

/// The verdicts on these ids in pipeline order; changes nothing. Ids that don't exist are left out.
///
/// # Errors
/// [`Error::Invalid`] at `replace_with` if the replacement can't be one.
pub fn judge(conn: &mut Conn, act: &BulkAction, ids: &[i64]) -> Result<Vec<Verdict>> {
    let statuses = store::find_many(conn, ids)?;
    let replacement = replacement(conn, act, ids)?;
    let (mut totals, leaving) = (
        lead_totals(conn)?,
        store::replacements::running_replacements(conn)?,
    );
    let mut names = Vec::new();
    let mut verdicts = Vec::with_capacity(statuses.len());
    for status in &statuses {
        let head = totals.remove(&status.id).unwrap_or_default();
        let mut verdict = Verdict::of(status, head);
        match act {
            BulkAction::Archive { .. } if status.is_archived() => verdict.is_done = true,
            BulkAction::Archive { .. } | BulkAction::Delete { .. } => {
                judge_leaving(&mut verdict, replacement.as_ref());
                verdict.refusal = receiving_leads_message(status, &leaving);
            }
            BulkAction::Restore => judge_restoring(conn, &mut verdict, &mut names)?,
            BulkAction::Edit(edit) => judge_edit(&mut verdict, edit),
            BulkAction::GiveRole(role) => judge_role(&mut verdict, *role),
        }
        if let Some(message) = being_replaced_message(status) {
            verdict.blockers.clear();
            verdict.refusal = Some(message);
        }
        verdicts.push(verdict);
    }
    let many = verdicts
        .iter()
        .map(|verdict| verdict.totals.including_bin())
        .sum::<i64>()
        > MAX_IMMEDIATE_MOVES;
    for verdict in &mut verdicts {
        verdict.moves_in_background =
            many && act.replacement().is_some() && verdict.totals.including_bin() > 0;
    }
    Ok(verdicts)
}

fn replacement(conn: &mut Conn, act: &BulkAction, ids: &[i64]) -> Result<Option<LeadStatus>> {
    let Some(id) = act.replace_with() else {
        return Ok(None);
    };
    let refused = |key| {
        Err(Error::Invalid(FieldErrors::one(
            "replace_with",
            Message::new(key),
        )))
    };
    if ids.contains(&id) {
        return refused("status-replace-itself");
    }
    match store::find(conn, id) {
        Ok(status) if status.is_archived() => refused("status-replace-archived"),
        Ok(status) if status.being_replaced.is_some() => refused("status-replace-leaving"),
        Ok(status) => Ok(Some(status)),
        Err(Error::NotFound) => refused("status-replace-unknown"),
        Err(error) => Err(error),
    }
}

fn judge_leaving(verdict: &mut Verdict, replacement: Option<&LeadStatus>) {
    for blocker in blockers(&verdict.status, &verdict.totals) {
        let role = blocker.role.and_then(|word| word.parse::<Role>().ok());
        match (role, replacement) {
            (Some(role), Some(replacement)) if replacement.kind == role.required_kind() => {
                verdict.moved_roles.push(role)
            }
            (None, Some(_)) => {}
            _ => verdict.blockers.push(blocker),
        }
    }
}

/// The name may be taken by a status in use, or by another that is restored at the same time.
fn judge_restoring(conn: &mut Conn, verdict: &mut Verdict, names: &mut Vec<String>) -> Result<()> {
    if !verdict.status.is_archived() {
        verdict.is_done = true;
        return Ok(());
    }
    let key = verdict.status.name.key();
    if names.contains(&key) || store::find_by_name_key(conn, &key, None)?.is_some() {
        let name = verdict.status.name.as_str();
        verdict.refusal = Some(Message::new("status-restore-name-taken").with("name", name));
    }
    names.push(key);
    Ok(())
}

fn judge_edit(verdict: &mut Verdict, edit: &BulkEdit) {
    let fields = edit.applied_to(&verdict.status);
    let current = verdict.status.fields();
    verdict.changes = current.changes(&fields);
    verdict.is_done = verdict.changes.is_empty();
    if let Err(errors) = check_kind(verdict.status.roles(), fields.kind) {
        verdict.refusal = errors.at("kind").cloned();
    }
    if let Err(errors) = check_days(fields.target_days, fields.limit_days) {
        verdict.refusal = errors.at("target_days").cloned();
    }
}

fn judge_role(verdict: &mut Verdict, role: Role) {
    verdict.is_done = verdict.status.holds(role);
    if let Err(errors) = crate::statuses::domain::rules::check_role(&verdict.status, role) {
        verdict.refusal = errors.at(role.field()).cloned();
    }
}

/// Does the action to all of `ids`, or to none. A status with many leads is archived or deleted later, when its leads
/// have moved.
///
/// # Errors
/// [`Error::Blocked`] with every blocker, [`Error::Conflict`] for another refusal, [`Error::NotFound`] if none of the
/// ids exists.
pub fn carry_out(
    conn: &mut Conn,
    actor: &Actor,
    act: &BulkAction,
    ids: &[i64],
    mover: &LeadMover,
) -> Result<Vec<Verdict>> {
    lock(conn, act, ids)?;
    let verdicts = judge(conn, act, ids)?;
    refuse(&verdicts)?;
    lock_leads(conn, act, &verdicts)?;
    for verdict in verdicts.iter().filter(|verdict| !verdict.is_done) {
        match (act, act.replacement()) {
            (BulkAction::Archive { .. }, Some(replacement)) => {
                replace(conn, actor, verdict, replacement, Removal::Archive, mover)?;
            }
            (BulkAction::Delete { .. }, Some(replacement)) => {
                replace(conn, actor, verdict, replacement, Removal::Delete, mover)?;
            }
            _ => carry_out_one(conn, actor, act, verdict)?,
        }
    }
    changes::close_gaps(conn)?;
    Ok(verdicts)
}

/// Locks the pipeline, and the roles and statuses that the action changes or needs. Call this before reading them.
///
/// # Errors
/// If the database can't.
pub fn lock(conn: &mut Conn, act: &BulkAction, ids: &[i64]) -> Result<()> {
    locks::pipeline(conn)?;
    let exclusive = ids.iter().map(|id| (*id, Strength::Exclusive));
    match act {
        BulkAction::Archive { .. } | BulkAction::Delete { .. } => {
            locks::roles(conn)?;
            let shared = act.replace_with().map(|id| (id, Strength::Shared));
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
fn lock_leads(conn: &mut Conn, act: &BulkAction, verdicts: &[Verdict]) -> Result<()> {
    let at_once = verdicts.iter().filter(|verdict| {
        !verdict.is_done && !verdict.moves_in_background && verdict.totals.including_bin() > 0
    });
    let ids: Vec<i64> = at_once.map(|verdict| verdict.status.id).collect();
    if act.replacement().is_some() && !ids.is_empty() {
        locks::leads_in(conn, &ids, i64::MAX)?;
    }
    Ok(())
}

fn refuse(verdicts: &[Verdict]) -> Result<()> {
    if verdicts.is_empty() {
        return Err(Error::NotFound);
    }
    let blocked: Vec<Blocker> = verdicts
        .iter()
        .flat_map(|verdict| verdict.blockers.clone())
        .collect();
    if !blocked.is_empty() {
        return Err(Error::Blocked(blocked));
    }
    match verdicts.iter().find_map(|verdict| verdict.refusal.clone()) {
        Some(refusal) => Err(Error::Conflict(refusal)),
        None => Ok(()),
    }
}

/// Moves roles and leads to the replacement, then archives or deletes the status; with many leads only starts that.
fn replace(
    conn: &mut Conn,
    actor: &Actor,
    verdict: &Verdict,
    replacement: Replacement,
    removal: Removal,
    mover: &LeadMover,
) -> Result<()> {
    let id = verdict.status.id;
    for role in &verdict.moved_roles {
        changes::give_role(conn, actor, *role, replacement.to)?;
    }
    if verdict.moves_in_background {
        return replace::start(
            conn,
            actor,
            id,
            replacement,
            removal,
            verdict.totals.including_bin(),
        );
    }
    replace::move_all(conn, actor, id, replacement, removal, mover)?;
    match removal {
        Removal::Archive => changes::archive(conn, actor, id)?,
        Removal::Delete => changes::delete(conn, actor, id)?,
    };
    Ok(())
}

fn carry_out_one(
    conn: &mut Conn,
    actor: &Actor,
    act: &BulkAction,
    verdict: &Verdict,
) -> Result<()> {
    let id = verdict.status.id;
    match act {
        BulkAction::Archive { .. } => changes::archive(conn, actor, id)?,
        BulkAction::Restore => changes::restore(conn, actor, id)?,
        BulkAction::Delete { .. } => changes::delete(conn, actor, id)?,
        BulkAction::Edit(edit) => {
            changes::update(conn, actor, id, None, &edit.applied_to(&verdict.status))?
        }
        BulkAction::GiveRole(role) => changes::give_role(conn, actor, *role, id)?,
    };
    Ok(())
}
