//! The calls about statuses.

mod authorization;
mod hostile;
mod order;
mod reading;
mod removing;
mod roles;
mod writing;
