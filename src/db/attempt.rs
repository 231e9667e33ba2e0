//! Optional parts of a read, which may take a limited time.

use std::time::Duration;

use diesel::connection::SimpleConnection;

use super::conn::{Conn, statement_timeout};
use super::driver_error::is_interruption;
use super::read_budget::{begin_attempt, end_attempt, time_left};
use crate::error::Result;

/// Runs an optional part of a read. Returns nothing if it takes longer than `limit`; outside the read of a request there is
/// no limit.
///
/// # Errors
/// Returns the errors of `work`, and an interruption if the time of the whole read is over.
pub fn attempt_within<T>(
    conn: &mut Conn,
    limit: Duration,
    work: impl FnOnce(&mut Conn) -> Result<T>,
) -> Result<Option<T>> {
    let Some(limit) = begin_attempt(limit) else {
        return work(conn).map(Some);
    };
    on_postgres(conn, || {
        format!("SAVEPOINT attempt; {}", statement_timeout(limit))
    })?;
    let result = work(conn);
    let may_go_on = end_attempt();
    let (end, value) = match result {
        Ok(value) => ("RELEASE", Some(value)),
        Err(error) if is_interruption(&error) && may_go_on => ("ROLLBACK TO", None),
        Err(error) => return Err(error),
    };
    on_postgres(conn, || {
        let rest = statement_timeout(time_left().unwrap_or_default());
        format!("{end} SAVEPOINT attempt; {rest}")
    })?;
    Ok(value)
}

/// SQLite needs none of this: an interrupted statement leaves its transaction as it was.
fn on_postgres(conn: &mut Conn, sql: impl FnOnce() -> String) -> Result<()> {
    if let Conn::Postgres(conn) = conn {
        conn.batch_execute(&sql())?;
    }
    Ok(())
}
