//! Bulk actions on statuses, their replacement by others, and the counts in the frame of every page.

pub mod bulk;
pub mod frame;
pub mod replace;
pub mod worker;
