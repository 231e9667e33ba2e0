//! Signing in and out. A session is a row of ours behind a signed cookie; it can be ended by its user, by a new
//! password, or by disabling the user, and counts from the next request on. Who guesses passwords has to wait;
//! the first administrator comes in through a set-up link that works once.

mod actions;
mod domain;
mod http;
mod store;

pub use actions::setup::{SETUP_SECONDS, new_setup_code};
pub use actions::throttle;
pub use domain::next_path::local_path;
pub use domain::session::Session;
pub use http::key_only_store::KeyOnlyStore;
pub use http::pages;
