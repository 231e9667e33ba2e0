//! Keeps the histories of leads at hand. They are read from the database when something was changed since: only the
//! pages of the leads that were changed, found in the log.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::db::Db;
use crate::error::{Error, Result};
use crate::reports::store::history;
use crate::reports::store::history_file::{HistoryFile, PAGE_IDS};

/// The histories that are counted are never older than this.
const MAX_AGE: Duration = Duration::from_secs(60);
/// Large ones are used for this many times as long as reading took, so that reports take a tenth of a processor at most.
const AGE_BY_COST: u32 = 10;
/// After the newest change that is known, others may be committed whose entries in the log have a time of up to this many
/// seconds before its own: of long transactions, and of servers whose clocks differ.
const OVERLAP_SECONDS: i64 = 60;
/// After this time all is read again, so that a change that was missed for any reason is missing for no longer.
const MAX_READ_AGE: Duration = Duration::from_secs(3_600);
/// After more changes all pages are read.
const MAX_CHANGES: i64 = 50_000;

/// The latest histories, and what it took to read them.
#[derive(Clone)]
struct Taken {
    file: Arc<HistoryFile>,
    at: Instant,
    /// When all of it was read.
    all_read_at: Instant,
    cost: Duration,
}

impl Taken {
    fn is_recent(&self) -> bool {
        let allowed = match self.file.is_large() {
            true => MAX_AGE.min(self.cost * AGE_BY_COST),
            false => Duration::ZERO,
        };
        self.at.elapsed() < allowed
    }
}

/// The histories of all leads, as they were moments ago.
pub struct HistoryKeeper {
    folder: PathBuf,
    latest: parking_lot::Mutex<Option<Taken>>,
    /// Held while the database is read.
    reading: Arc<tokio::sync::Mutex<()>>,
}

impl HistoryKeeper {
    /// None yet. Their files are in this folder.
    pub fn new(folder: &Path) -> HistoryKeeper {
        HistoryKeeper {
            folder: folder.to_owned(),
            latest: parking_lot::Mutex::new(None),
            reading: Arc::default(),
        }
    }

    /// Histories with everything that was committed before, or where there are many, before the last minute. On
    /// PostgreSQL it may lack, for a minute at most, what was committed in another order than it was begun in.
    ///
    /// # Errors
    /// If the database or the file can't be read.
    pub async fn latest(self: &Arc<Self>, db: &Db) -> Result<Arc<HistoryFile>> {
        let recent = || self.latest.lock().clone().filter(Taken::is_recent);
        if let Some(taken) = recent() {
            return Ok(taken.file);
        }
        let reading = self.reading.clone().lock_owned().await;
        if let Some(taken) = recent() {
            return Ok(taken.file);
        }
        let (keeper, db) = (self.clone(), db.clone());
        let read = tokio::task::spawn_blocking(move || {
            // Held until the reading ends, even if no request waits for it any more.
            let _reading = reading;
            keeper.read(&db)
        });
        read.await.map_err(Error::internal)?
    }

    fn read(&self, db: &Db) -> Result<Arc<HistoryFile>> {
        let (begun, latest) = (Instant::now(), self.latest.lock().clone());
        let newest_change = db.read_part(history::newest_change)?;
        if let Some(taken) = &latest
            && taken.file.newest_change.0 == newest_change.0
            && taken.at.elapsed() < MAX_AGE
        {
            return Ok(taken.file.clone());
        }
        let is_usable =
            |taken: &Taken| !taken.file.is_wasteful() && taken.all_read_at.elapsed() < MAX_READ_AGE;
        let before = latest.as_ref().filter(|taken| is_usable(taken));
        let mut file = match before {
            Some(before) => (*before.file).clone(),
            None => self.empty(latest.as_ref())?,
        };
        let numbers = pages_to_read(db, before.map(|taken| &*taken.file))?;
        file.revision += u64::from(!numbers.is_empty());
        for number in numbers {
            let first = number * PAGE_IDS;
            let page = db.read_part(|conn| history::page(conn, first, first + PAGE_IDS - 1))?;
            file.put(number as usize, &page).map_err(Error::internal)?;
        }
        file.newest_change = newest_change;
        let taken = Taken {
            file: Arc::new(file),
            at: Instant::now(),
            all_read_at: before.map_or(begun, |taken| taken.all_read_at),
            cost: begun.elapsed(),
        };
        *self.latest.lock() = Some(taken.clone());
        Ok(taken.file)
    }

    /// A new file, whose revisions go on from those of the one before.
    fn empty(&self, before: Option<&Taken>) -> Result<HistoryFile> {
        let mut file = HistoryFile::empty(&self.folder).map_err(Error::internal)?;
        file.revision = before.map_or(0, |taken| taken.file.revision);
        Ok(file)
    }
}

/// The numbers of the pages that the histories lack or have as they were before.
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
