use diesel::prelude::*;

use crate::access::domain::permission::Scope;
use crate::access::domain::principal::{Principal, Token};
use crate::access::domain::role::Role;
use crate::audit;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{api_tokens, sessions, users};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::theme::Theme;

/// A session ends after this long without a request.
pub const IDLE_SECONDS: i64 = 12 * 3600;
/// A session ends after this long, however busy.
pub const ABSOLUTE_SECONDS: i64 = 30 * 86_400;

type Person = (
    i64,
    String,
    String,
    String,
    String,
    String,
    bool,
    Option<Timestamp>,
);

macro_rules! person_columns {
    () => {
        (
            users::id,
            users::name,
            users::email,
            users::role,
            users::language,
            users::theme,
            users::has_shortcuts,
            users::disabled_at,
        )
    };
}

/// The principal; nothing if disabled.
fn principal(person: Person, now: Timestamp, request_id: &str) -> Result<Option<Principal>> {
    let (user_id, name, email, role, language, theme, has_shortcuts, disabled_at) = person;
    if disabled_at.is_some() {
        return Ok(None);
    }
    let role =
        Role::from_word(&role).ok_or_else(|| Error::internal("a user has an unknown role"))?;
    Ok(Some(Principal {
        user_id,
        name,
        email,
        role,
        language: Lang::from_tag(&language),
        theme: Theme::from_word(&theme),
        has_shortcuts,
        session_id: None,
        token: None,
        seen_at: None,
        until: now,
        now,
        request_id: request_id.to_owned(),
        batch_id: audit::new_batch(),
    }))
}

/// What the rows of a person are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    /// The row of the user is held on PostgreSQL until the end of the transaction, so that `user_rows::wait_for_writes`
    /// waits for it. SQLite has one writer.
    Write,
}

/// Locks the row of the user whose id a query finds, before anything is read that depends on it. Rows of sessions and
/// tokens are not locked: what deletes them has locked the user's row.
macro_rules! hold_user {
    ($conn:expr, $purpose:expr, $id:expr) => {
        if let (Purpose::Write, Conn::Postgres(conn)) = ($purpose, &mut *$conn) {
            let user = users::table.filter(users::id.eq_any($id));
            user.select(users::id).for_key_share().load::<i64>(conn)?;
        }
    };
}

/// The user behind a session; nothing if it has ended or the user is disabled.
pub(crate) fn principal_by_session(
    conn: &mut Conn,
    purpose: Purpose,
    key_hash: &str,
    now: Timestamp,
    request_id: &str,
) -> Result<Option<Principal>> {
    let of_session = sessions::table.filter(sessions::key_hash.eq(key_hash));
    hold_user!(conn, purpose, of_session.select(sessions::user_id));
    let query = sessions::table
        .inner_join(users::table)
        .filter(sessions::key_hash.eq(key_hash))
        .select((
            person_columns!(),
            (sessions::id, sessions::last_seen_at, sessions::created_at),
        ));
    let found: Option<(Person, (i64, Timestamp, Timestamp))> = query.first(conn).optional()?;
    let Some((person, (session_id, last_seen_at, created_at))) = found else {
        return Ok(None);
    };
    let idle = last_seen_at.plus_seconds(IDLE_SECONDS);
    let until = idle.min(created_at.plus_seconds(ABSOLUTE_SECONDS));
    if until <= now {
        return Ok(None);
    }
    let known = principal(person, now, request_id)?;
    Ok(known.map(|known| Principal {
        session_id: Some(session_id),
        seen_at: Some(last_seen_at),
        until,
        ..known
    }))
}

/// The user behind a token; nothing if it is unknown, expired or revoked, or the user disabled.
pub(crate) fn principal_by_token(
    conn: &mut Conn,
    purpose: Purpose,
    token_hash: &str,
    now: Timestamp,
    request_id: &str,
) -> Result<Option<Principal>> {
    type TokenRow = (i64, String, String, Option<Timestamp>, Option<Timestamp>);
    let of_token = api_tokens::table.filter(api_tokens::token_hash.eq(token_hash));
    hold_user!(conn, purpose, of_token.select(api_tokens::user_id));
    let query = api_tokens::table
        .inner_join(users::table)
        .filter(api_tokens::token_hash.eq(token_hash))
        .filter(api_tokens::revoked_at.is_null())
        .select((
            person_columns!(),
            (
                api_tokens::id,
                api_tokens::name,
                api_tokens::scopes,
                api_tokens::expires_at,
                api_tokens::last_used_at,
            ),
        ));
    let found: Option<(Person, TokenRow)> = query.first(conn).optional()?;
    let Some((person, (id, name, scopes, expires_at, last_used_at))) = found else {
        return Ok(None);
    };
    let until = expires_at.unwrap_or(Timestamp::NEVER);
    if until <= now {
        return Ok(None);
    }
    let scopes = scopes.split(',').filter_map(Scope::from_word).collect();
    let known = principal(person, now, request_id)?;
    Ok(known.map(|known| Principal {
        token: Some(Token { id, name, scopes }),
        seen_at: last_used_at,
        until,
        ..known
    }))
}

/// Notes that a session is in use.
pub(crate) fn touch_session(conn: &mut Conn, id: i64, now: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(id))
        .set(sessions::last_seen_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Notes that a token is in use.
pub(crate) fn touch_token(conn: &mut Conn, id: i64, now: Timestamp) -> Result<()> {
    diesel::update(api_tokens::table.find(id))
        .set(api_tokens::last_used_at.eq(now))
        .execute(conn)?;
    Ok(())
}
