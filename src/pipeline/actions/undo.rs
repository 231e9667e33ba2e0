//! Taking a change back as a whole. Imports of statuses are taken back at once, or not at all; those of leads and visits in
//! steps, which the worker of any server does, also after a crash. What has changed since stays as it is.

use crate::access::Principal;
use crate::audit::{self, Actor, StoredEntry, record_undo};
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::{Conn, Db, MAX_STEP_ROWS};
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::{self, UndoSkippedLead, UndoStep};
use crate::pipeline::actions::past_imports::{self, PastImport};
use crate::pipeline::domain::undo::{MAX_NAMED, SkippedRecord, UndoCounts, UndoPreview};
use crate::pipeline::store::undos;
use crate::pipeline::store::undos::Undo;
use crate::statuses;

/// What taking a change back would do now. Blocks for as long as the entries of the change are read.
///
/// # Errors
/// [`Error::Conflict`] if nothing can be taken back.
pub fn preview(db: &Db, change: &PastImport) -> Result<UndoPreview> {
    let batch = change.entry.batch_id;
    let mut preview = UndoPreview::default();
    if change.is_of_statuses() {
        let count = db.read_part(|conn| statuses::count_undoable(conn, batch))?;
        preview.counts = status_counts(change, count);
        return Ok(preview);
    }
    let mut after = 0;
    loop {
        let step = db.read_part(|conn| leads::preview_undo(conn, batch, after, MAX_STEP_ROWS))?;
        add_step(&mut preview, &step);
        match step.last {
            Some(last) => after = last,
            None => break,
        }
    }
    match preview.counts.taken_back() {
        0 => Err(Error::Conflict(Message::new("imports-undo-nothing"))),
        _ => Ok(preview),
    }
}

/// The numbers for an import of statuses of which so many can be taken back.
fn status_counts(change: &PastImport, count: usize) -> UndoCounts {
    let binned = change.summary.created.min(count as i64);
    UndoCounts {
        binned,
        restored: count as i64 - binned,
        left_alone: 0,
    }
}

fn add_step(preview: &mut UndoPreview, step: &UndoStep) {
    preview.counts.binned += step.binned as i64;
    preview.counts.restored += step.restored as i64;
    preview.counts.left_alone += step.skipped.len() as i64;
    preview.skipped.extend(step.skipped.iter().map(to_record));
    preview.skipped.truncate(MAX_NAMED as usize);
}

fn to_record(lead: &UndoSkippedLead) -> SkippedRecord {
    SkippedRecord {
        thing: "lead".to_owned(),
        id: lead.id,
        name: lead.name.clone(),
        reason: lead.reason.clone().into(),
    }
}

/// Begins to take a change back: from now on this is always finished. Statuses are taken back at once.
///
/// # Errors
/// As [`PastImport::check`]; [`Error::Conflict`] if statuses have changed since.
pub fn start(conn: &mut Conn, principal: &Principal, id: i64) -> Result<()> {
    let change = past_imports::find(conn, id)?;
    change.check(principal)?;
    let actor = principal.actor(Channel::Undo);
    let mut undo = Undo {
        id: 0,
        change_id: id,
        user_id: principal.user_id,
        actor: actor.name.clone(),
        request_id: actor.request_id.clone(),
        batch_id: actor.batch_id,
        started_at: actor.now,
        position: 0,
        done: 0,
        total: change.count(),
        binned: 0,
        restored: 0,
        left_alone: 0,
        finished_at: None,
    };
    if change.is_of_statuses() {
        let batch = change.entry.batch_id;
        let counts = status_counts(&change, statuses::count_undoable(conn, batch)?);
        statuses::undo_batch(conn, &actor, batch)?;
        (undo.binned, undo.restored) = (counts.binned, counts.restored);
        undo.done = undo.total;
        undo.finished_at = Some(actor.now);
        record_undo(conn, &actor, &change.entry, &undo.counts())?;
    }
    undos::insert(conn, &undo)
}

/// Takes back at most `limit` entries of a change, and returns how many leads were looked at; nothing if it is finished or
/// another server works on it.
///
/// # Errors
/// Returns an error if the database can't be written; the step is tried again later.
pub fn run_step(conn: &mut Conn, now: Timestamp, id: i64, limit: usize) -> Result<Option<usize>> {
    let Some(mut undo) = undos::lock(conn, id)? else {
        return Ok(None);
    };
    let entry = audit::find_import(conn, undo.change_id)?;
    let actor = author(&undo, now);
    let step = leads::run_undo(conn, &actor, entry.batch_id, undo.position, limit)?;
    let mut skipped: Vec<SkippedRecord> = step.skipped.iter().map(to_record).collect();
    undo.done += step.leads() as i64;
    undo.binned += step.binned as i64;
    undo.restored += step.restored as i64;
    match step.last {
        Some(last) => undo.position = last,
        None => {
            skipped.extend(remove_statuses(conn, &actor, entry.batch_id)?);
            undo.finished_at = Some(now);
        }
    }
    undo.left_alone += skipped.len() as i64;
    undos::advance(conn, &undo, &skipped)?;
    if undo.finished_at.is_some() {
        record_undo(conn, &actor, &entry, &undo.counts())?;
    }
    Ok(Some(step.leads()))
}

/// The author of what a step writes.
fn author(undo: &Undo, now: Timestamp) -> Actor {
    Actor {
        user_id: Some(undo.user_id),
        token_id: None,
        name: undo.actor.clone(),
        channel: Channel::Undo,
        request_id: undo.request_id.clone(),
        batch_id: undo.batch_id,
        now,
    }
}

/// Removes the statuses that an import of leads created; those that are in use or were changed since stay.
fn remove_statuses(conn: &mut Conn, actor: &Actor, batch: i64) -> Result<Vec<SkippedRecord>> {
    let entries = audit::list_by_batch(conn, batch, &[statuses::SUBJECT])?;
    let created = entries.iter().filter(|entry| entry.action == "create");
    let mut skipped = Vec::new();
    for entry in created {
        let Some(id) = entry.subject_id else { continue };
        let newest = audit::latest_batch(conn, statuses::SUBJECT, id)?;
        let reason = match newest == Some(batch) {
            false => Some(Message::new("imports-status-changed")),
            true => removal_refusal(conn, actor, id)?,
        };
        skipped.extend(reason.map(|reason| skipped_status(entry, id, reason)));
    }
    statuses::changes::close_gaps(conn)?;
    Ok(skipped)
}

/// Removes a status; why that can't be done, if it can't.
fn removal_refusal(conn: &mut Conn, actor: &Actor, id: i64) -> Result<Option<Message>> {
    match statuses::changes::delete(conn, actor, id) {
        Ok(_) | Err(Error::NotFound) => Ok(None),
        Err(Error::Blocked(_) | Error::Conflict(_)) => {
            Ok(Some(Message::new("imports-status-used")))
        }
        Err(error) => Err(error),
    }
}

fn skipped_status(entry: &StoredEntry, id: i64, reason: Message) -> SkippedRecord {
    SkippedRecord {
        thing: "status".to_owned(),
        id,
        name: entry.subject_name.clone(),
        reason: reason.into(),
    }
}
