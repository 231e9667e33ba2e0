use super::LIST;
use crate::access::Visitor;
use crate::error::Result;
use crate::web::WayBack;
use crate::web::fields::Fields;

const WAY: WayBack = WayBack {
    list: LIST,
    others: &[],
};

/// What the address of a page asks for.
///
/// # Errors
/// [`crate::error::Error::Unreadable`] if it is not UTF-8.
pub fn query(visitor: &Visitor) -> Result<Fields> {
    visitor.query()
}

/// Where a form leads back to: the state of the list, or the status, that it was opened from.
pub fn back(sent: &Fields) -> String {
    WAY.back(sent)
}

/// The same; anything but an address of the list or of a status means `otherwise`.
pub fn back_to(sent: &Fields, otherwise: &str) -> String {
    WAY.back_to(sent, otherwise)
}

/// `address` with the way back from there.
pub fn with_back(address: &str, back: &str) -> String {
    WAY.with_back(address, back)
}

/// The list, in the state it was left in if `back` knows it: where to go when the status itself is no more.
pub fn list_of(back: &str) -> String {
    WAY.list_of(back)
}
