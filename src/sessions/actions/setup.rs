//! The set-up of a fresh installation: a code that works once, for as long as there is no user.

use crate::access::accounts;
use crate::access::{User, UserFields, users};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::sessions::store;
use crate::signer::random_token;

/// How long a set-up code works.
pub const SETUP_SECONDS: i64 = 24 * 3600;

/// Whether an installation can be set up with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupState {
    Open,
    /// The code is wrong, used or too old.
    InvalidCode,
    /// There are users already.
    Done,
}

/// A new code, if there is no user yet; it is shown once and kept as a hash.
///
/// # Errors
/// Returns an error if the database can't be written.
pub fn new_setup_code(conn: &mut Conn, now: Timestamp) -> Result<Option<String>> {
    if users::count_all(conn)? > 0 {
        return Ok(None);
    }
    let code = random_token(24);
    if code.is_empty() {
        return Err(Error::internal("the system gives no random bytes"));
    }
    store::insert_code(conn, &sha256_hex(&code), now)?;
    Ok(Some(code))
}

/// Whether the holder of `code` may set up.
pub fn setup_state(conn: &mut Conn, code: &str, now: Timestamp) -> Result<SetupState> {
    if users::count_all(conn)? > 0 {
        return Ok(SetupState::Done);
    }
    let since = now.plus_seconds(-SETUP_SECONDS);
    Ok(
        match store::is_code_valid(conn, &sha256_hex(code), since)? {
            true => SetupState::Open,
            false => SetupState::InvalidCode,
        },
    )
}

/// Makes the first administrator, and marks every code as used.
///
/// # Errors
/// Returns an error if the database can't be written. The inner result has the state if it is not [`SetupState::Open`].
pub fn make_first_admin(
    conn: &mut Conn,
    actor: &Actor,
    code: &str,
    fields: &UserFields,
    hash: &str,
) -> Result<std::result::Result<User, SetupState>> {
    let state = setup_state(conn, code, actor.now)?;
    let since = actor.now.plus_seconds(-SETUP_SECONDS);
    if state != SetupState::Open {
        return Ok(Err(state));
    }
    if !store::use_codes(conn, &sha256_hex(code), actor.now, since)? {
        return Ok(Err(SetupState::InvalidCode));
    }
    accounts::create(conn, actor, fields, hash).map(Ok)
}
