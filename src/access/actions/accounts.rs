//! Changes of users. Each function is one step of a transaction and records its audit entry.

use crate::access::domain::profile::ProfileFields;
use crate::access::domain::role::Role;
use crate::access::domain::user::{User, UserFields, email_key};
use crate::access::store::users as store;
use crate::audit::{self, Actor, NewEntry};
use crate::clock::Timestamp;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::i18n::Message;

fn entry(user: &User, action: &'static str) -> NewEntry {
    NewEntry {
        subject: "user",
        subject_id: Some(user.id),
        name: user.name.clone(),
        action,
        ..NewEntry::default()
    }
}

/// Records an event that changes no field of the user: a sign-in, a new password.
///
/// # Errors
/// Returns an error if the database can't be written.
pub fn record_event(
    conn: &mut Conn,
    actor: &Actor,
    user: &User,
    action: &'static str,
) -> Result<()> {
    audit::record(conn, actor, &entry(user, action))
}

/// The user after a change, which is recorded if the log would show it.
fn reload_and_record(
    conn: &mut Conn,
    actor: &Actor,
    before: &User,
    action: &'static str,
) -> Result<User> {
    let user = store::find(conn, before.id)?;
    let entry = NewEntry {
        before: audit::snapshot(&before.snapshot()),
        after: audit::snapshot(&user.snapshot()),
        ..entry(&user, action)
    };
    if entry.before != entry.after {
        audit::record(conn, actor, &entry)?;
    }
    Ok(user)
}

/// Adds a user whose password has this hash.
///
/// # Errors
/// [`Error::Taken`] if the e-mail address belongs to another.
pub fn create(conn: &mut Conn, actor: &Actor, fields: &UserFields, hash: &str) -> Result<User> {
    let id = store::insert(conn, fields, hash, actor.now)?;
    let user = store::find(conn, id)?;
    let entry = NewEntry {
        after: audit::snapshot(&user.snapshot()),
        ..entry(&user, "create")
    };
    audit::record(conn, actor, &entry)?;
    Ok(user)
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
    reload_and_record(conn, actor, &before, "update")
}

/// Changes name, language, theme, shortcuts and time zone, which users decide for themselves.
///
/// # Errors
/// [`Error::NotFound`].
pub fn update_profile(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    fields: &ProfileFields,
) -> Result<User> {
    let before = store::lock_for_update(conn, id)?;
    store::update_profile(conn, &before, fields, actor.now)?;
    reload_and_record(conn, actor, &before, "update")
}

/// Sets a new password and ends the user's sessions, all but `except`. The known addresses and devices of the user are
/// deleted.
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
    store::delete_addresses(conn, id)?;
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
    stored_hash: &str,
    new_hash: &str,
    now: Timestamp,
) -> Result<()> {
    store::lock_for_update(conn, id)?;
    if store::password_hash(conn, id)? == stored_hash {
        store::set_password_hash(conn, id, new_hash, now)?;
    }
    Ok(())
}

/// Waits until all writes of a user have ended. Called between a change of rights and its response, so that no write with
/// the old rights ends after the response. If waiting fails, the change of rights is committed all the same.
pub async fn wait_for_writes(db: &Db, id: i64) {
    let result = db.write(move |conn| store::wait_for_writes(conn, id)).await;
    if let Err(cause) = result {
        tracing::warn!(%cause, user = id, "writes of a user may still be under way");
    }
}

/// Disables a user and ends their sessions. Disabling twice changes nothing.
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
    reload_and_record(conn, actor, &before, "disable")
}

/// Enables a user again.
///
/// # Errors
/// [`Error::NotFound`].
pub fn enable(conn: &mut Conn, actor: &Actor, id: i64) -> Result<User> {
    let before = store::lock_for_update(conn, id)?;
    if before.is_enabled() {
        return Ok(before);
    }
    store::set_disabled(conn, id, None, actor.now)?;
    reload_and_record(conn, actor, &before, "enable")
}

/// The user with an address.
///
/// # Errors
/// [`Error::Invalid`] at `email` if there is none.
pub fn by_email(conn: &mut Conn, email: &str) -> Result<User> {
    store::find_by_email(conn, email)?.ok_or_else(|| {
        let message = Message::new("user-email-unknown").with("email", email_key(email));
        Error::invalid("email", message)
    })
}

fn refuse_last_admin(conn: &mut Conn, id: i64, key: &'static str) -> Result<()> {
    match store::is_last_admin(conn, id)? {
        true => Err(Error::Conflict(Message::new(key))),
        false => Ok(()),
    }
}
