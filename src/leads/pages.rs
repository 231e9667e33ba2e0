//! The pages under `/admin/leads`.

pub mod back;
pub mod form;
pub mod show;
pub mod single;
pub mod strike;
pub mod bulk;
pub mod list;
pub mod selection;
pub mod way_back;

/// Where the list is.
pub const LIST: &str = "/admin/leads";
