//! Rows of users, the principal behind a session or a token, and the keys of forms that were sent.

pub mod form_keys;
pub mod principals;
pub mod users;
