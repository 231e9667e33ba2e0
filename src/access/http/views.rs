//! What the pages of users show.

use askama::Template;

use crate::access::domain::role::Role;
use crate::access::domain::user::{User, UserForm};
use crate::access::domain::user_filter::{UserFilter, UserFilterField};
use crate::access::http::paths::USERS;
use crate::error::FieldErrors;
use crate::records::filters::{FilterKey as _, FilterSet};
use crate::records::list::{ActiveFilter, List};
use crate::records::paging::{NumberedList, Paging};
use crate::web::Page;

/// The list of users.
#[derive(Template)]
#[template(path = "access/list.html")]
pub struct ListPage {
    pub page: Page,
    pub users: Vec<User>,
    pub paging: Paging,
    pub listing: NumberedList<UserFilter>,
}

impl ListPage {
    fn active_filters(&self) -> Vec<ActiveFilter> {
        let role = self.listing.filter.role;
        let filters = UserFilterField::ALL.iter().copied();
        self.listing
            .active_filters(USERS, filters, |filter, value| match filter {
                UserFilterField::Q => value,
                UserFilterField::Role => role.map_or("", |role| self.page.t(role.key())).to_owned(),
            })
    }
}

/// The form of a new user.
#[derive(Template)]
#[template(path = "access/new.html")]
pub struct NewPage {
    pub page: Page,
    pub errors: FieldErrors,
    pub typed: UserForm,
    /// The fewest characters of a password.
    pub min: usize,
}

/// The form of an existing user.
#[derive(Template)]
#[template(path = "access/edit.html")]
pub struct EditPage {
    pub page: Page,
    pub errors: FieldErrors,
    pub typed: UserForm,
    pub user: User,
    /// The fewest characters of a password.
    pub min: usize,
}

/// The catalogue key of the sentence about a role.
fn about(role: &Role) -> &'static str {
    match role {
        Role::Admin => "role-admin-about",
        Role::Manager => "role-manager-about",
        Role::Rep => "role-rep-about",
        Role::Viewer => "role-viewer-about",
    }
}
