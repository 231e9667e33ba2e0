//! How a request is named in the log.

use actix_web::{HttpMessage, HttpRequest};

/// As much of a path is logged.
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

/// The path of a request as the log has it: lines wait in memory to be read, so none is long.
pub(super) fn logged_path(req: &HttpRequest) -> &str {
    let path = req.path();
    &path[..path.floor_char_boundary(LOGGED_BYTES)]
}
