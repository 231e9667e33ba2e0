//! Write transactions of PostgreSQL, which are repeated when they lose a race.

use diesel::r2d2::Pool;

use super::conn::{Conn, Connector, begin_write, commit, pooled};
use super::deadline::{NO_ANSWER, WorkToken};
use super::driver_error::is_race;
use super::locks;
use crate::error::{Error, Result};

/// How often a transaction is tried.
const MAX_ATTEMPTS: usize = 20;

/// One transaction on PostgreSQL, repeated while it loses races. If the connection is lost before the answer to a
/// commit, the outcome is unknown.
pub(super) fn write_with_retries<T>(
    pool: &Pool<Connector>,
    change: &dyn Fn(&mut Conn) -> Result<T>,
    token: &WorkToken,
) -> Result<T> {
    for _ in 0..MAX_ATTEMPTS {
        let mut pooled_conn = pooled(pool)?;
        let result = begin_write(pooled_conn.conn());
        if let Err(error) = pooled_conn.note(result) {
            if pooled_conn.is_broken() {
                continue;
            }
            return Err(error.into());
        }
        if !token.begin() {
            pooled_conn.rollback();
            return Err(Error::Busy(NO_ANSWER.into()));
        }
        locks::clear();
        match change(pooled_conn.conn()) {
            Ok(value) => {
                let result = commit(pooled_conn.conn());
                match pooled_conn.note(result) {
                    Ok(()) => return Ok(value),
                    Err(error) if is_race(&error) => {}
                    Err(error) if pooled_conn.is_broken() => {
                        return Err(Error::OutcomeUnknown(error.to_string()));
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Err(error) => {
                pooled_conn.rollback();
                if !matches!(&error, Error::Busy(cause) if asks_to_repeat(cause)) {
                    return Err(error);
                }
            }
        }
    }
    Err(Error::Busy(format!(
        "{MAX_ATTEMPTS} attempts lost their race"
    )))
}

fn asks_to_repeat(cause: &str) -> bool {
    cause.contains("could not serialize") || cause.contains("deadlock detected")
}
