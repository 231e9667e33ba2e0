//! Replacing a status: its leads move to another status, then it is archived or deleted. A few leads move in the
//! transaction that archives or deletes it. Many leads move in batches by a background worker of any server of the
//! database; until the last has moved, the status takes no leads and can't be changed.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::{HttpRequest, web};
use tokio::sync::Notify;

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, parse_id};
use crate::statuses::actions::changes;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::store;
use crate::web::App;

/// The most leads that move in the transaction that archives or deletes their status.
pub const MAX_IMMEDIATE_MOVES: i64 = 300;
/// The leads of one batch, where there are more. Other writes wait for one batch at most.
const BATCH_SIZE: i64 = 100;
/// The interval at which the worker looks for replacements that another server left unfinished.
const POLL_INTERVAL: Duration = Duration::from_secs(3);

/// The status that receives the leads, and how they move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replacement {
    pub to: i64,
    /// The leads that move begin a new age instead of keeping the one they have.
    pub restarts_age: bool,
}

impl Replacement {
    /// Reads `replace_with` and `restart_age`; nothing if `replace_with` is not sent. Empty values are refused.
    ///
    /// # Errors
    /// [`Error::Invalid`] at either field.
    pub fn read(fields: &Fields) -> Result<Option<Replacement>> {
        let Some(to) = fields.text("replace_with") else {
            return Ok(None);
        };
        let to = parse_id(to.trim());
        let refused = || FieldErrors::one("replace_with", Message::new("status-replace-unknown"));
        Ok(Some(Replacement {
            to: to.ok_or_else(|| Error::Invalid(refused()))?,
            restarts_age: fields.strict_boolean("restart_age")?,
        }))
    }
}

/// What happens to the status once its leads have moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    Archive,
    Delete,
}

impl Removal {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Removal::Archive => "archive",
            Removal::Delete => "delete",
        }
    }
}

impl FromStr for Removal {
    type Err = ();

    fn from_str(word: &str) -> Result<Removal, ()> {
        match word {
            "archive" => Ok(Removal::Archive),
            "delete" => Ok(Removal::Delete),
            _ => Err(()),
        }
    }
}

/// Moves at most `limit` leads out of a status, those in the bin too; returns how many moved.
pub type MoveLeads = fn(&mut Conn, &Actor, from: i64, Replacement, limit: i64) -> Result<i64>;

/// Moves leads between statuses. This slice knows nothing of leads, so the application supplies the function.
#[derive(Clone)]
pub struct LeadMover {
    move_leads: MoveLeads,
    notify: Arc<Notify>,
}

impl LeadMover {
    /// A mover that calls this function.
    pub fn new(move_out: MoveLeads) -> LeadMover {
        LeadMover {
            move_leads: move_out,
            notify: Arc::default(),
        }
    }

    /// The mover that the application registered.
    ///
    /// # Errors
    /// [`Error::Internal`] if it registered none.
    pub fn from_request(req: &HttpRequest) -> Result<LeadMover> {
        let mover = req.app_data::<LeadMover>().cloned();
        mover.ok_or_else(|| Error::internal("no lead mover is registered"))
    }

    /// Wakes the worker.
    pub fn wake(&self) {
        self.notify.notify_one();
    }
}

/// A replacement whose leads move in batches.
#[derive(Debug, Clone)]
pub struct ReplacementJob {
    pub id: i64,
    pub from: i64,
    pub replacement: Replacement,
    pub removal: Removal,
    /// The user who started it, at the present time.
    pub actor: Actor,
}

/// Moves all leads of a status in this transaction. The caller has locked the status, so no lead comes in meanwhile.
pub(crate) fn move_all(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    replacement: Replacement,
    removal: Removal,
    mover: &LeadMover,
) -> Result<()> {
    let moved = (mover.move_leads)(conn, actor, from, replacement, i64::MAX)?;
    if moved > 0 {
        let id =
            store::replacements::start_replacement(conn, actor, from, replacement, removal, moved)?;
        store::replacements::add_moved(conn, id, moved)?;
        store::replacements::finish_replacement(conn, id, actor.now)?;
    }
    Ok(())
}

/// Starts a replacement in batches. The caller has locked the status.
pub(crate) fn start(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    replacement: Replacement,
    removal: Removal,
    total: i64,
) -> Result<()> {
    store::replacements::start_replacement(conn, actor, from, replacement, removal, total)?;
    Ok(())
}

/// Refuses a change of a status while leads move out of it.
///
/// # Errors
/// [`Error::Conflict`].
pub(crate) fn refuse_if_being_replaced(status: &LeadStatus) -> Result<()> {
    being_replaced_message(status).map_or(Ok(()), |message| Err(Error::Conflict(message)))
}

/// Refuses a change of a status while leads move out of it or into it.
///
/// # Errors
/// [`Error::Conflict`].
pub(crate) fn refuse_if_leads_move(conn: &mut Conn, status: &LeadStatus) -> Result<()> {
    let message = match being_replaced_message(status) {
        Some(message) => Some(message),
        None => receiving_leads_message(status, &store::replacements::running_replacements(conn)?),
    };
    message.map_or(Ok(()), |message| Err(Error::Conflict(message)))
}

/// The reason why a status that is being replaced can't be changed; nothing for any other.
pub fn being_replaced_message(status: &LeadStatus) -> Option<Message> {
    let leaving = status.being_replaced.as_ref()?;
    let message = Message::new("status-is-leaving").with("name", status.name.as_str());
    Some(message.with("to", leaving.to_name.as_str()))
}

/// The reason why a status that receives leads can't be archived or deleted; nothing for any other.
pub(crate) fn receiving_leads_message(
    status: &LeadStatus,
    leaving: &[(i64, crate::statuses::domain::status::ReplacementProgress)],
) -> Option<Message> {
    let is_taking = leaving.iter().any(|(_, leaving)| leaving.to == status.id);
    is_taking.then(|| Message::new("status-is-taking").with("name", status.name.as_str()))
}

/// Moves one batch, or archives or deletes the status if no lead is left. False if the replacement is finished or
/// another server works on it.
fn run_step(conn: &mut Conn, now: Timestamp, id: i64, mover: &LeadMover) -> Result<bool> {
    let Some(job) = store::replacements::lock_replacement(conn, id, now)? else {
        return Ok(false);
    };
    match store::has_leads(conn, job.from)? {
        true => drop(move_batch(conn, &job, mover)?),
        false => finish(conn, &job, mover)?,
    }
    Ok(true)
}

fn move_batch(conn: &mut Conn, job: &ReplacementJob, mover: &LeadMover) -> Result<i64> {
    let moved = (mover.move_leads)(conn, &job.actor, job.from, job.replacement, BATCH_SIZE)?;
    store::replacements::add_moved(conn, job.id, moved)?;
    Ok(moved)
}

/// Archives or deletes the status. Nothing can block this: its roles were moved at the start, it takes no leads, and
/// the status that receives them can't be archived or deleted meanwhile.
fn finish(conn: &mut Conn, job: &ReplacementJob, mover: &LeadMover) -> Result<()> {
    locks::pipeline(conn)?;
    let target = (job.replacement.to, Strength::Shared);
    locks::statuses(conn, &[(job.from, Strength::Exclusive), target])?;
    // A lead may have come in before the lock was taken.
    if move_batch(conn, job, mover)? > 0 {
        return Ok(());
    }
    store::replacements::finish_replacement(conn, job.id, job.actor.now)?;
    match job.removal {
        Removal::Archive => changes::archive(conn, &job.actor, job.from)?,
        Removal::Delete => changes::delete(conn, &job.actor, job.from)?,
    };
    changes::close_gaps(conn)
}

/// Works on replacements as long as the server runs: those started here, and those that a stopped server left
/// unfinished. Several replacements take turns, batch by batch. Stops if the database is damaged.
pub async fn run_replacements(app: web::Data<App>, mover: LeadMover) {
    let mut after = 0;
    while !app.db.is_damaged() {
        let waiting = app
            .db
            .read(move |conn| store::replacements::next_replacement(conn, after));
        let Ok(Some(id)) = waiting.await else {
            wait_for_work(&mover).await;
            continue;
        };
        after = id;
        let (now, for_write) = (app.clock.now(), mover.clone());
        let done = app
            .db
            .write(move |conn| run_step(conn, now, id, &for_write))
            .await;
        if let Err(error) = &done
            && !error.is_corrupt()
        {
            tracing::warn!(%id, ?error, "the leads of a status could not be moved yet");
        }
        if !matches!(done, Ok(true)) {
            wait_for_work(&mover).await;
        }
    }
}

async fn wait_for_work(mover: &LeadMover) {
    let _ = tokio::time::timeout(POLL_INTERVAL, mover.notify.notified()).await;
}
