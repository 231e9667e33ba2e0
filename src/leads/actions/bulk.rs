//! Bulk actions: the outcome for each lead, then the change in one transaction, all or nothing. Many leads are changed
//! in steps, see [`bulk_jobs`](crate::leads::actions::bulk_jobs).

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::{Error, Result, Unmet, unmet_message};
use crate::i18n::Message;
use crate::leads::actions::{changes, moves, pause, targets};
use crate::leads::domain::bulk_action::BulkAction;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::rights::Rights;
use crate::leads::store;
use crate::statuses::State;
use crate::statuses::{self, LeadStatus};

/// The most leads of one action.
pub const MAX_LEADS: i64 = 200_000;
/// The most leads that are judged before the action is confirmed, and that a form may name.
pub const MAX_JUDGED: usize = 5_000;
/// The most leads of one transaction, which other writers wait for.
pub const MAX_AT_ONCE: usize = 500;

/// The outcome of an action for one lead.
#[derive(Debug, Clone)]
pub struct LeadOutcome {
    pub lead: Lead,
    /// Why the action is refused for it.
    pub refusal: Option<Message>,
    /// True if the action changes nothing.
    pub is_unchanged: bool,
    /// The rules that it doesn't meet, what blocks first.
    pub unmet: Vec<Unmet>,
}

/// The outcome of an action for each of `ids`, without changing anything. Unknown ids are left out.
pub fn preview(
    conn: &mut Conn,
    rights: Rights,
    action: &BulkAction,
    ids: &[i64],
    now: Timestamp,
) -> Result<Vec<LeadOutcome>> {
    let leads = store::find_many(conn, ids)?;
    preview_leads(conn, rights, action, leads, now)
}

fn preview_leads(
    conn: &mut Conn,
    rights: Rights,
    action: &BulkAction,
    leads: Vec<Lead>,
    now: Timestamp,
) -> Result<Vec<LeadOutcome>> {
    let statuses = statuses::list_all(conn)?;
    let outcome = |lead: Lead| {
        let mut outcome = LeadOutcome {
            refusal: refusal(&lead, rights, action, &statuses, now),
            is_unchanged: is_unchanged(&lead, action, now),
            unmet: Vec::new(),
            lead,
        };
        outcome.judge(rights, action, &statuses)?;
        Ok(outcome)
    };
    leads.into_iter().map(outcome).collect()
}

fn refusal(
    lead: &Lead,
    rights: Rights,
    action: &BulkAction,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Option<Message> {
    let needs_manager = matches!(
        action,
        BulkAction::Assign(_) | BulkAction::Delete | BulkAction::Restore
    );
    match action {
        _ if needs_manager && !rights.can_manage => Some(Message::new("lead-refused-manage")),
        _ if !rights.can_edit(lead) => Some(Message::new("lead-refused-other")),
        BulkAction::Delete | BulkAction::Restore => None,
        _ if lead.is_in_bin() => Some(Message::new("lead-in-bin")),
        BulkAction::Move(lead_move) => match moves::check_move(lead, rights, lead_move, now) {
            Ok(()) => None,
            Err(Error::Invalid(errors)) => errors.iter().next().map(|(_, message)| message.clone()),
            Err(error) => Some(error.message()),
        },
        BulkAction::Pause { until: Some(_), .. } => {
            let status = statuses.iter().find(|status| status.id == lead.status_id)?;
            let state = status.cutoffs(now).state(lead.clock_from, None);
            let message = Message::new("lead-pause-not-open").with("name", status.name.as_str());
            (state == State::None).then_some(message)
        }
        _ => None,
    }
}

impl LeadOutcome {
    /// Judges a move by the rules of the status.
    fn judge(
        &mut self,
        rights: Rights,
        action: &BulkAction,
        statuses: &[LeadStatus],
    ) -> Result<()> {
        let BulkAction::Move(lead_move) = action else {
            return Ok(());
        };
        let target = statuses.iter().find(|status| status.id == lead_move.to);
        let Some(target) = target.filter(|_| self.refusal.is_none() && !self.is_unchanged) else {
            return Ok(());
        };
        let (_, judgement) = moves::judge_lead(rights, lead_move, target, &self.lead)?;
        if !judgement.is_passed() {
            self.refusal = Some(unmet_message(&judgement.unmet));
        }
        self.unmet = judgement.unmet;
        Ok(())
    }
}

fn is_unchanged(lead: &Lead, action: &BulkAction, now: Timestamp) -> bool {
    match action {
        BulkAction::Move(lead_move) => lead.status_id == lead_move.to,
        BulkAction::Assign(owner) => lead.fields.owner == *owner,
        BulkAction::Pause { until: None, .. } => !lead.is_paused(now),
        BulkAction::Pause { .. } | BulkAction::Note(_) => false,
        BulkAction::Delete => lead.is_in_bin(),
        BulkAction::Restore => !lead.is_in_bin(),
    }
}

/// Applies an action to all of `ids`, or to none. `expected_versions` are those of the leads when a filter found them, in
/// the order of their ids.
///
/// # Errors
/// [`Error::NotFound`] if a lead doesn't exist or has another version; [`Error::Conflict`] with the first refusal;
/// [`Error::Invalid`] for an invalid value.
pub fn apply(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    action: &BulkAction,
    ids: &[i64],
    expected_versions: Option<&[i32]>,
) -> Result<Vec<LeadOutcome>> {
    let outcomes = lock_and_judge(conn, rights, action, ids, actor.now)?;
    let versions = outcomes.iter().map(|outcome| outcome.lead.version);
    if expected_versions.is_some_and(|expected| versions.ne(expected.iter().copied())) {
        return Err(Error::NotFound);
    }
    require_all_allowed(&outcomes, ids)?;
    change(conn, actor, rights, action, &outcomes)?;
    Ok(outcomes)
}

/// Requires that all of these leads exist and the action is allowed for each.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] with the first refusal.
pub fn require_all_allowed(outcomes: &[LeadOutcome], ids: &[i64]) -> Result<()> {
    if outcomes.is_empty() || outcomes.len() < ids.len() {
        return Err(Error::NotFound);
    }
    match outcomes.iter().find_map(|outcome| outcome.refusal.clone()) {
        Some(refusal) => Err(Error::Conflict(refusal)),
        None => Ok(()),
    }
}

/// The outcome for each of these leads, which are locked before they are judged, so that it still holds when they change.
pub(super) fn lock_and_judge(
    conn: &mut Conn,
    rights: Rights,
    action: &BulkAction,
    ids: &[i64],
    now: Timestamp,
) -> Result<Vec<LeadOutcome>> {
    if let BulkAction::Move(lead_move) = action {
        statuses::lock_shared(conn, &[lead_move.to])?;
    }
    let leads = store::lock_many(conn, ids)?;
    preview_leads(conn, rights, action, leads, now)
}

/// Changes leads that were locked and judged. What is refused is refused before anything is written.
pub(super) fn change(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    action: &BulkAction,
    outcomes: &[LeadOutcome],
) -> Result<()> {
    let ids: Vec<i64> = outcomes.iter().map(|outcome| outcome.lead.id).collect();
    match action {
        BulkAction::Move(lead_move) => {
            let target = targets::lock_target_status(conn, lead_move.to)?;
            let leads = outcomes.iter().map(|outcome| outcome.lead.clone());
            let leads = leads.collect();
            moves::move_locked(conn, actor, rights, lead_move, &target, leads).map(drop)
        }
        BulkAction::Assign(owner) => changes::assign(conn, actor, rights, &ids, *owner),
        BulkAction::Note(note) => changes::add_note(conn, actor, rights, &ids, note),
        BulkAction::Delete => changes::delete(conn, actor, rights, &ids),
        BulkAction::Restore => changes::restore(conn, actor, rights, &ids),
        BulkAction::Pause { until, reason } => {
            pause::pause_all(conn, actor, rights, &ids, *until, reason)
        }
    }
}
