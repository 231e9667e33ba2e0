//! The pages under `/admin/leads/statuses`.

pub mod bulk;
pub mod export;
pub mod list;
pub mod single;

use crate::web::fields::Fields;

/// Where the list is.
pub const LIST: &str = "/admin/leads/statuses";

/// The list state that a form came from; anything but an address of the list means the plain list.
pub fn back(fields: &Fields) -> String {
    let sent = fields.text("back").unwrap_or_default();
    let is_list = sent == LIST
        || sent
            .strip_prefix(LIST)
            .is_some_and(|rest| rest.starts_with('?'));
    let is_plain = sent.len() <= 2_000 && !sent.chars().any(char::is_control);
    if is_list && is_plain {
        sent.to_owned()
    } else {
        LIST.to_owned()
    }
}
