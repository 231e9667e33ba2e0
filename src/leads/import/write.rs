//! Writing a batch of a file, in the caller's transaction. Whatever it touches is held first and judged then: statuses
//! by their ids, then leads by theirs, as those do who move leads.

use std::collections::{BTreeMap, BTreeSet};

use super::decide::{Fate, Judge, Unknown};
use super::draft::Draft;
use super::entrances::Entrances;
use super::history::{Past, Retold, retell};
use super::lookups::Lookups;
use super::meanwhile::conflict;
use super::order::{Batch, History, Order, Unit};
use super::problem::Problem;
use super::survey::Counts;
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::changes::record_many;
use crate::leads::exchange::What;
use crate::leads::insert::insert_many;
use crate::leads::{Lead, LeadFields, Move, Rights, Via, Visit, move_leads, store};
use crate::statuses::Meant;

/// The rows of a file, on their way into the database.
pub struct Writer<'a> {
    pub order: &'a Order,
    pub lookups: &'a Lookups,
    pub actor: &'a Actor,
}

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Written {
    pub counts: Counts,
    /// Rows that did not pass any more.
    pub left_out: usize,
    /// Why not.
    pub problems: Vec<Problem>,
}

impl Written {
    fn leave_out(&mut self, rows: usize, problems: Vec<Problem>) {
        self.left_out += rows;
        self.problems.extend(problems);
    }
}

/// What a batch does to leads that are here.
#[derive(Default)]
struct Changes {
    fields: Vec<(Lead, LeadFields)>,
    /// The ids of leads by the status that they enter.
    moves: BTreeMap<i64, Vec<i64>>,
}

impl Changes {
    fn add(&mut self, lead: &Lead, fields: Option<LeadFields>, status: Option<i64>) {
        self.fields
            .extend(fields.map(|fields| (lead.clone(), fields)));
        if let Some(status) = status {
            self.moves.entry(status).or_default().push(lead.id);
        }
    }
}

impl Writer<'_> {
    /// Writes a batch; rows that don't pass any more are left out.
    ///
    /// # Errors
    /// What the database refuses.
    pub fn write(&self, conn: &mut Conn, batch: &Batch) -> Result<Written> {
        let mut written = Written::default();
        written.problems.extend(batch.loose.problems.clone());
        match self.order.what() {
            What::Leads => self.leads(conn, &batch.units, &mut written)?,
            What::Visits => self.visits(conn, &batch.units, &mut written)?,
        }
        Ok(written)
    }

    fn leads(&self, conn: &mut Conn, units: &[Unit], written: &mut Written) -> Result<()> {
        let mut drafts = Vec::with_capacity(units.len());
        for unit in units {
            match unit {
                Unit::Lead(draft) => drafts.push(draft),
                Unit::Wrong(_, problems) => written.leave_out(1, problems.clone()),
                Unit::History(_) => {}
            }
        }
        let entrances = Entrances::hold(conn, &self.entered(&drafts))?;
        let references = drafts.iter().map(|draft| draft.external_ref.as_str());
        let existing = store::hold_by_references(conn, references)?;
        let (mut new, mut changes) = (Vec::new(), Changes::default());
        for draft in drafts {
            let lead = draft.find(&existing);
            let fate = self.judge(draft, lead);
            match fate.and_then(|fate| entrances.admit(draft.line, fate)) {
                Err(problems) => written.leave_out(1, problems),
                Ok(Fate::Create(lead)) => new.push(lead),
                Ok(Fate::Same) => written.counts.same += 1,
                Ok(Fate::InBin) => written.counts.in_bin += 1,
                Ok(Fate::Change { fields, status, .. }) => {
                    let Some(lead) = lead else { continue };
                    let fields = fields.map(|fields| *fields);
                    match conflict(conn, self.order.now, lead, fields.as_ref(), status)? {
                        Some(why) => written.leave_out(1, vec![Problem::whole(draft.line, why)]),
                        None => {
                            written.counts.changed += 1;
                            changes.add(lead, fields, status);
                        }
                    }
                }
            }
        }
        written.counts.created = new.len();
        self.change(conn, changes)?;
        insert_many(conn, self.actor, &new)
    }

    /// The statuses that leads of these rows may enter.
    fn entered(&self, drafts: &[&Draft]) -> BTreeSet<i64> {
        let named = |draft: &&Draft| match &draft.status {
            None => Some(self.lookups.default_status),
            Some(name) => in_use(self.lookups, name),
        };
        drafts.iter().filter_map(named).collect()
    }

    fn judge(&self, draft: &Draft, lead: Option<&Lead>) -> Result<Fate, Vec<Problem>> {
        let judge = Judge {
            lookups: self.lookups,
            currency: self.order.currency,
            now: self.order.now,
        };
        let mut unknown = Vec::new();
        let fate = judge.decide(draft, lead, &mut unknown)?;
        let gone = unknown.into_iter().find_map(|word| match word {
            Unknown::Status(name) => Some(name),
            Unknown::Owner(_) | Unknown::Several(_) => None,
        });
        gone.map_or(Ok(fate), |name| Err(vec![no_status(draft.line, &name)]))
    }

    /// Writes what differs, and nothing else.
    fn change(&self, conn: &mut Conn, changes: Changes) -> Result<()> {
        for (before, fields) in &changes.fields {
            store::update(conn, self.actor, before, fields)?;
        }
        let before: Vec<&Lead> = changes.fields.iter().map(|(before, _)| before).collect();
        record_changes(conn, self.actor, "update", before)?;
        for (status, ids) in changes.moves {
            let order = Move::new(status, Via::Import);
            move_leads(conn, self.actor, Rights::program(), &order, &ids)?;
        }
        Ok(())
    }

    fn visits(&self, conn: &mut Conn, units: &[Unit], written: &mut Written) -> Result<()> {
        let histories: Vec<&History> = units.iter().filter_map(Unit::history).collect();
        let ends = histories.iter().filter_map(|history| history.stays.last());
        let ends = ends.filter_map(|stay| in_use(self.lookups, &stay.status));
        let entrances = Entrances::hold(conn, &ends.collect())?;
        let references = histories
            .iter()
            .map(|history| history.external_ref.as_str());
        let leads = store::hold_by_references(conn, references)?;
        let ids: Vec<i64> = leads.values().map(|lead| lead.id).collect();
        let visits = store::visits_of(conn, &ids)?;
        let mut told = Vec::new();
        for history in histories {
            let lead = leads.get(&history.external_ref);
            let known = lead
                .and_then(|lead| visits.get(&lead.id))
                .map_or(&[][..], Vec::as_slice);
            let retold = self.retold(history, lead, known);
            let retold = retold.and_then(|told| entrances.admit_history(history, lead, told));
            let rows = history.stays.len() + history.doubtful.len();
            match (retold, lead) {
                (Err(problems), _) => written.leave_out(rows, problems),
                (Ok(Retold::Replace(past)), Some(lead)) => told.push((lead.clone(), past)),
                (Ok(Retold::InBin), _) => written.counts.in_bin += 1,
                (Ok(_), _) => written.counts.same += 1,
            }
        }
        written.counts.changed = told.len();
        self.retell(conn, &told)
    }

    fn retold(
        &self,
        history: &History,
        lead: Option<&Lead>,
        known: &[Visit],
    ) -> Result<Retold, Vec<Problem>> {
        let mut unknown = Vec::new();
        let retold = retell(history, lead, known, self.lookups, &mut unknown)?;
        match unknown.first() {
            Some(name) => Err(vec![no_status(history.line(), name)]),
            // Why they are doubtful stands beside the batch.
            None if !history.doubtful.is_empty() => Err(Vec::new()),
            None => Ok(retold),
        }
    }

    /// Puts histories in the place of what imports wrote, and the leads where they end.
    fn retell(&self, conn: &mut Conn, told: &[(Lead, Vec<Past>)]) -> Result<()> {
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
        let before = told.iter().map(|(lead, _)| lead).collect();
        record_changes(conn, self.actor, "history", before)
    }
}

/// The status in use that a word means.
fn in_use(lookups: &Lookups, word: &str) -> Option<i64> {
    match lookups.statuses.find(word) {
        Meant::InUse(id) => Some(id),
        _ => None,
    }
}

/// A status that was there, or made, and is not there any more.
fn no_status(line: usize, name: &str) -> Problem {
    let told = Message::new("lead-import-status-gone").with("name", name);
    Problem::at(line, "status", told)
}

/// Leaves an entry in the audit log for each of these leads, as they were and as they are.
fn record_changes(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    mut before: Vec<&Lead>,
) -> Result<()> {
    before.sort_by_key(|lead| lead.id);
    let ids: Vec<i64> = before.iter().map(|lead| lead.id).collect();
    let after = store::find_many(conn, &ids)?;
    let pairs = before.into_iter().zip(&after);
    let pairs: Vec<_> = pairs.map(|(before, after)| (Some(before), after)).collect();
    record_many(conn, actor, action, &pairs)
}
