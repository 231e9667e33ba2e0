//! Bulk actions on statuses, their replacement by others, taking imports back, and the counts in the frame of every page.

pub mod bulk;
pub mod frame;
pub mod past_imports;
pub mod replace;
pub mod undo;
pub mod worker;
