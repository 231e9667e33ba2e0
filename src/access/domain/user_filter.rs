//! The filters of the list of users.

use crate::access::domain::role::Role;
use crate::records::filter_value::{SearchText, word_filter};
use crate::records::filters::{UnreadableFilters, filter_table};

/// Which users a list shows. With a filter that can't be read it shows none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UserFilter {
    /// Found in name or e-mail address.
    pub q: SearchText,
    pub role: Option<Role>,
    pub unreadable: UnreadableFilters<UserFilterField>,
}

filter_table! {
    /// The filters of the list of users.
    UserFilterField of UserFilter {
        Q = "q", q: SearchText, "web-filter-unreadable";
        Role = "role", role: Option<Role>, "user-filter-role";
    }
}

word_filter!(Role);
