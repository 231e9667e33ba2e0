//! What the templates of the reports show: built from figures, without database.

pub mod compare;
pub mod compare_measures;
pub mod compare_page;
#[cfg(test)]
mod compare_tests;
pub mod compliance;
pub mod context;
pub mod curve;
pub mod filters;
pub mod flow;
pub mod funnel;
pub mod handoffs;
pub mod limits;
pub mod listing;
pub mod losses;
pub mod offers;
pub mod page;
#[cfg(test)]
mod sample_for_tests;
pub mod sentence;
pub mod series;
pub mod tables;
pub mod tiles;
pub mod time;
pub mod visits;
pub mod wording;
