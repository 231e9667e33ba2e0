//! The id and the path of a request in the log.

use actix_web::{HttpMessage, HttpRequest};

/// The most bytes of a path in the log.
const LOGGED_BYTES: usize = 512;

/// Names one request in the log, in the audit log and on error pages.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl RequestId {
    /// The id of a request; empty outside the server.
    pub fn of(req: &HttpRequest) -> String {
        req.extensions()
            .get::<RequestId>()
            .map(|id| id.0.clone())
            .unwrap_or_default()
    }
}

/// The path for the log, cut so that waiting lines take little memory.
pub(super) fn logged_path(req: &HttpRequest) -> &str {
    let path = req.path();
    &path[..path.floor_char_boundary(LOGGED_BYTES)]
}
