//! The pages under `/admin/leads`.

pub mod back;
pub mod bulk;
pub mod form;
pub mod list;
pub mod selection;
pub mod show;
pub mod single;
pub mod strike;

/// Where the list is.
pub const LIST: &str = "/admin/leads";
pub mod board;
pub mod stuck;
