//! The pages under `/admin/leads/statuses`.

pub mod back;
pub mod bulk;
pub mod export;
pub mod form;
pub mod import;
pub mod list;
pub mod sets;
pub mod show;
pub mod single;

/// Where the list is.
pub const LIST: &str = "/admin/leads/statuses";
