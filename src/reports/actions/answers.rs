//! Answers questions: takes a histories, counts, and keeps what took long to count for a while.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use quick_cache::sync::Cache;

use crate::clock::Timestamp;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::reports::actions::ask::ReportRequest;
use crate::reports::actions::counted_visits::{CountedVisits, counted_visits};
use crate::reports::actions::figures::figures;
use crate::reports::actions::history_keeper::HistoryKeeper;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::figures::{Figures, ReportStatus, TimeInStatus};
use crate::reports::domain::question::ReportQuestion;
use crate::statuses::MedianTimes;

/// Answers that are kept: at most about 1 MB each.
const ANSWERS: usize = 32;
/// Counting that takes less is done for every question.
const CHEAP: Duration = Duration::from_millis(10);
/// Another answer is used for this many times as long as counting took, and no longer than a minute.
const AGE_BY_COST: u32 = 20;
const MAX_AGE: Duration = Duration::from_secs(60);

/// An answer, and what it was worked out from.
#[derive(Clone)]
struct Answer {
    figures: Arc<Figures>,
    statuses: Arc<Vec<ReportStatus>>,
    revision: u64,
    at: Instant,
    cost: Duration,
}

impl Answer {
    /// True if it still is the answer: nothing was changed since, and it is about this instant; or it took long and is
    /// recent.
    fn is_current(&self, as_of: Timestamp, revision: u64) -> bool {
        let is_recent =
            self.cost > CHEAP && self.at.elapsed() < MAX_AGE.min(self.cost * AGE_BY_COST);
        let is_same = self.revision == revision && self.figures.as_of.second() == as_of.second();
        is_same || is_recent
    }
}

/// What all requests for reports share.
pub struct Reports {
    pub keeper: Arc<HistoryKeeper>,
    answers: Cache<(ReportQuestion, bool), Answer>,
    medians: MedianTimes,
}

impl Reports {
    /// Without any data yet; its files are in this folder. The list of statuses shows `medians`.
    pub fn new(folder: &Path, medians: MedianTimes) -> Reports {
        Reports {
            keeper: Arc::new(HistoryKeeper::new(folder)),
            answers: Cache::new(ANSWERS),
            medians,
        }
    }

    /// The figures that are asked for. If it is about the present, they may be as of a moment ago.
    ///
    /// # Errors
    /// If the database or the file of histories can't be read.
    pub async fn figures(&self, db: &Db, asked: ReportRequest) -> Result<Arc<Figures>> {
        let ReportRequest {
            question,
            statuses,
            now,
            is_pipeline_changed,
        } = asked;
        let histories = self.keeper.latest(db, now).await?;
        let is_now = question.as_of == now;
        let mut key = (question.clone(), is_now);
        if is_now {
            key.0.as_of = Timestamp(0);
        }
        let is_same = |answer: &Answer| {
            *answer.statuses == statuses && answer.is_current(question.as_of, histories.revision)
        };
        if let Some(answer) = self.answers.get(&key).filter(is_same) {
            return Ok(answer.figures);
        }
        let revision = histories.revision;
        let counted = tokio::task::spawn_blocking(move || {
            let begun = Instant::now();
            let mut figures = figures(&histories, statuses.clone(), &question, is_now)?;
            figures.is_revised |= is_pipeline_changed;
            Ok::<_, std::io::Error>(Answer {
                figures: Arc::new(figures),
                statuses: Arc::new(statuses),
                revision,
                at: begun,
                cost: begun.elapsed(),
            })
        });
        let answer = counted.await.map_err(Error::internal)?;
        let answer = answer.map_err(Error::internal)?;
        if is_now && key.0.is_about_all_leads() {
            self.medians.set(median_times(&answer.figures));
        }
        self.answers.insert(key, answer.clone());
        Ok(answer.figures)
    }

    /// A page of the visits behind a number, from the same histories.
    ///
    /// # Errors
    /// As [`Reports::figures`].
    pub async fn counted_visits(
        &self,
        db: &Db,
        asked: ReportRequest,
        set: CountedSet,
        page: usize,
    ) -> Result<CountedVisits> {
        let histories = self.keeper.latest(db, asked.now).await?;
        let found = tokio::task::spawn_blocking(move || {
            counted_visits(&histories, asked.statuses, &asked.question, set, page)
        });
        let found = found.await.map_err(Error::internal)?;
        found.map_err(Error::internal)
    }
}

/// The median time in each status, of the visits of the last 180 days.
fn median_times(figures: &Figures) -> HashMap<i64, i64> {
    let median = |time: &TimeInStatus| {
        let curve = time.evidence.curve.as_ref()?;
        Some((time.status, curve.quantile(0.5).seconds?))
    };
    figures.times.iter().filter_map(median).collect()
}
