//! What people see of leads and do to them: the pages under `/admin/leads`.

pub mod back;
pub mod board;
pub mod bulk;
pub mod export;
pub mod form;
pub mod import;
pub mod list;
pub mod selection;
pub mod show;
pub mod single;
pub mod strike;
pub mod stuck;

/// Where the list is.
pub const LIST: &str = "/admin/leads";
