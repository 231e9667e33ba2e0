//! Checks an e-mail address and a password. Unknown, disabled and wrong get the same answer after the same time.

use std::time::Duration;

use serde_json::json;

use crate::access::accounts;
use crate::access::password::Verdict;
use crate::access::verify_limited;
use crate::access::{PageRequest, User, users};
use crate::audit::{self, Actor, NewEntry};
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::sessions::actions::throttle::Attempt;
use crate::sessions::http::pending_session::{Account, PendingSession, actor};
use crate::web::{App, client_address};

/// Signs in the user with this address and password, and begins their `session`.
///
/// # Errors
/// [`Error::Invalid`] with one message if there is no such user; [`Error::TooMany`] after too many failures;
/// [`Error::Crowded`] if many sign in at once.
pub async fn sign_in(
    request: &PageRequest,
    session: &PendingSession,
    email: &str,
    password: &str,
) -> Result<Account> {
    let app = request.app();
    let lookup = look_up(request, session, email).await?;
    delay_sign_in(app, lookup.delay).await?;
    let hash = lookup.account.as_ref().map(|account| account.hash.clone());
    let (verdict, new_hash) = verify_limited(app, password.to_owned(), hash).await?;
    let checked = AttemptResult {
        attempt: lookup.attempt,
        address: client_address(request.http(), app),
        account: lookup.account,
        is_right: verdict != Verdict::Wrong,
        new_hash,
        actor: actor(request, Channel::Ui),
        session: session.clone(),
    };
    let account = app.db.write(move |conn| checked.finish(conn)).await?;
    account.ok_or_else(|| Error::invalid("email", Message::new("login-wrong")))
}

/// The state of an account before a password is checked.
struct Lookup {
    account: Option<Account>,
    attempt: Option<Attempt>,
    delay: Duration,
}

/// The account of an e-mail address, if its failures allow another attempt from this client.
async fn look_up(request: &PageRequest, session: &PendingSession, email: &str) -> Result<Lookup> {
    let app = request.app();
    let (now, signer) = (app.clock.now(), app.signer.clone());
    let device = session.device().clone();
    let address = client_address(request.http(), app);
    let attempt = app.has_rate_limits.then(|| Attempt::new(email, &address));
    let email = email.to_owned();
    app.db
        .read(move |conn| {
            let account = find_account(conn, &email)?;
            let mut delay = Duration::ZERO;
            let attempt = match (attempt, &account) {
                (Some(attempt), Some(Account { user, hash })) => {
                    Some(attempt.with_origin(conn, (user.id, hash), &device, &signer)?)
                }
                (attempt, _) => attempt,
            };
            if let Some(attempt) = &attempt {
                attempt.require_allowed(conn, now)?;
                delay = attempt.delay(conn, now)?;
            }
            Ok(Lookup {
                account,
                attempt,
                delay,
            })
        })
        .await
}

fn find_account(conn: &mut Conn, email: &str) -> Result<Option<Account>> {
    let Some(user) = users::find_by_email(conn, email)? else {
        return Ok(None);
    };
    let hash = users::password_hash(conn, user.id)?;
    Ok(Some(Account { user, hash }))
}

/// Waits without a thread, a connection or a permit for hashing.
async fn delay_sign_in(app: &App, delay: Duration) -> Result<()> {
    if !delay.is_zero() {
        let _permit = app.delayed_sign_ins.acquire().await?;
        tokio::time::sleep(delay).await;
    }
    Ok(())
}

/// An attempt whose password was checked.
struct AttemptResult {
    attempt: Option<Attempt>,
    address: String,
    account: Option<Account>,
    is_right: bool,
    new_hash: Option<String>,
    /// The author of the audit entry: the program, until the user is signed in.
    actor: Actor,
    session: PendingSession,
}

impl AttemptResult {
    /// Begins the session if the checked password still is that of an enabled user, else counts a failure. Attempts after
    /// too many failures are refused here, too, so that simultaneous attempts count one by one.
    fn finish(&self, conn: &mut Conn) -> Result<Option<Account>> {
        let now = self.actor.now;
        if let Some(attempt) = &self.attempt {
            attempt.require_allowed(conn, now)?;
        }
        let Some(Account { user, mut hash }) = self.confirm(conn)? else {
            return self.count_failure(conn).map(|()| None);
        };
        if let Some(attempt) = &self.attempt {
            attempt.clear_failures(conn)?;
        }
        if let Some(new_hash) = &self.new_hash {
            accounts::rehash_password(conn, user.id, &hash, new_hash, now)?;
            hash.clone_from(new_hash);
        }
        self.session.insert(conn, user.id, now)?;
        let signer = Actor {
            user_id: Some(user.id),
            name: user.name.clone(),
            ..self.actor.clone()
        };
        accounts::record_event(conn, &signer, &user, "sign-in")?;
        Ok(Some(Account { user, hash }))
    }

    /// The account as it is now, locked until the end of the transaction; nothing if its password was changed or its
    /// user disabled while this attempt waited.
    fn confirm(&self, conn: &mut Conn) -> Result<Option<Account>> {
        let Some(Account { user, hash }) = self.account.as_ref().filter(|_| self.is_right) else {
            return Ok(None);
        };
        let current = Account {
            user: users::lock_for_update(conn, user.id)?,
            hash: users::password_hash(conn, user.id)?,
        };
        let is_confirmed = current.user.is_enabled() && current.hash == *hash;
        Ok(is_confirmed.then_some(current))
    }

    fn count_failure(&self, conn: &mut Conn) -> Result<()> {
        let Some(attempt) = &self.attempt else {
            return Ok(());
        };
        if !attempt.record_failure(conn, self.actor.now)? {
            return Ok(());
        }
        let user: Option<&User> = self.account.as_ref().map(|account| &account.user);
        let entry = NewEntry {
            subject: "user",
            subject_id: user.map(|user| user.id),
            name: user.map(|user| user.name.clone()).unwrap_or_default(),
            action: "throttle",
            after: Some(json!({"address": self.address})),
            ..NewEntry::default()
        };
        audit::record(conn, &self.actor, &entry)
    }
}
