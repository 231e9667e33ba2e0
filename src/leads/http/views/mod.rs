//! The templates of the pages of leads: what each of them shows.

pub mod board;
pub mod bulk_job;
pub mod bulk_preview;
pub mod confirm;
pub mod conflict;
pub mod filters;
pub mod form;
pub mod handoff;
pub mod import;
pub mod import_preview;
pub mod import_status_names;
pub mod list;
pub mod move_page;
pub mod offer;
pub mod pager;
pub mod pause;
pub mod progress;
pub mod rule_inputs;
pub mod show;
pub mod sums;
pub mod timeline;
pub mod worklist;
