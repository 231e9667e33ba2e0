//! The pages that act on statuses and may move their leads.

pub mod bulk;
pub mod transitions;
