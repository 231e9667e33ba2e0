use actix_web::http::StatusCode;
use serde_json::Value;

/// The answer of a call, which can be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: StatusCode,
    pub location: Option<String>,
    pub body: Value,
}
