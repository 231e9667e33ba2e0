//! What needs both statuses and leads: replacing a status, bulk actions on statuses, undoing imports (`/api/changes`),
//! the calls of the API that remove a status, and the numbers in the frame of every page. Statuses know nothing of how
//! leads move, and leads nothing of how statuses are removed.

pub mod actions;
pub mod domain;
pub mod http;
mod store;

pub use actions::frame::frame_counts;
pub use actions::worker::run_jobs;
