//! Signing in and out. A session is a row of ours behind a signed cookie; it can be ended by its user, by a new
//! password, or by disabling the user, and counts from the next request on. Who guesses passwords has to wait;
//! the first administrator comes in through a set-up link that works once.

mod agent;
mod begin;
mod device;
mod next;
pub mod pages;
mod profile_form;
mod rows;
mod setup;
mod sign_in;
mod store;
pub mod throttle;
mod views;

pub use next::local_path;
pub use rows::SessionRows;
pub use setup::{SETUP_SECONDS, new_setup_code};
pub use store::Session;
