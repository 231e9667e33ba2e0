use diesel::r2d2::Pool;

use super::conn::{Conn, Connector, begin_write, commit, pooled};
use super::deadline::{NO_ANSWER, WorkToken};
use super::driver_error::is_race;
use super::locks;
use crate::error::{Error, Result};

/// One transaction on PostgreSQL, repeated while it loses races. If the connection is lost before the answer to a
/// commit, the outcome is unknown.
pub(super) fn write_with_retries<T>(
    pool: &Pool<Connector>,
    change: &dyn Fn(&mut Conn) -> Result<T>,
    token: &WorkToken,
) -> Result<T> {
    for _ in 0..20 {
        let mut link = pooled(pool)?;
        let result = begin_write(link.conn());
        if let Err(error) = link.note(result) {
            if link.is_broken() {
                continue;
            }
            return Err(error.into());
        }
        if !token.begin() {
            link.rollback();
            return Err(Error::Busy(NO_ANSWER.into()));
        }
        locks::clear();
        match change(link.conn()) {
            Ok(value) => {
                let result = commit(link.conn());
                match link.note(result) {
                    Ok(()) => return Ok(value),
                    Err(error) if is_race(&error) => {}
                    Err(error) if link.is_broken() => {
                        return Err(Error::OutcomeUnknown(error.to_string()));
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Err(error) => {
                link.rollback();
                if !matches!(&error, Error::Busy(cause) if asks_to_repeat(cause)) {
                    return Err(error);
                }
            }
        }
    }
    Err(Error::Busy("twenty attempts lost their race".into()))
}

fn asks_to_repeat(cause: &str) -> bool {
    cause.contains("could not serialize") || cause.contains("deadlock detected")
}
