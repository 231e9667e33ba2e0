//! Leads and their histories from files: read twice, row by row, so that a file of a million rows fits. First every
//! row is looked at and nothing is written ([`survey`]); then all of it is done, or nothing ([`carry_out`]).

mod after;
mod decide;
mod draft;
mod history;
mod job;
mod json;
mod lookups;
mod mapping;
mod missing;
mod moment;
mod order;
mod problem;
mod source;
mod survey;
mod write;

pub use history::Past;
pub use job::{Job, NewJob, read_places, resume, start, write_places};
pub use lookups::Lookups;
pub use mapping::Mapping;
pub use missing::{MADE, make_statuses, to_make, unmakeable};
pub use moment::exact;
pub use order::{BATCH, Batch, Order};
pub use problem::{Names, Problem, Problems};
pub use source::Source;
pub use survey::{Counts, Survey, survey, told};
pub use write::Writer;

use super::Rights;
use crate::audit::Actor;
use crate::db::Conn;
use crate::error::Result;

/// The door in the audit log.
pub const DOOR: &str = "import";

/// Does the whole of an import in the caller's transaction; tells `progress` the rows so far.
///
/// # Errors
/// [`crate::error::Error::Conflict`] if a row is not fine any more; then the caller takes everything back.
pub fn carry_out(
    conn: &mut Conn,
    actor: &Actor,
    rights: Rights,
    order: &Order,
    progress: &dyn Fn(usize),
) -> Result<Counts> {
    let lookups = Lookups::load(conn)?;
    let writer = Writer {
        order,
        lookups: &lookups,
        actor,
        rights,
    };
    let (mut counts, mut rows) = (Counts::default(), 0);
    order.batches(&mut |batch, aside| {
        rows += aside.rows;
        // Each row was fine a moment ago.
        if let Some(problem) = aside.problems.first() {
            return Err(write::overtaken(problem.line));
        }
        counts.add(writer.write(conn, &batch)?);
        progress(rows);
        Ok(true)
    })?;
    Ok(counts)
}
