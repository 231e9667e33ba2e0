//! A filled database to look around in: people who can sign in, and a pipeline.

use crate::access::password::{self, Password};
use crate::access::{User, UserForm, accounts, users};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Conn, Db, StartError};
use crate::error::{Error, FieldErrors};
use crate::leads::demo::{Known, Step};
use crate::statuses::demo::{Chapter, FOUNDED_DAYS};
use crate::web::random_token;
use crate::{leads, statuses};

/// The people of the demonstration; the first is its administrator.
const PEOPLE: [(&str, &str, &str); 6] = [
    ("Mara Ionescu", "mara@example.com", "admin"),
    ("Victor Stan", "victor@example.com", "manager"),
    ("Ioana Țurcanu", "ioana@example.com", "rep"),
    ("Radu Șerban", "radu@example.com", "rep"),
    ("Elena Marin", "elena@example.com", "rep"),
    ("Paul Weber", "paul@example.com", "viewer"),
];

/// Steps of one transaction.
const STEPS: usize = 150;

/// How to sign in to the demonstration.
pub struct Login {
    pub email: &'static str,
    /// Made at random; everyone in the demonstration has the same.
    pub password: String,
}

/// Fills an empty database.
///
/// # Errors
/// [`StartError`] if there is someone in it already.
pub async fn fill(db: &Db, now: Timestamp) -> Result<Login, StartError> {
    let failed = |cause: Error| StartError(format!("The demonstration can't be made: {cause}."));
    let is_empty = db.read(is_empty).await;
    if !is_empty.map_err(failed)? {
        return Err(StartError::new(
            "--demo fills only an empty database, and this one has users or leads: name another with DATABASE_URL.",
        ));
    }
    // What is the same every time ends at the same time of the day.
    let now = leads::demo::end(now);
    let password = random_token(15);
    let hash = tokio::task::spawn_blocking({
        let password = password.clone();
        move || hash_of(&password)
    });
    let hash = hash
        .await
        .map_err(Error::internal)
        .flatten()
        .map_err(failed)?;
    let people = db.write(move |conn| move_in(conn, &hash, now)).await;
    let people = people.map_err(failed)?;
    live(db, &people, now).await.map_err(failed)?;
    Ok(Login {
        email: PEOPLE[0].1,
        password,
    })
}

fn is_empty(conn: &mut Conn) -> Result<bool, Error> {
    let heads = statuses::headcounts(conn)?;
    let leads: i64 = heads.values().map(|head| head.leads + head.in_bin).sum();
    Ok(users::count_all(conn)? == 0 && leads == 0)
}

/// The people come.
fn move_in(conn: &mut Conn, hash: &str, now: Timestamp) -> Result<Vec<User>, Error> {
    let founded = now.plus_seconds(-FOUNDED_DAYS * 86_400);
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

/// They live through the months, up to now: what happened to statuses and to leads, in the order of time.
async fn live(db: &Db, people: &[User], now: Timestamp) -> Result<(), Error> {
    let steps = leads::demo::story(people, now)?;
    let mut left = &steps[..];
    let mut known = Known::new();
    for chapter in statuses::demo::story() {
        let until = left.partition_point(|step| step.at < chapter.at(now));
        let (before, after) = left.split_at(until);
        known = live_leads(db, before, known).await?;
        live_chapter(db, chapter, people, now).await?;
        left = after;
    }
    live_leads(db, left, known).await.map(drop)
}

async fn live_chapter(
    db: &Db,
    chapter: Chapter,
    people: &[User],
    now: Timestamp,
) -> Result<(), Error> {
    let Some(administrator) = people.first().cloned() else {
        return Ok(());
    };
    db.write(move |conn| chapter.live(conn, &administrator, now))
        .await
}

/// Bit by bit, so that no one waits long for the database.
async fn live_leads(db: &Db, steps: &[Step], mut known: Known) -> Result<Known, Error> {
    for some in steps.chunks(STEPS) {
        let some = some.to_vec();
        known = db
            .write(move |conn| leads::demo::live(conn, &some, &known))
            .await?;
    }
    Ok(known)
}

fn hash_of(password: &str) -> Result<String, Error> {
    let accepted = Password::parse(password, "", "")
        .map_err(|message| Error::Invalid(FieldErrors::one("password", message)))?;
    password::hash(&accepted)
}
