//! Session cookies, signing in, and the pages.

pub mod device_cookie;
pub mod kept_forms;
pub mod key_only_store;
pub mod pages;
pub mod paths;
pub mod pending_session;
pub mod sign_in;
pub mod views;
