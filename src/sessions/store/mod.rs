//! Sessions, failed sign-ins, known addresses, set-up codes and kept forms.

pub mod kept_forms;

use diesel::prelude::*;

use crate::access::{ABSOLUTE_SECONDS, ENDED_SECONDS, IDLE_SECONDS};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::db::schema::{known_addresses, login_attempts, sessions, setup_codes};
use crate::error::Result;
use crate::sessions::domain::session::Session;

/// The most addresses that are known to an account.
const ADDRESSES: i64 = 20;

/// A session that begins.
#[derive(Debug, Clone)]
pub(in crate::sessions) struct NewSessionRow {
    pub key_hash: String,
    /// The hash of the key of the browser's previous session, which ends.
    pub replaced_key_hash: Option<String>,
    pub agent: String,
    pub address: String,
}

/// Begins a session of a user, ends the one that it replaces, and drops those that ended by themselves long ago.
pub(in crate::sessions) fn insert(
    conn: &mut Conn,
    new: &NewSessionRow,
    user_id: i64,
    now: Timestamp,
) -> Result<()> {
    if let Some(key_hash) = &new.replaced_key_hash {
        diesel::delete(sessions::table.filter(sessions::key_hash.eq(key_hash))).execute(conn)?;
    }
    let end = now.plus_seconds(-ENDED_SECONDS);
    diesel::delete(sessions::table)
        .filter(
            sessions::last_seen_at
                .le(end.plus_seconds(-IDLE_SECONDS))
                .or(sessions::created_at.le(end.plus_seconds(-ABSOLUTE_SECONDS))),
        )
        .execute(conn)?;
    kept_forms::delete_older(conn, now)?;
    diesel::insert_into(sessions::table)
        .values((
            sessions::key_hash.eq(&new.key_hash),
            sessions::user_id.eq(user_id),
            sessions::agent.eq(&new.agent),
            sessions::address.eq(&new.address),
            sessions::created_at.eq(now),
            sessions::last_seen_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The sessions of a user that haven't ended, the latest used first.
pub(in crate::sessions) fn of_user(
    conn: &mut Conn,
    user_id: i64,
    now: Timestamp,
) -> Result<Vec<Session>> {
    let rows: Vec<(i64, String, String, Timestamp, Timestamp)> = sessions::table
        .filter(sessions::user_id.eq(user_id))
        .filter(sessions::last_seen_at.gt(now.plus_seconds(-IDLE_SECONDS)))
        .filter(sessions::created_at.gt(now.plus_seconds(-ABSOLUTE_SECONDS)))
        .order((sessions::last_seen_at.desc(), sessions::id.desc()))
        .select((
            sessions::id,
            sessions::agent,
            sessions::address,
            sessions::created_at,
            sessions::last_seen_at,
        ))
        .load(conn)?;
    let session = |(id, agent, address, created_at, last_seen_at)| Session {
        id,
        agent,
        address,
        created_at,
        last_seen_at,
    };
    Ok(rows.into_iter().map(session).collect())
}

/// Ends one session of a user; false if it isn't theirs or has ended.
pub(in crate::sessions) fn delete(conn: &mut Conn, user_id: i64, id: i64) -> Result<bool> {
    let ended = diesel::delete(
        sessions::table
            .filter(sessions::id.eq(id))
            .filter(sessions::user_id.eq(user_id)),
    )
    .execute(conn)?;
    Ok(ended > 0)
}

/// When the `nth` newest failure at an account from one origin since `since` was; nothing if there were fewer.
pub(in crate::sessions) fn nth_failure_from(
    conn: &mut Conn,
    account_key: &str,
    origin: &str,
    since: Timestamp,
    nth: i64,
) -> Result<Option<Timestamp>> {
    Ok(login_attempts::table
        .filter(login_attempts::account_key.eq(account_key))
        .filter(login_attempts::origin.eq(origin))
        .filter(login_attempts::attempted_at.gt(since))
        .order(login_attempts::attempted_at.desc())
        .select(login_attempts::attempted_at)
        .offset(nth - 1)
        .first(conn)
        .optional()?)
}

/// When the `nth` newest failure from an address since `since` was; nothing if there were fewer.
pub(in crate::sessions) fn nth_failure_of_address(
    conn: &mut Conn,
    address: &str,
    since: Timestamp,
    nth: i64,
) -> Result<Option<Timestamp>> {
    Ok(login_attempts::table
        .filter(login_attempts::address.eq(address))
        .filter(login_attempts::attempted_at.gt(since))
        .order(login_attempts::attempted_at.desc())
        .select(login_attempts::attempted_at)
        .offset(nth - 1)
        .first(conn)
        .optional()?)
}

/// How many failures at an account since `since` there are, at most `limit`.
pub(in crate::sessions) fn count_failures(
    conn: &mut Conn,
    account_key: &str,
    since: Timestamp,
    limit: i64,
) -> Result<usize> {
    let ids: Vec<i64> = login_attempts::table
        .filter(login_attempts::account_key.eq(account_key))
        .filter(login_attempts::attempted_at.gt(since))
        .select(login_attempts::id)
        .limit(limit)
        .load(conn)?;
    Ok(ids.len())
}

/// A wrong password.
pub(in crate::sessions) struct Failure<'a> {
    pub account_key: &'a str,
    pub address: &'a str,
    /// The address or device under which it is counted for its account.
    pub origin: &'a str,
}

/// Counts a failure, and drops those from before `since`.
pub(in crate::sessions) fn insert_failure(
    conn: &mut Conn,
    failure: &Failure,
    now: Timestamp,
    since: Timestamp,
) -> Result<()> {
    diesel::delete(login_attempts::table.filter(login_attempts::attempted_at.le(since)))
        .execute(conn)?;
    diesel::insert_into(login_attempts::table)
        .values((
            login_attempts::account_key.eq(failure.account_key),
            login_attempts::address.eq(failure.address),
            login_attempts::origin.eq(failure.origin),
            login_attempts::attempted_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Deletes the failures at an account from one origin.
pub(in crate::sessions) fn delete_failures(
    conn: &mut Conn,
    account_key: &str,
    origin: &str,
) -> Result<()> {
    let failures = login_attempts::table
        .filter(login_attempts::account_key.eq(account_key))
        .filter(login_attempts::origin.eq(origin));
    diesel::delete(failures).execute(conn)?;
    Ok(())
}

/// True if a user signed in from this address since they set their password.
pub(in crate::sessions) fn is_known_address(
    conn: &mut Conn,
    user_id: i64,
    address: &str,
) -> Result<bool> {
    let row = known_addresses::table.find((user_id, address));
    Ok(diesel::select(diesel::dsl::exists(row)).get_result(conn)?)
}

/// Remembers that a user signed in from an address; of more than [`ADDRESSES`], the latest. The caller has
/// locked the row of the user, so that the address is inserted once.
pub(in crate::sessions) fn remember_address(
    conn: &mut Conn,
    user_id: i64,
    address: &str,
    now: Timestamp,
) -> Result<()> {
    let updated = diesel::update(known_addresses::table.find((user_id, address)))
        .set(known_addresses::seen_at.eq(now))
        .execute(conn)?;
    if updated > 0 {
        return Ok(());
    }
    diesel::insert_into(known_addresses::table)
        .values((
            known_addresses::user_id.eq(user_id),
            known_addresses::address.eq(address),
            known_addresses::seen_at.eq(now),
        ))
        .execute(conn)?;
    let surplus: Vec<String> = known_addresses::table
        .filter(known_addresses::user_id.eq(user_id))
        .order((known_addresses::seen_at.desc(), known_addresses::address))
        .select(known_addresses::address)
        .limit(ADDRESSES)
        .offset(ADDRESSES)
        .load(conn)?;
    let rows = known_addresses::table
        .filter(known_addresses::user_id.eq(user_id))
        .filter(known_addresses::address.eq_any(surplus));
    diesel::delete(rows).execute(conn)?;
    Ok(())
}

/// Stores the hash of a set-up code.
pub(in crate::sessions) fn insert_code(
    conn: &mut Conn,
    code_hash: &str,
    now: Timestamp,
) -> Result<()> {
    diesel::insert_into(setup_codes::table)
        .values((
            setup_codes::code_hash.eq(code_hash),
            setup_codes::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// True if this code was made after `since` and never used.
pub(in crate::sessions) fn is_code_valid(
    conn: &mut Conn,
    code_hash: &str,
    since: Timestamp,
) -> Result<bool> {
    let open: i64 = setup_codes::table
        .filter(setup_codes::code_hash.eq(code_hash))
        .filter(setup_codes::used_at.is_null())
        .filter(setup_codes::created_at.gt(since))
        .count()
        .get_result(conn)?;
    Ok(open > 0)
}

/// Marks every open code as used, this one among them; false if this one is not open. Of two simultaneous calls one gets
/// false.
pub(in crate::sessions) fn use_codes(
    conn: &mut Conn,
    code_hash: &str,
    now: Timestamp,
    since: Timestamp,
) -> Result<bool> {
    if !is_code_valid(conn, code_hash, since)? {
        return Ok(false);
    }
    let used = diesel::update(setup_codes::table.filter(setup_codes::used_at.is_null()))
        .set(setup_codes::used_at.eq(now))
        .execute(conn)?;
    Ok(used > 0)
}
