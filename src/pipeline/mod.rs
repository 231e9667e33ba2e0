//! What knows both statuses and leads: archiving or deleting a status whose leads move to another one, with a preview
//! of what would happen, and the numbers in the frame of every page. Statuses know nothing of how leads move, and leads
//! nothing of how statuses are removed.

pub mod actions;
pub mod domain;
pub mod http;
mod store;

pub use actions::frame::frame_counts;
pub use actions::worker::run_jobs;
