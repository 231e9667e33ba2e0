//! Leads and their histories from files. A file is read row by row, so that one of a million rows fits. First every row
//! is judged and nothing is written ([`survey`]); then all that pass are applied, in steps ([`Run`]).

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

pub use history::Past;
pub use job::{Done, Job, LeftOut, NewJob, read_places, write_places};
pub use lease::Worker;
pub use lookups::Lookups;
pub use mapping::Mapping;
pub use missing::{MADE, to_make, unmakeable};
pub use moment::exact;
pub use order::Order;
pub use parts::digest;
pub use problem::{Names, Problem, Problems};
pub use resume::{ended_since, in_background, left, left_out, look, under_way, watch};
pub use run::{Context, Progress, Run};
pub use source::Source;
pub use survey::{Counts, Survey, survey, told};

/// The door in the audit log.
pub const DOOR: &str = "import";
