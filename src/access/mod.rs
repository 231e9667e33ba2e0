//! Users and what they may do. Every user has one role, every route requires one permission, and one table says which
//! role grants it; what is not in the table is refused. Other slices use [`PageRequest`] for pages, [`ApiRequest`] for
//! the API, and [`Principal`] for the user who sent the request.

pub mod accounts;
mod api_request;
mod authorization;
mod body_authorization;
mod caller;
mod error_page;
mod menu;
mod page_request;
pub mod pages;
pub mod password;
mod permission;
mod principal;
mod role;
mod store;
mod user;
mod user_filter;
mod views;

pub use api_request::ApiRequest;
pub use body_authorization::authorize_body;
pub use error_page::identify_error_page;
pub use page_request::PageRequest;
pub use permission::{Permission, RoutePermissions, Scope};
pub use principal::{Principal, Token};
pub use role::Role;
pub use store::user_rows as users;
pub use store::{ABSOLUTE_SECONDS, IDLE_SECONDS};
pub use user::{Email, PersonName, User, UserFields, UserForm, email_key};

pub use crate::web::Theme;
