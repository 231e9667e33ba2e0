//! Answers requests for reports from the histories of leads, and caches answers that took long to count.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use quick_cache::Weighter;
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
use crate::reports::store::history_file::HistoryFile;
use crate::statuses::MedianTimes;

/// Figures that are kept: at most about 1 MB each.
const FIGURES: u64 = 48;
/// Answers, of which each has one or more of them.
const ANSWERS: usize = 32;
/// An answer from many histories is used for a minute, after changes for this many times as long as counting took.
const AGE_BY_COST: u32 = 20;
const MAX_AGE: Duration = Duration::from_secs(60);

/// Questions that are answered together. Of those about now the instant is left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct AnswerKey {
    questions: Vec<ReportQuestion>,
    is_now: bool,
}

impl AnswerKey {
    fn of(questions: &[ReportQuestion], now: Timestamp) -> AnswerKey {
        let is_now = questions.iter().all(|question| question.as_of == now);
        let without_instant = |question: &ReportQuestion| ReportQuestion {
            as_of: Timestamp(0),
            ..question.clone()
        };
        AnswerKey {
            questions: match is_now {
                true => questions.iter().map(without_instant).collect(),
                false => questions.to_vec(),
            },
            is_now,
        }
    }
}

/// An answer, and what it was worked out from.
#[derive(Clone)]
struct Answer {
    /// Of each question.
    figures: Vec<Arc<Figures>>,
    statuses: Arc<Vec<ReportStatus>>,
    as_of: Timestamp,
    revision: u64,
    is_large: bool,
    at: Instant,
    cost: Duration,
}

impl Answer {
    /// True if it still is the answer: nothing was changed since, and it is about this instant; or it was counted from
    /// many histories and is recent.
    fn is_current(&self, as_of: Timestamp, revision: u64) -> bool {
        let is_unchanged = self.revision >= revision;
        let allowed = match is_unchanged {
            true => MAX_AGE,
            false => MAX_AGE.min(self.cost * AGE_BY_COST),
        };
        let is_recent = self.is_large && self.at.elapsed() < allowed;
        is_recent || (is_unchanged && self.as_of.second() == as_of.second())
    }
}

/// An answer weighs as much as its figures.
#[derive(Clone)]
struct ByFigures;

impl Weighter<AnswerKey, Answer> for ByFigures {
    fn weight(&self, _: &AnswerKey, answer: &Answer) -> u64 {
        answer.figures.len() as u64
    }
}

/// What all requests for reports share.
pub struct Reports {
    pub keeper: Arc<HistoryKeeper>,
    answers: Cache<AnswerKey, Answer, ByFigures>,
    medians: MedianTimes,
}

impl Reports {
    /// Without any data yet; its files are in this folder. The list of statuses shows `medians`.
    pub fn new(folder: &Path, medians: MedianTimes) -> Reports {
        Reports {
            keeper: Arc::new(HistoryKeeper::new(folder)),
            answers: Cache::with_weighter(ANSWERS, FIGURES, ByFigures),
            medians,
        }
    }

    /// The figures that are asked for. If it is about the present, they may be as of a moment ago.
    ///
    /// # Errors
    /// If the database or the histories can't be read.
    pub async fn figures(&self, db: &Db, asked: &ReportRequest) -> Result<Arc<Figures>> {
        let question = std::slice::from_ref(&asked.question);
        let figures = self.figures_of(db, asked, question).await?;
        let first = figures.into_iter().next();
        first.ok_or_else(|| Error::internal("a question without an answer"))
    }

    /// The figures of each of these questions, which are those of a request about other periods or owners: all as of one
    /// instant, counted from the same histories. Who asks the same meanwhile waits for them.
    ///
    /// # Errors
    /// As [`Reports::figures`].
    pub async fn figures_of(
        &self,
        db: &Db,
        asked: &ReportRequest,
        questions: &[ReportQuestion],
    ) -> Result<Vec<Arc<Figures>>> {
        let histories = self.keeper.latest(db).await?;
        let key = AnswerKey::of(questions, asked.now);
        let is_current = |answer: &Answer| {
            *answer.statuses == asked.statuses
                && answer.is_current(asked.question.as_of, histories.revision)
        };
        loop {
            let guard = match self.answers.get_value_or_guard_async(&key).await {
                Ok(answer) if is_current(&answer) => return Ok(answer.figures),
                Ok(outdated) => {
                    self.answers.remove_if(&key, |kept| kept.at == outdated.at);
                    continue;
                }
                Err(guard) => guard,
            };
            let answer = count(
                histories.clone(),
                asked.clone(),
                questions.to_vec(),
                key.is_now,
            );
            let answer = answer.await?;
            if let Some(question) = questions.first()
                && key.is_now
                && question.is_about_all_leads()
            {
                self.medians.set(median_times(&answer.figures[0]));
            }
            // Refused if it was removed meanwhile: then the next one counts again.
            let _ = guard.insert(answer.clone());
            return Ok(answer.figures);
        }
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
        let histories = self.keeper.latest(db).await?;
        let found = tokio::task::spawn_blocking(move || {
            counted_visits(&histories, asked.statuses, &asked.question, set, page)
        });
        let found = found.await.map_err(Error::internal)?;
        found.map_err(Error::internal)
    }
}

/// Counts the figures of questions.
async fn count(
    histories: Arc<HistoryFile>,
    asked: ReportRequest,
    questions: Vec<ReportQuestion>,
    is_now: bool,
) -> Result<Answer> {
    let counted = tokio::task::spawn_blocking(move || {
        let (at, revision) = (Instant::now(), histories.revision);
        let mut counted = figures(&histories, asked.statuses.clone(), &questions, is_now)?;
        for figures in &mut counted {
            figures.is_revised |= asked.is_pipeline_changed;
        }
        Ok::<_, std::io::Error>(Answer {
            figures: counted.into_iter().map(Arc::new).collect(),
            statuses: Arc::new(asked.statuses),
            as_of: asked.question.as_of,
            revision,
            is_large: histories.is_large(),
            at,
            cost: at.elapsed(),
        })
    });
    counted
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)
}

/// The median time in each status, of the visits of the last 180 days.
fn median_times(figures: &Figures) -> HashMap<i64, i64> {
    let median = |time: &TimeInStatus| {
        let curve = time.limit_basis.curve.as_ref()?;
        Some((time.status, curve.quantile(0.5).seconds?))
    };
    figures.times.iter().filter_map(median).collect()
}
