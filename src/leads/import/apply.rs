//! The steps of an import: batches of rows, each written in one transaction with the note that it is written, and
//! sized so that nobody waits long for it.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::Lookups;
use super::job::{Done, Job, LeftOut};
use super::lease::Worker;
use super::order::{BATCH, Batch, Order};
use super::problem::Problem;
use super::run::Run;
use super::write::Writer;
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::store::import_jobs;

/// Rows of the first step.
pub const FIRST: usize = 100;
/// The fewest rows of a step.
const FEWEST: usize = 10;
/// How long a step should take, with its commit.
const WANTED: Duration = Duration::from_millis(40);
/// How often a batch is tried that others keep from being written; each time its rows are judged again.
const ATTEMPTS: usize = 3;

/// As many rows may fail for reasons that no row can have; then the program or the database is at fault.
const DEFECTS: usize = 20;

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    ToTheEnd,
    /// Another process works on the import.
    Elsewhere,
    /// This process stops.
    Stopping,
}

/// Applies the batches of an import in turn.
pub struct Applier<'a> {
    run: &'a Run,
    job: &'a Job,
    order: Arc<Order>,
    size: &'a Cell<usize>,
    /// Units that were gone through.
    at: i64,
    /// Rows that were gone through.
    pub rows: i64,
    pub came: Came,
    defects: usize,
}

impl<'a> Applier<'a> {
    /// Goes on where an import stands.
    pub fn new(
        run: &'a Run,
        job: &'a Job,
        order: Arc<Order>,
        size: &'a Cell<usize>,
    ) -> Applier<'a> {
        Applier {
            run,
            job,
            order,
            size,
            at: job.units_done,
            rows: job.rows_done,
            came: Came::ToTheEnd,
            defects: 0,
        }
    }

    /// Applies a batch; answers whether to go on. If it can't be written, its halves are, until the row that stands in
    /// the way is alone and left out.
    ///
    /// # Errors
    /// What is not about the rows.
    pub fn apply(&mut self, batch: Batch) -> Result<bool> {
        if self.run.context.is_stopping() {
            self.came = Came::Stopping;
            return Ok(false);
        }
        let batch = Arc::new(batch);
        let mut refused = Error::NotFound;
        for _ in 0..ATTEMPTS {
            match self.step(&batch, None) {
                Err(error) if is_about_rows(&error) => refused = error,
                other => return other,
            }
        }
        if batch.units.len() > 1 {
            let (first, second) = Batch::clone(&batch).halves();
            return Ok(self.apply(first)? && self.apply(second)?);
        }
        tracing::warn!(error = %refused, id = self.job.id, "a row of an import was left out");
        self.defects += usize::from(matches!(refused, Error::Internal(_)));
        if self.defects > DEFECTS {
            return Err(refused);
        }
        self.step(&batch, Some(refused.message()))
    }

    fn step(&mut self, batch: &Arc<Batch>, refusal: Option<Message>) -> Result<bool> {
        let step = Step {
            id: self.job.id,
            worker: self.run.worker.clone(),
            at: self.at,
            order: self.order.clone(),
            batch: batch.clone(),
            actor: self.job.actor(self.run.context.clock.now()),
            refusal,
        };
        // What others write before it is not its time.
        let (asked, begun) = (Instant::now(), Arc::new(AtomicU64::new(0)));
        let began = begun.clone();
        let is_next = self.run.context.db.write_alone(move |conn| {
            began.store(asked.elapsed().as_micros() as u64, Ordering::Relaxed);
            step.write(conn)
        })?;
        let waited = Duration::from_micros(begun.load(Ordering::Relaxed));
        self.resize(batch.rows(), asked.elapsed().saturating_sub(waited));
        if is_next {
            self.at += batch.units.len() as i64;
            self.rows += batch.rows() as i64;
        } else {
            self.came = Came::Elsewhere;
        }
        Ok(is_next)
    }

    fn resize(&self, rows: usize, took: Duration) {
        let fitting = WANTED.as_micros() * rows as u128 / took.as_micros().max(1);
        let size = self.size.get();
        let fitting = usize::try_from(fitting).unwrap_or(BATCH);
        self.size
            .set(fitting.clamp(size / 2, size * 2).clamp(FEWEST, BATCH));
    }
}

/// True if an error may be about what the rows meet in the database; else another attempt is made later.
fn is_about_rows(error: &Error) -> bool {
    !matches!(
        error,
        Error::Busy(_) | Error::Late(_) | Error::Corrupt(_) | Error::Unreadable(_)
    )
}

/// A batch on its way into the database.
struct Step {
    id: i64,
    worker: Worker,
    /// Units that were gone through before it.
    at: i64,
    order: Arc<Order>,
    batch: Arc<Batch>,
    actor: Actor,
    /// Why its only row is left out.
    refusal: Option<Message>,
}

impl Step {
    /// Writes the batch, if it is the next and nobody else works on the import; answers whether it was.
    fn write(&self, conn: &mut Conn) -> Result<bool> {
        let job = import_jobs::hold(conn, self.id)?;
        if job.is_finished() || job.worker != self.worker || job.units_done != self.at {
            return Ok(false);
        }
        let done = match &self.refusal {
            Some(why) => self.refused(why),
            None => self.written(conn)?,
        };
        import_jobs::advance(conn, self.id, &done)?;
        Ok(true)
    }

    fn refused(&self, why: &Message) -> Done {
        let units = &self.batch.units;
        let line = units.first().map_or(0, |unit| unit.line());
        Done {
            units: units.len(),
            rows: self.batch.rows(),
            left_out: units.iter().map(|unit| unit.rows()).sum(),
            problems: vec![LeftOut::from(&Problem::whole(line, why.clone()))],
            ..Done::default()
        }
    }

    fn written(&self, conn: &mut Conn) -> Result<Done> {
        let lookups = Lookups::load(conn)?;
        let writer = Writer {
            order: &self.order,
            lookups: &lookups,
            actor: &self.actor,
        };
        let written = writer.write(conn, &self.batch)?;
        Ok(Done {
            units: self.batch.units.len(),
            rows: self.batch.rows(),
            counts: written.counts,
            left_out: written.left_out,
            problems: written.problems.iter().map(LeftOut::from).collect(),
        })
    }
}
