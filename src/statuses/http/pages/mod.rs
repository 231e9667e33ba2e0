//! The pages under `/admin/leads/statuses`.

pub mod dictionary;
pub mod export;
pub mod form;
pub mod import;
pub mod list;
pub mod order;
pub mod plan;
pub mod sets;
pub mod show;
pub mod undo;
