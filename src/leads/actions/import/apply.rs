//! Applies a job in chunks. Each chunk is one transaction that also stores the progress, and its size is chosen so
//! that other writers wait only briefly.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::audit::Actor;
use crate::db::{Conn, IMPORT_STEP_TIME, next_step_size};
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::import::context::JobContext;
use crate::leads::actions::import::job::actor_of;
use crate::leads::actions::import::lookups::Lookups;
use crate::leads::actions::import::problem::Problem;
use crate::leads::actions::import::request::{Chunk, ImportRequest};
use crate::leads::actions::import::write::Writer;
use crate::leads::domain::import_job::{ChunkResult, Job, LeaseHolder};
use crate::leads::store::import_jobs;

/// Attempts at a chunk that others keep from being written; each plans its rows again.
const ATTEMPTS: usize = 3;

/// The most rows that may fail with an internal error; more are a fault of the program or the database.
const MAX_DEFECTS: usize = 20;

/// Why applying stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplyOutcome {
    Completed,
    /// Another process has taken over the job.
    TakenOver,
    /// This process is stopping.
    Stopping,
}

/// Applies the chunks of a job in turn.
pub struct Applier<'a> {
    context: &'a JobContext,
    holder: &'a LeaseHolder,
    job: &'a Job,
    request: Arc<ImportRequest>,
    chunk_size: &'a AtomicUsize,
    /// Items done.
    position: i64,
    /// Rows done.
    pub rows: i64,
    pub outcome: ApplyOutcome,
    defects: usize,
}

impl<'a> Applier<'a> {
    /// Starts at the progress of a job.
    pub fn new(
        context: &'a JobContext,
        holder: &'a LeaseHolder,
        job: &'a Job,
        request: Arc<ImportRequest>,
        chunk_size: &'a AtomicUsize,
    ) -> Applier<'a> {
        Applier {
            context,
            holder,
            job,
            request,
            chunk_size,
            position: job.items_done,
            rows: job.rows_done,
            outcome: ApplyOutcome::Completed,
            defects: 0,
        }
    }

    /// Applies a chunk; true to continue. A chunk that can't be written is halved until the row that blocks it is alone
    /// and skipped.
    ///
    /// # Errors
    /// Returns errors that no row causes.
    pub fn apply(&mut self, chunk: Chunk) -> Result<bool> {
        if self.context.is_stopping() {
            self.outcome = ApplyOutcome::Stopping;
            return Ok(false);
        }
        let chunk = Arc::new(chunk);
        let mut refusal = Error::NotFound;
        for _ in 0..ATTEMPTS {
            match self.write_chunk(&chunk, None) {
                Err(error) if may_be_caused_by_row(&error) => refusal = error,
                result => return result,
            }
        }
        if chunk.items.len() > 1 {
            let (first, second) = Chunk::clone(&chunk).halves();
            return Ok(self.apply(first)? && self.apply(second)?);
        }
        tracing::warn!(error = %refusal, id = self.job.id, "a row of an import was left out");
        self.defects += usize::from(matches!(refusal, Error::Internal(_)));
        if self.defects > MAX_DEFECTS {
            return Err(refusal);
        }
        self.write_chunk(&chunk, Some(refusal.message()))
    }

    fn write_chunk(&mut self, chunk: &Arc<Chunk>, refusal: Option<Message>) -> Result<bool> {
        let chunk_write = ChunkWrite {
            id: self.job.id,
            holder: self.holder.clone(),
            position: self.position,
            request: self.request.clone(),
            chunk: chunk.clone(),
            actor: actor_of(self.job, self.context.clock.now()),
            refusal,
        };
        let write = move |conn: &mut Conn| chunk_write.write(conn);
        let (is_next, took) = self.context.db.write_unsynced(write)?;
        let size = self.chunk_size.load(Ordering::Relaxed);
        let size = next_step_size(size, chunk.rows(), took, IMPORT_STEP_TIME);
        self.chunk_size.store(size, Ordering::Relaxed);
        if is_next {
            self.position += chunk.items.len() as i64;
            self.rows += chunk.rows() as i64;
        } else {
            self.outcome = ApplyOutcome::TakenOver;
        }
        Ok(is_next)
    }
}

/// True if an error may be caused by a row; otherwise the chunk is tried again later.
fn may_be_caused_by_row(error: &Error) -> bool {
    !matches!(
        error,
        Error::Busy(_) | Error::OutcomeUnknown(_) | Error::Corrupt(_) | Error::Unreadable(_)
    )
}

/// The write of one chunk.
struct ChunkWrite {
    id: i64,
    holder: LeaseHolder,
    /// Items done before it.
    position: i64,
    request: Arc<ImportRequest>,
    chunk: Arc<Chunk>,
    actor: Actor,
    /// The reason to leave its only row out.
    refusal: Option<Message>,
}

impl ChunkWrite {
    /// Writes the chunk if it is the next one and the holder still has the lease; true if it did.
    fn write(&self, conn: &mut Conn) -> Result<bool> {
        let job = import_jobs::lock(conn, self.id)?;
        if job.is_finished() || job.holder != self.holder || job.items_done != self.position {
            return Ok(false);
        }
        let result = match &self.refusal {
            Some(reason) => self.skip_all(reason),
            None => self.write_rows(conn)?,
        };
        import_jobs::advance(conn, self.id, &result)?;
        Ok(true)
    }

    fn skip_all(&self, reason: &Message) -> ChunkResult {
        let items = &self.chunk.items;
        let line = items.first().map_or(0, |item| item.line());
        let rows = items.iter().map(|item| item.rows()).sum();
        let mut result = self.chunk.result();
        result.skip_rows(rows, &[Problem::for_line(line, reason.clone())]);
        result
    }

    fn write_rows(&self, conn: &mut Conn) -> Result<ChunkResult> {
        let lookups = Lookups::load(conn, &self.request.options)?;
        let writer = Writer {
            request: &self.request,
            lookups: &lookups,
            actor: &self.actor,
        };
        writer.write(conn, &self.chunk)
    }
}
