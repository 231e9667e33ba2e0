//! Responses: pages, JSON, redirects.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, EntityTag, Header, IfNoneMatch};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Serialize;
use serde_json::{Value, json};

use super::compression::ShowsSecret;
use super::{App, Flash};
use crate::digest::sha256_hex;
use crate::error::{Error, Result};
use crate::i18n::Lang;

/// A page rendered with a status.
pub fn html(status: StatusCode, view: &impl Template) -> Result<HttpResponse> {
    let body = view.render().map_err(Error::internal)?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(body))
}

/// A page that browsers load again every two seconds while a job is under way.
pub fn job_html(
    status: StatusCode,
    view: &impl Template,
    is_under_way: bool,
) -> Result<HttpResponse> {
    let mut response = html(status, view)?;
    if is_under_way {
        let seconds = header::HeaderValue::from_static("2");
        response.headers_mut().insert(header::REFRESH, seconds);
    }
    Ok(response)
}

/// A page that shows a secret, which is not compressed.
pub fn secret_html(status: StatusCode, view: &impl Template) -> Result<HttpResponse> {
    let mut response = html(status, view)?;
    response.extensions_mut().insert(ShowsSecret);
    Ok(response)
}

/// A value as JSON with a status.
pub fn json(status: StatusCode, value: &impl Serialize) -> Result<HttpResponse> {
    Ok(HttpResponse::build(status)
        .content_type("application/json")
        .body(encoded(value)?))
}

/// The body of the answer to a change through the API.
pub fn done_body(key: &'static str) -> Value {
    json!({"status": true, "message": Lang::En.t(key)})
}

/// Adds warnings to those in the body of an answer, if there are any: sentences about what was not saved, or rules.
pub fn add_warnings(body: &mut Value, more: Vec<Value>) {
    if more.is_empty() {
        return;
    }
    match &mut body["warnings"] {
        Value::Array(warnings) => warnings.extend(more),
        none => *none = more.into(),
    }
}

/// 200 with [`done_body`].
pub fn done(key: &'static str) -> Result<HttpResponse> {
    json(StatusCode::OK, &done_body(key))
}

/// A value as the bytes of its JSON, which can be kept and sent again.
pub fn encoded(value: &impl Serialize) -> Result<Bytes> {
    serde_json::to_vec(value)
        .map(Bytes::from)
        .map_err(Error::internal)
}

/// The JSON of one thing with its version.
#[derive(Debug, Clone)]
pub struct VersionedJson {
    json: Bytes,
    etag: String,
}

impl VersionedJson {
    /// `value` as JSON.
    ///
    /// # Errors
    /// Returns an error if it can't be written as JSON.
    pub fn new(value: &impl Serialize, version: i32) -> Result<VersionedJson> {
        let json = encoded(value)?;
        // Counts and states change without a new version.
        let digest = sha256_hex(&String::from_utf8_lossy(&json));
        let etag = format!("{version}-{}", &digest[..16]);
        Ok(VersionedJson { json, etag })
    }

    /// The number of its bytes.
    pub fn size(&self) -> usize {
        self.json.len()
    }

    /// 200 with an `ETag`, which begins with the version, for `If-Match`; 304 if the sender has this already.
    pub fn response(&self, req: &HttpRequest) -> HttpResponse {
        let etag = EntityTag::new_strong(self.etag.clone());
        let is_known = match IfNoneMatch::parse(req) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|tag| tag.weak_eq(&etag)),
            Err(_) => false,
        };
        if is_known {
            let mut response = HttpResponse::NotModified();
            return response.insert_header((header::ETAG, etag)).finish();
        }
        HttpResponse::Ok()
            .content_type("application/json")
            .insert_header((header::ETAG, etag))
            .body(self.json.clone())
    }
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
