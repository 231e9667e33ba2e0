//! Bulk actions on statuses, their replacement by others, taking imports back, and the counts in the frame of every page.

pub mod bulk;
pub mod changes;
pub mod frame;
pub mod replace;
pub mod undo;
pub mod worker;
