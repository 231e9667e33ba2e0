//! Works out the reports: keeps the histories of leads at hand, counts them in one pass, and answers questions about them.

pub mod answers;
pub mod ask;
pub mod compliance;
pub mod counted_visits;
pub mod definition_changes;
pub mod figures;
pub mod handoffs;
pub mod history_keeper;
pub mod statuses;
pub mod watch;

#[cfg(test)]
mod agreement_tests;
