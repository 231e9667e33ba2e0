//! Imports of leads and visits from files of any size, in two passes. A dry run checks every row and writes nothing
//! (`dry_run`). Then a job applies the rows in chunks (`run`, `apply`); another process can continue it (`lease`,
//! `resume`).
//!
//! Reading a file: `cells`, `cell_parser`, `parsed`, `request`, `histories`. Planning, without the database: `row_plan`
//! for leads, `history_plan` for visits; `item_plan` for both, from the leads that exist (`existing`). Writing a chunk:
//! `write`. What users see: `problem`, `dry_run`, `change_summary`, `guesses`.

pub mod apply;
pub mod bad_lines;
pub mod cell_parser;
pub mod cells;
pub mod change_summary;
pub mod conflict;
pub mod context;
pub mod dry_run;
pub mod existing;
pub mod file_parts;
pub mod guesses;
mod histories;
pub mod history_plan;
pub mod item_plan;
pub mod job;
pub mod lease;
pub mod likely_duplicate_rows;
pub mod lookups;
pub mod missing_statuses;
pub mod other_names;
pub mod parsed;
pub mod problem;
mod repetition;
pub mod request;
pub mod resume;
pub mod row_plan;
pub mod run;
pub mod running;
pub mod target_statuses;
pub mod write;
