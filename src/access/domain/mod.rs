//! Roles, permissions and users: rules without I/O.

pub mod password;
pub mod permission;
pub mod principal;
pub mod profile;
pub mod role;
pub mod user;
pub mod user_filter;
