//! Bulk actions and removals of statuses over HTTP.

pub mod api;
pub mod pages;
mod undo_outcome;
pub mod views;
