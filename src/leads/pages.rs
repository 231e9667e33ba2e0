//! The pages under `/admin/leads`.

pub mod back;
pub mod form;
pub mod show;
pub mod single;
pub mod strike;

/// Where the list is.
pub const LIST: &str = "/admin/leads";
