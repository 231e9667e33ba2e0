//! The return address of forms and pages: the list in its state, or the page of a status.

use crate::records::fields::Fields;
use crate::web::ReturnTo;

/// The path of the list.
pub const LIST: &str = "/admin/leads/statuses";

const RETURN_TO: ReturnTo = ReturnTo {
    list: LIST,
    others: &[],
};

/// The address to return to from a form: the list or the status that it was opened from.
pub fn back(sent: &Fields) -> String {
    RETURN_TO.read(sent)
}

/// The address to return to, or `otherwise` if it is not one of the list or of a status.
pub fn back_to(sent: &Fields, otherwise: &str) -> String {
    RETURN_TO.read_or(sent, otherwise)
}

/// `address` with `back` as its return address.
pub fn with_back(address: &str, back: &str) -> String {
    RETURN_TO.add_to(address, back)
}

/// The list in the state that `back` holds; used when the status itself has no page any more.
pub fn list_path(back: &str) -> String {
    RETURN_TO.list_of(back)
}
