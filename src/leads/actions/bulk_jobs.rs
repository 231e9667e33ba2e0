//! Bulk actions on many leads: the ids are stored with the job, and the worker of any server changes the leads in steps
//! until all are done, also after a crash. Leads that were changed since the job began, or for which the action is
//! refused, are skipped and named.

use crate::access::Role;
use crate::audit::Actor;
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::bulk::{self, LeadOutcome};
use crate::leads::domain::bulk_action::{BulkAction, BulkActionKind};
use crate::leads::domain::bulk_form::BulkForm;
use crate::leads::domain::rights::Rights;
use crate::leads::store::bulk_jobs::{self, BulkJob, SkippedLead};

/// Stores a job for these leads. From now on it is always finished.
///
/// # Errors
/// What the database refuses.
pub fn start(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    kind: BulkActionKind,
    form: &BulkForm,
    back: &str,
    ids: &[i64],
) -> Result<()> {
    let mut ids = ids.to_vec();
    // By id as they are locked, and as they lie in the tables.
    ids.sort_unstable();
    let job = BulkJob {
        batch_id: actor.batch_id,
        user_id: rights.user_id,
        can_manage: rights.can_manage,
        actor: actor.name.clone(),
        request_id: actor.request_id.clone(),
        action: kind.as_str().to_owned(),
        form: serde_json::to_string(form).map_err(Error::internal)?,
        back: back.to_owned(),
        started_at: actor.now,
        total: ids.len() as i64,
        done: 0,
        changed: 0,
        skipped_leads: 0,
        finished_at: None,
        user_role: rights.role.map(|role| role.as_str().to_owned()),
    };
    bulk_jobs::insert(conn, &job, &ids)
}

/// The action of a job.
///
/// # Errors
/// [`Error::Internal`] if what was stored can't be read.
pub fn action_of(job: &BulkJob) -> Result<BulkAction> {
    let form: BulkForm = serde_json::from_str(&job.form).map_err(Error::internal)?;
    let kind = BulkActionKind::from_word(&job.action);
    let parsed = kind.and_then(|kind| form.parse(kind, true, job.started_at).ok());
    let unknown = || Error::internal("a bulk action can't be read");
    parsed.flatten().ok_or_else(unknown)
}

/// Changes at most `limit` leads of a job and returns how many were done; nothing if it is finished or another
/// server works on it.
///
/// # Errors
/// What the database refuses; the step is tried again later.
pub fn run_step(conn: &mut Conn, now: Timestamp, id: i64, limit: usize) -> Result<Option<usize>> {
    let Some(mut job) = bulk_jobs::lock(conn, id)? else {
        return Ok(None);
    };
    let ids = bulk_jobs::next_ids(conn, &job, limit)?;
    let (changed, skipped) = change_some(conn, &job, &ids, now)?;
    job.done += ids.len() as i64;
    job.changed += changed as i64;
    job.skipped_leads += skipped.len() as i64;
    job.finished_at = (job.done == job.total).then_some(now);
    bulk_jobs::advance(conn, &job, &skipped)?;
    Ok(Some(ids.len()))
}

/// Changes those of these leads that may be changed; returns how many changed, and those that it skipped.
fn change_some(
    conn: &mut Conn,
    job: &BulkJob,
    ids: &[i64],
    now: Timestamp,
) -> Result<(usize, Vec<SkippedLead>)> {
    let action = action_of(job)?;
    let (actor, rights) = author(job, now);
    let mut outcomes = bulk::lock_and_judge(conn, rights, &action, ids, now)?;
    for outcome in &mut outcomes {
        if outcome.lead.updated_at > job.started_at {
            outcome.refusal = Some(Message::new("lead-bulk-meanwhile"));
        }
    }
    let (mut refused, valid): (Vec<LeadOutcome>, Vec<LeadOutcome>) = outcomes
        .into_iter()
        .partition(|outcome| outcome.refusal.is_some());
    let mut changed = valid.iter().filter(|outcome| !outcome.is_unchanged).count();
    match bulk::change(conn, &actor, rights, &action, &valid) {
        // The status or the owner can't be chosen any more: nothing was written.
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
            let reason = match &error {
                Error::Invalid(errors) => errors.iter().next().map(|(_, message)| message.clone()),
                _ => None,
            };
            let reason = Some(reason.unwrap_or_else(|| error.message()));
            changed = 0;
            refused.extend(valid.into_iter().map(|outcome| LeadOutcome {
                refusal: reason.clone(),
                ..outcome
            }));
        }
        written => written?,
    }
    Ok((
        changed,
        refused.into_iter().filter_map(skipped_lead).collect(),
    ))
}

/// The author of what a job writes now, with the rights that its user had when it began.
fn author(job: &BulkJob, now: Timestamp) -> (Actor, Rights) {
    let rights = Rights {
        user_id: job.user_id,
        can_write: true,
        can_manage: job.can_manage,
        can_export: false,
        role: job.user_role.as_deref().and_then(Role::from_word),
    };
    let actor = Actor {
        user_id: Some(job.user_id),
        token_id: None,
        name: job.actor.clone(),
        channel: Channel::Bulk,
        request_id: job.request_id.clone(),
        batch_id: job.batch_id,
        now,
    };
    (actor, rights)
}

fn skipped_lead(outcome: LeadOutcome) -> Option<SkippedLead> {
    Some(SkippedLead {
        id: outcome.lead.id,
        name: outcome.lead.fields.name.as_str().to_owned(),
        reason: outcome.refusal?.into(),
    })
}
