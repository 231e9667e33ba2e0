//! The pages of signing in, setting up, and one's own profile.

pub mod login;
pub mod profile;
pub mod setup;

pub use crate::sessions::http::pages::login::{
    create as sign_in, delete as sign_out, show as login,
};
pub use crate::sessions::http::pages::profile::{
    choose_time_zone, end_other_sessions, end_session, show as profile, update as update_profile,
    update_password,
};
pub use crate::sessions::http::pages::setup::{create as set_up, show as setup};
