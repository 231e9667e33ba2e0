//! The histories of leads as reports read them, and the file that keeps them between two readings.

pub mod compliance;
pub mod handoffs;
pub mod history;
pub mod history_file;
