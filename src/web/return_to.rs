//! The address to which a form returns, which is a parameter of its own address.

use crate::records::fields::{Fields, parse_id};

/// The longest accepted address; our own pages make shorter ones.
const MAX_LENGTH: usize = 4_000;

/// The addresses to which the forms of a slice may return: its lists with any parameters, and the pages of its records.
#[derive(Debug, Clone, Copy)]
pub struct ReturnTo {
    /// The address of the list, below which the records are.
    pub list: &'static str,
    /// Other lists below it.
    pub other_lists: &'static [&'static str],
}

impl ReturnTo {
    /// The list or record that the form was opened from.
    pub fn read(&self, sent: &Fields) -> String {
        self.read_or(sent, self.list)
    }

    /// The address in `back` if it is that of a list or of a record, else `default`.
    pub fn read_or(&self, sent: &Fields, default: &str) -> String {
        match sent.text("back") {
            Some(address) if self.is_ours(address) => address.to_owned(),
            _ => default.to_owned(),
        }
    }

    /// `address` with `back` in its query.
    pub fn add_to(&self, address: &str, back: &str) -> String {
        if back == self.list {
            return address.to_owned();
        }
        let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
        let separator = if address.contains('?') { '&' } else { '?' };
        format!("{address}{separator}back={back}")
    }

    /// The list of `back`, to which a form returns that deleted the record.
    pub fn list_of(&self, back: &str) -> String {
        if self.is_list(back) {
            return back.to_owned();
        }
        let query = back.split_once('?').map_or("", |(_, query)| query);
        let outer = Fields::from_urlencoded(query.as_bytes()).unwrap_or_default();
        match outer.text("back") {
            Some(list) if self.is_list(list) && is_safe(list) => list.to_owned(),
            _ => self.list.to_owned(),
        }
    }

    fn is_list(&self, address: &str) -> bool {
        let path = address.split('?').next().unwrap_or_default();
        path == self.list || self.other_lists.contains(&path)
    }

    fn is_ours(&self, address: &str) -> bool {
        let path = address.split('?').next().unwrap_or_default();
        let below = path.strip_prefix(self.list);
        let id = below.and_then(|below| below.strip_prefix('/'));
        let is_known = self.is_list(address) || id.is_some_and(|id| parse_id(id).is_some());
        is_known && is_safe(address)
    }
}

fn is_safe(address: &str) -> bool {
    address.len() <= MAX_LENGTH && address.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "/admin/things";
    const WAY: ReturnTo = ReturnTo {
        list: LIST,
        other_lists: &["/admin/things/board"],
    };

    #[test]
    fn only_lists_and_things_are_led_back_to() {
        let back = |address: &str| WAY.read_or(&Fields::from_pairs([("back", address)]), "else");
        for ours in [
            "",
            "?q=a%20b&page=2",
            "/7",
            "/7?back=%2Fadmin",
            "/board?owner=2",
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
            "?a b",
            "/boards",
        ] {
            assert_eq!(back(&format!("{LIST}{foreign}")), "else", "{foreign}");
        }
        for foreign in ["https://example.com", "//example.com", "", "/admin"] {
            assert_eq!(back(foreign), "else");
        }
        assert_eq!(
            back(&format!("{LIST}?q={}", "x".repeat(MAX_LENGTH))),
            "else"
        );
    }

    #[test]
    fn from_a_thing_the_list_is_found_again() {
        for list in [format!("{LIST}?page=2"), format!("{LIST}/board?owner=2")] {
            assert_eq!(WAY.list_of(&list), list);
            let thing = WAY.add_to(&format!("{LIST}/7"), &list);
            assert_eq!(WAY.list_of(&thing), list);
        }
        assert_eq!(WAY.list_of(&format!("{LIST}/7")), LIST);
        let foreign = format!("{LIST}/7?back=https%3A%2F%2Fx");
        assert_eq!(WAY.list_of(&foreign), LIST);
    }

    #[test]
    fn the_plain_list_needs_no_mention() {
        assert_eq!(WAY.add_to("/x", LIST), "/x");
        let back = format!("{LIST}?page=2");
        let encoded = "back=%2Fadmin%2Fthings%3Fpage%3D2";
        assert_eq!(WAY.add_to("/x", &back), format!("/x?{encoded}"));
        assert_eq!(WAY.add_to("/x?a=1", &back), format!("/x?a=1&{encoded}"));
    }
}
