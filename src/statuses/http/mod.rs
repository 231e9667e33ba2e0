//! Statuses over HTTP: pages, the API, and what templates show.

pub mod api;
pub mod pages;
pub mod paths;
pub mod views;
