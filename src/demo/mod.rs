//! Fills an empty database with the demonstration: users, a pipeline and its leads, as a story of eighteen months.
//! Events are made from fixed random numbers and played in the order of time.

mod hand_over;
mod lead_event;
mod lead_story;
mod random;
mod status_change;
mod story;
mod vocabulary;

use crate::access::password::{self, Password};
use crate::access::{User, UserForm, accounts, users};
use crate::audit::Actor;
use crate::channel::Channel;
use crate::clock::{DAY, DAY_SECONDS, Timestamp};
use crate::db::{Conn, Db, StartError};
use crate::demo::lead_event::{LeadEvent, LeadIds, apply_events};
use crate::demo::lead_story::LeadStory;
use crate::demo::story::Story;
use crate::digest::PasswordCost;
use crate::error::Error;
use crate::i18n::Lang;
use crate::signer::random_token;
use crate::statuses;

/// The length of the story in days.
pub const HISTORY_DAYS: i64 = 548;
/// The number of leads.
const LEADS: usize = 600;
/// Events in one transaction.
const BATCH_EVENTS: usize = 150;

/// The end of the story as generated: a Tuesday, 15:00 UTC. Working hours depend on the weekday, so the story is
/// generated for this day and then shifted by whole days.
const GENERATED_END: Timestamp = Timestamp(1_780_412_400_000_000);

/// The end of a story that is played now: the last 15:00 UTC.
fn end(now: Timestamp) -> Timestamp {
    let days = (now.0 - GENERATED_END.0).div_euclid(DAY);
    Timestamp(GENERATED_END.0 + days * DAY)
}

/// The address and the password to sign in to the demonstration.
pub struct Login {
    pub email: String,
    /// Random; all users of the demonstration have it.
    pub password: String,
}

/// Fills an empty database, in this language.
///
/// # Errors
/// Returns [`StartError`] if it has users or leads.
pub async fn fill(db: &Db, now: Timestamp, lang: Lang) -> Result<Login, StartError> {
    let failed = |cause: Error| StartError(format!("The demonstration can't be created: {cause}."));
    let is_empty = db.read(is_empty).await;
    if !is_empty.map_err(failed)? {
        return Err(StartError::new(
            "--demo fills only an empty database, and this one has users or leads: name another with DATABASE_URL.",
        ));
    }
    // The story always ends at the same time of day.
    let now = end(now);
    let password = random_token(15);
    let hash = tokio::task::spawn_blocking({
        let password = password.clone();
        move || hash_password(&password)
    });
    let hash = hash.await.map_err(Error::internal).flatten();
    let hash = hash.map_err(failed)?;
    let story = Story::load(lang).map_err(failed)?;
    let rows = story.users.clone();
    let users = db.write(move |conn| create_users(conn, &rows, &hash, now));
    let users = users.await.map_err(failed)?;
    play(db, &story, &users, now).await.map_err(failed)?;
    Ok(Login {
        email: users[0].email.clone(),
        password,
    })
}

fn is_empty(conn: &mut Conn) -> Result<bool, Error> {
    let counts = statuses::lead_totals(conn)?;
    let leads: i64 = counts
        .values()
        .map(|count| count.leads + count.in_bin)
        .sum();
    Ok(users::count_all(conn)? == 0 && leads == 0)
}

/// Creates the users.
fn create_users(
    conn: &mut Conn,
    rows: &[(String, String, String)],
    hash: &str,
    now: Timestamp,
) -> Result<Vec<User>, Error> {
    let created_at = now.plus_seconds(-HISTORY_DAYS * DAY_SECONDS);
    let actor = Actor::program(Channel::Setup, created_at);
    let mut users = Vec::new();
    for (name, email, role) in rows {
        let (name, email, role) = (name.clone(), email.clone(), role.clone());
        let form = UserForm { name, email, role };
        let fields = form.parse().map_err(Error::Invalid)?;
        users.push(accounts::create(conn, &actor, &fields, hash)?);
    }
    Ok(users)
}

/// Plays the changes of statuses and the events of leads in the order of time, up to now.
async fn play(db: &Db, story: &Story, users: &[User], now: Timestamp) -> Result<(), Error> {
    let events = lead_events(story, users, now)?;
    let mut remaining = &events[..];
    let mut ids = LeadIds::new();
    for change in &story.status_changes {
        let until = remaining.partition_point(|event| event.at < change.at(now));
        let (before, after) = remaining.split_at(until);
        ids = play_leads(db, before, ids).await?;
        let (change, administrator) = (change.clone(), users[0].clone());
        db.write(move |conn| change.apply(conn, &administrator, now))
            .await?;
        remaining = after;
    }
    play_leads(db, remaining, ids).await.map(drop)
}

/// All events of leads up to the end of the story, in the order of time.
fn lead_events(story: &Story, users: &[User], now: Timestamp) -> Result<Vec<LeadEvent>, Error> {
    let offset = end(now).0 - GENERATED_END.0;
    let mut events = Vec::new();
    for lead in 0..LEADS {
        events.extend(LeadStory::events_of(story, users, lead, GENERATED_END)?);
    }
    events.sort_by_key(|event| event.at);
    let shifted = events.into_iter().map(|event| event.shifted(offset));
    Ok(shifted.collect())
}

/// Plays events of leads in short transactions, so that other writes don't wait long.
async fn play_leads(db: &Db, events: &[LeadEvent], mut ids: LeadIds) -> Result<LeadIds, Error> {
    for batch in events.chunks(BATCH_EVENTS) {
        let batch = batch.to_vec();
        ids = db
            .write(move |conn| apply_events(conn, &batch, &ids))
            .await?;
    }
    Ok(ids)
}

fn hash_password(password: &str) -> Result<String, Error> {
    let password =
        Password::parse(password, "", "").map_err(|message| Error::invalid("password", message))?;
    password::hash(&password, PasswordCost::RECOMMENDED)
}
