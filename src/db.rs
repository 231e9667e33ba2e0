//! The database: readers and one line of writers, over SQLite or PostgreSQL. The only room that names a backend.

mod check;
mod company;
mod conn;
mod copies;
mod deadline;
mod draft;
mod failure;
mod file;
mod file_lock;
mod glance;
mod health;
pub mod locks;
mod migrate;
mod queue;
#[cfg(test)]
mod queue_tests;
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
pub use copies::{backup, restore};
pub use deadline::one_deadline;
use deadline::{NO_ANSWER, Work, within};
pub use file::inspect_existing;
pub use file_lock::ServeLock;
pub use glance::DataVersion;
use glance::Glance;
use health::Health;
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

/// How long a connection is waited for while all are in use.
const PATIENCE: Duration = Duration::from_secs(5);

/// A handle on the database; clones share the same connections.
#[derive(Clone)]
pub struct Db {
    readers: Pool<Manager>,
    writer: Writer,
    glance: Arc<Glance>,
    company: Arc<Company>,
    health: Health,
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
        let health = Health::default();
        let (readers, writer) = match url {
            DatabaseUrl::Sqlite(_) => (
                conn::pool(Manager::reader(url), readers)?,
                Writer::Queue(Queue::start(Manager::writer(url), health.clone())?),
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
            health,
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
    ///
    /// # Errors
    /// [`Error::Busy`] if that takes longer than the request has left.
    pub async fn ask<T: Send + Sync + 'static>(&self, question: &str) -> Result<Asked<T>> {
        self.company.ask(question).await
    }

    /// True once damage was met in the database file. Workers stop then: it doesn't heal.
    pub fn is_damaged(&self) -> bool {
        self.health.is_damaged()
    }

    /// Fails once damage was met in the database file.
    ///
    /// # Errors
    /// [`Error::Corrupt`].
    pub fn refuse_damaged(&self) -> Result<()> {
        self.health.refuse_damaged()
    }

    /// Runs `work` in one read transaction, off the async workers. If it has not begun by the request's deadline, it
    /// never does.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let pool = self.readers.clone();
        let read = blocking(move |begun| read_now(&pool, begun, work)).await;
        self.health.note(match read {
            // Whether it was read changes nothing.
            Err(Error::Late(cause)) => Err(Error::Busy(cause)),
            other => other,
        })
    }

    /// Runs `work` in one write transaction. It may run more than once (a lost race is repeated), and what
    /// it returns is answered only after the commit is durable.
    ///
    /// # Errors
    /// What `work` returns; [`Error::Busy`] if it was not done and never will be; [`Error::Late`] if it had begun by
    /// the request's deadline, or the connection was lost during the commit: then its outcome is not known.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.health.note(match &self.writer {
            Writer::Queue(queue) => queue.submit(work)?.wait().await,
            Writer::Pool(pool) => {
                let pool = pool.clone();
                blocking(move |begun| conn::write_with_retries(&pool, &work, begun)).await
            }
        })
    }

    /// The same as [`Db::read`] on the calling thread, for the command line.
    pub fn read_blocking<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let (begun, _waiter) = deadline::work();
        self.health.note(read_now(&self.readers, &begun, work))
    }

    /// The same as [`Db::write`] on the calling thread, for the command line.
    pub fn write_blocking<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.write_here(work, Queue::submit)
    }

    /// The same for a step of work that writes much, such as an import: it shares its transaction with nobody, and lets
    /// writers of other processes in before the next.
    pub fn write_alone<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let done = self.write_here(work, Queue::submit_alone);
        if let Writer::Queue(_) = &self.writer {
            std::thread::sleep(conn::LOOK_AGAIN * 2);
        }
        done
    }

    fn write_here<T, F>(
        &self,
        work: F,
        submit: fn(&Queue, F) -> Result<queue::Answer<T>>,
    ) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.health.note(match &self.writer {
            Writer::Queue(queue) => submit(queue, work)?.wait_blocking(),
            Writer::Pool(pool) => {
                let (begun, _waiter) = deadline::work();
                conn::write_with_retries(pool, &work, &begun)
            }
        })
    }

    /// Waits until the queue is empty and its connection closed, so that the file is whole without its log.
    pub async fn close(&self) {
        if let Writer::Queue(queue) = &self.writer {
            let queue = queue.clone();
            let _ = tokio::task::spawn_blocking(move || queue.stop()).await;
        }
    }
}

fn read_now<T>(
    pool: &Pool<Manager>,
    begun: &Work,
    work: impl FnOnce(&mut Conn) -> Result<T>,
) -> Result<T> {
    let mut link = check_out(pool)?;
    if !begun.begin() {
        return Err(Error::Busy(NO_ANSWER.into()));
    }
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
    pool.get_timeout(PATIENCE)
        .map_err(|cause| Error::Busy(format!("no database connection: {cause}")))
}

/// Runs `work` off the async workers and waits for it until the request's deadline.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce(&Work) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (begun, waiter) = deadline::work();
    // There may be a queue for threads, too: who left meanwhile takes no connection.
    let work = move || match begun.is_wanted() {
        true => work(&begun),
        false => Err(Error::Busy(NO_ANSWER.into())),
    };
    let done = async { tokio::task::spawn_blocking(work).await };
    match within(done).await {
        Some(Ok(result)) => result,
        Some(Err(join)) => Err(Error::internal(join)),
        None => Err(waiter.give_up(NO_ANSWER)),
    }
}
