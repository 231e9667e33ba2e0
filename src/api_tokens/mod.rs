//! Tokens with which other systems call the API on behalf of a user. A token is shown once, when it is issued, and stored
//! as a hash. It permits what its scopes permit, and never more than its owner's role. It ends when it expires, when it is
//! revoked, or when its owner is disabled.

mod actions;
mod domain;
mod http;
mod store;

pub use actions::{issue, revoke};
pub use domain::token::{ApiToken, Secret, TokenFields, TokenForm, TokenState, scopes_of};
pub use http::pages;
