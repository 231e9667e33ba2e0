//! What can be done to users. Each function is one step of a transaction and leaves its audit entry.

use crate::access::domain::role::Role;
use crate::access::domain::user::User;
use crate::access::domain::user::{UserFields, email_key};
use crate::access::store::users as store;
use crate::audit::{self, Actor, NewEntry};
use crate::clock::Timestamp;
use crate::db::{Conn, Db};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;

fn record(
    conn: &mut Conn,
    actor: &Actor,
    action: &'static str,
    before: Option<&User>,
    after: Option<&User>,
) -> Result<()> {
    let subject = after.or(before);
    let entry = NewEntry {
        subject: "user",
        subject_id: subject.map(|user| user.id),
        name: subject.map(|user| user.name.clone()).unwrap_or_default(),
        action,
        before: before.and_then(|user| audit::snapshot(&user.snapshot())),
        after: after.and_then(|user| audit::snapshot(&user.snapshot())),
        ..NewEntry::default()
    };
    audit::record(conn, actor, &entry)
}

/// Notes something that changes nothing about the user: a sign-in, a new password.
///
/// # Errors
/// What the database refuses.
pub fn record_event(
    conn: &mut Conn,
    actor: &Actor,
    user: &User,
    action: &'static str,
) -> Result<()> {
    let entry = NewEntry {
        subject: "user",
        subject_id: Some(user.id),
        name: user.name.clone(),
        action,
        ..NewEntry::default()
    };
    audit::record(conn, actor, &entry)
}

/// Adds a user whose password is kept as `hash`.
///
/// # Errors
/// [`Error::Taken`] if the e-mail address belongs to another.
pub fn create(conn: &mut Conn, actor: &Actor, fields: &UserFields, hash: &str) -> Result<User> {
    let id = store::insert(conn, fields, hash, actor.now)?;
    let made = store::find(conn, id)?;
    record(conn, actor, "create", None, Some(&made))?;
    Ok(made)
}

/// Changes name, address and role.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Taken`]; [`Error::Conflict`] if the last administrator would become something else.
pub fn update(conn: &mut Conn, actor: &Actor, id: i64, fields: &UserFields) -> Result<User> {
    store::lock_admins(conn)?;
    let before = store::lock_for_update(conn, id)?;
    if before.role == Role::Admin && fields.role != Role::Admin && before.is_enabled() {
        refuse_last_admin(conn, id, "user-last-admin-role")?;
    }
    store::update(conn, id, fields, actor.now)?;
    let after = store::find(conn, id)?;
    if before.is_changed(&after) {
        record(conn, actor, "update", Some(&before), Some(&after))?;
    }
    Ok(after)
}

/// Changes what people choose for themselves: name, language, theme, shortcuts.
///
/// # Errors
/// [`Error::NotFound`].
pub fn update_profile(conn: &mut Conn, actor: &Actor, chosen: &User) -> Result<()> {
    let before = store::lock_for_update(conn, chosen.id)?;
    store::update_profile(conn, chosen, actor.now)?;
    let after = store::find(conn, chosen.id)?;
    if before.is_changed(&after) {
        record(conn, actor, "update", Some(&before), Some(&after))?;
    }
    Ok(())
}

/// Keeps a new password and ends the user's sessions, all but `except`. Addresses and devices from which the user
/// signed in are not known any more.
///
/// # Errors
/// [`Error::NotFound`].
pub fn set_password(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    hash: &str,
    except: Option<i64>,
) -> Result<User> {
    let user = store::lock_for_update(conn, id)?;
    store::set_password_hash(conn, id, hash, actor.now)?;
    store::end_sessions(conn, id, except)?;
    store::forget_addresses(conn, id)?;
    record_event(conn, actor, &user, "password")?;
    Ok(user)
}

/// Replaces a password's hash by one with stronger parameters, unless the password was changed in the meantime.
///
/// # Errors
/// [`Error::NotFound`].
pub fn rehash_password(
    conn: &mut Conn,
    id: i64,
    kept: &str,
    stronger: &str,
    now: Timestamp,
) -> Result<()> {
    store::lock_for_update(conn, id)?;
    if store::password_hash(conn, id)? == kept {
        store::set_password_hash(conn, id, stronger, now)?;
    }
    Ok(())
}

/// Waits until the writes that a user had begun have ended. Called after rights were taken away and before that is
/// answered, so that no write with the old rights ends later. The rights are gone also if the wait fails.
pub async fn wait_for_writes(db: &Db, id: i64) {
    let waited = db.write(move |conn| store::wait_for_writes(conn, id)).await;
    if let Err(cause) = waited {
        tracing::warn!(%cause, user = id, "writes of a user may still be under way");
    }
}

/// Lets a user sign in no more and ends the sessions. Disabling twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for oneself and for the last administrator.
pub fn disable(conn: &mut Conn, actor: &Actor, id: i64) -> Result<User> {
    store::lock_admins(conn)?;
    let before = store::lock_for_update(conn, id)?;
    if actor.user_id == Some(id) {
        return Err(Error::Conflict(Message::new("user-disable-self")));
    }
    if !before.is_enabled() {
        return Ok(before);
    }
    if before.role == Role::Admin {
        refuse_last_admin(conn, id, "user-last-admin-disable")?;
    }
    store::set_disabled(conn, id, Some(actor.now), actor.now)?;
    store::end_sessions(conn, id, None)?;
    let after = store::find(conn, id)?;
    record(conn, actor, "disable", Some(&before), Some(&after))?;
    Ok(after)
}

/// Lets a user sign in again.
///
/// # Errors
/// [`Error::NotFound`].
pub fn enable(conn: &mut Conn, actor: &Actor, id: i64) -> Result<User> {
    let before = store::lock_for_update(conn, id)?;
    if before.is_enabled() {
        return Ok(before);
    }
    store::set_disabled(conn, id, None, actor.now)?;
    let after = store::find(conn, id)?;
    record(conn, actor, "enable", Some(&before), Some(&after))?;
    Ok(after)
}

/// The user with an address.
///
/// # Errors
/// [`Error::Invalid`] at `email` if there is none.
pub fn by_email(conn: &mut Conn, email: &str) -> Result<User> {
    store::find_by_email(conn, email)?.ok_or_else(|| {
        let message = Message::new("user-email-unknown").with("email", email_key(email));
        Error::Invalid(FieldErrors::one("email", message))
    })
}

fn refuse_last_admin(conn: &mut Conn, id: i64, key: &'static str) -> Result<()> {
    match store::is_last_admin(conn, id)? {
        true => Err(Error::Conflict(Message::new(key))),
        false => Ok(()),
    }
}

impl User {
    /// True if the log would show a change.
    fn is_changed(&self, other: &User) -> bool {
        audit::snapshot(&self.snapshot()) != audit::snapshot(&other.snapshot())
    }
}
