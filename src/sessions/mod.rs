//! Signing in and out. A session is a row of ours behind a signed cookie; it can be ended by its user, by a new
//! password, or by disabling the user, and counts from the next request on. Who guesses passwords has to wait;
//! the first administrator comes in through a set-up link that works once.

mod device;
mod key_only_store;
mod next_path;
pub mod pages;
mod pending_session;
mod profile_form;
mod setup;
mod sign_in;
mod store;
pub mod throttle;
mod user_agent;
mod views;

pub use key_only_store::KeyOnlyStore;
pub use next_path::local_path;
pub use setup::{SETUP_SECONDS, new_setup_code};
pub use store::Session;
