//! The views of the pages under `/admin/leads/statuses`: what each template shows.

pub mod ages;
pub mod dictionary;
pub mod form;
pub mod history;
pub mod import;
pub mod list;
pub mod outcome;
pub mod plan;
pub mod show;
pub mod value;
pub mod versions;
