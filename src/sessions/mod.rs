//! Signing in and out. A session is a row whose key is in a signed cookie. It ends when its user ends it, sets a new
//! password or is disabled, which takes effect with the next request. Wrong passwords are limited and delayed. A set-up
//! link, which works once, makes the first administrator.

mod actions;
mod domain;
mod http;
mod store;

pub use actions::setup::{SETUP_SECONDS, new_setup_code};
pub use actions::throttle;
pub use domain::next_path::local_path;
pub use domain::session::Session;
pub use http::kept_forms::{restore_forms, show_missing};
pub use http::key_only_store::KeyOnlyStore;
pub use http::pages;
