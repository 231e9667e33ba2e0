//! The set-up, and the limits of wrong passwords.

pub mod device;
pub mod setup;
pub mod throttle;
