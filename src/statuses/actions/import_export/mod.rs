//! Statuses as files in CSV, JSON and XLSX: writing an export, reading a file, and planning its import.
//! An import is planned row by row, then applied as a whole or not at all.

pub mod export;
pub mod handoffs;
pub mod named_statuses;
pub mod plan;
pub mod planner;
pub mod status_file;

#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod tests;
