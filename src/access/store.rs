pub mod user_rows;

use diesel::prelude::*;

use super::who::{Token, Who};
use super::{Role, Scope, Theme};
use crate::audit;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{api_tokens, sessions, users};
use crate::error::{Error, Result};
use crate::i18n::Lang;

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

/// The person as `Who`; nothing if disabled.
fn who(person: Person, now: Timestamp, request_id: &str) -> Result<Option<Who>> {
    let (user_id, name, email, role, language, theme, has_shortcuts, disabled_at) = person;
    if disabled_at.is_some() {
        return Ok(None);
    }
    let role =
        Role::from_word(&role).ok_or_else(|| Error::internal("a user has an unknown role"))?;
    Ok(Some(Who {
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

/// The user behind a session; nothing if it has ended or the user is disabled.
pub(super) fn who_by_session(
    conn: &mut Conn,
    key_hash: &str,
    now: Timestamp,
    request_id: &str,
) -> Result<Option<Who>> {
    let found: Option<(Person, (i64, Timestamp, Timestamp))> = sessions::table
        .inner_join(users::table)
        .filter(sessions::key_hash.eq(key_hash))
        .select((
            person_columns!(),
            (sessions::id, sessions::last_seen_at, sessions::created_at),
        ))
        .first(conn)
        .optional()?;
    let Some((person, (session_id, last_seen_at, created_at))) = found else {
        return Ok(None);
    };
    let idle = last_seen_at.plus_seconds(IDLE_SECONDS);
    let until = idle.min(created_at.plus_seconds(ABSOLUTE_SECONDS));
    if until <= now {
        return Ok(None);
    }
    let known = who(person, now, request_id)?;
    Ok(known.map(|known| Who {
        session_id: Some(session_id),
        seen_at: Some(last_seen_at),
        until,
        ..known
    }))
}

/// The user behind a token; nothing if it is unknown, expired or revoked, or the user disabled.
pub(super) fn who_by_token(
    conn: &mut Conn,
    token_hash: &str,
    now: Timestamp,
    request_id: &str,
) -> Result<Option<Who>> {
    type TokenRow = (i64, String, String, Option<Timestamp>, Option<Timestamp>);
    let found: Option<(Person, TokenRow)> = api_tokens::table
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
        ))
        .first(conn)
        .optional()?;
    let Some((person, (id, name, scopes, expires_at, last_used_at))) = found else {
        return Ok(None);
    };
    let until = expires_at.unwrap_or(Timestamp::NEVER);
    if until <= now {
        return Ok(None);
    }
    let scopes = scopes.split(',').filter_map(Scope::from_word).collect();
    let known = who(person, now, request_id)?;
    Ok(known.map(|known| Who {
        token: Some(Token { id, name, scopes }),
        seen_at: last_used_at,
        until,
        ..known
    }))
}

/// Notes that a session is in use.
pub(super) fn touch_session(conn: &mut Conn, id: i64, now: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(id))
        .set(sessions::last_seen_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Notes that a token is in use.
pub(super) fn touch_token(conn: &mut Conn, id: i64, now: Timestamp) -> Result<()> {
    diesel::update(api_tokens::table.find(id))
        .set(api_tokens::last_used_at.eq(now))
        .execute(conn)?;
    Ok(())
}
