//! An import job: what it imports, who works on it, and its progress.

use std::collections::BTreeMap;
use std::path::Path;

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::leads::actions::import::CHANNEL;
use crate::leads::actions::import::dry_run::ImportCounts;
use crate::leads::actions::import::lease::{Worker, is_in_force};
use crate::leads::actions::import::mapping::Mapping;
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::request::ImportRequest;
use crate::leads::actions::import::source::SourceFile;
use crate::leads::domain::dataset::Dataset;
use crate::money::Currency;
use crate::web::Flash;

/// A job that is about to start.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub dataset: Dataset,
    pub filename: String,
    pub mapping: String,
    pub currency: Option<Currency>,
    /// The digest of file, mapping and currency: jobs with the same digest do the same.
    pub digest: String,
    /// The start of the import: no date may be later.
    pub started_at: Timestamp,
}

impl NewJob {
    /// The job for a request and the digest of its file.
    pub fn new(request: &ImportRequest, file: &str) -> NewJob {
        let places = serialize_mapping(&request.mapping);
        let currency_code = request.currency.map_or("", |currency| currency.code());
        let what = request.dataset();
        NewJob {
            digest: sha256_hex(&[file, what.as_str(), &places, currency_code].join("\n")),
            filename: request.source.filename.clone(),
            currency: request.currency,
            started_at: request.now,
            mapping: places,
            dataset: what,
        }
    }
}

/// A job with its progress.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: i64,
    /// `None` for the command line.
    pub user_id: Option<i64>,
    pub actor: String,
    pub(crate) request_id: String,
    pub(crate) batch_id: i64,
    pub dataset: Dataset,
    pub filename: String,
    /// The file in the data directory of a server, for jobs of an earlier schema; else empty.
    pub(crate) file: String,
    pub(crate) mapping: String,
    pub(crate) currency: Option<Currency>,
    pub(crate) digest: Option<String>,
    pub started_at: Timestamp,
    pub rows_total: i64,
    pub rows_done: i64,
    /// Rows of leads, or histories, that are done.
    pub(crate) units_done: i64,
    pub counts: ImportCounts,
    /// Rows that passed the check and were refused when they were applied.
    pub left_out: i64,
    pub(crate) problem: Option<String>,
    /// True once the whole file is stored and every row was checked: from then on the job is always finished.
    pub is_ready: bool,
    pub worker: Worker,
    pub(crate) lease_until: Timestamp,
    pub finished_at: Option<Timestamp>,
}

impl Job {
    /// The reason why it ended early.
    pub fn problem(&self) -> Option<Flash> {
        serde_json::from_str(self.problem.as_deref()?).ok()
    }

    /// True once it has ended.
    pub fn is_finished(&self) -> bool {
        self.finished_at.is_some()
    }

    /// True while a worker's lease is in force, by the lease clock.
    pub fn is_worked_on(&self, now: Timestamp) -> bool {
        is_in_force(self.lease_until, now)
    }

    /// True if it does the same as a new job.
    pub fn is_same_as(&self, new: &NewJob) -> bool {
        self.digest.as_ref() == Some(&new.digest)
    }

    /// True if a worker renewed its lease, or another took over, since `before` was read.
    pub fn is_renewed_since(&self, before: &Job) -> bool {
        (&self.worker, self.lease_until) != (&before.worker, before.lease_until)
    }

    /// The import request, for its file at this path.
    pub(crate) fn request(&self, file: &Path) -> Result<ImportRequest> {
        let source = SourceFile::open(file, 0, &self.filename)?;
        let titles = source.titles()?;
        Ok(ImportRequest {
            mapping: parse_mapping(self.dataset, &titles, &self.mapping),
            source,
            currency: self.currency,
            now: self.started_at,
        })
    }

    pub(crate) fn actor(&self, now: Timestamp) -> Actor {
        Actor {
            user_id: self.user_id,
            token_id: None,
            name: self.actor.clone(),
            channel: CHANNEL,
            request_id: self.request_id.clone(),
            batch_id: self.batch_id,
            now,
        }
    }
}

/// What one batch of a job has done.
#[derive(Debug, Clone, Default)]
pub struct BatchResult {
    pub units: usize,
    pub rows: usize,
    pub counts: ImportCounts,
    /// Rows that were refused.
    pub left_out: usize,
    /// Their problems.
    pub problems: Vec<LeftOut>,
}

/// A line that passed the check and was refused when it was applied.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    pub line: usize,
    /// The field with the problem; `None` for the whole line.
    pub field: Option<String>,
    pub reason: Flash,
}

impl LeftOut {
    /// The reason as stored.
    ///
    /// # Errors
    /// [`Error::Internal`] if it can't be written.
    pub(crate) fn stored(&self) -> Result<String> {
        serde_json::to_string(&self.reason).map_err(Error::internal)
    }

    /// A line with its stored reason; nothing if that can't be read.
    pub(crate) fn read(line: usize, field: Option<String>, why: &str) -> Option<LeftOut> {
        let why = serde_json::from_str(why).ok()?;
        Some(LeftOut {
            line,
            field,
            reason: why,
        })
    }
}

impl From<&Problem> for LeftOut {
    fn from(problem: &Problem) -> LeftOut {
        LeftOut {
            line: problem.line,
            field: problem.field.map(str::to_owned),
            reason: Flash::error(problem.message.clone()),
        }
    }
}

/// A mapping as stored: a JSON object of fields and columns.
pub fn serialize_mapping(mapping: &Mapping) -> String {
    let places: BTreeMap<&str, usize> = mapping.columns().collect();
    serde_json::to_string(&places).unwrap_or_default()
}

/// A stored mapping, for a file with these titles.
pub fn parse_mapping(what: Dataset, titles: &[String], places: &str) -> Mapping {
    let places: BTreeMap<String, usize> = serde_json::from_str(places).unwrap_or_default();
    let chosen = places.iter().map(|(field, at)| (field.as_str(), *at));
    Mapping::from_columns(what, titles, chosen)
}
