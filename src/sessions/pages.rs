//! The pages of signing in, setting up, and one's own profile.

mod login;
mod profile;
mod setup;

pub use login::{create as sign_in, delete as sign_out, show as login};
pub use profile::{
    end_other_sessions, end_session, show as profile, update as update_profile, update_password,
};
pub use setup::{create as set_up, show as setup};

/// Where people sign in.
const LOGIN: &str = "/admin/login";
/// One's own profile.
const PROFILE: &str = "/admin/profile";
