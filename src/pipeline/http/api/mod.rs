//! The calls of the API that may move leads out of a status. The doc comments of the handlers are texts of the API
//! reference.

pub mod changes;
pub mod openapi;
pub mod removal;
pub mod schemas;
pub mod update;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::Value;

use crate::access::ApiRequest;
use crate::error::Result;
use crate::web::{add_warnings, done_body, json as respond};

/// The answer to a change: what was done, or how many leads move before it is.
fn removed_response(
    request: &ApiRequest,
    moving: i64,
    done_key: &'static str,
    warnings: Vec<String>,
) -> Result<HttpResponse> {
    let mut body = done_body(done_key);
    if moving > 0 {
        request.app().jobs.wake();
        body = done_body("status-api-moving");
        body["moving"] = moving.into();
    }
    add_warnings(&mut body, warnings.into_iter().map(Value::from).collect());
    respond(StatusCode::OK, &body)
}
