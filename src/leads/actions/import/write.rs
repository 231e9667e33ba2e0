//! Writes a batch in the caller's transaction. Statuses are locked first, then leads, both by id as moves do; then the
//! rows are planned again.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::Actor;
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::actions::changes::record_many;
use crate::leads::actions::import::closed_statuses::ClosedStatuses;
use crate::leads::actions::import::conflict::find_conflict;
use crate::leads::actions::import::dry_run::ImportCounts;
use crate::leads::actions::import::history_plan::{HistoryOutcome, ImportedVisit, plan_history};
use crate::leads::actions::import::lookups::Lookups;
use crate::leads::actions::import::parsed::ParsedLead;
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::request::{Batch, ImportRequest, ParsedHistory, Unit};
use crate::leads::actions::import::row_plan::{RowOutcome, RowPlanner, UnknownName};
use crate::leads::actions::insert::insert_many;
use crate::leads::actions::moves::{Move, move_leads};
use crate::leads::domain::dataset::Dataset;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::rights::Rights;
use crate::leads::domain::visit::{Channel, Visit};
use crate::leads::store;
use crate::statuses::Match;

/// What a batch is written with.
pub struct Writer<'a> {
    pub request: &'a ImportRequest,
    pub lookups: &'a Lookups,
    pub actor: &'a Actor,
}

/// What a batch has done.
#[derive(Debug, Default)]
pub struct BatchReport {
    pub counts: ImportCounts,
    /// Rows that were refused.
    pub left_out: usize,
    /// Their problems.
    pub problems: Vec<Problem>,
}

impl BatchReport {
    fn leave_out(&mut self, rows: usize, problems: Vec<Problem>) {
        self.left_out += rows;
        self.problems.extend(problems);
    }
}

/// The changes of existing leads in a batch.
#[derive(Default)]
struct LeadUpdates {
    fields: Vec<(Lead, LeadFields)>,
    /// The ids of leads by the status they move to.
    moves: BTreeMap<i64, Vec<i64>>,
}

impl LeadUpdates {
    fn add(&mut self, lead: &Lead, fields: Option<LeadFields>, status: Option<i64>) {
        self.fields
            .extend(fields.map(|fields| (lead.clone(), fields)));
        if let Some(status) = status {
            self.moves.entry(status).or_default().push(lead.id);
        }
    }
}

impl Writer<'_> {
    /// Writes a batch; refused rows are left out.
    ///
    /// # Errors
    /// What the database refuses.
    pub fn write(&self, conn: &mut Conn, batch: &Batch) -> Result<BatchReport> {
        let mut report = BatchReport::default();
        report.problems.extend(batch.unassigned.problems.clone());
        match self.request.dataset() {
            Dataset::Leads => self.write_leads(conn, &batch.units, &mut report)?,
            Dataset::Visits => self.write_visits(conn, &batch.units, &mut report)?,
        }
        Ok(report)
    }

    fn write_leads(&self, conn: &mut Conn, units: &[Unit], report: &mut BatchReport) -> Result<()> {
        let mut rows = Vec::with_capacity(units.len());
        for unit in units {
            match unit {
                Unit::Lead(row) => rows.push(row),
                Unit::Invalid(_, problems) => report.leave_out(1, problems.clone()),
                Unit::History(_) => {}
            }
        }
        let closed = ClosedStatuses::lock(conn, &self.target_statuses(&rows))?;
        let references = rows.iter().map(|row| row.external_ref.as_str());
        let existing = store::batch::lock_by_references(conn, references)?;
        let (mut new, mut changes) = (Vec::new(), LeadUpdates::default());
        for row in rows {
            let lead = row.find_existing(&existing);
            let outcome = self.plan(row, lead);
            match outcome.and_then(|outcome| closed.check_row(row.line, outcome)) {
                Err(problems) => report.leave_out(1, problems),
                Ok(RowOutcome::Create(lead)) => new.push(lead),
                Ok(RowOutcome::Same) => report.counts.same += 1,
                Ok(RowOutcome::InBin) => report.counts.in_bin += 1,
                Ok(RowOutcome::Change { fields, status, .. }) => {
                    let Some(lead) = lead else { continue };
                    let fields = fields.map(|fields| *fields);
                    match find_conflict(conn, self.request.now, lead, fields.as_ref(), status)? {
                        Some(reason) => {
                            report.leave_out(1, vec![Problem::for_line(row.line, reason)])
                        }
                        None => {
                            report.counts.changed += 1;
                            changes.add(lead, fields, status);
                        }
                    }
                }
            }
        }
        report.counts.created = new.len();
        self.write_updates(conn, changes)?;
        insert_many(conn, self.actor, &new)
    }

    /// The statuses that the leads of these rows may enter.
    fn target_statuses(&self, rows: &[&ParsedLead]) -> BTreeSet<i64> {
        let status = |row: &&ParsedLead| match &row.status {
            None => Some(self.lookups.default_status),
            Some(name) => status_in_use(self.lookups, name),
        };
        rows.iter().filter_map(status).collect()
    }

    fn plan(&self, row: &ParsedLead, lead: Option<&Lead>) -> Result<RowOutcome, Vec<Problem>> {
        let planner = RowPlanner {
            lookups: self.lookups,
            currency: self.request.currency,
            now: self.request.now,
        };
        let mut unknown = Vec::new();
        let outcome = planner.plan(row, lead, &mut unknown)?;
        let missing = unknown.into_iter().find_map(|word| match word {
            UnknownName::Status(name) => Some(name),
            UnknownName::Owner(_) | UnknownName::AmbiguousOwner(_) => None,
        });
        missing.map_or(Ok(outcome), |name| {
            Err(vec![missing_status(row.line, &name)])
        })
    }

    /// Writes the fields that differ, and moves leads.
    fn write_updates(&self, conn: &mut Conn, changes: LeadUpdates) -> Result<()> {
        for (before, fields) in &changes.fields {
            store::write::update(conn, self.actor, before, fields)?;
        }
        let before: Vec<&Lead> = changes.fields.iter().map(|(before, _)| before).collect();
        record_changes(conn, self.actor, "update", before)?;
        for (status, ids) in changes.moves {
            let change = Move::new(status, Channel::Import);
            move_leads(conn, self.actor, Rights::program(), &change, &ids)?;
        }
        Ok(())
    }

    fn write_visits(
        &self,
        conn: &mut Conn,
        units: &[Unit],
        report: &mut BatchReport,
    ) -> Result<()> {
        let histories: Vec<&ParsedHistory> = units.iter().filter_map(Unit::history).collect();
        let ends = histories.iter().filter_map(|history| history.visits.last());
        let ends = ends.filter_map(|visit| status_in_use(self.lookups, &visit.status));
        let closed = ClosedStatuses::lock(conn, &ends.collect())?;
        let references = histories
            .iter()
            .map(|history| history.external_ref.as_str());
        let leads = store::batch::lock_by_references(conn, references)?;
        let ids: Vec<i64> = leads.values().map(|lead| lead.id).collect();
        let visits = store::batch::visits_by_lead(conn, &ids)?;
        let mut replaced = Vec::new();
        for history in histories {
            let lead = leads.get(&history.external_ref);
            let existing = lead
                .and_then(|lead| visits.get(&lead.id))
                .map_or(&[][..], Vec::as_slice);
            let outcome = self.plan_history(history, lead, existing);
            let outcome = outcome.and_then(|outcome| closed.check_history(history, lead, outcome));
            let rows = history.visits.len() + history.invalid.len();
            match (outcome, lead) {
                (Err(problems), _) => report.leave_out(rows, problems),
                (Ok(HistoryOutcome::Replace(visits)), Some(lead)) => {
                    replaced.push((lead.clone(), visits))
                }
                (Ok(HistoryOutcome::InBin), _) => report.counts.in_bin += 1,
                (Ok(_), _) => report.counts.same += 1,
            }
        }
        report.counts.changed = replaced.len();
        self.replace_histories(conn, &replaced)
    }

    fn plan_history(
        &self,
        history: &ParsedHistory,
        lead: Option<&Lead>,
        existing: &[Visit],
    ) -> Result<HistoryOutcome, Vec<Problem>> {
        let mut unknown = Vec::new();
        let outcome = plan_history(history, lead, existing, self.lookups, &mut unknown)?;
        match unknown.first() {
            Some(name) => Err(vec![missing_status(history.line(), name)]),
            // Their problems are reported with the batch.
            None if !history.invalid.is_empty() => Err(Vec::new()),
            None => Ok(outcome),
        }
    }

    /// Replaces the visits that imports wrote, and sets the current visit of the leads.
    fn replace_histories(
        &self,
        conn: &mut Conn,
        histories: &[(Lead, Vec<ImportedVisit>)],
    ) -> Result<()> {
        let ids: Vec<i64> = histories.iter().map(|(lead, _)| lead.id).collect();
        store::batch::delete_visits(conn, &ids)?;
        store::batch::insert_visits(conn, self.actor, histories)?;
        for (lead, visits) in histories {
            if let (Some(first), Some(last)) = (visits.first(), visits.last()) {
                // A pause belongs to the visit in which it began.
                let paused = match last.status_id == lead.status_id {
                    true => lead.clock_from.0 - lead.status_since.0,
                    false => 0,
                };
                let created_at = lead.created_at.min(first.entered_at);
                store::batch::set_current_status(conn, self.actor, lead, last, paused, created_at)?;
            }
        }
        let before = histories.iter().map(|(lead, _)| lead).collect();
        record_changes(conn, self.actor, "history", before)
    }
}

/// The id of the status in use with this name.
fn status_in_use(lookups: &Lookups, word: &str) -> Option<i64> {
    match lookups.statuses.find(word) {
        Match::InUse(id) => Some(id),
        _ => None,
    }
}

/// The problem of a status that existed at the check and is gone.
fn missing_status(line: usize, name: &str) -> Problem {
    let message = Message::new("lead-import-status-gone").with("name", name);
    Problem::for_field(line, "status", message)
}

/// Records the change of each lead in the audit log.
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
