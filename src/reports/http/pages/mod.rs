//! The pages of the reports.

mod compare;
pub mod compliance;
pub mod csv;
pub mod handoffs;
pub mod limits;
mod page_report;
pub mod pipeline;
pub mod visits;
