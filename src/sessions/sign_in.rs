//! Whether someone is who they say. Unknown, disabled and wrong get the same answer after the same time.

use serde_json::json;

use super::begin::actor;
use super::throttle::Attempt;
use crate::access::password::{Verdict, verify_in_turn};
use crate::access::{User, Visitor, accounts, users};
use crate::audit::{self, Actor, Entry};
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::web::client_address;

/// What is known of an account before the password is looked at.
type Account = Option<(User, String)>;

/// The user with this address and password.
///
/// # Errors
/// [`Error::Invalid`] with one message if it isn't anyone; [`Error::TooMany`] after too many failures.
pub async fn sign_in(visitor: &Visitor, email: &str, password: &str) -> Result<User> {
    let app = visitor.app();
    let now = app.clock.now();
    let attempt = app.rate_limits.then(|| {
        let address = client_address(visitor.request(), app);
        (Attempt::new(email, &address), address)
    });
    let account = look_up(visitor, attempt.clone(), email).await?;
    let kept = account.as_ref().map(|(_, kept)| kept.clone());
    let (verdict, stronger) = verify_in_turn(app, password.to_owned(), kept).await?;
    let is_right =
        verdict != Verdict::Wrong && account.as_ref().is_some_and(|(user, _)| user.is_enabled());
    let signer = actor(
        visitor,
        account.as_ref().map(|(user, _)| user).filter(|_| is_right),
        now,
    );
    let result = Attempted {
        attempt,
        account: account.clone(),
        is_right,
        stronger,
        actor: signer,
    };
    app.db.write(move |conn| result.settle(conn)).await?;
    match account {
        Some((user, _)) if is_right => Ok(user),
        _ => {
            let told = Message::new("login-wrong");
            Err(Error::Invalid(FieldErrors::one("email", told)))
        }
    }
}

/// The account of an address, if its failures allow another attempt.
async fn look_up(
    visitor: &Visitor,
    attempt: Option<(Attempt, String)>,
    email: &str,
) -> Result<Account> {
    let (app, email) = (visitor.app(), email.to_owned());
    let now = app.clock.now();
    app.db
        .read(move |conn| {
            if let Some((attempt, _)) = &attempt {
                attempt.must_wait(conn, now)?;
            }
            find(conn, &email)
        })
        .await
}

fn find(conn: &mut Conn, email: &str) -> Result<Account> {
    let Some(user) = users::find_by_email(conn, email)? else {
        return Ok(None);
    };
    let kept = users::password_hash(conn, user.id)?;
    Ok(Some((user, kept)))
}

/// An attempt whose password has been looked at.
struct Attempted {
    attempt: Option<(Attempt, String)>,
    account: Account,
    is_right: bool,
    stronger: Option<String>,
    actor: Actor,
}

impl Attempted {
    /// Counts a failure, or notes a success. Who came after too many failures is refused here too, so that
    /// guesses made at the same time count one by one.
    fn settle(&self, conn: &mut Conn) -> Result<()> {
        let now = self.actor.now;
        if let Some((attempt, _)) = &self.attempt {
            attempt.must_wait(conn, now)?;
        }
        match (&self.account, self.is_right) {
            (Some((user, kept)), true) => {
                if let Some((attempt, _)) = &self.attempt {
                    attempt.succeeded(conn)?;
                }
                if let Some(stronger) = &self.stronger {
                    accounts::strengthen(conn, user.id, kept, stronger, now)?;
                }
                accounts::note(conn, &self.actor, user, "sign-in")
            }
            _ => self.count(conn),
        }
    }

    fn count(&self, conn: &mut Conn) -> Result<()> {
        let Some((attempt, address)) = &self.attempt else {
            return Ok(());
        };
        if !attempt.failed(conn, self.actor.now)? {
            return Ok(());
        }
        let user = self.account.as_ref().map(|(user, _)| user);
        let entry = Entry {
            subject: "user",
            subject_id: user.map(|user| user.id),
            name: user.map(|user| user.name.clone()).unwrap_or_default(),
            action: "throttle",
            after: Some(json!({"address": address})),
            ..Entry::default()
        };
        audit::record(conn, &self.actor, &entry)
    }
}
