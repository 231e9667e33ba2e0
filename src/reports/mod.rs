//! Reports on the pipeline: how long leads stay, where they go, how many are won. They read,
//! but for the page that sets limits of statuses; the statistics are in `domain`, the pages and the API in `http`.

pub mod actions;
pub mod domain;
pub mod http;
mod store;

pub use actions::answers::Reports;
pub use actions::watch::watch_medians;
