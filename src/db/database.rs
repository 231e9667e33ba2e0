use std::sync::Arc;

use diesel::r2d2::Pool;

use super::cache::{CacheKey, VersionedCache};
use super::conn::{self, Conn, DatabaseUrl, Manager, pooled};
use super::deadline::{self, NO_ANSWER, Worker, within};
use super::health::Health;
use super::queue::Queue;
use super::retry::write_with_retries;
use super::single_flight::{Flight, SingleFlight};
use super::start_error::StartError;
use crate::error::{Error, Result};

/// A handle on the database; clones share the same connections.
#[derive(Clone)]
pub struct Db {
    readers: Pool<Manager>,
    writer: Writer,
    cache: Arc<VersionedCache>,
    flights: Arc<SingleFlight>,
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
            cache: Arc::new(VersionedCache::over(url)),
            flights: Arc::default(),
            health,
            url: Arc::new(url.clone()),
        })
    }

    /// Where this database is.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
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
        self.health.record(match read {
            // Whether it was read changes nothing.
            Err(Error::Late(cause)) => Err(Error::Busy(cause)),
            other => other,
        })
    }

    /// The answer of `read`, or the cached one of an equal reading if nothing was committed since in the same second. Of
    /// simultaneous readings one serves all. `read` may depend on nothing but the
    /// database, `key` and `second`; its answer takes about `size` bytes. On PostgreSQL nothing is cached.
    ///
    /// # Errors
    /// What `read` returns, which is not cached; [`Error::Busy`] if the reading of another request takes longer than
    /// this one has left.
    pub async fn cached_read<T, F>(
        &self,
        key: CacheKey,
        second: i64,
        size: impl FnOnce(&T) -> usize,
        read: F,
    ) -> Result<Arc<T>>
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<T>>,
    {
        let cached = |version| self.cache.get(version, &key, second);
        if let Some(value) = self.cache.version().and_then(cached) {
            return Ok(value);
        }
        let leader = match self.flights.join(&key, second).await? {
            Flight::Follower(value) => return Ok(value),
            Flight::Leader(leader) => leader,
        };
        // Read before the data: an entry may be newer than its version, never older.
        let version = self.cache.version();
        if let Some(value) = version.and_then(cached) {
            return Ok(value);
        }
        let value = Arc::new(read.await?);
        if let Some(version) = version {
            let bytes = size(&value);
            self.cache
                .insert(version, key, second, value.clone(), bytes);
        }
        leader.publish(value.clone());
        Ok(value)
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
        self.health.record(match &self.writer {
            Writer::Queue(queue) => queue.submit(work, false)?.wait().await,
            Writer::Pool(pool) => {
                let pool = pool.clone();
                blocking(move |begun| write_with_retries(&pool, &work, begun)).await
            }
        })
    }

    /// [`Db::read`] on the calling thread, for the command line.
    pub fn read_blocking<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let (begun, _waiter) = deadline::work();
        self.health.record(read_now(&self.readers, &begun, work))
    }

    /// [`Db::write`] on the calling thread, for the command line.
    pub fn write_blocking<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.write_on_this_thread(work, false)
    }

    /// [`Db::write_blocking`] for a step of work that writes much, such as an import: the step has its own transaction,
    /// and waits after it so that writers of other processes get a turn.
    pub fn write_alone<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let done = self.write_on_this_thread(work, true);
        if let Writer::Queue(_) = &self.writer {
            std::thread::sleep(conn::RETRY_INTERVAL * 2);
        }
        done
    }

    fn write_on_this_thread<T, F>(&self, work: F, is_alone: bool) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.health.record(match &self.writer {
            Writer::Queue(queue) => queue.submit(work, is_alone)?.wait_blocking(),
            Writer::Pool(pool) => {
                let (begun, _waiter) = deadline::work();
                write_with_retries(pool, &work, &begun)
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
    begun: &Worker,
    work: impl FnOnce(&mut Conn) -> Result<T>,
) -> Result<T> {
    let mut link = pooled(pool)?;
    if !begun.begin() {
        return Err(Error::Busy(NO_ANSWER.into()));
    }
    loop {
        match link.begin_read() {
            Ok(()) => break,
            // A connection that died while it lay in the pool: nothing has been asked of it yet.
            Err(_) if link.is_broken() => {
                drop(link);
                link = pooled(pool)?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    let result = work(link.conn());
    link.rollback();
    result
}

/// Runs `work` off the async workers and waits for it until the request's deadline.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce(&Worker) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (begun, waiter) = deadline::work();
    // Threads have a queue, too: a request that left meanwhile takes no connection.
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
