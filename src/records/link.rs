//! Addresses of pages.

/// `path` with these values as its query; empty ones, the defaults, are left out.
pub fn link<N: AsRef<str>, V: AsRef<str>>(
    path: &str,
    pairs: impl IntoIterator<Item = (N, V)>,
) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let pairs = pairs.into_iter();
    query.extend_pairs(pairs.filter(|(_, value)| !value.as_ref().is_empty()));
    match query.finish().as_str() {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_left_out_of_an_address() {
        assert_eq!(link("/a", [("q", ""), ("page", "")]), "/a");
        assert_eq!(
            link("/a", [("q", "ș &"), ("role", ""), ("page", "2")]),
            "/a?q=%C8%99+%26&page=2"
        );
    }
}
