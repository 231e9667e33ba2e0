//! Rows of users, and the principal behind a session or a token.

pub mod principals;
pub mod users;
