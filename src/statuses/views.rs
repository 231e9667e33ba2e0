//! What the pages of statuses show.

pub mod list;
pub mod preview;
