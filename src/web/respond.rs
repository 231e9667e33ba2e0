use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;
use serde::Serialize;

use super::{App, Flash};
use crate::error::{Error, Result};

/// A page rendered with a status.
pub fn html(status: StatusCode, view: &impl Template) -> Result<HttpResponse> {
    let body = view.render().map_err(Error::internal)?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(body))
}

/// A value as JSON with a status.
pub fn json(status: StatusCode, value: &impl Serialize) -> Result<HttpResponse> {
    let body = serde_json::to_vec(value).map_err(Error::internal)?;
    Ok(HttpResponse::build(status)
        .content_type("application/json")
        .body(body))
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
