//! What surrounds every request: its id, the check of the host, the headers of every answer, the line of the log, and
//! the answer to a panic.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use futures_util::FutureExt;

use super::assets::speculation_rules;
use super::compression::compress;
use super::csrf::{NewVisitorCookie, VISITOR_COOKIE};
use super::path::trim_trailing_slashes;
use super::request_id::{RequestId, logged_path};
use super::{App, Flash, error_response, header_text};
use crate::config::host_of;
use crate::db::one_deadline;
use crate::error::Error;
use crate::signer::random_token;

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every answer.
const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// Paths that answer under every host name, because probes use addresses.
const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// The middleware around all others.
pub async fn handle_request(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started_at = Instant::now();
    trim_trailing_slashes(&mut req);
    let id = random_token(9);
    req.extensions_mut().insert(RequestId(id.clone()));
    let app = App::of(req.request())?.clone();
    let (req, response) = match is_our_host(req.request(), &app) {
        true => {
            let answer = run_to_completion(req.method().is_safe(), next.call(req)).await?;
            answer.map_into_boxed_body().into_parts()
        }
        false => {
            let refusal = HttpResponse::from_error(Error::Misdirected);
            (req.into_parts().0, refusal)
        }
    };
    let mut response = error_response::render_error(&req, &app, response);
    add_cookies(&req, &app, &mut response);
    add_headers(&req, &app, response.headers_mut(), &id);
    let response = compress(&req, &app, response);
    let took = started_at.elapsed();
    let status = response.status().as_u16();
    app.metrics
        .count(req.method(), req.match_pattern(), status, took);
    let took_us = took.as_micros() as u64;
    tracing::info!(target: "lead_statuses::access", request_id = %id, method = %req.method(), path = logged_path(&req), status, took_us, "answered");
    Ok(ServiceResponse::new(req, response))
}

/// The answer of a handler. A handler that only reads stops when its client leaves, and so do its reads. One that may write
/// goes on, since it may need several writes.
async fn run_to_completion<T: 'static>(
    is_safe: bool,
    handler: impl Future<Output = Result<T, actix_web::Error>> + 'static,
) -> Result<T, actix_web::Error> {
    if is_safe {
        return one_deadline(handler).await;
    }
    let result = actix_web::rt::spawn(one_deadline(handler)).await;
    result.unwrap_or_else(|cause| Err(Error::internal(cause).into()))
}

/// The middleware around every handler: answers a panic with 500 and the request id.
pub async fn catch_panic(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let inner = req.request().clone();
    match AssertUnwindSafe(next.call(req)).catch_unwind().await {
        Ok(Ok(answer)) => Ok(answer.map_into_boxed_body()),
        Ok(Err(error)) => Err(error),
        Err(_) => {
            App::of(&inner)?.metrics.count_panic();
            let failed = HttpResponse::from_error(Error::Internal("a handler panicked".into()));
            Ok(ServiceResponse::new(inner, failed))
        }
    }
}

fn is_our_host(req: &HttpRequest, app: &App) -> bool {
    if PROBES.contains(&req.path()) {
        return true;
    }
    let Some(host) = header_text(req.headers(), header::HOST) else {
        return false;
    };
    let host = host.to_ascii_lowercase();
    if let Some(url) = &app.public_url {
        return host_of(&host) == url.host();
    }
    let name = host_of(&host);
    if name == "localhost" {
        return true;
    }
    // Without a public name only addresses are ours; any other site may have the name.
    let address: Option<IpAddr> = name.trim_matches(['[', ']']).parse().ok();
    address.is_some_and(|address| {
        address == app.bound_to || address.is_loopback() || app.bound_to.is_unspecified()
    })
}

fn add_cookies(req: &HttpRequest, app: &App, response: &mut HttpResponse) {
    let cookie = req.extensions().get::<NewVisitorCookie>().cloned();
    if let Some(NewVisitorCookie(value)) = cookie {
        let _ = response.add_cookie(&app.cookie(VISITOR_COOKIE, value).finish());
    }
    if is_shown_page(req, response)
        && let Some(removal) = Flash::removal(req, app)
    {
        let _ = response.add_cookie(&removal);
    }
}

/// True for a page that the browser shows, and not only prefetches.
fn is_shown_page(req: &HttpRequest, response: &HttpResponse) -> bool {
    let purpose = header_text(req.headers(), "sec-purpose").unwrap_or_default();
    is_html(response.headers()) && !purpose.contains("prefetch")
}

fn is_html(headers: &HeaderMap) -> bool {
    let content_type = header_text(headers, header::CONTENT_TYPE);
    content_type.is_some_and(|kind| kind.starts_with("text/html"))
}

fn add_headers(req: &HttpRequest, app: &App, headers: &mut HeaderMap, id: &str) {
    for (name, value) in HEADERS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if app.is_https() {
        let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    // Only assets may be cached; their answers say for how long.
    if !req.path().starts_with("/static/") || !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if is_html(headers)
        && let Ok(rules) = HeaderValue::from_str(&speculation_rules())
    {
        headers.insert(HeaderName::from_static("speculation-rules"), rules);
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}
