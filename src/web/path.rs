//! Changes of a request's address before it is routed.

use actix_web::dev::{ServiceRequest, Url};
use actix_web::http::Uri;
use actix_web::http::uri::PathAndQuery;

/// Removes the slashes at the end of the path: `/path/` is the same call as `/path`.
pub(super) fn trim_trailing_slashes(req: &mut ServiceRequest) {
    let path = req.path();
    let trimmed = path.trim_end_matches('/');
    if trimmed.len() == path.len() || trimmed.is_empty() {
        return;
    }
    let address = match req.uri().query() {
        Some(query) => format!("{trimmed}?{query}"),
        None => trimmed.to_owned(),
    };
    let mut parts = req.uri().clone().into_parts();
    parts.path_and_query = PathAndQuery::try_from(address).ok();
    if let Ok(uri) = Uri::from_parts(parts) {
        set_address(req, uri);
    }
}

/// Gives the request another address, before it is routed.
pub fn set_address(req: &mut ServiceRequest, uri: Uri) {
    *req.match_info_mut().get_mut() = Url::new(uri.clone());
    req.head_mut().uri = uri;
}
