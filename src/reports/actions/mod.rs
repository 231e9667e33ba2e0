//! Counts the reports: caches the histories of leads, and counts them in one pass.

pub mod compliance;
pub mod counted_visits;
pub mod definition_changes;
pub mod figures;
pub mod handoffs;
pub mod history_cache;
pub mod prepare;
pub mod report_cache;
pub mod row_page;
pub mod statuses;
pub mod watch;

#[cfg(test)]
mod agreement_tests;
