use super::LIST;
use crate::access::Visitor;
use crate::error::Result;
use crate::web::fields::{Fields, parse_id};

/// Longer than any address that our own pages make.
const LONGEST: usize = 2_000;

/// What the address of a page asks for.
///
/// # Errors
/// [`crate::error::Error::Unreadable`] if it is not UTF-8.
pub fn query(visitor: &Visitor) -> Result<Fields> {
    Fields::from_urlencoded(visitor.request().query_string().as_bytes())
}

/// Where a form leads back to: the state of the list, or the status, that it was opened from.
pub fn back(sent: &Fields) -> String {
    back_to(sent, LIST)
}

/// The same; anything but an address of the list or of a status means `otherwise`.
pub fn back_to(sent: &Fields, otherwise: &str) -> String {
    match sent.text("back") {
        Some(address) if is_ours(address) => address.to_owned(),
        _ => otherwise.to_owned(),
    }
}

/// `address` with the way back from there.
pub fn with_back(address: &str, back: &str) -> String {
    if back == LIST {
        return address.to_owned();
    }
    let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
    format!("{address}?back={back}")
}

/// The list, in the state it was left in if `back` knows it: where to go when the status itself is no more.
pub fn list_of(back: &str) -> String {
    let rest = back.strip_prefix(LIST).unwrap_or_default();
    if !rest.starts_with('/') {
        return back.to_owned();
    }
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    let outer = Fields::from_urlencoded(query.as_bytes()).unwrap_or_default();
    match outer.text("back") {
        Some(list) if is_ours(list) && !list[LIST.len()..].starts_with('/') => list.to_owned(),
        _ => LIST.to_owned(),
    }
}

/// True for the list in any state, and for the page of a status.
fn is_ours(address: &str) -> bool {
    let Some(rest) = address.strip_prefix(LIST) else {
        return false;
    };
    let path = rest.split('?').next().unwrap_or_default();
    let is_known = path.is_empty() || path.strip_prefix('/').is_some_and(is_id);
    is_known && address.len() <= LONGEST && address.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_id(text: &str) -> bool {
    parse_id(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_list_and_a_status_are_led_back_to() {
        let back = |address: &str| back_to(&Fields::from_pairs([("back", address)]), "else");
        for ours in ["", "?q=a%20b&page=2", "/7", "/7?back=%2Fadmin"] {
            let ours = format!("{LIST}{ours}");
            assert_eq!(back(&ours), ours);
        }
        for foreign in [
            "/../logout",
            "x",
            "/7/delete",
            "//a",
            "/07",
            "?q=ș",
            "?a\r\nb",
            "?a b",
        ] {
            assert_eq!(back(&format!("{LIST}{foreign}")), "else", "{foreign}");
        }
        for foreign in ["https://example.com", "//example.com", "", "/admin"] {
            assert_eq!(back(foreign), "else");
        }
        assert_eq!(back(&format!("{LIST}?q={}", "x".repeat(LONGEST))), "else");
    }

    #[test]
    fn from_a_status_the_list_is_found_again() {
        let list = format!("{LIST}?page=2");
        assert_eq!(list_of(&list), list);
        assert_eq!(list_of(&with_back(&format!("{LIST}/7"), &list)), list);
        assert_eq!(list_of(&format!("{LIST}/7")), LIST);
        assert_eq!(list_of(&format!("{LIST}/7?back=https%3A%2F%2Fx")), LIST);
    }

    #[test]
    fn the_plain_list_needs_no_mention() {
        assert_eq!(with_back("/x", LIST), "/x");
        let back = format!("{LIST}?page=2");
        assert_eq!(
            with_back("/x", &back),
            "/x?back=%2Fadmin%2Fleads%2Fstatuses%3Fpage%3D2"
        );
    }
}
