//! The contract of the API, line by line.

mod authorization;
mod hostile;
mod order;
mod reading;
mod removing;
mod roles;
mod writing;
