//! Imports of leads and visits from files of any size, in two passes. A dry run checks every row and writes nothing
//! (`dry_run`). Then a job applies the rows in batches (`run`, `apply`); another process can continue it (`lease`,
//! `resume`).
//!
//! Reading a file: `source`, `json`, `mapping`, `parsed`, `request`. Planning a row, pure: `row_plan` for leads, `history_plan`
//! for visits. Writing a batch: `write`. What users see: `problem`, `dry_run`.

mod after;
mod apply;
mod decide;
mod draft;
mod entrances;
mod history;
mod job;
mod json;
mod lease;
mod lookups;
mod mapping;
mod meanwhile;
mod missing;
mod moment;
mod order;
mod parts;
mod problem;
mod resume;
mod run;
mod source;
mod survey;
mod write;

pub use history::ImportedVisit;
pub use job::{BatchResult, Job, LeftOut, NewJob, parse_mapping, serialize_mapping};
pub use lease::Worker;
pub use lookups::Lookups;
pub use mapping::Mapping;
pub use missing::{MAX_NEW_STATUSES, creation_problem, statuses_to_create};
pub use moment::format_instant;
pub use order::ImportRequest;
pub use parts::digest;
pub use problem::{NameCounts, Problem, Problems};
pub use resume::{
    find_ended_since, find_job, find_running, in_background, list_abandoned, list_left_out,
    watch_abandoned,
};
pub use run::{JobContext, JobRun, OnProgress};
pub use source::SourceFile;
pub use survey::{DryRun, ImportCounts, dry_run, reading_message};

/// The channel in the audit log.
pub const CHANNEL: &str = "import";
