//! Requests with their authorization, and the pages of users.

pub mod api;
pub mod api_request;
pub mod caller;
pub mod hashing;
pub mod menu;
pub mod middleware;
pub mod page_request;
pub mod pages;
pub mod paths;
pub mod route_permissions;
pub mod views;
