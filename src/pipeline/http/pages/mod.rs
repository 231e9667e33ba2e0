//! The pages that act on statuses and may move their leads, and those of imports.

pub mod bulk;
pub mod imports;
pub mod status_actions;
