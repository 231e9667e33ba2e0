//! The addresses of users, and the page on which the work of a role begins.

use crate::access::domain::role::Role;

/// The page on which the work of a user with this role begins.
pub fn home_of(role: Role) -> &'static str {
    match role {
        Role::Manager => "/admin/leads/stuck",
        Role::Rep => "/admin/leads/mine",
        Role::Admin | Role::Viewer => "/admin/leads/statuses",
    }
}

/// The path of the list of users.
pub(crate) const USERS: &str = "/admin/users";
