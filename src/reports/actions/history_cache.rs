//! Caches the histories of all leads. After changes it reads the pages of the changed leads again, which it finds in the
//! log.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::db::Db;
use crate::error::{Error, Result};
use crate::reports::store::history;
use crate::reports::store::history_file::{HistoryFile, PAGE_IDS};

/// Cached histories are never older than this.
const MAX_AGE: Duration = Duration::from_secs(60);
/// Large histories are used for this many times as long as reading took, so that reading takes at most a tenth of a
/// processor.
const REUSE_FACTOR: u32 = 10;
/// While no request waits, reading pauses after each page for this many times as long as the page took: it takes a fifth of
/// a processor then.
const PAUSE_FACTOR: u32 = 4;
/// After the newest change that was read, changes may be committed whose entries in the log have a time of up to this many
/// seconds before its own: by long transactions, and by servers whose clocks differ.
const OVERLAP_SECONDS: i64 = 60;
/// After this time everything is read again, so that a change that was missed for any reason is not missing for longer.
const MAX_READ_AGE: Duration = Duration::from_secs(3_600);
/// After more changes than this all pages are read.
const MAX_CHANGES: i64 = 50_000;

/// The latest histories, and how long it took to read them, without pauses.
#[derive(Clone)]
struct CachedHistory {
    file: Arc<HistoryFile>,
    /// When reading began.
    read_at: Instant,
    /// When all pages were read.
    all_read_at: Instant,
    took: Duration,
}

impl CachedHistory {
    fn is_recent(&self) -> bool {
        let max_age = match self.file.is_large() {
            true => MAX_AGE.min(self.took * REUSE_FACTOR),
            false => Duration::ZERO,
        };
        self.read_at.elapsed() < max_age
    }
}

/// The histories of all leads, as they were moments ago.
pub struct HistoryCache {
    folder: PathBuf,
    latest: parking_lot::Mutex<Option<CachedHistory>>,
    /// Held while the database is read.
    read_lock: Arc<tokio::sync::Mutex<()>>,
    /// Each request that waits for histories holds a clone.
    waiting: Arc<()>,
}

impl HistoryCache {
    /// An empty cache, whose files are in this folder.
    pub fn new(folder: &Path) -> HistoryCache {
        HistoryCache {
            folder: folder.to_owned(),
            latest: parking_lot::Mutex::new(None),
            read_lock: Arc::default(),
            waiting: Arc::default(),
        }
    }

    /// The histories with everything that was committed before, or where there are many, before the last minute. On
    /// PostgreSQL they may lack, for a minute at most, changes that were committed in another order than they began.
    ///
    /// # Errors
    /// Returns an error if the database or the file can't be read.
    pub async fn latest(self: &Arc<Self>, db: &Db) -> Result<Arc<HistoryFile>> {
        let _waiting = self.waiting.clone();
        self.latest_in_background(db).await
    }

    /// [`HistoryCache::latest`] for work that no request waits for: it leaves time to others while it reads.
    ///
    /// # Errors
    /// See [`HistoryCache::latest`].
    pub async fn latest_in_background(self: &Arc<Self>, db: &Db) -> Result<Arc<HistoryFile>> {
        let recent = || self.latest.lock().clone().filter(CachedHistory::is_recent);
        if let Some(cached) = recent() {
            return Ok(cached.file);
        }
        let guard = self.read_lock.clone().lock_owned().await;
        if let Some(cached) = recent() {
            return Ok(cached.file);
        }
        let (cache, db) = (self.clone(), db.clone());
        let read = tokio::spawn(async move {
            // The lock is held until reading ends, even if no request waits any more.
            let _guard = guard;
            cache.read(db).await
        });
        read.await.map_err(Error::internal)?
    }

    /// Reads the pages that are out of date one by one, so that a server that stops doesn't wait for all of them.
    async fn read(self: Arc<Self>, db: Db) -> Result<Arc<HistoryFile>> {
        let (cache, source) = (self.clone(), db.clone());
        let (mut cached, mut pages) = off_worker(move || cache.begin(&source)).await?;
        while let Some(number) = pages.pop_first() {
            let (source, started_at) = (db.clone(), Instant::now());
            cached = off_worker(move || read_page(&source, cached, number)).await?;
            let took = started_at.elapsed();
            cached.took += took;
            if Arc::strong_count(&self.waiting) == 1 && !pages.is_empty() {
                tokio::time::sleep(took * PAUSE_FACTOR).await;
            }
        }
        *self.latest.lock() = Some(cached.clone());
        Ok(cached.file)
    }

    /// The histories as far as they can be used, and the numbers of the pages that must be read.
    fn begin(&self, db: &Db) -> Result<(CachedHistory, BTreeSet<i64>)> {
        let (started_at, latest) = (Instant::now(), self.latest.lock().clone());
        let newest_change = db.read_part(history::newest_change)?;
        if let Some(cached) = &latest
            && cached.file.newest_change.0 == newest_change.0
            && cached.read_at.elapsed() < MAX_AGE
        {
            return Ok((cached.clone(), BTreeSet::new()));
        }
        let is_usable = |cached: &CachedHistory| {
            !cached.file.is_wasteful() && cached.all_read_at.elapsed() < MAX_READ_AGE
        };
        let before = latest.as_ref().filter(|cached| is_usable(cached));
        let mut file = match before {
            Some(before) => (*before.file).clone(),
            None => self.empty(latest.as_ref())?,
        };
        let numbers = pages_to_read(db, before.map(|cached| &*cached.file))?;
        file.revision += u64::from(!numbers.is_empty());
        file.newest_change = newest_change;
        let cached = CachedHistory {
            file: Arc::new(file),
            read_at: started_at,
            all_read_at: before.map_or(started_at, |cached| cached.all_read_at),
            took: started_at.elapsed(),
        };
        Ok((cached, numbers))
    }

    /// An empty file, whose revisions continue those of the file before.
    fn empty(&self, before: Option<&CachedHistory>) -> Result<HistoryFile> {
        let mut file = HistoryFile::empty(&self.folder).map_err(Error::internal)?;
        file.revision = before.map_or(0, |cached| cached.file.revision);
        Ok(file)
    }
}

/// Runs work that waits for the database or the disk.
async fn off_worker<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(Error::internal)?
}

/// Reads a page into the file, which only this reading has.
fn read_page(db: &Db, mut cached: CachedHistory, number: i64) -> Result<CachedHistory> {
    let first = number * PAGE_IDS;
    let page = db.read_part(|conn| history::page(conn, first, first + PAGE_IDS - 1))?;
    let file = Arc::make_mut(&mut cached.file);
    file.write_page(number as usize, &page)
        .map_err(Error::internal)?;
    Ok(cached)
}

/// The numbers of the pages that are missing in the file or were changed since.
fn pages_to_read(db: &Db, before: Option<&HistoryFile>) -> Result<BTreeSet<i64>> {
    let all = 0..=db.read_part(history::last_lead)? / PAGE_IDS;
    let Some(before) = before else {
        return Ok(all.collect());
    };
    let since = before.newest_change.1.plus_seconds(-OVERLAP_SECONDS);
    let changed =
        db.read_part(|conn| history::changed_pages(conn, since, PAGE_IDS, MAX_CHANGES))?;
    let new = before.pages() as i64..=*all.end();
    Ok(match changed {
        Some(changed) => changed.into_iter().chain(new).collect(),
        None => all.collect(),
    })
}
