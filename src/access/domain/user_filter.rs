use crate::access::domain::role::Role;
use crate::error::Result;
use crate::records::fields::{Fields, FromFields};
use crate::records::filters::{Filtered, Unreadable, filter_table, set};

filter_table! {
    /// The filters of the list of users.
    Filter {
        Q = "q", "web-filter-unreadable";
        Role = "role", "user-filter-role";
    }
}

/// Which users a list shows. With a filter that can't be read it shows none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UserFilter {
    /// Found in name or e-mail address.
    pub q: String,
    pub role: Option<Role>,
    pub unreadable: Unreadable<Filter>,
}

impl FromFields for UserFilter {
    fn from_fields(fields: Fields) -> Result<UserFilter> {
        Ok(UserFilter::from_filters(&fields))
    }
}

impl Filtered for UserFilter {
    type Filter = Filter;

    fn set(&mut self, filter: Filter, typed: &str) -> bool {
        match filter {
            Filter::Q => self.q = typed.replace('\0', "").trim().to_owned(),
            Filter::Role => return set(&mut self.role, typed, Role::from_word),
        }
        true
    }

    fn value(&self, filter: Filter) -> Option<String> {
        match filter {
            Filter::Q => Some(self.q.clone()).filter(|q| !q.is_empty()),
            Filter::Role => self.role.map(|role| role.as_str().to_owned()),
        }
    }

    fn unreadable(&self) -> &Unreadable<Filter> {
        &self.unreadable
    }

    fn unreadable_mut(&mut self) -> &mut Unreadable<Filter> {
        &mut self.unreadable
    }
}
