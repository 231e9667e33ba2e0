use askama::Template;

use crate::access::domain::role::Role;
use crate::access::domain::user::{User, UserForm};
use crate::access::domain::user_filter::UserFilter;
use crate::access::http::paths::USERS;
use crate::error::FieldErrors;
use crate::records::filters::{Filtered, Problem};
use crate::web::{Page, PageNumber, Paging, link};

/// Makes the addresses of the pages of a list.
pub fn address(filter: &UserFilter) -> impl Fn(PageNumber) -> String + use<> {
    let filters = filter.filter_pairs();
    move |number| {
        let pairs = filters.iter().cloned().chain(number.pairs());
        let pairs: Vec<_> = pairs.collect();
        link(USERS, &pairs)
    }
}

/// The list of users.
#[derive(Template)]
#[template(path = "access/list.html")]
pub struct ListPage {
    pub page: Page,
    pub users: Vec<User>,
    pub paging: Paging,
    pub filter: UserFilter,
}

/// An active filter, with the list as it would be without it.
struct Chip {
    label: String,
    href: String,
}

impl ListPage {
    fn role_word(&self) -> &'static str {
        self.filter.role.map_or("", Role::as_str)
    }

    /// The filters but one, for the form that sets it: it must not lose the others.
    fn other_filters(&self, without: &str) -> Vec<(&'static str, String)> {
        let mut pairs = self.filter.filter_pairs();
        pairs.retain(|(name, _)| *name != without);
        pairs
    }

    fn is_own(&self, user: &User) -> bool {
        self.page.user.as_ref().is_some_and(|own| own.id == user.id)
    }

    /// The filters that can't be read.
    fn problems(&self) -> Vec<Problem> {
        let per = self.paging.per;
        self.filter
            .problems(|filter| address(&filter)(PageNumber { page: 1, per }))
    }

    fn chips(&self) -> Vec<Chip> {
        let mut chips = Vec::new();
        if !self.filter.q.is_empty() {
            chips.push(Chip {
                label: self.filter.q.clone(),
                href: link(USERS, &[("role", self.role_word())]),
            });
        }
        if let Some(role) = self.filter.role {
            chips.push(Chip {
                label: self.page.t(role.key()).to_owned(),
                href: link(USERS, &[("q", &self.filter.q)]),
            });
        }
        chips
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

impl EditPage {
    fn is_own(&self) -> bool {
        self.page
            .user
            .as_ref()
            .is_some_and(|own| own.id == self.user.id)
    }
}

/// What each role is for, in a sentence: its catalogue key.
fn about(role: &Role) -> &'static str {
    match role {
        Role::Admin => "role-admin-about",
        Role::Manager => "role-manager-about",
        Role::Rep => "role-rep-about",
        Role::Viewer => "role-viewer-about",
    }
}
