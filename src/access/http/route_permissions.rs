//! The permissions of a path, as the route table gives them to the extractors.

use actix_web::http::Method;

use crate::access::domain::permission::{Permission, Scope};

impl Scope {
    /// The scope that a call needs: by its method.
    pub fn of(method: &Method) -> Scope {
        match *method {
            Method::GET | Method::HEAD => Scope::Read,
            Method::DELETE => Scope::Delete,
            _ => Scope::Write,
        }
    }
}

/// The permissions of one path, by method; attached to its resource.
#[derive(Debug, Clone)]
pub struct RoutePermissions(pub Vec<(Method, Permission)>);

impl RoutePermissions {
    /// What `method` requires; nothing means it is refused.
    pub fn of(&self, method: &Method) -> Option<Permission> {
        let method = if method == Method::HEAD {
            &Method::GET
        } else {
            method
        };
        self.0
            .iter()
            .find(|(other, _)| other == method)
            .map(|(_, permission)| *permission)
    }
}
