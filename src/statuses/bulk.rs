//! What is done to several statuses at once, and to one through its preview: first judged, then carried out
//! in one transaction, all or nothing.

mod edit;

use super::replace::{self, AT_ONCE, Leave, Replacement, Residents, is_leaving, is_taking};
use super::{
    FieldChange, Headcount, Kind, LeadStatus, Role, blockers, changes, check_kind, headcounts,
    store,
};
use crate::audit::Actor;
use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::{Blocker, Error, FieldErrors, Result};
use crate::i18n::Message;

pub use edit::{Edit, EditForm};

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Take out of use; leads and roles go to the replacement first, if one is named.
    Archive { replacement: Option<Replacement> },
    /// Take back into use.
    Restore,
    /// Delete for good; leads and roles go to the replacement first, if one is named.
    Delete { replacement: Option<Replacement> },
    /// Change the same fields in all.
    Edit(Edit),
    /// Make it the one that holds a role.
    GiveRole(Role),
}

impl Act {
    /// The status that takes over leads and roles, and how.
    pub fn replacement(&self) -> Option<Replacement> {
        match self {
            Act::Archive { replacement } | Act::Delete { replacement } => *replacement,
            _ => None,
        }
    }

    /// The status that takes over leads and roles.
    pub fn replace_with(&self) -> Option<i64> {
        self.replacement().map(|replacement| replacement.to)
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
    /// True if its leads are so many that they go little by little: until then it is leaving.
    pub takes_long: bool,
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
            takes_long: false,
            changes: Vec::new(),
            is_done: false,
        }
    }

    /// How many of its leads are open and how many closed, which its kind says.
    pub fn open_and_closed(&self) -> (i64, i64) {
        match self.status.kind {
            Kind::Open | Kind::Paused => (self.head.leads, 0),
            Kind::Won | Kind::Lost | Kind::Junk => (0, self.head.leads),
        }
    }

    /// True if nothing stands in the way.
    pub fn is_fine(&self) -> bool {
        self.blockers.is_empty() && self.refusal.is_none()
    }
}

/// How many leads go little by little because of these verdicts.
pub fn moving(verdicts: &[Verdict]) -> i64 {
    let leaving = verdicts.iter().filter(|verdict| verdict.takes_long);
    leaving.map(|verdict| verdict.head.all()).sum()
}

/// What would become of each of `ids`, in pipeline order, without changing anything. Ids that don't exist
/// are left out.
///
/// # Errors
/// [`Error::Invalid`] at `replace_with` if the replacement can't be one.
pub fn judge(conn: &mut Conn, act: &Act, ids: &[i64]) -> Result<Vec<Verdict>> {
    let statuses = store::find_many(conn, ids)?;
    let replacement = replacement(conn, act, ids)?;
    let (mut heads, leaving) = (headcounts(conn)?, store::leaving(conn)?);
    let mut names = Vec::new();
    let mut verdicts = Vec::with_capacity(statuses.len());
    for status in &statuses {
        let head = heads.remove(&status.id).unwrap_or_default();
        let mut verdict = Verdict::of(status, head);
        match act {
            Act::Archive { .. } if status.is_archived() => verdict.is_done = true,
            Act::Archive { .. } | Act::Delete { .. } => {
                judge_leaving(&mut verdict, replacement.as_ref());
                verdict.refusal = is_taking(status, &leaving);
            }
            Act::Restore => judge_restoring(conn, &mut verdict, &mut names)?,
            Act::Edit(edit) => judge_edit(&mut verdict, edit),
            Act::GiveRole(role) => judge_role(&mut verdict, *role),
        }
        if let Some(told) = is_leaving(status) {
            verdict.blockers.clear();
            verdict.refusal = Some(told);
        }
        verdicts.push(verdict);
    }
    let many = verdicts
        .iter()
        .map(|verdict| verdict.head.all())
        .sum::<i64>()
        > AT_ONCE;
    for verdict in &mut verdicts {
        verdict.takes_long = many && act.replacement().is_some() && verdict.head.all() > 0;
    }
    Ok(verdicts)
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
        Ok(status) if status.leaving.is_some() => refused("status-replace-leaving"),
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

/// Does it to all of `ids`, or to none. Statuses with many leads are leaving from then on, and are gone when their
/// leads are.
///
/// # Errors
/// [`Error::Blocked`] with every blocker, [`Error::Conflict`] for another refusal, [`Error::NotFound`] if one
/// of a single id doesn't exist.
pub fn carry_out(
    conn: &mut Conn,
    actor: &Actor,
    act: &Act,
    ids: &[i64],
    residents: &Residents,
) -> Result<Vec<Verdict>> {
    hold(conn, act, ids)?;
    let verdicts = judge(conn, act, ids)?;
    refuse(&verdicts)?;
    hold_leads(conn, act, &verdicts)?;
    for verdict in verdicts.iter().filter(|verdict| !verdict.is_done) {
        match (act, act.replacement()) {
            (Act::Archive { .. }, Some(taker)) => {
                replace(conn, actor, verdict, taker, Leave::Archive, residents)?;
            }
            (Act::Delete { .. }, Some(taker)) => {
                replace(conn, actor, verdict, taker, Leave::Delete, residents)?;
            }
            _ => carry_out_one(conn, actor, act, verdict)?,
        }
    }
    changes::close_gaps(conn)?;
    Ok(verdicts)
}

/// Holds the pipeline, and the roles and statuses that the act changes or needs, before any of it is read.
///
/// # Errors
/// If the database can't.
pub fn hold(conn: &mut Conn, act: &Act, ids: &[i64]) -> Result<()> {
    locks::pipeline(conn)?;
    let exclusive = ids.iter().map(|id| (*id, Strength::Exclusive));
    match act {
        Act::Archive { .. } | Act::Delete { .. } => {
            locks::roles(conn)?;
            let taker = act.replace_with().map(|id| (id, Strength::Shared));
            locks::statuses(conn, &exclusive.chain(taker).collect::<Vec<_>>())
        }
        Act::Restore => locks::statuses(conn, &exclusive.collect::<Vec<_>>()),
        Act::Edit(edit) if edit.kind.is_some() => {
            locks::statuses(conn, &exclusive.collect::<Vec<_>>())
        }
        Act::Edit(_) => Ok(()),
        Act::GiveRole(_) => locks::roles(conn),
    }
}

/// Holds the leads that go at once, of all statuses together: their statuses are held, so no other comes in.
fn hold_leads(conn: &mut Conn, act: &Act, verdicts: &[Verdict]) -> Result<()> {
    let at_once = verdicts
        .iter()
        .filter(|verdict| !verdict.is_done && !verdict.takes_long && verdict.head.all() > 0);
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

/// Hands over roles and leads before the status leaves, or while it does.
fn replace(
    conn: &mut Conn,
    actor: &Actor,
    verdict: &Verdict,
    taker: Replacement,
    act: Leave,
    residents: &Residents,
) -> Result<()> {
    let id = verdict.status.id;
    for role in &verdict.handed_over {
        changes::give_role(conn, actor, *role, taker.to)?;
    }
    if verdict.takes_long {
        return replace::begin(conn, actor, id, taker, act, verdict.head.all());
    }
    replace::at_once(conn, actor, id, taker, act, residents)?;
    match act {
        Leave::Archive => changes::archive(conn, actor, id)?,
        Leave::Delete => changes::delete(conn, actor, id)?,
    };
    Ok(())
}

fn carry_out_one(conn: &mut Conn, actor: &Actor, act: &Act, verdict: &Verdict) -> Result<()> {
    let id = verdict.status.id;
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
