//! Which statuses take leads at this moment. Pure but for asking.

use std::collections::{BTreeSet, HashMap};

use super::decide::Fate;
use super::history::Retold;
use super::order::History;
use super::problem::Problem;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::{Lead, target};
use crate::statuses;

/// Statuses that take no leads, with why.
#[derive(Debug, Default)]
pub struct Entrances {
    closed: HashMap<i64, Message>,
}

impl Entrances {
    /// As they are now; statuses that are archived are known by their names already.
    pub fn look(conn: &mut Conn) -> Result<Entrances> {
        let all = statuses::everything(conn)?.into_iter();
        let closed = all.filter(|status| status.leaving.is_some());
        let closed = closed.map(|status| (status.id, Message::new("lead-status-leaving")));
        Ok(Entrances {
            closed: closed.collect(),
        })
    }

    /// Holds these statuses in the order of their ids, before any lead is held: what takes leads now does so until the
    /// transaction ends.
    pub fn hold(conn: &mut Conn, ids: &BTreeSet<i64>) -> Result<Entrances> {
        let mut closed = HashMap::new();
        for id in ids {
            match target(conn, *id) {
                Ok(_) => {}
                Err(Error::Invalid(errors)) => {
                    let why = errors.at("status").cloned();
                    closed.insert(*id, why.unwrap_or_else(|| Message::new("error-invalid")));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Entrances { closed })
    }

    /// What becomes of a row if its lead can enter the status that it names.
    ///
    /// # Errors
    /// Why it can't.
    pub fn admit(&self, line: usize, fate: Fate) -> Result<Fate, Vec<Problem>> {
        let to = match &fate {
            Fate::Create(new) => Some(new.status_id),
            Fate::Change { status, .. } => *status,
            Fate::Same | Fate::InBin => None,
        };
        match to.and_then(|to| self.closed.get(&to)) {
            Some(why) => Err(vec![Problem::at(line, "status", why.clone())]),
            None => Ok(fate),
        }
    }

    /// What becomes of a history if its lead can be where it ends.
    ///
    /// # Errors
    /// Why it can't.
    pub fn admit_history(
        &self,
        history: &History,
        lead: Option<&Lead>,
        told: Retold,
    ) -> Result<Retold, Vec<Problem>> {
        let Retold::Replace(past) = &told else {
            return Ok(told);
        };
        let end = past.last().map(|visit| visit.status_id);
        let end = end.filter(|end| lead.is_none_or(|lead| lead.status_id != *end));
        match end.and_then(|end| self.closed.get(&end)) {
            Some(why) => Err(vec![Problem::at(history.line(), "status", why.clone())]),
            None => Ok(told),
        }
    }
}
