//! The header `If-Match`.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::error::{Error, Result};

/// `If-Match`, as the caller sent it.
#[derive(Debug, Clone)]
pub struct Precondition(Option<Vec<String>>);

impl Precondition {
    /// The condition of a request; without the header every version matches.
    pub fn of(req: &HttpRequest) -> Precondition {
        let values: Vec<String> = req
            .headers()
            .get_all(header::IF_MATCH)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|tag| tag.trim().to_owned())
            .collect();
        Precondition((!values.is_empty()).then_some(values))
    }

    /// Refuses a change that was made from another version than the current one.
    ///
    /// # Errors
    /// Returns [`Error::Precondition`].
    pub fn check(&self, version: i32) -> Result<()> {
        let matches = |tag: &String| tag == "*" || version_of(tag) == version.to_string();
        match &self.0 {
            Some(tags) if !tags.iter().any(matches) => Err(Error::Precondition),
            _ => Ok(()),
        }
    }
}

/// The version in an `ETag` of ours, or a plain version.
fn version_of(tag: &str) -> &str {
    let tag = tag.trim_matches('"');
    tag.split_once('-').map_or(tag, |(version, _)| version)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn one_of_several_tags_is_enough() {
        let of = |sent: &'static str| {
            let request = TestRequest::default().insert_header((header::IF_MATCH, sent));
            Precondition::of(&request.to_http_request())
                .check(4)
                .is_ok()
        };
        for sent in ["\"4\"", "*", "\"3\", \"4\"", "4", "\"4-0af3\""] {
            assert!(of(sent), "{sent}");
        }
        for sent in ["\"3\"", "", "W/\"4\"", "\"44\"", "\"3-4\"", "\"44-4\""] {
            assert!(!of(sent), "{sent}");
        }
        let without = TestRequest::default().to_http_request();
        assert!(Precondition::of(&without).check(4).is_ok());
    }
}
