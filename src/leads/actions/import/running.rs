//! Imports that are under way.

use crate::db::Conn;
use crate::error::Result;
use crate::leads::store::import_jobs;

/// An import that is under way.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningImport {
    pub id: i64,
    pub filename: String,
}

/// The imports that are under way, oldest first.
///
/// # Errors
/// Returns errors of the database.
pub fn running_imports(conn: &mut Conn) -> Result<Vec<RunningImport>> {
    let jobs = import_jobs::unfinished(conn)?.into_iter();
    let running = jobs.filter(|job| job.is_ready).map(|job| RunningImport {
        id: job.id,
        filename: job.filename,
    });
    Ok(running.collect())
}
