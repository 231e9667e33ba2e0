//! Writes a chunk in the caller's transaction. Statuses are locked first, then leads, both by id as moves do; then the
//! rows are planned again.

use std::collections::{BTreeMap, HashMap};

use crate::audit::Actor;
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::actions::audit_entries::{record_histories, record_many};
use crate::leads::actions::import::conflict::find_conflict;
use crate::leads::actions::import::existing::ExistingLeads;
use crate::leads::actions::import::item_plan::ItemPlanner;
use crate::leads::actions::import::lookups::Lookups;
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::request::{Chunk, ImportItem, ImportRequest};
use crate::leads::actions::import::row_plan::{RowOutcome, UnknownName};
use crate::leads::actions::import::target_statuses::TargetStatuses;
use crate::leads::actions::insert::insert_many;
use crate::leads::actions::moves::move_leads;
use crate::leads::domain::answers::MoveAnswers;
use crate::leads::domain::former_history::FormerHistory;
use crate::leads::domain::import_job::ChunkResult;
use crate::leads::domain::judgement::RuleScope;
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::new_lead::NewLead;
use crate::leads::domain::text::TextLine;
use crate::leads::domain::visit::{ImportedVisit, Visit};
use crate::leads::store;
use crate::statuses::StatusMatch;

/// Writes the chunks of an import.
pub struct Writer<'a> {
    pub request: &'a ImportRequest,
    pub lookups: &'a Lookups,
    pub actor: &'a Actor,
}

/// The changes of a chunk.
#[derive(Default)]
struct ChunkChanges {
    new: Vec<NewLead>,
    fields: Vec<(Lead, LeadFields)>,
    /// The ids of leads by the status they move to, and why.
    moves: BTreeMap<(i64, String), Vec<i64>>,
    histories: Vec<(Lead, Vec<ImportedVisit>)>,
    /// The histories before, in the same order.
    former: Vec<FormerHistory>,
}

impl Writer<'_> {
    /// Writes a chunk without the rows that are refused.
    ///
    /// # Errors
    /// Returns errors of the database.
    pub fn write(&self, conn: &mut Conn, chunk: &Chunk) -> Result<ChunkResult> {
        let mut result = chunk.result();
        result.skip_rows(0, &chunk.without_item.problems);
        let items = chunk.items.iter();
        let targets = items.filter_map(|item| self.target_status(item));
        let target_statuses = TargetStatuses::lock(conn, &targets.collect())?;
        let existing = ExistingLeads::lock(conn, &chunk.items, &self.request.options)?;
        let planner = ItemPlanner::new(self.request, self.lookups, &target_statuses);
        let mut changes = ChunkChanges::default();
        for item in &chunk.items {
            let planned = planner.plan(item, &existing);
            let outcome = refuse_missing_status(item.line(), &planned.unknown, planned.outcome);
            match (outcome, planned.lead) {
                (Err(problems), _) => result.skip_rows(item.rows(), &problems),
                (Ok(RowOutcome::Create(lead)), _) => changes.new.push(*lead),
                (Ok(RowOutcome::Unchanged), _) => result.counts.same += 1,
                (Ok(RowOutcome::InBin), _) => result.counts.in_bin += 1,
                (Ok(RowOutcome::Replace(visits)), Some(lead)) => {
                    changes.replace(lead, visits, existing.visits_of(lead));
                }
                (Ok(outcome @ RowOutcome::Change { .. }), Some(lead)) => {
                    match self.find_conflict(conn, lead, &outcome)? {
                        Some(reason) => {
                            result.skip_rows(1, &[Problem::for_line(item.line(), reason)]);
                        }
                        None => {
                            result.counts.changed += 1;
                            changes.update(lead, outcome);
                        }
                    }
                }
                (Ok(RowOutcome::Replace(_) | RowOutcome::Change { .. }), None) => {}
            }
        }
        result.counts.created = changes.new.len();
        result.counts.changed += changes.histories.len();
        self.write_updates(conn, &changes)?;
        insert_many(conn, self.actor, &changes.new)?;
        self.replace_histories(conn, &changes.histories, &changes.former)?;
        Ok(result)
    }

    /// The reason why a change can't be written now.
    fn find_conflict(
        &self,
        conn: &mut Conn,
        lead: &Lead,
        outcome: &RowOutcome,
    ) -> Result<Option<Message>> {
        match outcome {
            RowOutcome::Change { fields, status, .. } => {
                find_conflict(conn, self.request.now, lead, fields.as_deref(), *status)
            }
            _ => Ok(None),
        }
    }

    /// The status that the lead of an item may enter.
    fn target_status(&self, item: &ImportItem) -> Option<i64> {
        let name = match item {
            ImportItem::Lead(row) if row.status.is_none() => {
                return Some(self.lookups.default_status);
            }
            ImportItem::Lead(row) => row.status.as_ref()?,
            ImportItem::Invalid(..) => return None,
            ImportItem::History(history) => &history.visits.last()?.status,
        };
        match self.lookups.statuses.find(name) {
            StatusMatch::InUse(id) => Some(id),
            _ => None,
        }
    }

    /// Writes the fields that differ, and moves leads.
    fn write_updates(&self, conn: &mut Conn, changes: &ChunkChanges) -> Result<()> {
        for (before, fields) in &changes.fields {
            let fields = store::sources::with_canonical_source(conn, fields, Some(&before.fields))?;
            store::write::update(conn, self.actor, before, &fields)?;
        }
        let before: Vec<&Lead> = changes.fields.iter().map(|(before, _)| before).collect();
        record_updates(conn, self.actor, before)?;
        for ((status, reason), ids) in &changes.moves {
            let change = Move {
                reason: TextLine::stored(reason.clone()),
                answers: MoveAnswers {
                    override_reason: self.request.override_reason.clone(),
                    ..MoveAnswers::default()
                },
                rule_scope: RuleScope::FieldsAndReasons,
                ..Move::new(*status, Channel::Import)
            };
            move_leads(conn, self.actor, &change, ids)?;
        }
        Ok(())
    }

    /// Replaces the visits that imports wrote, and sets the current visit of the leads.
    fn replace_histories(
        &self,
        conn: &mut Conn,
        histories: &[(Lead, Vec<ImportedVisit>)],
        former: &[FormerHistory],
    ) -> Result<()> {
        let ids: Vec<i64> = histories.iter().map(|(lead, _)| lead.id).collect();
        store::many_rows::delete_visits(conn, self.actor, &ids)?;
        store::many_rows::insert_visits(conn, self.actor, histories)?;
        for (lead, visits) in histories {
            if let (Some(first), Some(last)) = (visits.first(), visits.last()) {
                // A pause belongs to the visit in which it began, and is part of it.
                let until = lead.paused_until.max(Some(self.actor.now));
                let longest = until.map_or(0, |until| until.0 - last.entered_at.0);
                let paused = match last.status_id == lead.status_id {
                    true => longest.min(lead.clock_from.0 - lead.status_since.0),
                    false => 0,
                };
                let created_at = lead.created_at.min(first.entered_at);
                store::many_rows::set_current_status(
                    conn, self.actor, lead, last, paused, created_at,
                )?;
            }
        }
        let after = store::find_many(conn, &ids)?;
        let after: HashMap<i64, &Lead> = after.iter().map(|lead| (lead.id, lead)).collect();
        let replaced = histories
            .iter()
            .zip(former)
            .filter_map(|((lead, _), former)| Some((lead, *after.get(&lead.id)?, former.clone())));
        let mut replaced: Vec<_> = replaced.collect();
        replaced.sort_by_key(|(lead, ..)| lead.id);
        record_histories(conn, self.actor, &replaced)
    }
}

impl ChunkChanges {
    fn replace(&mut self, lead: &Lead, visits: Vec<ImportedVisit>, former: &[Visit]) {
        self.former.push(FormerHistory::of(lead, former));
        self.histories.push((lead.clone(), visits));
    }

    fn update(&mut self, lead: &Lead, outcome: RowOutcome) {
        let RowOutcome::Change {
            fields,
            status,
            reason,
            ..
        } = outcome
        else {
            return;
        };
        let fields = fields.map(|fields| (lead.clone(), *fields));
        self.fields.extend(fields);
        if let Some(status) = status {
            let key = (status, reason.to_string());
            self.moves.entry(key).or_default().push(lead.id);
        }
    }
}

/// Refuses an item with a status that existed at the check and was deleted since.
fn refuse_missing_status(
    line: usize,
    unknown: &[UnknownName],
    outcome: Result<RowOutcome, Vec<Problem>>,
) -> Result<RowOutcome, Vec<Problem>> {
    let outcome = outcome?;
    let missing = unknown.iter().find_map(|name| match name {
        UnknownName::Status(name) => Some(name),
        UnknownName::Owner(_) | UnknownName::AmbiguousOwner(_) => None,
    });
    missing.map_or(Ok(outcome), |name| {
        let message = Message::new("lead-import-status-gone").with("name", name);
        Err(vec![Problem::for_field(line, "status", message)])
    })
}

/// Records the update of each lead in the audit log.
fn record_updates(conn: &mut Conn, actor: &Actor, mut before: Vec<&Lead>) -> Result<()> {
    before.sort_by_key(|lead| lead.id);
    let ids: Vec<i64> = before.iter().map(|lead| lead.id).collect();
    let after = store::find_many(conn, &ids)?;
    let pairs = before.into_iter().zip(&after);
    let pairs: Vec<_> = pairs.map(|(before, after)| (Some(before), after)).collect();
    record_many(conn, actor, "update", &pairs)
}
