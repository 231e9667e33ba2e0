//! Connections to either database: how they are made, and their transactions.

use std::fmt;
use std::fs::File;
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::dsl::sql;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use diesel::result::{ConnectionError, ConnectionResult, Error as DieselError, QueryResult};
use diesel::sql_types::Integer;
use diesel::{Connection, PgConnection, RunQueryDsl, Selectable, SqliteConnection};

use super::database_url::{DatabaseUrl, with_timeouts};
use super::driver_error::is_connection_loss;
use super::file_system::failed;
use super::interrupt;
use super::prepared_limit::count_prepared;
use super::start_error::StartError;
use crate::error::{Error, Result};

/// The backend of a connection, in the types of queries.
pub type Backend = <Conn as diesel::Connection>::Backend;

/// The columns of a row, in the order of its fields.
pub fn columns_of<R: Selectable<Backend>>() -> R::SelectExpression {
    R::construct_selection()
}

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

type Transactions = <Conn as Connection>::TransactionManager;

/// How long SQLite waits for other connections.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a statement, or a pause within a transaction, may take on PostgreSQL.
const STATEMENT_TIMEOUT: &str = "8s";
/// How long a connection is waited for while all are in use.
const POOL_TIMEOUT: Duration = Duration::from_secs(5);
/// How often a writer tries to begin.
pub(super) const RETRY_INTERVAL: Duration = Duration::from_millis(2);

/// Makes connections for a pool. On SQLite readers can't write; on PostgreSQL each transaction of a read is read only.
#[derive(Debug, Clone)]
pub(super) struct Connector {
    url: DatabaseUrl,
    is_reader: bool,
}

impl Connector {
    pub(super) fn reader(url: &DatabaseUrl) -> Connector {
        Connector {
            url: url.clone(),
            is_reader: true,
        }
    }

    pub(super) fn writer(url: &DatabaseUrl) -> Connector {
        Connector {
            url: url.clone(),
            is_reader: false,
        }
    }

    /// The file of an SQLite database.
    pub(super) fn open_file(&self) -> Result<File, StartError> {
        match &self.url {
            DatabaseUrl::Sqlite(path) => File::open(path).map_err(failed(path, "opened")),
            DatabaseUrl::Postgres(_) => Err(StartError("PostgreSQL has no file.".into())),
        }
    }

    /// A new connection, set up for its job.
    pub(super) fn establish(&self) -> Result<Conn, StartError> {
        let failed = |cause: &dyn fmt::Display| {
            StartError(format!(
                "The database {:?} can't be opened: {cause}.",
                self.url
            ))
        };
        match &self.url {
            DatabaseUrl::Sqlite(path) => {
                let path = path
                    .to_str()
                    .ok_or_else(|| failed(&"its path is not UTF-8"))?;
                if !interrupt::install() {
                    return Err(failed(&"out of memory"));
                }
                let conn = self.open_sqlite(path).map_err(|e| failed(&e))?;
                Ok(Conn::Sqlite(conn))
            }
            DatabaseUrl::Postgres(url) => {
                let mut conn =
                    PgConnection::establish(&with_timeouts(url)).map_err(|e| failed(&e))?;
                // PostgreSQL's default is the cost of a spinning disk, with which it sorts what an index has in order.
                conn.batch_execute(&format!(
                    "SET statement_timeout = '{STATEMENT_TIMEOUT}'; SET lock_timeout = '6s'; SET TIME ZONE 'UTC'; SET random_page_cost = 1.1",
                ))
                .map_err(|e| failed(&e))?;
                Ok(Conn::Postgres(conn))
            }
        }
    }

    fn open_sqlite(&self, path: &str) -> ConnectionResult<SqliteConnection> {
        let mut conn = SqliteConnection::establish(path)?;
        // The log is not cut when it is begun anew, since cutting and growing takes a twentieth of the time of an import.
        let (cache, role) = if self.is_reader {
            (-4_000, "PRAGMA query_only = ON;")
        } else {
            (-8_000, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 167772160;
             PRAGMA wal_autocheckpoint = 0;")
        };
        let busy_timeout = BUSY_TIMEOUT.as_millis();
        let settings = format!(
            "PRAGMA busy_timeout = {busy_timeout};
             PRAGMA foreign_keys = ON;
             PRAGMA cache_size = {cache};
             PRAGMA temp_store = MEMORY;
             {role}"
        );
        conn.batch_execute(&settings)
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
        count_prepared(&mut conn);
        Ok(conn)
    }
}

/// A pooled connection that records whether it is broken.
pub(super) struct PooledConn {
    conn: Conn,
    is_broken: bool,
    /// The process of PostgreSQL at its other end.
    backend: Option<i32>,
}

impl PooledConn {
    pub(super) fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// The process of PostgreSQL at its other end.
    pub(super) fn backend(&self) -> Option<i32> {
        self.backend
    }

    /// Returns `result`, and marks the connection as broken if it is lost.
    pub(super) fn note<T>(&mut self, result: QueryResult<T>) -> QueryResult<T> {
        if let Err(error) = &result
            && is_connection_loss(error)
        {
            self.is_broken = true;
        }
        result
    }

    /// Begins a read transaction, which sees one state of the database. On PostgreSQL no statement takes longer than `limit`;
    /// SQLite asks [`must_stop`](super::read_budget::must_stop).
    pub(super) fn begin_read(&mut self, limit: Option<Duration>) -> QueryResult<()> {
        let result = match &mut self.conn {
            Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN"),
            Conn::Postgres(conn) => {
                let mut begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY".to_owned();
                if let Some(limit) = limit {
                    begin.push_str("; ");
                    begin.push_str(&statement_timeout(limit));
                }
                AnsiTransactionManager::begin_transaction_sql(conn, &begin)
            }
        };
        self.note(result)
    }

    pub(super) fn rollback(&mut self) {
        if Transactions::rollback_transaction(&mut self.conn).is_err() {
            self.is_broken = true;
        }
    }
}

impl ManageConnection for Connector {
    type Connection = PooledConn;
    type Error = StartError;

    fn connect(&self) -> Result<PooledConn, StartError> {
        let mut conn = self.establish()?;
        let backend = match &mut conn {
            Conn::Sqlite(_) => None,
            Conn::Postgres(conn) => {
                let process = diesel::select(sql::<Integer>("pg_backend_pid()"));
                process.get_result(conn).ok()
            }
        };
        Ok(PooledConn {
            conn,
            is_broken: false,
            backend,
        })
    }

    fn is_valid(&self, _: &mut PooledConn) -> Result<(), StartError> {
        Ok(())
    }

    fn has_broken(&self, pooled_conn: &mut PooledConn) -> bool {
        pooled_conn.is_broken || std::thread::panicking()
    }
}

pub(super) fn pool(connector: Connector, size: u32) -> Result<Pool<Connector>, StartError> {
    Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .test_on_check_out(false)
        // A server that is back is found again within half of this.
        .connection_timeout(Duration::from_secs(3))
        .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
        .build(connector)
        .map_err(|cause| StartError(format!("The database can't be opened: {cause}.")))
}

/// A connection of the pool.
///
/// # Errors
/// Returns [`Error::Busy`] if none becomes free in time.
pub(super) fn pooled(pool: &Pool<Connector>) -> Result<PooledConnection<Connector>> {
    pool.get_timeout(POOL_TIMEOUT)
        .map_err(|cause| Error::Busy(format!("no database connection: {cause}")))
}

/// Begins a write transaction. On SQLite it takes the write lock at once, so that no later statement can fail for it.
pub(super) fn begin_write(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(conn) => begin_immediate(conn),
        // Without the timeout a stopped process would hold its locks until it continues.
        Conn::Postgres(conn) => AnsiTransactionManager::begin_transaction_sql(
            conn,
            &format!(
                "BEGIN; SET LOCAL idle_in_transaction_session_timeout = '{STATEMENT_TIMEOUT}'"
            ),
        ),
    }
}

/// Sets whether commits from now on wait for the disk; on PostgreSQL, that of this transaction.
pub(super) fn set_durable(conn: &mut Conn, is_durable: bool) -> QueryResult<()> {
    match (conn, is_durable) {
        (Conn::Sqlite(conn), true) => conn.batch_execute("PRAGMA synchronous = FULL"),
        (Conn::Sqlite(conn), false) => conn.batch_execute("PRAGMA synchronous = NORMAL"),
        (Conn::Postgres(_), true) => Ok(()),
        (Conn::Postgres(conn), false) => conn.batch_execute("SET LOCAL synchronous_commit = off"),
    }
}

/// Begins a write as soon as the database is free. SQLite itself would retry at intervals that grow to 100 ms, and miss the
/// gaps between the steps of an import in another process.
fn begin_immediate(conn: &mut SqliteConnection) -> QueryResult<()> {
    let started = Instant::now();
    without_waiting(conn, |conn| {
        loop {
            match AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE") {
                Err(error) if is_locked(&error) && started.elapsed() < BUSY_TIMEOUT => {
                    std::thread::sleep(RETRY_INTERVAL);
                }
                result => return result,
            }
        }
    })
}

/// Runs statements of SQLite that fail at once if another connection blocks them.
pub(super) fn without_waiting<C: SimpleConnection, T, E: From<DieselError>>(
    conn: &mut C,
    run: impl FnOnce(&mut C) -> Result<T, E>,
) -> Result<T, E> {
    conn.batch_execute("PRAGMA busy_timeout = 0")?;
    let result = run(conn);
    let timeout = format!("PRAGMA busy_timeout = {}", BUSY_TIMEOUT.as_millis());
    conn.batch_execute(&timeout)?;
    result
}

fn is_locked(error: &DieselError) -> bool {
    matches!(error, DieselError::DatabaseError(_, info) if info.message().contains("database is locked"))
}

/// The command that limits the statements after it, up to the end of the transaction. Zero would mean no limit.
pub(super) fn statement_timeout(limit: Duration) -> String {
    let millis = limit.as_millis().max(1);
    format!("SET LOCAL statement_timeout = {millis}")
}

/// The commit of the transaction that [`begin_write`] began.
pub(super) fn commit(conn: &mut Conn) -> QueryResult<()> {
    Transactions::commit_transaction(conn)
}

/// Rolls back the innermost transaction or savepoint.
pub(super) fn rollback(conn: &mut Conn) -> QueryResult<()> {
    Transactions::rollback_transaction(conn)
}

/// A savepoint inside a transaction.
pub(super) fn savepoint(conn: &mut Conn) -> Result<(), DieselError> {
    Transactions::begin_transaction(conn)
}
