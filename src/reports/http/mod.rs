//! Reports over HTTP: the page, and what templates show.

pub mod api;
pub mod charts;
pub mod pages;
pub mod paths;
pub mod views;
