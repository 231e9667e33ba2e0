/// `path` with these values as its query; empty ones, the defaults, are left out.
pub fn link(path: &str, pairs: &[(&str, impl AsRef<str>)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs {
        let value = value.as_ref();
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
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
        assert_eq!(link("/a", &[("q", ""), ("page", "")]), "/a");
        assert_eq!(
            link("/a", &[("q", "ș &"), ("role", ""), ("page", "2")]),
            "/a?q=%C8%99+%26&page=2"
        );
    }
}
