//! The calls about statuses.

mod authorization;
mod habits;
mod hostile;
mod order;
mod reading;
mod removing;
mod roles;
mod writing;
