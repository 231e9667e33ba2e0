//! Signing in and out. A session is a row of ours behind a signed cookie; it can be ended by its user, by a new
//! password, or by disabling the user, and counts from the next request on.

mod rows;

pub use rows::SessionRows;
