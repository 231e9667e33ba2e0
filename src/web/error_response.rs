//! The answer to a request that failed: a page under `/admin`, JSON under `/api`.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use askama::Template;
use serde_json::json;

use super::request_id::logged_path;
use super::{App, Page, RequestId, html};
use crate::error::Error;
use crate::i18n::{Lang, Message};

/// The link of an error page, which a handler puts into the request: a local path, and the catalogue key of its label.
pub struct BackLink {
    pub path: String,
    pub key: &'static str,
}

#[derive(Template)]
#[template(path = "errors/error.html")]
struct ErrorPage {
    page: Page,
    status: u16,
    heading: &'static str,
    message: String,
    request_id: String,
    back: String,
    back_label: &'static str,
}

/// Handles paths without a route.
pub async fn respond_not_found() -> Result<HttpResponse, Error> {
    Err(Error::NotFound)
}

/// Replaces a failed response by its page or its JSON; returns others unchanged.
pub(super) fn render_error(req: &HttpRequest, app: &App, response: HttpResponse) -> HttpResponse {
    let Some(error) = response.error() else {
        return response;
    };
    let id = RequestId::of(req);
    let framework_error;
    let error = match error.as_error::<Error>() {
        Some(error) => error,
        None => {
            framework_error = from_framework(response.status(), error);
            &framework_error
        }
    };
    if let Error::Internal(cause) | Error::Busy(cause) | Error::OutcomeUnknown(cause) = error {
        tracing::error!(request_id = %id, path = logged_path(req), %cause, "a request failed");
    }
    let mut rendered = match error {
        error if is_api(req) => as_json(error, &id),
        Error::SignedOut => to_login(req),
        error => as_page(req, app, error, id),
    };
    for cookie in response.headers().get_all(header::SET_COOKIE) {
        rendered
            .headers_mut()
            .append(header::SET_COOKIE, cookie.clone());
    }
    rendered
}

/// The error for a refusal of the framework, such as a path that it can't read.
fn from_framework(status: StatusCode, error: &actix_web::Error) -> Error {
    match status {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        _ if status.is_client_error() => {
            Error::Unreadable(Message::new("error-request-unreadable"))
        }
        _ => Error::internal(error),
    }
}

fn is_api(req: &HttpRequest) -> bool {
    req.path() == "/api" || req.path().starts_with("/api/")
}

/// 303 to the login, and from there back to this page.
fn to_login(req: &HttpRequest) -> HttpResponse {
    let address = req
        .uri()
        .path_and_query()
        .map(|path| path.as_str())
        .unwrap_or("/admin");
    let mut location = "/admin/login".to_owned();
    if req.method() == actix_web::http::Method::GET {
        let next: String = form_urlencoded::byte_serialize(address.as_bytes()).collect();
        location = format!("/admin/login?next={next}");
    }
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, location))
        .finish()
}

/// The body of an API error: status, one sentence, and details where they apply.
fn as_json(error: &Error, id: &str) -> HttpResponse {
    let lang = Lang::En;
    let mut body = json!({"status": false, "message": error.message().text(lang)});
    match error {
        Error::Invalid(errors) | Error::Taken(errors) => {
            let mut fields = serde_json::Map::new();
            for (field, message) in errors.iter() {
                let list = fields.entry(field).or_insert_with(|| json!([]));
                if let Some(list) = list.as_array_mut() {
                    list.push(message.text(lang).into());
                }
            }
            body["errors"] = fields.into();
        }
        Error::Unmet(unmet) => body["unmet"] = json!(unmet),
        Error::Blocked(blockers) => body["blockers"] = json!(blockers),
        Error::StaleOrder(order) => body["order"] = json!(order),
        Error::StaleVersion { current } => body["version"] = json!(current),
        Error::Internal(_) => body["request_id"] = json!(id),
        _ => {}
    }
    let status = match error {
        Error::SignedOut => StatusCode::UNAUTHORIZED,
        other => other.status(),
    };
    let mut response = HttpResponse::build(status);
    error.add_headers(&mut response);
    response.json(body)
}

fn heading(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "error-heading-400",
        401 => "error-heading-401",
        403 => "error-heading-403",
        404 => "error-heading-404",
        405 => "error-heading-405",
        408 => "error-heading-408",
        409 | 412 => "error-heading-409",
        413 => "error-heading-413",
        415 => "error-heading-415",
        421 => "error-heading-421",
        422 => "error-heading-422",
        429 => "error-heading-429",
        503 => "error-heading-503",
        504 => "error-heading-504",
        _ => "error-heading-500",
    }
}

fn as_page(req: &HttpRequest, app: &App, error: &Error, request_id: String) -> HttpResponse {
    let page = req.extensions().get::<Page>().cloned();
    let page = page.unwrap_or_else(|| Page::without_user(req, app));
    let status = error.status();
    let message = match error {
        Error::NotFound => page.t("error-page-not-found").to_owned(),
        Error::Invalid(errors) => {
            let sentences = errors.iter().map(|(_, message)| page.text(message));
            sentences.collect::<Vec<_>>().join(" ")
        }
        Error::Unmet(unmet) => {
            let sentences = unmet.iter().map(|unmet| page.text(&unmet.message()));
            sentences.collect::<Vec<_>>().join(" ")
        }
        other => other.message().text(page.lang),
    };
    let heading = page.t(heading(status));
    let (back, key) = match req.extensions().get::<BackLink>() {
        Some(link) => (link.path.clone(), link.key),
        None => ("/admin".to_owned(), "web-go-home"),
    };
    let view = ErrorPage {
        status: status.as_u16(),
        heading,
        message,
        request_id,
        back,
        back_label: page.t(key),
        page,
    };
    let mut response = HttpResponse::build(status);
    error.add_headers(&mut response);
    match html(status, &view) {
        Ok(page) => response
            .content_type("text/html; charset=utf-8")
            .body(page.into_body()),
        Err(_) => response.finish(),
    }
}
