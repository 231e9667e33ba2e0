//! Who may do what. Every user has one role, every route and every API call asks for one permission, and one
//! table says which role grants it; what is not in the table is refused. Other slices use [`Visitor`] for
//! pages, [`Client`] for the API, and [`Who`] to know who is acting.

pub mod accounts;
mod admission;
mod client;
mod failed;
mod gate;
mod menu;
pub mod pages;
pub mod password;
mod permission;
mod role;
mod store;
mod user;
mod user_filter;
mod views;
mod visitor;
mod who;

pub use admission::admit_body;
pub use client::Client;
pub use failed::know_who_failed;
pub use permission::{Permission, RoutePermissions, Scope};
pub use role::Role;
pub use store::user_rows as users;
pub use store::{ABSOLUTE_SECONDS, IDLE_SECONDS};
pub use user::{Email, PersonName, User, UserFields, UserForm, email_key};
pub use visitor::Visitor;
pub use who::{Token, Who};

pub use crate::web::Theme;
