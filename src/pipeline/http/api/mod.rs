//! The calls of the API that may move leads out of a status. The doc comments of the handlers are texts of the API
//! reference.

pub mod openapi;
pub mod removal;
pub mod schemas;
pub mod update;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;

use crate::access::ApiRequest;
use crate::error::Result;
use crate::i18n::Lang;
use crate::pipeline::http::signal;
use crate::web::json as respond;

/// The answer to a change: what was done, or how many leads move before it is.
fn removed_response(
    client: &ApiRequest,
    moving: i64,
    done_key: &'static str,
) -> Result<HttpResponse> {
    if moving == 0 {
        let body = json!({"status": true, "message": Lang::En.t(done_key)});
        return respond(StatusCode::OK, &body);
    }
    signal(client.http())?.wake();
    let message = Lang::En.t("status-api-leaving");
    let body = json!({"status": true, "message": message, "moving": moving});
    respond(StatusCode::OK, &body)
}
