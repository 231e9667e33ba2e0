//! Replacing a status: its leads go to another one, then it is archived or deleted. A few go at once, in the
//! transaction that archives or deletes it. Many go little by little while others work; until the last has gone the
//! status is leaving: no lead comes in, and nothing else is done to it. Whoever serves the database goes on with it.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::{HttpRequest, web};
use tokio::sync::Notify;

use super::{LeadStatus, changes, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::locks::{self, Strength};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::web::App;
use crate::web::fields::{Fields, parse_id};

/// As many leads go at once, in one transaction with what becomes of their status.
pub const AT_ONCE: i64 = 300;
/// As many leads go in one step where there are more: others wait no longer than for one.
const STEP: i64 = 100;
/// How long nobody looks whether a server that has stopped left something undone.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// The status that takes over, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replacement {
    pub to: i64,
    /// Its new leads begin a new age instead of keeping the one they have.
    pub restarts_age: bool,
}

impl Replacement {
    /// What `replace_with` and `restart_age` ask for. Empty values are refused: naming the field means a replacement,
    /// and a choice of what becomes of the age.
    ///
    /// # Errors
    /// [`Error::Invalid`] at either.
    pub fn read(fields: &Fields) -> Result<Option<Replacement>> {
        let Some(to) = fields.text("replace_with") else {
            return Ok(None);
        };
        let to = parse_id(to.trim());
        let refused = || FieldErrors::one("replace_with", Message::new("status-replace-unknown"));
        Ok(Some(Replacement {
            to: to.ok_or_else(|| Error::Invalid(refused()))?,
            restarts_age: fields.decision("restart_age")?,
        }))
    }
}

/// How a status leaves once its leads have gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    Archive,
    Delete,
}

impl Leave {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Leave::Archive => "archive",
            Leave::Delete => "delete",
        }
    }
}

impl FromStr for Leave {
    type Err = ();

    fn from_str(word: &str) -> Result<Leave, ()> {
        match word {
            "archive" => Ok(Leave::Archive),
            "delete" => Ok(Leave::Delete),
            _ => Err(()),
        }
    }
}

/// Moves at most so many leads out of a status, those in the bin too; returns how many went.
pub type MoveOut = fn(&mut Conn, &Actor, from: i64, Replacement, limit: i64) -> Result<i64>;

/// Those who live in the statuses. Statuses know nothing of leads, so the house tells how they are moved.
#[derive(Clone)]
pub struct Residents {
    move_out: MoveOut,
    bell: Arc<Notify>,
}

impl Residents {
    /// Residents that are moved by this function.
    pub fn new(move_out: MoveOut) -> Residents {
        Residents {
            move_out,
            bell: Arc::default(),
        }
    }

    /// Those that the house told of.
    ///
    /// # Errors
    /// If it told of none.
    pub fn of(req: &HttpRequest) -> Result<Residents> {
        let found = req.app_data::<Residents>().cloned();
        found.ok_or_else(|| Error::internal("nobody moves leads"))
    }

    /// Tells whoever moves many that there is something to do.
    pub fn ring(&self) {
        self.bell.notify_one();
    }
}

/// A status that is leaving.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: i64,
    pub from: i64,
    pub replacement: Replacement,
    pub act: Leave,
    /// Whoever began it, now.
    pub actor: Actor,
}

/// Moves all leads of a status now, before it leaves. The status is held, so that nobody comes in behind those who go.
pub(super) fn at_once(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    replacement: Replacement,
    act: Leave,
    residents: &Residents,
) -> Result<()> {
    let moved = (residents.move_out)(conn, actor, from, replacement, i64::MAX)?;
    if moved > 0 {
        let id = store::begin_replacement(conn, actor, from, replacement, act, moved)?;
        store::count_moved(conn, id, moved)?;
        store::finish_replacement(conn, id, actor.now)?;
    }
    Ok(())
}

/// From now on this status, which is held, is leaving.
pub(super) fn begin(
    conn: &mut Conn,
    actor: &Actor,
    from: i64,
    replacement: Replacement,
    act: Leave,
    total: i64,
) -> Result<()> {
    store::begin_replacement(conn, actor, from, replacement, act, total)?;
    Ok(())
}

/// Refuses what can't be done to a status while leads move out of it.
///
/// # Errors
/// [`Error::Conflict`].
pub(super) fn refuse_while_leaving(status: &LeadStatus) -> Result<()> {
    is_leaving(status).map_or(Ok(()), |told| Err(Error::Conflict(told)))
}

/// Refuses what can't be done to a status while leads move out of it, or into it.
///
/// # Errors
/// [`Error::Conflict`].
pub(super) fn refuse_while_moving(conn: &mut Conn, status: &LeadStatus) -> Result<()> {
    let told = match is_leaving(status) {
        Some(told) => Some(told),
        None => is_taking(status, &store::leaving(conn)?),
    };
    told.map_or(Ok(()), |told| Err(Error::Conflict(told)))
}

/// Why nothing else is done to a status that is leaving.
pub fn is_leaving(status: &LeadStatus) -> Option<Message> {
    let leaving = status.leaving.as_ref()?;
    let told = Message::new("status-is-leaving").with("name", status.name.as_str());
    Some(told.with("to", leaving.to_name.as_str()))
}

/// Why a status stays that leads are moving into.
pub(super) fn is_taking(status: &LeadStatus, leaving: &[(i64, super::Leaving)]) -> Option<Message> {
    let is_taking = leaving.iter().any(|(_, leaving)| leaving.to == status.id);
    is_taking.then(|| Message::new("status-is-taking").with("name", status.name.as_str()))
}

/// Moves some leads, or lets the status go if none is left; false if there is nothing to do any more, or another
/// server does it.
fn step(conn: &mut Conn, now: Timestamp, id: i64, residents: &Residents) -> Result<bool> {
    let Some(job) = store::hold_replacement(conn, id, now)? else {
        return Ok(false);
    };
    match store::has_leads(conn, job.from)? {
        true => drop(move_some(conn, &job, residents)?),
        false => finish(conn, &job, residents)?,
    }
    Ok(true)
}

fn move_some(conn: &mut Conn, job: &Job, residents: &Residents) -> Result<i64> {
    let moved = (residents.move_out)(conn, &job.actor, job.from, job.replacement, STEP)?;
    store::count_moved(conn, job.id, moved)?;
    Ok(moved)
}

/// The last step. Roles went at the beginning and can't come back, leads can't come in any more, and the
/// status that takes them can't leave meanwhile: nothing is in the way.
fn finish(conn: &mut Conn, job: &Job, residents: &Residents) -> Result<()> {
    locks::pipeline(conn)?;
    let taker = (job.replacement.to, Strength::Shared);
    locks::statuses(conn, &[(job.from, Strength::Exclusive), taker])?;
    // Someone may have come in just before the door was shut.
    if move_some(conn, job, residents)? > 0 {
        return Ok(());
    }
    store::finish_replacement(conn, job.id, job.actor.now)?;
    match job.act {
        Leave::Archive => changes::archive(conn, &job.actor, job.from)?,
        Leave::Delete => changes::delete(conn, &job.actor, job.from)?,
    };
    changes::close_gaps(conn)
}

/// Moves leads as long as the server runs: what is begun here, and what a server that has stopped left undone. Where
/// several statuses are leaving, each has its turn. In a damaged database nothing is moved any more.
pub async fn work_off(app: web::Data<App>, residents: Residents) {
    let mut after = 0;
    while !app.db.is_damaged() {
        let waiting = app
            .db
            .read(move |conn| store::waiting_replacement(conn, after));
        let Ok(Some(id)) = waiting.await else {
            wait(&residents).await;
            continue;
        };
        after = id;
        let (now, hands) = (app.clock.now(), residents.clone());
        let done = app.db.write(move |conn| step(conn, now, id, &hands)).await;
        if let Err(error) = &done
            && !error.is_corrupt()
        {
            tracing::warn!(%id, ?error, "the leads of a status could not be moved yet");
        }
        if !matches!(done, Ok(true)) {
            wait(&residents).await;
        }
    }
}

async fn wait(residents: &Residents) {
    let _ = tokio::time::timeout(LOOK_AGAIN, residents.bell.notified()).await;
}
