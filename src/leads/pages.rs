//! The pages under `/admin/leads`: one module for each group of routes.

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

/// The path of the list.
pub const LIST_PATH: &str = "/admin/leads";
