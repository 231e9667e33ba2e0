//! The statuses that leads of a file enter: those that accept no leads now, and the rules of the others.

use std::collections::{BTreeSet, HashMap};

use crate::db::Conn;
use crate::error::{Error, Result, Unmet};
use crate::i18n::Message;
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::row_plan::RowOutcome;
use crate::leads::actions::targets::{lock_target_status, refusal};
use crate::leads::domain::answers::MoveAnswers;
use crate::leads::domain::handoff::NewOffer;
use crate::leads::domain::judgement::{Judgement, MoveAttempt, RuleScope, judge};
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::text::Reason;
use crate::statuses::{self, LeadStatus};

/// The statuses that leads may enter.
#[derive(Debug, Default)]
pub struct TargetStatuses {
    /// The statuses that accept no leads, and why.
    refusals: HashMap<i64, Message>,
    accepting: HashMap<i64, LeadStatus>,
}

impl TargetStatuses {
    /// Reads all statuses without a lock.
    pub fn load(conn: &mut Conn) -> Result<TargetStatuses> {
        let mut targets = TargetStatuses::default();
        for status in statuses::list_all(conn)? {
            match refusal(&status) {
                Some(reason) => drop(targets.refusals.insert(status.id, reason)),
                None => drop(targets.accepting.insert(status.id, status)),
            }
        }
        Ok(targets)
    }

    /// Locks these statuses in the order of their ids, before any lead is locked: those that accept leads do so until
    /// the transaction ends.
    pub fn lock(conn: &mut Conn, ids: &BTreeSet<i64>) -> Result<TargetStatuses> {
        let mut targets = TargetStatuses::default();
        for id in ids {
            match lock_target_status(conn, *id) {
                Ok(status) => drop(targets.accepting.insert(*id, status)),
                Err(Error::Invalid(errors)) => {
                    let reason = errors.at("status").cloned();
                    let reason = reason.unwrap_or_else(|| Message::new("error-invalid"));
                    targets.refusals.insert(*id, reason);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(targets)
    }

    /// Returns the outcome of a row if its lead may enter the status by its rules about fields and reasons, or because
    /// of the reason for an override.
    ///
    /// # Errors
    /// Returns a problem for each rule that blocks the lead.
    pub fn judge(
        &self,
        line: usize,
        lead: Option<&Lead>,
        mut outcome: RowOutcome,
        override_reason: Option<&str>,
    ) -> Result<RowOutcome, Vec<Problem>> {
        let judgement = match (&mut outcome, lead) {
            (RowOutcome::Create(new), _) => {
                let judgement =
                    self.judge_entry(new.status_id, &new.fields, &new.reason, override_reason);
                if let Some(judgement) = &judgement {
                    new.reason = judgement.reason.clone();
                    new.entry = judgement.record.clone();
                    new.offer = self.offer_in(new.status_id);
                }
                judgement
            }
            (
                RowOutcome::Change {
                    fields,
                    status: Some(to),
                    reason,
                    ..
                },
                Some(lead),
            ) => {
                let fields = fields.as_deref().unwrap_or(&lead.fields);
                self.judge_entry(*to, fields, reason, override_reason)
            }
            _ => None,
        };
        match judgement {
            Some(judgement) if !judgement.is_passed() => Err(problems(line, &judgement.unmet)),
            _ => Ok(outcome),
        }
    }

    /// The offer to a role that a lead enters the status with.
    fn offer_in(&self, status: i64) -> Option<NewOffer> {
        let handoff = self.accepting.get(&status)?.handoff.as_ref()?;
        Some(NewOffer::of(handoff, None))
    }

    /// Judges the entry of a lead into a status.
    fn judge_entry(
        &self,
        to: i64,
        fields: &LeadFields,
        reason: &Reason,
        override_reason: Option<&str>,
    ) -> Option<Judgement> {
        let answers = MoveAnswers {
            override_reason: override_reason.map(str::to_owned),
            ..MoveAnswers::default()
        };
        Some(judge(&MoveAttempt {
            target: self.accepting.get(&to)?,
            // Not asked in this scope.
            from: None,
            fields,
            mover: None,
            reason,
            answers: &answers,
            rule_scope: RuleScope::FieldsAndReasons,
        }))
    }

    /// Returns an outcome if the lead can enter the status.
    ///
    /// # Errors
    /// Returns the reason why the status refuses the lead.
    pub fn check(
        &self,
        line: usize,
        lead: Option<&Lead>,
        outcome: RowOutcome,
    ) -> Result<RowOutcome, Vec<Problem>> {
        let target = match &outcome {
            RowOutcome::Create(new) => Some(new.status_id),
            RowOutcome::Change { status, .. } => *status,
            RowOutcome::Replace(visits) => {
                let last = visits.last().map(|visit| visit.status_id);
                last.filter(|last| lead.is_none_or(|lead| lead.status_id != *last))
            }
            RowOutcome::Unchanged | RowOutcome::InBin => None,
        };
        match target.and_then(|id| self.refusals.get(&id)) {
            Some(reason) => Err(vec![Problem::for_field(line, "status", reason.clone())]),
            None => Ok(outcome),
        }
    }
}

/// The problems of a row, each with the field of its rule.
fn problems(line: usize, unmet: &[Unmet]) -> Vec<Problem> {
    let blocking = unmet.iter().filter(|unmet| unmet.is_blocking());
    let problem = |unmet: &Unmet| {
        let field = unmet.field.unwrap_or(unmet.kind.as_str());
        Problem::for_field(line, field, unmet.message())
    };
    blocking.map(problem).collect()
}
