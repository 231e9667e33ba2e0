//! Counts reports from the histories of leads, and caches their figures.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::reports::actions::counted_visits::{CountedVisits, counted_visits};
use crate::reports::actions::figures::figures;
use crate::reports::actions::history_cache::HistoryCache;
use crate::reports::actions::prepare::PreparedReport;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::figures::{Figures, ReportStatus, TimeInStatus};
use crate::reports::domain::report_spec::ReportSpec;
use crate::reports::store::history_file::HistoryFile;
use crate::statuses::MedianTimes;

/// How many figures are cached: at most about 1 MB each.
const MAX_FIGURES: u64 = 48;
/// How many reports are cached; a report has the figures of one or more specs.
const MAX_REPORTS: usize = 32;
/// A report of many histories is used for [`MAX_AGE`], and after changes for at most this many times as long as counting
/// took.
const REUSE_FACTOR: u32 = 20;
const MAX_AGE: Duration = Duration::from_secs(60);

/// Specs that are counted together. The instant is left out of those about now.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ReportKey {
    specs: Vec<ReportSpec>,
    is_now: bool,
}

impl ReportKey {
    fn of(specs: &[ReportSpec], now: Timestamp) -> ReportKey {
        let is_now = specs.iter().all(|spec| spec.as_of == now);
        let without_instant = |spec: &ReportSpec| ReportSpec {
            as_of: Timestamp(0),
            ..spec.clone()
        };
        ReportKey {
            specs: match is_now {
                true => specs.iter().map(without_instant).collect(),
                false => specs.to_vec(),
            },
            is_now,
        }
    }
}

/// The figures of some specs, and from what they were counted.
#[derive(Clone)]
struct CachedReport {
    /// One for each spec.
    figures: Vec<Arc<Figures>>,
    statuses: Arc<Vec<ReportStatus>>,
    as_of: Timestamp,
    revision: u64,
    is_large: bool,
    counted_at: Instant,
    took: Duration,
}

impl CachedReport {
    /// True if it may be shown: nothing was changed since and it is about the same second, or it was counted from many
    /// histories and is recent.
    fn is_current(&self, as_of: Timestamp, revision: u64) -> bool {
        let is_unchanged = self.revision >= revision;
        let max_age = match is_unchanged {
            true => MAX_AGE,
            false => MAX_AGE.min(self.took * REUSE_FACTOR),
        };
        let is_recent = self.is_large && self.counted_at.elapsed() < max_age;
        is_recent || (is_unchanged && self.as_of.second() == as_of.second())
    }
}

/// A report weighs as many units as it has figures.
#[derive(Clone)]
struct FigureCount;

impl Weighter<ReportKey, CachedReport> for FigureCount {
    fn weight(&self, _: &ReportKey, report: &CachedReport) -> u64 {
        report.figures.len() as u64
    }
}

/// The figures of reports, and the histories that they are counted from; all requests share them.
pub struct ReportCache {
    pub histories: Arc<HistoryCache>,
    cache: Cache<ReportKey, CachedReport, FigureCount>,
    medians: MedianTimes,
}

impl ReportCache {
    /// An empty cache. Its files are in this folder; `medians` gets the medians for the list of statuses.
    pub fn new(folder: &Path, medians: MedianTimes) -> ReportCache {
        ReportCache {
            histories: Arc::new(HistoryCache::new(folder)),
            cache: Cache::with_weighter(MAX_REPORTS, MAX_FIGURES, FigureCount),
            medians,
        }
    }

    /// The figures of a report. If it is about now, they may be a minute old.
    ///
    /// # Errors
    /// Returns an error if the database or the histories can't be read.
    pub async fn figures(&self, db: &Db, report: &PreparedReport) -> Result<Arc<Figures>> {
        let specs = std::slice::from_ref(&report.spec);
        let figures = self.figures_of(db, report, specs).await?;
        let first = figures.into_iter().next();
        first.ok_or_else(|| Error::internal("a report without figures"))
    }

    /// The figures of specs that differ from that of the report in period or owners: all as of one instant, counted from
    /// the same histories. Concurrent requests for the same figures wait for them.
    ///
    /// # Errors
    /// See [`ReportCache::figures`].
    pub async fn figures_of(
        &self,
        db: &Db,
        report: &PreparedReport,
        specs: &[ReportSpec],
    ) -> Result<Vec<Arc<Figures>>> {
        let histories = self.histories.latest(db).await?;
        self.figures_from(histories, report, specs).await
    }

    /// [`ReportCache::figures_of`] from histories that were read before.
    ///
    /// # Errors
    /// Returns an error if the histories can't be read.
    pub async fn figures_from(
        &self,
        histories: Arc<HistoryFile>,
        report: &PreparedReport,
        specs: &[ReportSpec],
    ) -> Result<Vec<Arc<Figures>>> {
        let key = ReportKey::of(specs, report.now);
        let is_current = |cached: &CachedReport| {
            *cached.statuses == report.statuses
                && cached.is_current(report.spec.as_of, histories.revision)
        };
        loop {
            let guard = match self.cache.get_value_or_guard_async(&key).await {
                Ok(cached) if is_current(&cached) => return Ok(cached.figures),
                Ok(outdated) => {
                    self.cache
                        .remove_if(&key, |cached| cached.counted_at == outdated.counted_at);
                    continue;
                }
                Err(guard) => guard,
            };
            let counted = count(
                histories.clone(),
                report.clone(),
                specs.to_vec(),
                key.is_now,
            );
            let counted = counted.await?;
            if let Some(spec) = specs.first()
                && key.is_now
                && spec.is_about_all_leads()
            {
                self.medians.set(median_times(&counted.figures[0]));
            }
            // The cache refuses it if the entry was removed meanwhile: then the next request counts again.
            let _ = guard.insert(counted.clone());
            return Ok(counted.figures);
        }
    }

    /// A page of the visits behind a number, from the same histories.
    ///
    /// # Errors
    /// See [`ReportCache::figures`].
    pub async fn counted_visits(
        &self,
        db: &Db,
        report: PreparedReport,
        set: CountedSet,
        page: usize,
    ) -> Result<CountedVisits> {
        let histories = self.histories.latest(db).await?;
        let visits = tokio::task::spawn_blocking(move || {
            counted_visits(&histories, report.statuses, &report.spec, set, page)
        });
        let visits = visits.await.map_err(Error::internal)?;
        visits.map_err(Error::internal)
    }
}

/// Counts the figures of specs.
async fn count(
    histories: Arc<HistoryFile>,
    report: PreparedReport,
    specs: Vec<ReportSpec>,
    is_now: bool,
) -> Result<CachedReport> {
    let report = tokio::task::spawn_blocking(move || {
        let (started_at, revision) = (Instant::now(), histories.revision);
        let mut all = figures(&histories, report.statuses.clone(), &specs, is_now)?;
        for figures in &mut all {
            figures.is_revised |= report.is_pipeline_changed;
        }
        Ok::<_, std::io::Error>(CachedReport {
            figures: all.into_iter().map(Arc::new).collect(),
            statuses: Arc::new(report.statuses),
            as_of: report.spec.as_of,
            revision,
            is_large: histories.is_large(),
            counted_at: started_at,
            took: started_at.elapsed(),
        })
    });
    report
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)
}

/// The median time in each status, of the visits of the last `LIMIT_BASIS_DAYS`.
fn median_times(figures: &Figures) -> HashMap<i64, i64> {
    let median = |time: &TimeInStatus| {
        let curve = time.limit_basis.curve.as_ref()?;
        Some((time.status, curve.quantile(0.5).seconds?))
    };
    figures.times.iter().filter_map(median).collect()
}
