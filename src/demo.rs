//! A filled database to look around in: people who can sign in, and a pipeline.

use crate::access::password::{self, Password};
use crate::access::{UserForm, accounts, users};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Conn, Db, StartError};
use crate::error::{Error, FieldErrors};
use crate::statuses::demo::{FOUNDED_DAYS, live_through};
use crate::web::random_token;

/// The people of the demonstration; the first is its administrator.
const PEOPLE: [(&str, &str, &str); 6] = [
    ("Mara Ionescu", "mara@example.com", "admin"),
    ("Victor Stan", "victor@example.com", "manager"),
    ("Ioana Țurcanu", "ioana@example.com", "rep"),
    ("Radu Șerban", "radu@example.com", "rep"),
    ("Elena Marin", "elena@example.com", "rep"),
    ("Paul Weber", "paul@example.com", "viewer"),
];

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
    let is_empty = db.read(|conn| Ok(users::count_all(conn)? == 0)).await;
    if !is_empty.map_err(failed)? {
        return Err(StartError::new(
            "--demo fills only an empty database, and this one has users: name another with DATABASE_URL.",
        ));
    }
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
    db.write(move |conn| move_in(conn, &hash, now))
        .await
        .map_err(failed)?;
    Ok(Login {
        email: PEOPLE[0].1,
        password,
    })
}

/// The people come, and their administrator lives through some months.
fn move_in(conn: &mut Conn, hash: &str, now: Timestamp) -> Result<(), Error> {
    let founded = now.plus_seconds(-FOUNDED_DAYS * 86_400);
    let actor = Actor::program("setup", founded);
    let mut first = None;
    for (name, email, role) in PEOPLE {
        let form = UserForm {
            name: name.to_owned(),
            email: email.to_owned(),
            role: role.to_owned(),
        };
        let fields = form.parse().map_err(Error::Invalid)?;
        let made = accounts::create(conn, &actor, &fields, hash)?;
        first.get_or_insert(made);
    }
    match &first {
        Some(administrator) => live_through(conn, administrator, now),
        None => Ok(()),
    }
}

fn hash_of(password: &str) -> Result<String, Error> {
    let accepted = Password::parse(password, "", "")
        .map_err(|message| Error::Invalid(FieldErrors::one("password", message)))?;
    password::hash(&accepted)
}
