//! What import jobs need from their process.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::clock::Clock;
use crate::db::Db;

/// The directory below the data directory.
const DIR: &str = "imports";

/// What a job needs from its process.
#[derive(Clone)]
pub struct JobContext {
    pub db: Db,
    pub clock: Clock,
    /// The directory of temporary files.
    pub dir: PathBuf,
    is_stopping: Arc<dyn Fn() -> bool + Send + Sync>,
}

impl JobContext {
    /// For a command, which runs until the job is done.
    pub fn for_command(db: Db, clock: Clock, data_dir: &Path) -> JobContext {
        JobContext::for_server(db, clock, data_dir, || false)
    }

    /// For a server, which may be stopped.
    pub fn for_server(
        db: Db,
        clock: Clock,
        data_dir: &Path,
        is_stopping: impl Fn() -> bool + Send + Sync + 'static,
    ) -> JobContext {
        JobContext {
            db,
            clock,
            dir: data_dir.join(DIR),
            is_stopping: Arc::new(is_stopping),
        }
    }

    pub(crate) fn is_stopping(&self) -> bool {
        (self.is_stopping)()
    }
}
