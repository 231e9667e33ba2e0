//! Whether someone is who they say. Unknown, disabled and wrong get the same answer after the same time.

use std::time::Duration;

use serde_json::json;

use super::begin::{NewKey, SignedIn, actor};
use super::throttle::Attempt;
use crate::access::password::{Verdict, verify_in_turn};
use crate::access::{User, Visitor, accounts, users};
use crate::audit::{self, Actor, Entry};
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::web::{App, client_address};

/// What is known of an account before the password is looked at.
type Account = Option<SignedIn>;

/// The user with this address and password, whose session `key` begins.
///
/// # Errors
/// [`Error::Invalid`] with one message if it isn't anyone; [`Error::TooMany`] after too many failures;
/// [`Error::Crowded`] if many sign in at once.
pub async fn sign_in(
    visitor: &Visitor,
    key: &NewKey,
    email: &str,
    password: &str,
) -> Result<SignedIn> {
    let app = visitor.app();
    let found = look_up(visitor, key, email).await?;
    hold_up(app, found.delay).await?;
    let kept = found.account.as_ref().map(|account| account.hash.clone());
    let (verdict, stronger) = verify_in_turn(app, password.to_owned(), kept).await?;
    let attempted = Attempted {
        attempt: found.attempt,
        address: client_address(visitor.request(), app),
        account: found.account,
        is_right: verdict != Verdict::Wrong,
        stronger,
        actor: actor(visitor, None, app.clock.now()),
        key: key.clone(),
    };
    let settled = app.db.write(move |conn| attempted.settle(conn)).await?;
    settled.ok_or_else(|| {
        let told = Message::new("login-wrong");
        Error::Invalid(FieldErrors::one("email", told))
    })
}

/// What an attempt finds before its password is looked at.
struct Found {
    account: Account,
    attempt: Option<Attempt>,
    delay: Duration,
}

/// The account of an address, if its failures allow another attempt from here.
async fn look_up(visitor: &Visitor, key: &NewKey, email: &str) -> Result<Found> {
    let app = visitor.app();
    let (now, signer, device) = (app.clock.now(), app.signer.clone(), key.device().clone());
    let address = client_address(visitor.request(), app);
    let attempt = app.rate_limits.then(|| Attempt::new(email, &address));
    let email = email.to_owned();
    app.db
        .read(move |conn| {
            let account = find(conn, &email)?;
            let mut delay = Duration::ZERO;
            let attempt = match (attempt, &account) {
                (Some(attempt), Some(SignedIn { user, hash })) => {
                    Some(attempt.seen_by(conn, (user.id, hash), &device, &signer)?)
                }
                (attempt, _) => attempt,
            };
            if let Some(attempt) = &attempt {
                attempt.must_wait(conn, now)?;
                delay = attempt.delay(conn, now)?;
            }
            Ok(Found {
                account,
                attempt,
                delay,
            })
        })
        .await
}

fn find(conn: &mut Conn, email: &str) -> Result<Account> {
    let Some(user) = users::find_by_email(conn, email)? else {
        return Ok(None);
    };
    let hash = users::password_hash(conn, user.id)?;
    Ok(Some(SignedIn { user, hash }))
}

/// Waits without a thread, a connection or a place among those whose passwords are hashed.
async fn hold_up(app: &App, delay: Duration) -> Result<()> {
    if !delay.is_zero() {
        let _place = app.held_sign_ins.pass().await?;
        tokio::time::sleep(delay).await;
    }
    Ok(())
}

/// An attempt whose password has been looked at.
struct Attempted {
    attempt: Option<Attempt>,
    address: String,
    account: Account,
    is_right: bool,
    stronger: Option<String>,
    /// The program: nobody is signed in yet.
    actor: Actor,
    key: NewKey,
}

impl Attempted {
    /// Counts a failure, or begins the session, if the user may still sign in with the password that was looked at.
    /// Who came after too many failures is refused here too, so that guesses made at the same time count one by one.
    fn settle(&self, conn: &mut Conn) -> Result<Account> {
        let now = self.actor.now;
        if let Some(attempt) = &self.attempt {
            attempt.must_wait(conn, now)?;
        }
        let Some(SignedIn { user, mut hash }) = self.confirm(conn)? else {
            return self.count(conn).map(|()| None);
        };
        if let Some(attempt) = &self.attempt {
            attempt.succeeded(conn)?;
        }
        if let Some(stronger) = &self.stronger {
            accounts::strengthen(conn, user.id, &hash, stronger, now)?;
            hash.clone_from(stronger);
        }
        self.key.begin(conn, user.id, now)?;
        let signer = Actor {
            user_id: Some(user.id),
            name: user.name.clone(),
            ..self.actor.clone()
        };
        accounts::note(conn, &signer, &user, "sign-in")?;
        Ok(Some(SignedIn { user, hash }))
    }

    /// The account as it is now, held until the end of the transaction: a password that was changed, or a user who
    /// was disabled, while this attempt waited counts.
    fn confirm(&self, conn: &mut Conn) -> Result<Account> {
        let Some(SignedIn { user, hash }) = self.account.as_ref().filter(|_| self.is_right) else {
            return Ok(None);
        };
        users::lock(conn, user.id)?;
        let now = SignedIn {
            user: users::find(conn, user.id)?,
            hash: users::password_hash(conn, user.id)?,
        };
        let is_confirmed = now.user.is_enabled() && now.hash == *hash;
        Ok(is_confirmed.then_some(now))
    }

    fn count(&self, conn: &mut Conn) -> Result<()> {
        let Some(attempt) = &self.attempt else {
            return Ok(());
        };
        if !attempt.failed(conn, self.actor.now)? {
            return Ok(());
        }
        let user: Option<&User> = self.account.as_ref().map(|account| &account.user);
        let entry = Entry {
            subject: "user",
            subject_id: user.map(|user| user.id),
            name: user.map(|user| user.name.clone()).unwrap_or_default(),
            action: "throttle",
            after: Some(json!({"address": self.address})),
            ..Entry::default()
        };
        audit::record(conn, &self.actor, &entry)
    }
}
