//! Bulk actions and removals of statuses over HTTP.

pub mod api;
pub mod pages;
pub mod views;
