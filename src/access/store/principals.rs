//! Reads the principal of a session or a token, and says how long sessions live.

use diesel::prelude::*;

use crate::access::domain::permission::Scope;
use crate::access::domain::principal::{Principal, Token};
use crate::access::domain::user::User;
use crate::access::store::users::UserRow;
use crate::audit;
use crate::clock::{DAY_SECONDS, Timestamp, Zone};
use crate::db::schema::{api_tokens, sessions, users};
use crate::db::{Conn, columns_of, load_prepared};
use crate::error::Result;

/// A session ends after this long without a request.
pub const IDLE_SECONDS: i64 = 12 * 3600;
/// A session ends after this long, however busy.
pub const ABSOLUTE_SECONDS: i64 = 30 * DAY_SECONDS;
/// How long the row of a session that has ended by itself is kept, and with it its user.
pub const ENDED_SECONDS: i64 = 7 * DAY_SECONDS;

/// The principal of a user; nothing if the user is disabled.
fn principal(row: UserRow, now: Timestamp, request_id: &str) -> Result<Option<Principal>> {
    let user = User::try_from(row)?;
    Ok(user.is_enabled().then(|| Principal {
        user_id: user.id,
        name: user.name,
        email: user.email,
        role: user.role,
        language: user.language,
        theme: user.theme,
        has_shortcuts: user.has_shortcuts,
        time_zone: user.time_zone,
        zone: Zone::UTC,
        session_id: None,
        token: None,
        seen_at: None,
        valid_until: now,
        now,
        request_id: request_id.to_owned(),
        batch_id: audit::new_batch(),
    }))
}

/// The purpose for which a principal is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    /// PostgreSQL locks the row of the user until the end of the transaction, so that `users::wait_for_writes` waits for
    /// it. SQLite has one writer.
    Write,
}

/// Locks the row of the user whose id a query finds, before anything is read that depends on it. Rows of sessions and
/// tokens are not locked: a transaction that deletes them locks the row of the user first.
macro_rules! lock_user {
    ($conn:expr, $purpose:expr, $id:expr) => {
        if let (Purpose::Write, Conn::Postgres(conn)) = ($purpose, &mut *$conn) {
            let row = users::table.filter(users::id.eq_any($id));
            row.select(users::id).for_key_share().load::<i64>(conn)?;
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
    lock_user!(conn, purpose, of_session.select(sessions::user_id));
    let query = sessions::table
        .inner_join(users::table)
        .filter(sessions::key_hash.eq(key_hash))
        .select((
            columns_of::<UserRow>(),
            (sessions::id, sessions::last_seen_at, sessions::created_at),
        ));
    let row: Option<(UserRow, (i64, Timestamp, Timestamp))> = load_prepared(conn, query)?.pop();
    let Some((user, (session_id, last_seen_at, created_at))) = row else {
        return Ok(None);
    };
    let valid_until = end_of_session(last_seen_at, created_at);
    if valid_until <= now {
        return Ok(None);
    }
    let principal = principal(user, now, request_id)?;
    Ok(principal.map(|principal| Principal {
        session_id: Some(session_id),
        seen_at: Some(last_seen_at),
        valid_until,
        ..principal
    }))
}

fn end_of_session(last_seen_at: Timestamp, created_at: Timestamp) -> Timestamp {
    let idle = last_seen_at.plus_seconds(IDLE_SECONDS);
    idle.min(created_at.plus_seconds(ABSOLUTE_SECONDS))
}

/// The user whose session has ended by itself; nothing if it goes on, was ended, or the user is disabled.
pub(crate) fn user_of_ended_session(
    conn: &mut Conn,
    key_hash: &str,
    now: Timestamp,
) -> Result<Option<i64>> {
    let row: Option<(i64, Timestamp, Timestamp)> = sessions::table
        .inner_join(users::table)
        .filter(sessions::key_hash.eq(key_hash))
        .filter(users::disabled_at.is_null())
        .select((users::id, sessions::last_seen_at, sessions::created_at))
        .first(conn)
        .optional()?;
    let ended = row.filter(|(_, seen_at, created_at)| end_of_session(*seen_at, *created_at) <= now);
    Ok(ended.map(|(user_id, ..)| user_id))
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
    lock_user!(conn, purpose, of_token.select(api_tokens::user_id));
    let query = api_tokens::table
        .inner_join(users::table)
        .filter(api_tokens::token_hash.eq(token_hash))
        .filter(api_tokens::revoked_at.is_null())
        .select((
            columns_of::<UserRow>(),
            (
                api_tokens::id,
                api_tokens::name,
                api_tokens::scopes,
                api_tokens::expires_at,
                api_tokens::last_used_at,
            ),
        ));
    let row: Option<(UserRow, TokenRow)> = load_prepared(conn, query)?.pop();
    let Some((user, (id, name, scopes, expires_at, last_used_at))) = row else {
        return Ok(None);
    };
    let valid_until = expires_at.unwrap_or(Timestamp::NEVER);
    if valid_until <= now {
        return Ok(None);
    }
    let scopes = scopes.split(',').filter_map(Scope::from_word).collect();
    let principal = principal(user, now, request_id)?;
    Ok(principal.map(|principal| Principal {
        token: Some(Token { id, name, scopes }),
        seen_at: last_used_at,
        valid_until,
        ..principal
    }))
}

/// Stores that a session is in use.
pub(crate) fn touch_session(conn: &mut Conn, id: i64, now: Timestamp) -> Result<()> {
    diesel::update(sessions::table.find(id))
        .set(sessions::last_seen_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Stores that a token is in use.
pub(crate) fn touch_token(conn: &mut Conn, id: i64, now: Timestamp) -> Result<()> {
    diesel::update(api_tokens::table.find(id))
        .set(api_tokens::last_used_at.eq(now))
        .execute(conn)?;
    Ok(())
}
