//! The page that a sign-in leads to: the one that required it, and never one of another site.

/// The page after a sign-in that no other page required: it leads to the one on which the user's work begins.
pub const HOME: &str = "/admin";
/// The longest address that is carried through a sign-in.
const MAX: usize = 2000;

/// `next` if it is a path of this site, else [`HOME`]. What a header can't hold is percent-encoded.
pub fn local_path(next: &str) -> String {
    if !is_local(next) {
        return HOME.to_owned();
    }
    let mut path = String::with_capacity(next.len());
    for byte in next.bytes() {
        match byte {
            b'!'..=b'~' => path.push(char::from(byte)),
            other => path.push_str(&format!("%{other:02X}")),
        }
    }
    path
}

fn is_local(next: &str) -> bool {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= MAX
        && !next.chars().any(|c| c == '\\' || c.is_control())
        && !["/admin/login", "/admin/logout", "/admin/setup"].contains(&path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_leads_only_to_our_own_pages() {
        for bad in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\tevil",
            "/a\r\nSet-Cookie: x=y",
            "javascript:alert(1)",
            "admin",
            "/admin/login?next=/admin/login",
            "/admin/logout",
        ] {
            assert_eq!(local_path(bad), HOME, "{bad:?}");
        }
        assert_eq!(local_path(&format!("/{}", "x".repeat(MAX))), HOME);
    }

    #[test]
    fn the_way_back_keeps_its_query() {
        assert_eq!(
            local_path("/admin/leads/statuses?q=a%20b&sort=-name"),
            "/admin/leads/statuses?q=a%20b&sort=-name"
        );
        assert_eq!(local_path("/admin?q=ș"), "/admin?q=%C8%99");
    }
}
