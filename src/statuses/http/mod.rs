pub mod api;
pub mod pages;
pub mod paths;
pub mod views;
