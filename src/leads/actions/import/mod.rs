//! Imports of leads and visits from files of any size, in two passes. A dry run checks every row and writes nothing
//! (`dry_run`). Then a job applies the rows in batches (`run`, `apply`); another process can continue it (`lease`,
//! `resume`).
//!
//! Reading a file: `source`, `json`, `mapping`, `parsed`, `request`. Planning a row, pure: `row_plan` for leads, `history_plan`
//! for visits. Writing a batch: `write`. What users see: `problem`, `dry_run`.

pub mod apply;
pub mod closed_statuses;
pub mod conflict;
pub mod dry_run;
pub mod file_parts;
pub mod history_plan;
pub mod job;
pub mod json;
pub mod lease;
pub mod lookups;
pub mod mapping;
pub mod missing_statuses;
pub mod offset_file;
pub mod parsed;
pub mod problem;
pub mod request;
pub mod resume;
pub mod row_plan;
pub mod run;
pub mod source;
pub mod write;

pub use crate::leads::actions::import::dry_run::{DryRun, ImportCounts, dry_run, reading_message};
pub use crate::leads::actions::import::file_parts::digest;
pub use crate::leads::actions::import::history_plan::ImportedVisit;
pub use crate::leads::actions::import::job::{
    BatchResult, Job, LeftOut, NewJob, parse_mapping, serialize_mapping,
};
pub use crate::leads::actions::import::lease::Worker;
pub use crate::leads::actions::import::lookups::Lookups;
pub use crate::leads::actions::import::mapping::Mapping;
pub use crate::leads::actions::import::missing_statuses::{
    MAX_NEW_STATUSES, creation_problem, statuses_to_create,
};
pub use crate::leads::actions::import::problem::{NameCounts, Problem, Problems};
pub use crate::leads::actions::import::request::ImportRequest;
pub use crate::leads::actions::import::resume::{
    find_ended_since, find_job, find_running, in_background, list_abandoned, list_left_out,
    watch_abandoned,
};
pub use crate::leads::actions::import::run::{JobContext, JobRun, OnProgress};
pub use crate::leads::actions::import::source::SourceFile;
pub use crate::leads::domain::instant::format_instant;

/// The channel in the audit log.
pub const CHANNEL: &str = "import";
