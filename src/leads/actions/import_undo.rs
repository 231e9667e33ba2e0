//! Taking an import of leads or visits back, some leads at a time: created ones go to the bin, changed ones get their
//! former values, status or history back, and those that were changed since stay as they are.

use std::collections::{BTreeMap, HashMap};

use crate::audit::{self, Actor, StoredEntry, actor_label};
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::{Conn, MAX_VALUES};
use crate::error::Result;
use crate::i18n::{Lang, Message};
use crate::leads::actions::audit_entries::{SUBJECT, record_many};
use crate::leads::actions::void::{return_refusal, void_locked};
use crate::leads::domain::former_history::{FormerHistory, KEY};
use crate::leads::domain::lead::{Lead, LeadFields};
use crate::leads::domain::pause::PauseEnd;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::snapshot::LeadSnapshot;
use crate::leads::domain::text::TextLine;
use crate::leads::store;
use crate::leads::store::undo::{FormerState, restore_histories};
use crate::statuses::{self, LeadStatus};

/// The most later entries about a lead that are read.
const MAX_ENTRIES: i64 = 100;

/// A lead that stays as it is, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoSkippedLead {
    pub id: i64,
    pub name: String,
    pub reason: Message,
}

/// The result of taking back some leads of an import, or its preview.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UndoStep {
    /// Created leads that go to the bin.
    pub binned: usize,
    /// Changed leads that get back what they were.
    pub restored: usize,
    pub skipped: Vec<UndoSkippedLead>,
    /// The last entry of the step; nothing at the end.
    pub last: Option<i64>,
}

impl UndoStep {
    /// The number of its leads.
    pub fn leads(&self) -> usize {
        self.binned + self.restored + self.skipped.len()
    }
}

/// All that an import did to one lead, in the order it did so.
struct LeadChange {
    id: i64,
    entries: Vec<StoredEntry>,
}

/// How one lead is taken back.
enum Plan {
    Bin,
    Restore(Box<FormerLead>),
    Skip(Message),
}

/// The former state of a lead, which it gets back.
struct FormerLead {
    snapshot: LeadSnapshot,
    fields: LeadFields,
    /// True if the import moved it: the move is voided.
    is_moved: bool,
    history: Option<FormerHistory>,
}

/// What taking back the next leads of an import would do, after the entry `after`; writes nothing.
///
/// # Errors
/// What the database refuses.
pub fn preview(conn: &mut Conn, batch: i64, after: i64, limit: usize) -> Result<UndoStep> {
    let (changes, last) = next_changes(conn, batch, after, limit)?;
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let leads = store::find_many(conn, &ids)?;
    let plans = plan(conn, &changes, &leads)?;
    Ok(summary(&changes, &plans, last))
}

/// Takes back the next leads of an import, after the entry `after`.
///
/// # Errors
/// What the database refuses.
pub fn run(
    conn: &mut Conn,
    actor: &Actor,
    batch: i64,
    after: i64,
    limit: usize,
) -> Result<UndoStep> {
    let (changes, last) = next_changes(conn, batch, after, limit)?;
    // Statuses are locked before leads, as for every move.
    let former = changes.iter().filter_map(LeadChange::former);
    let status_ids: Vec<i64> = former.map(|former| former.status).collect();
    statuses::lock_shared(conn, &status_ids)?;
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let leads = store::lock_many(conn, &ids)?;
    let plans = plan(conn, &changes, &leads)?;
    write(conn, actor, &leads, &changes, &plans)?;
    Ok(summary(&changes, &plans, last))
}

impl LeadChange {
    /// The lead before the import; nothing if the import created it, or it can't be read.
    fn former(&self) -> Option<LeadSnapshot> {
        self.entries.first()?.before()
    }

    fn name(&self) -> String {
        let last = self.entries.last();
        last.map(|entry| entry.subject_name.clone())
            .unwrap_or_default()
    }

    fn has(&self, action: &str) -> bool {
        self.entries.iter().any(|entry| entry.action == action)
    }
}

/// The leads of the next entries, each with all of its entries, and the last entry; nothing at the end. A lead comes with
/// its first entry.
fn next_changes(
    conn: &mut Conn,
    batch: i64,
    after: i64,
    limit: usize,
) -> Result<(Vec<LeadChange>, Option<i64>)> {
    let page = audit::page_of_batch(conn, batch, SUBJECT, after, limit as i64)?;
    let last = page.last().map(|entry| entry.id);
    let ids: Vec<i64> = page.iter().filter_map(|entry| entry.subject_id).collect();
    let mut by_lead = BTreeMap::<i64, Vec<StoredEntry>>::new();
    for chunk in ids.chunks(MAX_VALUES) {
        for entry in audit::of_batch_and_subjects(conn, batch, SUBJECT, chunk)? {
            let id = entry.subject_id.unwrap_or_default();
            by_lead.entry(id).or_default().push(entry);
        }
    }
    let changes = by_lead
        .into_iter()
        .map(|(id, entries)| LeadChange { id, entries });
    let is_first = |change: &LeadChange| {
        let first = change.entries.first();
        first.is_some_and(|entry| entry.id > after)
    };
    Ok((changes.filter(is_first).collect(), last))
}

fn plan(conn: &mut Conn, changes: &[LeadChange], leads: &[Lead]) -> Result<Vec<Plan>> {
    let by_id: HashMap<i64, &Lead> = leads.iter().map(|lead| (lead.id, lead)).collect();
    let statuses = statuses::list_in_use(conn)?;
    let statuses: HashMap<_, _> = statuses.iter().map(|status| (status.id, status)).collect();
    let mut plans = Vec::with_capacity(changes.len());
    for change in changes {
        let lead = by_id.get(&change.id).copied();
        let reason = match lead.zip(change.entries.last()) {
            Some((lead, last)) => changed_since(conn, lead, last)?,
            None => Some(Message::new("lead-undo-gone")),
        };
        plans.push(match (reason, lead) {
            (None, Some(lead)) => plan_one(change, lead, &statuses),
            (reason, _) => Plan::Skip(reason.unwrap_or_else(|| Message::new("lead-undo-gone"))),
        });
    }
    Ok(plans)
}

/// The plan for a lead that nothing has changed since the import.
fn plan_one(change: &LeadChange, lead: &Lead, statuses: &HashMap<i64, &LeadStatus>) -> Plan {
    let skip = |key| Plan::Skip(Message::new(key));
    if change.has("create") {
        return Plan::Bin;
    }
    let Some(snapshot) = change.former() else {
        return skip("lead-undo-unknown");
    };
    let Some(fields) = snapshot.fields() else {
        return skip("lead-undo-unknown");
    };
    let history = snapshot.values.get(KEY).cloned();
    let history = history.and_then(|history| serde_json::from_value(history).ok());
    if change.has("history") && history.is_none() {
        return skip("lead-undo-unknown");
    }
    if snapshot.status != lead.status_id
        && let Some(reason) = return_refusal(statuses.get(&snapshot.status).copied())
    {
        return Plan::Skip(reason);
    }
    Plan::Restore(Box::new(FormerLead {
        fields,
        is_moved: change.has("move"),
        history,
        snapshot,
    }))
}

/// Why a lead can't be taken back: it was changed since the import.
fn changed_since(conn: &mut Conn, lead: &Lead, last: &StoredEntry) -> Result<Option<Message>> {
    if Some(lead.version) == last.subject_version {
        return Ok(None);
    }
    let after: Option<LeadSnapshot> = last.after();
    if after.as_ref().is_some_and(|after| has_values(lead, after)) && was_undone_since(conn, last)?
    {
        return Ok(None);
    }
    let is_moved = after.is_some_and(|after| after.status != lead.status_id);
    let key = match (lead.is_in_bin(), is_moved) {
        (true, _) => "lead-undo-binned",
        (false, true) => "lead-undo-moved",
        (false, false) => "lead-undo-changed",
    };
    let by = actor_label(&lead.updated_by, Lang::En).to_owned();
    Ok(Some(Message::new(key).with("by", by)))
}

/// True if a lead has the values of a snapshot.
fn has_values(lead: &Lead, old: &LeadSnapshot) -> bool {
    let now = lead.snapshot();
    now.fields() == old.fields()
        && (now.status, now.status_since, now.is_in_bin)
            == (old.status, old.status_since.clone(), old.is_in_bin)
        && now.paused_until == old.paused_until
}

/// True if nothing but imports and undos changed a lead after an entry: a later import was taken back.
fn was_undone_since(conn: &mut Conn, last: &StoredEntry) -> Result<bool> {
    let id = last.subject_id.unwrap_or_default();
    let entries = audit::list_by_subject(conn, SUBJECT, id, None, MAX_ENTRIES)?;
    let is_complete = entries.iter().any(|entry| entry.id <= last.id);
    let mut since = entries.iter().take_while(|entry| entry.id > last.id);
    Ok(is_complete
        && since.all(|entry| {
            [Channel::Import, Channel::Undo]
                .map(Channel::as_str)
                .contains(&entry.channel.as_str())
        }))
}

fn summary(changes: &[LeadChange], plans: &[Plan], last: Option<i64>) -> UndoStep {
    let mut step = UndoStep {
        last,
        ..UndoStep::default()
    };
    for (change, plan) in changes.iter().zip(plans) {
        match plan {
            Plan::Bin => step.binned += 1,
            Plan::Restore(_) => step.restored += 1,
            Plan::Skip(reason) => step.skipped.push(UndoSkippedLead {
                id: change.id,
                name: change.name(),
                reason: reason.clone(),
            }),
        }
    }
    step
}

fn write(
    conn: &mut Conn,
    actor: &Actor,
    leads: &[Lead],
    changes: &[LeadChange],
    plans: &[Plan],
) -> Result<()> {
    let by_id: HashMap<i64, &Lead> = leads.iter().map(|lead| (lead.id, lead)).collect();
    let planned = changes.iter().zip(plans);
    let planned = planned.filter_map(|(change, plan)| Some((*by_id.get(&change.id)?, plan)));
    let (mut binned, mut restored) = (Vec::new(), Vec::new());
    for (lead, plan) in planned {
        match plan {
            Plan::Bin => binned.push(lead),
            Plan::Restore(former) => restored.push((lead, former.as_ref())),
            Plan::Skip(_) => {}
        }
    }
    bin(conn, actor, &binned)?;
    restore_fields(conn, actor, &restored)?;
    restore_all_histories(conn, actor, &restored)?;
    for (lead, _) in restored.iter().filter(|(_, former)| former.is_moved) {
        let visits = store::history::visits(conn, lead.id)?;
        let current = visits.iter().rev().find(|visit| visit.is_open());
        if let Some(current) = current {
            void_locked(conn, actor, Rights::program(), lead.id, &[current.id])?;
        }
    }
    Ok(())
}

/// Puts leads into the bin. They give up their references, so that the file can be imported again.
fn bin(conn: &mut Conn, actor: &Actor, leads: &[&Lead]) -> Result<()> {
    for lead in leads {
        if !lead.fields.external_ref.is_empty() {
            let fields = LeadFields {
                external_ref: TextLine::default(),
                ..lead.fields.clone()
            };
            store::write::update(conn, actor, lead, &fields)?;
        }
    }
    let ids: Vec<i64> = leads.iter().map(|lead| lead.id).collect();
    store::write::delete(conn, actor, &ids)?;
    record(conn, actor, "delete", leads)
}

fn restore_fields(conn: &mut Conn, actor: &Actor, restored: &[(&Lead, &FormerLead)]) -> Result<()> {
    let differ = restored
        .iter()
        .filter(|(lead, former)| lead.fields != former.fields);
    let mut changed = Vec::new();
    for (lead, former) in differ {
        store::write::update(conn, actor, lead, &former.fields)?;
        changed.push(*lead);
    }
    record(conn, actor, "update", &changed)
}

fn restore_all_histories(
    conn: &mut Conn,
    actor: &Actor,
    restored: &[(&Lead, &FormerLead)],
) -> Result<()> {
    let with_history = restored
        .iter()
        .filter_map(|(lead, former)| Some((*lead, *former, former.history.as_ref()?)));
    let states = with_history
        .clone()
        .map(|(lead, former, history)| FormerState {
            lead_id: lead.id,
            history,
            pause: pause_of(&former.snapshot),
            pause_reason: &former.snapshot.pause_reason,
        });
    restore_histories(conn, actor, &states.collect::<Vec<_>>())?;
    let leads: Vec<&Lead> = with_history.map(|(lead, ..)| lead).collect();
    record(conn, actor, "history", &leads)
}

fn pause_of(former: &LeadSnapshot) -> Option<PauseEnd> {
    let at = former.paused_until.as_deref();
    Some(PauseEnd {
        day: former.resumes_on?,
        at: Timestamp::parse_rfc3339(at?)?,
    })
}

/// Records the change of each lead from what it was.
fn record(conn: &mut Conn, actor: &Actor, action: &'static str, before: &[&Lead]) -> Result<()> {
    let ids: Vec<i64> = before.iter().map(|lead| lead.id).collect();
    let after = store::find_many(conn, &ids)?;
    let after: HashMap<i64, &Lead> = after.iter().map(|lead| (lead.id, lead)).collect();
    let pairs = before
        .iter()
        .filter_map(|lead| Some((Some(*lead), *after.get(&lead.id)?)));
    record_many(conn, actor, action, &pairs.collect::<Vec<_>>())
}
