//! What is done in a transaction: identifying and authorizing a sender, and changing users.

pub mod accounts;
pub mod actor;
pub mod authorization;
