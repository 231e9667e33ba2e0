//! The calls about statuses.

mod authorization;
mod compatibility;
mod hostile;
mod order;
mod reading;
mod removing;
mod roles;
mod writing;
