//! What is done to several statuses at once, and to one through its preview: first judged, then carried out
//! in one transaction, all or nothing.

mod edit;

use super::{
    FieldChange, Headcount, LeadStatus, Role, blockers, changes, check_kind, headcounts, store,
};
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Blocker, Error, FieldErrors, Result};
use crate::i18n::Message;

pub use edit::{Edit, EditForm};

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Take out of use; leads and roles go to the replacement first, if one is named.
    Archive { replace_with: Option<i64> },
    /// Take back into use.
    Restore,
    /// Delete for good; leads and roles go to the replacement first, if one is named.
    Delete { replace_with: Option<i64> },
    /// Change the same fields in all.
    Edit(Edit),
    /// Make it the one that holds a role.
    GiveRole(Role),
}

impl Act {
    /// The status that takes over leads and roles.
    pub fn replace_with(&self) -> Option<i64> {
        match self {
            Act::Archive { replace_with } | Act::Delete { replace_with } => *replace_with,
            _ => None,
        }
    }
}

/// What would become of one status.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub status: LeadStatus,
    /// The leads that are in it.
    pub head: Headcount,
    /// What stands in the way; empty if nothing does.
    pub blockers: Vec<Blocker>,
    /// Why it is refused, where that is no blocker: a taken name, a kind that a role forbids.
    pub refusal: Option<Message>,
    /// The roles that go to the replacement.
    pub handed_over: Vec<Role>,
    /// The fields that an edit changes, from what to what.
    pub changes: Vec<FieldChange>,
    /// True if it is already as asked.
    pub is_done: bool,
}

impl Verdict {
    fn of(status: &LeadStatus, head: Headcount) -> Verdict {
        Verdict {
            status: status.clone(),
            head,
            blockers: Vec::new(),
            refusal: None,
            handed_over: Vec::new(),
            changes: Vec::new(),
            is_done: false,
        }
    }

    /// True if nothing stands in the way.
    pub fn is_fine(&self) -> bool {
        self.blockers.is_empty() && self.refusal.is_none()
    }
}

/// What would become of each of `ids`, in pipeline order, without changing anything. Ids that don't exist
/// are left out.
///
/// # Errors
/// [`Error::Invalid`] at `replace_with` if the replacement can't be one.
pub fn judge(conn: &mut Conn, act: &Act, ids: &[i64]) -> Result<Vec<Verdict>> {
    let statuses = store::find_many(conn, ids)?;
    let replacement = replacement(conn, act, ids)?;
    let mut heads = headcounts(conn)?;
    let mut names = Vec::new();
    statuses
        .iter()
        .map(|status| {
            let head = heads.remove(&status.id).unwrap_or_default();
            let mut verdict = Verdict::of(status, head);
            match act {
                Act::Archive { .. } if status.is_archived() => verdict.is_done = true,
                Act::Archive { .. } | Act::Delete { .. } => {
                    judge_leaving(&mut verdict, replacement.as_ref())
                }
                Act::Restore => judge_restoring(conn, &mut verdict, &mut names)?,
                Act::Edit(edit) => judge_edit(&mut verdict, edit),
                Act::GiveRole(role) => judge_role(&mut verdict, *role),
            }
            Ok(verdict)
        })
        .collect()
}

fn replacement(conn: &mut Conn, act: &Act, ids: &[i64]) -> Result<Option<LeadStatus>> {
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
        Ok(status) => Ok(Some(status)),
        Err(Error::NotFound) => refused("status-replace-unknown"),
        Err(error) => Err(error),
    }
}

fn judge_leaving(verdict: &mut Verdict, replacement: Option<&LeadStatus>) {
    for blocker in blockers(&verdict.status, &verdict.head) {
        let role = blocker.role.and_then(|word| word.parse::<Role>().ok());
        match (role, replacement) {
            (Some(role), Some(taker)) if taker.kind == role.needs() => {
                verdict.handed_over.push(role)
            }
            (None, Some(_)) => {}
            _ => verdict.blockers.push(blocker),
        }
    }
}

/// A name may be taken by one in use, or by another that is restored in the same go.
fn judge_restoring(conn: &mut Conn, verdict: &mut Verdict, names: &mut Vec<String>) -> Result<()> {
    if !verdict.status.is_archived() {
        verdict.is_done = true;
        return Ok(());
    }
    let key = verdict.status.name.key();
    if names.contains(&key) || store::name_holder(conn, &key, None)?.is_some() {
        let name = verdict.status.name.as_str();
        verdict.refusal = Some(Message::new("status-restore-name-taken").with("name", name));
    }
    names.push(key);
    Ok(())
}

fn judge_edit(verdict: &mut Verdict, edit: &Edit) {
    let fields = edit.applied_to(&verdict.status);
    let current = verdict.status.fields();
    verdict.changes = current
        .changed(&fields)
        .into_iter()
        .map(|field| FieldChange {
            field,
            before: current.shown(field),
            after: fields.shown(field),
        })
        .collect();
    verdict.is_done = verdict.changes.is_empty();
    if let Err(errors) = check_kind(verdict.status.roles(), fields.kind) {
        verdict.refusal = errors.at("kind").cloned();
    }
    if let (Some(target), Some(limit)) = (fields.target_days, fields.limit_days)
        && target > limit
    {
        let told = Message::new("status-target-above-limit").with("count", i64::from(limit.get()));
        verdict.refusal = Some(told);
    }
}

fn judge_role(verdict: &mut Verdict, role: Role) {
    verdict.is_done = verdict.status.holds(role);
    if let Err(errors) = super::check_role(&verdict.status, role) {
        verdict.refusal = errors.at(role.field()).cloned();
    }
}

/// Does it to all of `ids`, or to none.
///
/// # Errors
/// [`Error::Blocked`] with every blocker, [`Error::Conflict`] for another refusal, [`Error::NotFound`] if one
/// of a single id doesn't exist.
pub fn carry_out(conn: &mut Conn, actor: &Actor, act: &Act, ids: &[i64]) -> Result<Vec<Verdict>> {
    store::lock(conn)?;
    let verdicts = judge(conn, act, ids)?;
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
    if let Some(refusal) = verdicts.iter().find_map(|verdict| verdict.refusal.clone()) {
        return Err(Error::Conflict(refusal));
    }
    for verdict in verdicts.iter().filter(|verdict| !verdict.is_done) {
        carry_out_one(conn, actor, act, verdict)?;
    }
    changes::close_gaps(conn)?;
    Ok(verdicts)
}

fn carry_out_one(conn: &mut Conn, actor: &Actor, act: &Act, verdict: &Verdict) -> Result<()> {
    let id = verdict.status.id;
    if let Some(taker) = act.replace_with() {
        for role in &verdict.handed_over {
            changes::give_role(conn, actor, *role, taker)?;
        }
    }
    match act {
        Act::Archive { .. } => changes::archive(conn, actor, id)?,
        Act::Restore => changes::restore(conn, actor, id)?,
        Act::Delete { .. } => changes::delete(conn, actor, id)?,
        Act::Edit(edit) => {
            changes::update(conn, actor, id, None, &edit.applied_to(&verdict.status))?
        }
        Act::GiveRole(role) => changes::give_role(conn, actor, *role, id)?,
    };
    Ok(())
}
