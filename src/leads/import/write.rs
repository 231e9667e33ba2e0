//! Carrying out what a survey showed: batch by batch, in the caller's transaction.

use std::collections::BTreeMap;

use super::decide::{Fate, Judge, Unknown};
use super::draft::Draft;
use super::history::{Past, Retold, retell};
use super::lookups::Lookups;
use super::order::{Batch, History, Order};
use super::survey::Counts;
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::changes::{self, record_many};
use crate::leads::insert::insert_many;
use crate::leads::{Lead, Move, NewLead, Rights, Via, move_leads, store, target};
use crate::statuses::{self, Meant};

/// The rows of a file, on their way into the database.
pub struct Writer<'a> {
    pub order: &'a Order,
    pub lookups: &'a Lookups,
    pub actor: &'a Actor,
    pub rights: Rights,
}

impl Writer<'_> {
    /// Writes a batch.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a row that was fine and is not any more; what the database refuses.
    pub fn write(&self, conn: &mut Conn, batch: &Batch) -> Result<Counts> {
        match batch {
            Batch::Leads(drafts) => self.leads(conn, drafts),
            Batch::Visits(histories) => self.visits(conn, histories),
        }
    }

    fn leads(&self, conn: &mut Conn, drafts: &[Draft]) -> Result<Counts> {
        let words = drafts.iter().filter_map(|draft| draft.status.as_deref());
        self.keep_statuses(conn, words)?;
        let references = drafts.iter().map(|draft| draft.external_ref.as_str());
        let existing = store::hold_by_references(conn, references)?;
        let judge = Judge {
            lookups: self.lookups,
            currency: self.order.currency,
            now: self.order.now,
        };
        let (mut counts, mut new) = (Counts::default(), Vec::new());
        let mut moves: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for draft in drafts {
            let mut unknown = Vec::new();
            let lead = draft.find(&existing);
            let fate = judge
                .decide(draft, lead, &mut unknown)
                .map_err(|_| overtaken(draft.line))?;
            refuse_unmade(draft.line, &unknown)?;
            match fate {
                Fate::Create(lead) => new.push(lead),
                Fate::Same => counts.same += 1,
                Fate::InBin => counts.in_bin += 1,
                Fate::Change { id, fields, status } => {
                    if let Some(fields) = fields {
                        changes::update(conn, self.actor, self.rights, id, None, &fields)?;
                    }
                    if let Some(status) = status {
                        moves.entry(status).or_default().push(id);
                    }
                    counts.changed += 1;
                }
            }
        }
        for (status, ids) in moves {
            let order = Move::new(status, Via::Import);
            move_leads(conn, self.actor, self.rights, &order, &ids)?;
        }
        counts.created = new.len();
        self.make(conn, &new)?;
        Ok(counts)
    }

    /// Keeps the statuses that rows name, and where new leads start, before leads are held.
    fn keep_statuses<'w>(
        &self,
        conn: &mut Conn,
        words: impl Iterator<Item = &'w str>,
    ) -> Result<()> {
        let named = words.filter_map(|word| match self.lookups.statuses.find(word) {
            Meant::InUse(id) => Some(id),
            _ => None,
        });
        let ids: Vec<i64> = named.chain([self.lookups.default_status]).collect();
        statuses::keep(conn, &ids)
    }

    fn make(&self, conn: &mut Conn, new: &[NewLead]) -> Result<()> {
        let mut statuses: Vec<i64> = new.iter().map(|lead| lead.status_id).collect();
        statuses.sort_unstable();
        statuses.dedup();
        for status in statuses {
            target(conn, status)?;
        }
        insert_many(conn, self.actor, new)
    }

    fn visits(&self, conn: &mut Conn, histories: &[History]) -> Result<Counts> {
        let stays = histories.iter().flat_map(|history| &history.stays);
        self.keep_statuses(conn, stays.map(|stay| stay.status.as_str()))?;
        let references = histories
            .iter()
            .map(|history| history.external_ref.as_str());
        let leads = store::hold_by_references(conn, references)?;
        let ids: Vec<i64> = leads.values().map(|lead| lead.id).collect();
        let visits = store::visits_of(conn, &ids)?;
        let (mut counts, mut told) = (Counts::default(), Vec::new());
        for history in histories {
            let lead = leads.get(&history.external_ref);
            let known = lead
                .and_then(|lead| visits.get(&lead.id))
                .map_or(&[][..], Vec::as_slice);
            let mut unknown = Vec::new();
            let retold = retell(history, lead, known, self.lookups, &mut unknown);
            let unknown: Vec<_> = unknown.into_iter().map(Unknown::Status).collect();
            let retold = retold.map_err(|_| overtaken(history.line()))?;
            refuse_unmade(history.line(), &unknown)?;
            match (retold, lead) {
                (Retold::Replace(past), Some(lead)) => told.push((lead.clone(), past)),
                (Retold::InBin, _) => counts.in_bin += 1,
                _ => counts.same += 1,
            }
        }
        counts.changed = told.len();
        self.retell(conn, &told)?;
        Ok(counts)
    }

    /// Puts histories in the place of what imports wrote, and the leads where they end.
    fn retell(&self, conn: &mut Conn, told: &[(Lead, Vec<Past>)]) -> Result<()> {
        let mut ends: Vec<i64> = told
            .iter()
            .filter_map(|(_, past)| Some(past.last()?.status_id))
            .collect();
        ends.sort_unstable();
        ends.dedup();
        for status in ends {
            target(conn, status)?;
        }
        let ids: Vec<i64> = told.iter().map(|(lead, _)| lead.id).collect();
        store::forget_visits(conn, &ids)?;
        store::insert_past(conn, self.actor, told)?;
        for (lead, past) in told {
            if let (Some(first), Some(last)) = (past.first(), past.last()) {
                // A pause belongs to the visit that it began in.
                let paused = match last.status_id == lead.status_id {
                    true => lead.clock_from.0 - lead.status_since.0,
                    false => 0,
                };
                let created_at = lead.created_at.min(first.entered_at);
                store::place(conn, self.actor, lead, last, paused, created_at)?;
            }
        }
        let after = store::find_many(conn, &ids)?;
        let mut before: Vec<&Lead> = told.iter().map(|(lead, _)| lead).collect();
        before.sort_by_key(|lead| lead.id);
        let pairs = before.into_iter().zip(&after);
        let pairs: Vec<_> = pairs.map(|(before, after)| (Some(before), after)).collect();
        record_many(conn, self.actor, "history", &pairs)
    }
}

/// A row that was fine when the file was looked at.
pub(super) fn overtaken(line: usize) -> Error {
    Error::Conflict(Message::new("lead-import-overtaken").with("line", line))
}

/// A status that is still not there.
fn refuse_unmade(line: usize, unknown: &[Unknown]) -> Result<()> {
    let is_status = |word: &Unknown| matches!(word, Unknown::Status(_));
    match unknown.iter().any(is_status) {
        true => Err(overtaken(line)),
        false => Ok(()),
    }
}
