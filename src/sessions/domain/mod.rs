//! Values and rules of signing in, without I/O.

pub mod next_path;
pub mod session;
pub mod user_agent;
