//! Users and what they may do. Every user has one role, every route requires one permission, and one table says which
//! role grants it; what is not in the table is refused. Other slices use [`PageRequest`] for pages, [`ApiRequest`] for
//! the API, and [`Principal`] for the user who sent the request.

mod actions;
mod domain;
mod http;
mod store;

pub use actions::accounts;
pub use domain::password;
pub use domain::permission::{Permission, Scope};
pub use domain::principal::{Principal, Token};
pub use domain::profile::ProfileForm;
pub use domain::role::Role;
pub use domain::user::{Email, PersonName, User, UserFields, UserForm, email_key};
pub use http::api;
pub use http::api_request::ApiRequest;
pub use http::caller::StoredFormKey;
pub use http::hashing::{TypedPassword, hash_limited, verify_limited};
pub use http::middleware::{authorize_request, identify_error_page};
pub use http::page_request::PageRequest;
pub use http::pages;
pub use http::paths::home_of;
pub use http::route_permissions::RoutePermissions;
pub use store::form_keys;
pub use store::principals::{ABSOLUTE_SECONDS, ENDED_SECONDS, IDLE_SECONDS};
pub use store::users;
