//! The statuses that accept no leads at this moment, with the reason.

use std::collections::{BTreeSet, HashMap};

use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::row_plan::RowOutcome;
use crate::leads::actions::moves::lock_target_status;
use crate::leads::domain::lead::Lead;
use crate::statuses;

/// Statuses that accept no leads, with the reason.
#[derive(Debug, Default)]
pub struct StatusesBeingReplaced {
    reasons: HashMap<i64, Message>,
}

impl StatusesBeingReplaced {
    /// Reads them without a lock. Archived statuses are refused earlier, by name.
    pub fn load(conn: &mut Conn) -> Result<StatusesBeingReplaced> {
        let all = statuses::list_all(conn)?.into_iter();
        let closed = all.filter(|status| status.being_replaced.is_some());
        let closed = closed.map(|status| (status.id, Message::new("lead-status-leaving")));
        Ok(StatusesBeingReplaced {
            reasons: closed.collect(),
        })
    }

    /// Locks these statuses in the order of their ids, before any lead is locked: those that accept leads do so until
    /// the transaction ends.
    pub fn lock(conn: &mut Conn, ids: &BTreeSet<i64>) -> Result<StatusesBeingReplaced> {
        let mut closed = HashMap::new();
        for id in ids {
            match lock_target_status(conn, *id) {
                Ok(_) => {}
                Err(Error::Invalid(errors)) => {
                    let reason = errors.at("status").cloned();
                    closed.insert(*id, reason.unwrap_or_else(|| Message::new("error-invalid")));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(StatusesBeingReplaced { reasons: closed })
    }

    /// Passes an outcome if the lead can enter the status.
    ///
    /// # Errors
    /// The reason for the status that refuses.
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
                let end = visits.last().map(|visit| visit.status_id);
                end.filter(|end| lead.is_none_or(|lead| lead.status_id != *end))
            }
            RowOutcome::Same | RowOutcome::InBin => None,
        };
        match target.and_then(|id| self.reasons.get(&id)) {
            Some(reason) => Err(vec![Problem::for_field(line, "status", reason.clone())]),
            None => Ok(outcome),
        }
    }
}
