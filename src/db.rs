//! The database: readers and one line of writers, over SQLite or PostgreSQL. The only room that names a backend.

mod check;
mod company;
mod conn;
mod failure;
mod file;
mod glance;
mod migrate;
mod queue;
pub mod schema;
mod union;

use std::sync::Arc;
use std::time::Duration;

use diesel::r2d2::{Pool, PooledConnection};

use crate::error::{Error, Result};

pub use check::faults;
use company::Company;
pub use company::{Asked, Turn};
use conn::Manager;
pub use conn::{Conn, DatabaseUrl};
pub use file::{ServeLock, backup, inspect_existing, restore};
pub use glance::DataVersion;
use glance::Glance;
pub use migrate::{SchemaVersion, is_migrated, migrate, revert_all};
use queue::Queue;
pub use union::{Part, Union};

/// Writes a statement out for each database, where the shared connection type can't express it: inside, `$name` is
/// the connection to the one that is there.
macro_rules! on_either {
    ($conn:expr, $name:ident => $body:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($name) => $body,
            $crate::db::Conn::Postgres($name) => $body,
        }
    };
}
pub(crate) use on_either;

/// Why a start can't be: one sentence for stderr, exit status 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

impl StartError {
    /// A start that failed for the reason given.
    pub fn new(sentence: impl Into<String>) -> StartError {
        StartError(sentence.into())
    }
}

/// How long a request waits for the database before it is told to try again.
const DEADLINE: Duration = Duration::from_secs(9);

/// What the log says when the deadline has passed.
const NO_ANSWER: &str = "the database did not answer in time";

/// A write that may have been done all the same.
fn late() -> Error {
    Error::Late(NO_ANSWER.into())
}

/// A handle on the database; clones share the same connections.
#[derive(Clone)]
pub struct Db {
    readers: Pool<Manager>,
    writer: Writer,
    glance: Arc<Glance>,
    company: Arc<Company>,
    url: Arc<DatabaseUrl>,
}

#[derive(Clone)]
enum Writer {
    /// SQLite: one connection behind a queue.
    Queue(Queue),
    /// PostgreSQL: a pool, with transactions that lose a race repeated.
    Pool(Pool<Manager>),
}

impl Db {
    /// Opens the database that `url` names. It must exist and be migrated ([`migrate`]).
    ///
    /// # Errors
    /// If no connection can be had.
    pub fn open(url: &DatabaseUrl, readers: u32) -> Result<Db, StartError> {
        let (readers, writer) = match url {
            DatabaseUrl::Sqlite(_) => (
                conn::pool(Manager::reader(url), readers)?,
                Writer::Queue(Queue::start(Manager::writer(url))?),
            ),
            DatabaseUrl::Postgres(_) => {
                let pool = conn::pool(Manager::writer(url), readers.max(4))?;
                (pool.clone(), Writer::Pool(pool))
            }
        };
        Ok(Db {
            readers,
            writer,
            glance: Arc::new(Glance::over(url)),
            company: Arc::default(),
            url: Arc::new(url.clone()),
        })
    }

    /// Where this database is.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The version of the data now, where that can be told without waiting; see [`Db::recall`].
    pub fn data_version(&self) -> Option<DataVersion> {
        self.glance.version()
    }

    /// What was remembered under `key`, if nothing has been committed since.
    pub fn recall<T: Send + Sync + 'static>(
        &self,
        version: DataVersion,
        key: &str,
    ) -> Option<Arc<T>> {
        self.glance.recall(version, key)
    }

    /// Remembers a value of about `weight` bytes. It must have been read after `version` was seen, and depend on
    /// nothing but the database and `key`: neither on the time nor on who asks.
    pub fn remember<T: Send + Sync + 'static>(
        &self,
        version: DataVersion,
        key: String,
        value: Arc<T>,
        weight: usize,
    ) {
        self.glance.remember(version, key, value, weight);
    }

    /// Waits for what somebody else may be reading for the same `question` at this moment; otherwise it is this one's
    /// turn to read. What it tells must depend on nothing but the database and the question.
    pub async fn ask<T: Send + Sync + 'static>(&self, question: &str) -> Asked<T> {
        self.company.ask(question).await
    }

    /// Runs `work` in one read transaction, off the async workers.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let pool = self.readers.clone();
        blocking(move || read_now(&pool, work)).await
    }

    /// Runs `work` in one write transaction. It may run more than once (a lost race is repeated), and what
    /// it returns is answered only after the commit is durable.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        match &self.writer {
            Writer::Queue(queue) => {
                let answer = queue.submit(work)?;
                match tokio::time::timeout(DEADLINE, answer.wait()).await {
                    Ok(result) => result,
                    Err(_) => Err(Error::Busy("the write queue did not answer in time".into())),
                }
            }
            Writer::Pool(pool) => {
                let pool = pool.clone();
                match blocking(move || conn::write_with_retries(&pool, &work)).await {
                    Err(Error::Busy(cause)) if cause == NO_ANSWER => Err(late()),
                    other => other,
                }
            }
        }
    }

    /// The same as [`Db::read`] on the calling thread, for the command line.
    pub fn read_blocking<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        read_now(&self.readers, work)
    }

    /// The same as [`Db::write`] on the calling thread, for the command line.
    pub fn write_blocking<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        match &self.writer {
            Writer::Queue(queue) => queue.submit(work)?.wait_blocking(),
            Writer::Pool(pool) => conn::write_with_retries(pool, &work),
        }
    }

    /// The same for work that writes much, such as an import: it shares its transaction with nobody.
    pub fn write_alone<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        match &self.writer {
            Writer::Queue(queue) => queue.submit_alone(work)?.wait_blocking(),
            Writer::Pool(pool) => conn::write_with_retries(pool, &work),
        }
    }

    /// Waits until the queue is empty and its connection closed, so that the file is whole without its log.
    pub async fn close(&self) {
        if let Writer::Queue(queue) = &self.writer {
            let queue = queue.clone();
            let _ = tokio::task::spawn_blocking(move || queue.stop()).await;
        }
    }
}

fn read_now<T>(pool: &Pool<Manager>, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    let mut link = check_out(pool)?;
    loop {
        match link.begin_read() {
            Ok(()) => break,
            // A connection that died while it lay in the pool: nothing has been asked of it yet.
            Err(_) if link.is_broken() => {
                drop(link);
                link = check_out(pool)?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    let result = work(link.conn());
    link.end_read();
    result
}

fn check_out(pool: &Pool<Manager>) -> Result<PooledConnection<Manager>> {
    pool.get()
        .map_err(|cause| Error::Busy(format!("no database connection: {cause}")))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::time::timeout(DEADLINE, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(result)) => result,
        Ok(Err(join)) => Err(Error::internal(join)),
        Err(_) => Err(Error::Busy(NO_ANSWER.into())),
    }
}
