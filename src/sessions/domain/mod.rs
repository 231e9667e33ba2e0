//! Values and rules of signing in, without I/O.

pub mod kept_form;
pub mod next_path;
pub mod session;
pub mod user_agent;
