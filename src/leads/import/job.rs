//! An import as it is kept: what it does, who works on it, and how far it has come.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::exchange::What;
use super::lease::{Worker, is_in_force};
use super::{Counts, DOOR, Mapping, Order, Problem, Source};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::leads::Currency;
use crate::web::{Flash, sha256_hex};

/// An import that is about to begin.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub what: What,
    pub filename: String,
    pub places: String,
    pub currency: Option<Currency>,
    /// Of the file, what its columns stand for and the currency: two imports with the same would do the same.
    pub digest: String,
    /// What dates are compared with.
    pub started_at: Timestamp,
}

impl NewJob {
    /// The import of a file with this digest that was asked for.
    pub fn of(order: &Order, file: &str) -> NewJob {
        let places = write_places(&order.mapping);
        let code = order.currency.map_or("", |currency| currency.code());
        let what = order.what();
        NewJob {
            digest: sha256_hex(&[file, what.as_str(), &places, code].join("\n")),
            filename: order.source.filename.clone(),
            currency: order.currency,
            started_at: order.now,
            places,
            what,
        }
    }
}

/// An import as it stands.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: i64,
    /// Nobody for the command line.
    pub user_id: Option<i64>,
    pub actor: String,
    pub(in crate::leads) request_id: String,
    pub(in crate::leads) batch_id: i64,
    pub what: What,
    pub filename: String,
    /// Where the file lies in the data directory of a server, for jobs of an earlier schema; else empty.
    pub(in crate::leads) file: String,
    pub(in crate::leads) places: String,
    pub(in crate::leads) currency: Option<Currency>,
    pub(in crate::leads) digest: Option<String>,
    pub started_at: Timestamp,
    pub rows_total: i64,
    pub rows_done: i64,
    /// Rows, or histories of leads, that were gone through.
    pub(in crate::leads) units_done: i64,
    pub counts: Counts,
    /// Rows that did not pass any more when they were applied.
    pub left_out: i64,
    pub(in crate::leads) problem: Option<String>,
    /// True once the whole file is in the database and every row was judged: from then on it is finished.
    pub is_ready: bool,
    pub worker: Worker,
    pub(in crate::leads) lease_until: Timestamp,
    pub finished_at: Option<Timestamp>,
}

impl Job {
    /// Why it ended early, if it did.
    pub fn problem(&self) -> Option<Flash> {
        serde_json::from_str(self.problem.as_deref()?).ok()
    }

    /// True once nothing more happens.
    pub fn is_finished(&self) -> bool {
        self.finished_at.is_some()
    }

    /// True while somebody works on it, at this moment of the clock of the database.
    pub fn is_worked_on(&self, now: Timestamp) -> bool {
        is_in_force(self.lease_until, now)
    }

    /// True if it does what another would do.
    pub fn is_of(&self, new: &NewJob) -> bool {
        self.digest.as_ref() == Some(&new.digest)
    }

    /// True if somebody has worked on it since it was looked at before.
    pub fn is_renewed_since(&self, before: &Job) -> bool {
        (&self.worker, self.lease_until) != (&before.worker, before.lease_until)
    }

    /// What is done with its file, which lies here.
    pub(super) fn order(&self, file: &Path) -> Result<Order> {
        let source = Source::open(file, 0, &self.filename)?;
        let titles = source.titles()?;
        Ok(Order {
            mapping: read_places(self.what, &titles, &self.places),
            source,
            currency: self.currency,
            now: self.started_at,
        })
    }

    pub(super) fn actor(&self, now: Timestamp) -> Actor {
        Actor {
            user_id: self.user_id,
            token_id: None,
            name: self.actor.clone(),
            door: DOOR,
            request_id: self.request_id.clone(),
            batch_id: self.batch_id,
            now,
        }
    }
}

/// What a step of an import has done.
#[derive(Debug, Clone, Default)]
pub struct Done {
    pub units: usize,
    pub rows: usize,
    pub counts: Counts,
    /// Rows that did not pass any more.
    pub left_out: usize,
    /// Why not.
    pub problems: Vec<LeftOut>,
}

/// A line that was fine when the file was judged, and not any more when it was applied.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    pub line: usize,
    /// The field that it is about; none for the line as a whole.
    pub field: Option<String>,
    pub why: Flash,
}

impl LeftOut {
    /// The reason as it is kept.
    ///
    /// # Errors
    /// [`Error::Internal`] if it can't be written.
    pub(in crate::leads) fn stored(&self) -> Result<String> {
        serde_json::to_string(&self.why).map_err(Error::internal)
    }

    /// A line with a reason that was kept; nothing for one that can't be read.
    pub(in crate::leads) fn read(line: usize, field: Option<String>, why: &str) -> Option<LeftOut> {
        let why = serde_json::from_str(why).ok()?;
        Some(LeftOut { line, field, why })
    }
}

impl From<&Problem> for LeftOut {
    fn from(problem: &Problem) -> LeftOut {
        LeftOut {
            line: problem.line,
            field: problem.field.map(str::to_owned),
            why: Flash::error(problem.message.clone()),
        }
    }
}

/// A mapping as it is kept.
pub fn write_places(mapping: &Mapping) -> String {
    let places: BTreeMap<&str, usize> = mapping.places().collect();
    serde_json::to_string(&places).unwrap_or_default()
}

/// A mapping that was kept, for a file with these titles.
pub fn read_places(what: What, titles: &[String], places: &str) -> Mapping {
    let places: BTreeMap<String, usize> = serde_json::from_str(places).unwrap_or_default();
    let chosen = places.iter().map(|(field, at)| (field.as_str(), *at));
    Mapping::chosen(what, titles, chosen)
}
