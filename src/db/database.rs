//! The handle on the database: reads, writes, and how it is opened and closed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::r2d2::Pool;

use super::answer_cache::{CacheKey, VersionedCache};
use super::any_value::{
    AnyValue, LocalReadWork, ReadWork, WriteWork, read_work, typed, write_work,
};
use super::conn::{self, Conn, Connector, pooled};
use super::database_url::DatabaseUrl;
use super::deadline::{self, NO_ANSWER, WorkToken, within};
use super::driver_error::is_interruption;
use super::health::Health;
use super::queue::{Commit, Queue};
use super::read_budget::{ReadBudget, time_left, was_ended_early};
use super::read_limits::{ReadKind, ReadLimits, ReadPermit};
use super::retry::write_with_retries;
use super::running_backend::{CancelOnDrop, RunningBackend};
use super::single_flight::SingleFlight;
use super::start_error::StartError;
use super::step_size::BUSY_PAUSE;
use super::transaction_values::{SharedValues, in_read};
use crate::error::{Error, Result};

/// The error of a read that was ended.
fn too_long() -> Error {
    Error::Busy("a read took too long".into())
}

/// Connections that write to PostgreSQL: those that wait for the disk at the same time share its answer.
const WRITERS: u32 = 12;

/// A handle on the database; clones share the same connections.
#[derive(Clone)]
pub struct Db {
    readers: Pool<Connector>,
    limits: Arc<ReadLimits>,
    /// Held by the thread that reads a part of long work.
    part: Arc<parking_lot::Mutex<()>>,
    writer: Writer,
    cache: Arc<VersionedCache>,
    shared: Arc<SharedValues>,
    flights: Arc<SingleFlight>,
    health: Health,
    url: Arc<DatabaseUrl>,
}

#[derive(Clone)]
enum Writer {
    /// SQLite: one connection behind a queue.
    Queue(Queue),
    /// PostgreSQL: a pool, with transactions that lose a race repeated.
    Pool(Pool<Connector>),
}

impl Db {
    /// Opens the database that `url` names. It must exist and be migrated ([`migrate`]).
    ///
    /// # Errors
    /// Returns an error if the database can't be opened.
    pub fn open(url: &DatabaseUrl, readers: u32) -> Result<Db, StartError> {
        let (health, shared) = (Health::default(), Arc::<SharedValues>::default());
        let limits = Arc::new(ReadLimits::new(readers));
        // One more for parts of long work.
        let connections = limits.connections() + 1;
        let readers = conn::pool(Connector::reader(url), connections)?;
        let writer = match url {
            DatabaseUrl::Sqlite(_) => Writer::Queue(Queue::start(
                Connector::writer(url),
                health.clone(),
                shared.clone(),
            )?),
            DatabaseUrl::Postgres(_) => Writer::Pool(conn::pool(Connector::writer(url), WRITERS)?),
        };
        Ok(Db {
            readers,
            limits,
            part: Arc::default(),
            writer,
            cache: Arc::new(VersionedCache::over(url)),
            shared,
            flights: Arc::default(),
            health,
            url: Arc::new(url.clone()),
        })
    }

    /// Where this database is.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// True once the database file is known to be damaged; workers stop then.
    pub fn is_damaged(&self) -> bool {
        self.health.is_damaged()
    }

    /// Fails once the database file is known to be damaged.
    ///
    /// # Errors
    /// Returns [`Error::Corrupt`].
    pub fn refuse_damaged(&self) -> Result<()> {
        self.health.refuse_damaged()
    }

    /// Runs a short `work` ([`ReadKind::Short`]) in one read transaction, off the async workers. If it has not begun by
    /// the request's deadline, it never does; once the request has left, it is ended.
    ///
    /// # Errors
    /// Returns the errors of `work`; [`Error::Busy`] if it takes too long.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let permit = self.limits.quick(ReadKind::Short);
        let read = self
            .read_once(ReadKind::Short, permit, read_work(work))
            .await?;
        typed(read.ok_or_else(too_long)?)
    }

    /// [`Db::read`] for work that may take longer, which has to wait then until not too many others do. It may be run
    /// twice.
    ///
    /// # Errors
    /// Returns the errors of `work`; [`Error::Busy`] if it takes longer than its kind may, or too many wait.
    pub async fn read_as<T, F>(&self, kind: ReadKind, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Clone + Send + 'static,
    {
        let quick = self.limits.quick(kind);
        let read = match self.read_once(kind, quick, read_work(work.clone())).await? {
            Some(value) => Some(value),
            None => {
                self.read_once(kind, self.limits.slow(), read_work(work))
                    .await?
            }
        };
        typed(read.ok_or_else(too_long)?)
    }

    /// What `work` reads with a permit; nothing if it was ended because it is a slow read.
    async fn read_once(
        &self,
        kind: ReadKind,
        permit: impl Future<Output = Result<ReadPermit>>,
        work: ReadWork,
    ) -> Result<Option<AnyValue>> {
        let permit = within(permit).await;
        let permit = permit.ok_or_else(|| Error::Busy(NO_ANSWER.into()))??;
        let (pool, limits, backend) = (
            self.readers.clone(),
            self.limits.clone(),
            RunningBackend::default(),
        );
        let shared = self.shared.clone();
        let work = move |conn: &mut Conn| in_read(&shared, || work(conn));
        let _cancel = CancelOnDrop {
            backend: backend.clone(),
            pool: pool.clone(),
        };
        let read = blocking(move |token| {
            let budget = ReadBudget::new(kind, limits, permit, token.clone());
            budget.run(|| read_now(&pool, token, &backend, work))
        });
        self.health.record(match read.await {
            // Whether it was read changes nothing.
            Err(Error::OutcomeUnknown(cause)) => Err(Error::Busy(cause)),
            other => other,
        })
    }

    /// For tests: how many reads of requests run now.
    pub fn running_reads(&self) -> usize {
        self.limits.running()
    }

    /// The answer of `read`, or the cached one of an equal read if nothing was committed since in the same second. Of
    /// simultaneous reads one serves all; it goes on as long as one of them waits. `read` may depend on nothing but the
    /// database, `key` and `second`; its answer takes about `size` bytes. On PostgreSQL nothing is cached.
    ///
    /// # Errors
    /// Returns the errors of `read`, which is not cached; [`Error::Busy`] if the read of another request takes longer than
    /// this one has left.
    pub async fn cached_read<T, F>(
        &self,
        key: CacheKey,
        second: i64,
        size: impl FnOnce(&T) -> usize + 'static,
        read: impl FnOnce() -> F,
    ) -> Result<Arc<T>>
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<T>> + 'static,
    {
        let cached = || self.cache.get(self.cache.version()?, &key, second);
        if let Some(value) = cached() {
            return Ok(value);
        }
        let start = || {
            let (cache, key, read) = (self.cache.clone(), key.clone(), read());
            async move {
                // Read before the data: an entry may be newer than its version, never older.
                let version = cache.version();
                let value = Arc::new(read.await?);
                if let Some(version) = version {
                    let bytes = size(&value);
                    cache.insert(version, key, second, value.clone(), bytes);
                }
                Ok(value)
            }
        };
        self.flights.share(&key, second, cached, start).await
    }

    /// Runs `work` in one write transaction. It may run more than once (a lost race is repeated), and what
    /// it returns is answered only after the commit is durable.
    ///
    /// # Errors
    /// Returns the errors of `work`; [`Error::Busy`] if it was not done and never will be; [`Error::OutcomeUnknown`] if it
    /// had begun by the request's deadline, or the connection was lost during the commit.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        typed(self.write_any(write_work(work)).await?)
    }

    async fn write_any(&self, work: WriteWork) -> Result<AnyValue> {
        self.health.record(match &self.writer {
            Writer::Queue(queue) => queue.submit(work, Commit::Shared)?.wait().await,
            Writer::Pool(pool) => {
                let pool = pool.clone();
                blocking(move |token| write_with_retries(&pool, &work, token)).await
            }
        })
    }

    /// [`Db::read`] on the calling thread, for the command line.
    pub fn read_blocking<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let mut value = None;
        self.read_on_this_thread(Box::new(|conn| {
            value = Some(work(conn)?);
            Ok(())
        }))?;
        value.ok_or_else(too_long)
    }

    fn read_on_this_thread(&self, work: LocalReadWork<'_>) -> Result<()> {
        let (token, _guard) = deadline::new_work();
        let work = |conn: &mut Conn| in_read(&self.shared, || work(conn));
        let read = read_now(&self.readers, &token, &RunningBackend::default(), work);
        self.health.record(read)?;
        Ok(())
    }

    /// [`Db::read_blocking`] for a part of long work, such as a page of an export: one part at a time, so that others find
    /// processors and connections free.
    ///
    /// # Errors
    /// Returns the errors of `work`; [`Error::Busy`] if it takes too long.
    pub fn read_part<T>(&self, work: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let _part = self.part.lock();
        let (token, _guard) = deadline::new_work();
        let (limits, permit) = (self.limits.clone(), ReadPermit::of_part());
        let budget = ReadBudget::new(ReadKind::Part, limits, permit, token);
        budget.run(|| self.read_blocking(work))
    }

    /// [`Db::write`] on the calling thread, for the command line.
    pub fn write_blocking<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        typed(self.write_on_this_thread(write_work(work), Commit::Shared)?)
    }

    /// [`Db::write_blocking`] for a step of work that writes much, such as a bulk action: the step has its own transaction,
    /// and waits after it so that writers of other processes get a turn, and longer if other writes of this process came
    /// before it. Returns how long others had to wait for it, too: the time from its beginning to the end of its commit.
    pub fn write_alone<T, F>(&self, work: F) -> Result<(T, Duration)>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (value, took) = self.write_step(write_work(work), Commit::Alone)?;
        Ok((typed(value)?, took))
    }

    /// [`Db::write_alone`] for a step that is done again if it is lost: its commit doesn't wait for the disk. Every other
    /// commit waits for what was committed before it, too.
    pub fn write_unsynced<T, F>(&self, work: F) -> Result<(T, Duration)>
    where
        T: Send + 'static,
        F: Fn(&mut Conn) -> Result<T> + Send + 'static,
    {
        let (value, took) = self.write_step(write_work(work), Commit::AloneUnsynced)?;
        Ok((typed(value)?, took))
    }

    fn write_step(&self, work: WriteWork, commit: Commit) -> Result<(AnyValue, Duration)> {
        let asked_at = Instant::now();
        let timed = move |conn: &mut Conn| {
            let started_at = Instant::now();
            if let (Conn::Postgres(_), Commit::AloneUnsynced) = (&mut *conn, commit) {
                conn::set_durable(conn, false)?;
            }
            Ok((work(conn)?, started_at))
        };
        let timed = self.write_on_this_thread(write_work(timed), commit)?;
        let (value, started_at): (AnyValue, Instant) = typed(timed)?;
        let took = started_at.elapsed();
        if let Writer::Queue(_) = &self.writer {
            let is_busy = started_at - asked_at > conn::RETRY_INTERVAL;
            std::thread::sleep(match commit {
                Commit::Alone if is_busy => BUSY_PAUSE,
                _ => conn::RETRY_INTERVAL * 2,
            });
        }
        Ok((value, took))
    }

    fn write_on_this_thread(&self, work: WriteWork, commit: Commit) -> Result<AnyValue> {
        self.health.record(match &self.writer {
            Writer::Queue(queue) => queue.submit(work, commit)?.wait_blocking(),
            Writer::Pool(pool) => {
                let (token, _guard) = deadline::new_work();
                write_with_retries(pool, &work, &token)
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

/// What `work` reads; nothing if it was ended because it is a slow read.
fn read_now<T>(
    pool: &Pool<Connector>,
    token: &WorkToken,
    backend: &RunningBackend,
    work: impl FnOnce(&mut Conn) -> Result<T>,
) -> Result<Option<T>> {
    let mut pooled_conn = pooled(pool)?;
    if !token.begin() {
        return Err(Error::Busy(NO_ANSWER.into()));
    }
    loop {
        match pooled_conn.begin_read(time_left()) {
            Ok(()) => break,
            // A connection that died while it lay in the pool: nothing has been asked of it yet.
            Err(_) if pooled_conn.is_broken() => {
                drop(pooled_conn);
                pooled_conn = pooled(pool)?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    let running = backend.begin(pooled_conn.backend());
    let result = work(pooled_conn.conn());
    drop(running);
    pooled_conn.rollback();
    match result {
        Err(error) if is_interruption(&error) => match was_ended_early() {
            true => Ok(None),
            false => Err(too_long()),
        },
        result => result.map(Some),
    }
}

/// Runs `work` off the async workers and waits for it until the request's deadline.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce(&WorkToken) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (token, guard) = deadline::new_work();
    // Threads have a queue, too: a request that left meanwhile takes no connection.
    let work = move || match token.is_awaited() {
        true => work(&token),
        false => Err(Error::Busy(NO_ANSWER.into())),
    };
    let output = async { tokio::task::spawn_blocking(work).await };
    match within(output).await {
        Some(Ok(result)) => result,
        Some(Err(join)) => Err(Error::internal(join)),
        None => Err(guard.give_up(NO_ANSWER)),
    }
}
