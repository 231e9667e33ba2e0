//! Works out the reports: keeps the histories of leads at hand, counts them in one pass, and answers questions about them.

pub mod answers;
pub mod ask;
pub mod behind;
pub mod figures;
pub mod snapshots;
pub mod statuses;
pub mod watch;

#[cfg(test)]
mod agreement_tests;
