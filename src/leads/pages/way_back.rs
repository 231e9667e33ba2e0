use super::LIST;
use crate::web::fields::{Fields, parse_id};

/// Longer than any address that our own pages make.
const LONGEST: usize = 4_000;

/// Where a form leads back to: the list, the board or the stuck list in the state it was left in, or the lead.
/// Anything else means the plain list.
pub fn way_back(sent: &Fields) -> String {
    match sent.text("back") {
        Some(address) if is_ours(address) => address.to_owned(),
        _ => LIST.to_owned(),
    }
}

/// What a link adds to an address so that the way back from there is known; nothing for the plain list.
pub fn back_query(here: &str) -> String {
    if here == LIST {
        return String::new();
    }
    let here: String = form_urlencoded::byte_serialize(here.as_bytes()).collect();
    format!("?back={here}")
}

/// True for the list, the board and the stuck list in any state, and for the page of a lead.
fn is_ours(address: &str) -> bool {
    let Some(rest) = address.strip_prefix(LIST) else {
        return false;
    };
    let path = rest.split('?').next().unwrap_or_default();
    let inner = path.strip_prefix('/');
    let is_known = path.is_empty()
        || inner.is_some_and(|page| matches!(page, "board" | "stuck") || parse_id(page).is_some());
    is_known && address.len() <= LONGEST && address.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_led_back_to() {
        let back = |address: &str| way_back(&Fields::from_pairs([("back", address)]));
        for ours in [
            "",
            "?q=a%20b&at=end",
            "/7",
            "/7?back=%2Fadmin",
            "/board?owner=me",
            "/stuck",
        ] {
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
            "/new",
        ] {
            assert_eq!(back(&format!("{LIST}{foreign}")), LIST, "{foreign}");
        }
        for foreign in ["https://example.com", "//example.com", "", "/admin"] {
            assert_eq!(back(foreign), LIST);
        }
    }

    #[test]
    fn the_plain_list_needs_no_mention() {
        assert_eq!(back_query(LIST), "");
        assert_eq!(
            back_query("/admin/leads?at=end"),
            "?back=%2Fadmin%2Fleads%3Fat%3Dend"
        );
    }
}
