//! Fills an empty database with the demonstration: users, a pipeline and its leads, as a story of eighteen months.

use crate::access::password::{self, Password};
use crate::access::{User, UserForm, accounts, users};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Conn, Db, StartError};
use crate::error::{Error, FieldErrors};
use crate::leads::actions::demo::{DemoEvent, LeadIds};
use crate::statuses::actions::demo::{DemoStep, HISTORY_DAYS};
use crate::web::random_token;
use crate::{leads, statuses};

/// The users of the demonstration; the first is the administrator.
const PEOPLE: [(&str, &str, &str); 6] = [
    ("Mara Ionescu", "mara@example.com", "admin"),
    ("Victor Stan", "victor@example.com", "manager"),
    ("Ioana Țurcanu", "ioana@example.com", "rep"),
    ("Radu Șerban", "radu@example.com", "rep"),
    ("Elena Marin", "elena@example.com", "rep"),
    ("Paul Weber", "paul@example.com", "viewer"),
];

/// Events in one transaction.
const BATCH_EVENTS: usize = 150;

/// How to sign in to the demonstration.
pub struct Login {
    pub email: &'static str,
    /// Random; all users of the demonstration have it.
    pub password: String,
}

/// Fills an empty database.
///
/// # Errors
/// [`StartError`] if it has users or leads.
pub async fn fill(db: &Db, now: Timestamp) -> Result<Login, StartError> {
    let failed = |cause: Error| StartError(format!("The demonstration can't be made: {cause}."));
    let is_empty = db.read(is_empty).await;
    if !is_empty.map_err(failed)? {
        return Err(StartError::new(
            "--demo fills only an empty database, and this one has users or leads: name another with DATABASE_URL.",
        ));
    }
    // The story always ends at the same time of day.
    let now = leads::actions::demo::end(now);
    let password = random_token(15);
    let hash = tokio::task::spawn_blocking({
        let password = password.clone();
        move || hash_password(&password)
    });
    let hash = hash
        .await
        .map_err(Error::internal)
        .flatten()
        .map_err(failed)?;
    let people = db.write(move |conn| create_people(conn, &hash, now)).await;
    let people = people.map_err(failed)?;
    play(db, &people, now).await.map_err(failed)?;
    Ok(Login {
        email: PEOPLE[0].1,
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
fn create_people(conn: &mut Conn, hash: &str, now: Timestamp) -> Result<Vec<User>, Error> {
    let founded = now.plus_seconds(-HISTORY_DAYS * 86_400);
    let actor = Actor::program("setup", founded);
    let mut people = Vec::new();
    for (name, email, role) in PEOPLE {
        let form = UserForm {
            name: name.to_owned(),
            email: email.to_owned(),
            role: role.to_owned(),
        };
        let fields = form.parse().map_err(Error::Invalid)?;
        people.push(accounts::create(conn, &actor, &fields, hash)?);
    }
    Ok(people)
}

/// Plays the events of statuses and leads in the order of time, up to now.
async fn play(db: &Db, people: &[User], now: Timestamp) -> Result<(), Error> {
    let steps = leads::actions::demo::story(people, now)?;
    let mut remaining = &steps[..];
    let mut ids = LeadIds::new();
    for chapter in statuses::actions::demo::demo_steps() {
        let until = remaining.partition_point(|step| step.at < chapter.at(now));
        let (before, after) = remaining.split_at(until);
        ids = play_leads(db, before, ids).await?;
        play_chapter(db, chapter, people, now).await?;
        remaining = after;
    }
    play_leads(db, remaining, ids).await.map(drop)
}

async fn play_chapter(
    db: &Db,
    chapter: DemoStep,
    people: &[User],
    now: Timestamp,
) -> Result<(), Error> {
    let Some(administrator) = people.first().cloned() else {
        return Ok(());
    };
    db.write(move |conn| chapter.apply(conn, &administrator, now))
        .await
}

/// In short transactions, so that others don't wait long.
async fn play_leads(db: &Db, steps: &[DemoEvent], mut ids: LeadIds) -> Result<LeadIds, Error> {
    for batch in steps.chunks(BATCH_EVENTS) {
        let batch = batch.to_vec();
        ids = db
            .write(move |conn| leads::actions::demo::apply_events(conn, &batch, &ids))
            .await?;
    }
    Ok(ids)
}

fn hash_password(password: &str) -> Result<String, Error> {
    let password = Password::parse(password, "", "")
        .map_err(|message| Error::Invalid(FieldErrors::one("password", message)))?;
    password::hash(&password)
}
