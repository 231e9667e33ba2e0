use actix_web::http::StatusCode;
use serde_json::Value;

/// What a call answers, in a form that can be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub body: Value,
}

/// The answer of an earlier call with the key.
pub(super) struct StoredAnswer {
    pub request_hash: String,
    pub answer: Answer,
}
