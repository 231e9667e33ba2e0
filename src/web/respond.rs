use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::Bytes;
use askama::Template;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::web::{App, Flash};

/// A page rendered with a status.
pub fn html(status: StatusCode, view: &impl Template) -> Result<HttpResponse> {
    let body = view.render().map_err(Error::internal)?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(body))
}

/// A value as JSON with a status.
pub fn json(status: StatusCode, value: &impl Serialize) -> Result<HttpResponse> {
    Ok(encoded_json(status, &encoded(value)?))
}

/// A value as the bytes of its JSON, which can be kept and sent again.
pub fn encoded(value: &impl Serialize) -> Result<Bytes> {
    serde_json::to_vec(value)
        .map(Bytes::from)
        .map_err(Error::internal)
}

/// Bytes that [`encoded`] made, with a status.
pub fn encoded_json(status: StatusCode, body: &Bytes) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("application/json")
        .body(body.clone())
}

/// 303 to a local path, with a banner for the page there.
pub fn redirect(app: &App, path: &str, flash: Option<Flash>) -> HttpResponse {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, path));
    if let Some(flash) = flash {
        response.cookie(flash.cookie(app));
    }
    response.finish()
}
