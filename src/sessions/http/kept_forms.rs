//! A form that is sent after its session has ended by itself: it is kept, and after signing in, the same user has it back.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, Uri, header};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};

use crate::access::{PageRequest, Permission};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, parse_id};
use crate::sessions::domain::kept_form::KeptForm;
use crate::sessions::domain::next_path::HOME;
use crate::sessions::http::paths::{KEPT_FORMS, LOGIN};
use crate::sessions::store::kept_forms;
use crate::web::{
    App, Flash, RestoredForm, SubmittedForm, fields_to_keep, form_page, header_text, redirect,
    set_address,
};

/// Our scripts send this header with each form.
const BY_SCRIPT: &str = "x-requested-with";

/// `GET /admin/forms/{id}`, if no form of this user is kept under this id.
///
/// # Errors
/// As [`PageRequest::read`].
pub async fn show_missing(request: PageRequest) -> Result<HttpResponse> {
    request.authorize().await?;
    let flash = Flash::warn(Message::new("form-gone"));
    Ok(request.redirect(HOME, Some(flash)))
}

/// Around every handler. Keeps a form whose session has ended. Answers the address of a kept form with the form, as its
/// handler shows it when something is wrong with it.
///
/// # Errors
/// Returns the error of the handler.
pub async fn restore_forms(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let form = find_kept(req.request()).await;
    let page = form.as_ref().map(|form| form.page.clone());
    if let Some(form) = form {
        resend(&mut req, form);
    }
    let answer = next.call(req).await?.map_into_boxed_body();
    let restored = RestoredForm::of(answer.request());
    Ok(match (restored, page) {
        (Some(RestoredForm { is_outdated, .. }), _) if is_outdated => refuse_outdated(answer),
        (Some(_), Some(page)) => finish_restored(answer, &page),
        _ => keep_if_ended(answer).await,
    })
}

/// The form that is kept for this user under the address of the request.
async fn find_kept(req: &HttpRequest) -> Option<KeptForm> {
    let id = req.path().strip_prefix(KEPT_FORMS)?.strip_prefix('/')?;
    let id = parse_id(id).filter(|_| req.method() == Method::GET)?;
    let request = PageRequest::with(req, Permission::SignedIn).ok()?;
    let find = request
        .read(move |conn, principal| kept_forms::find(conn, id, principal.user_id, principal.now));
    find.await.ok().flatten()
}

/// Turns the request into the one that sent the form.
fn resend(req: &mut ServiceRequest, form: KeptForm) {
    let Ok(uri) = form.path.parse::<Uri>() else {
        return;
    };
    set_address(req, uri);
    req.head_mut().method = Method::POST;
    let fields = form.fields.iter();
    let fields = fields.map(|(name, text)| (name.as_str(), text.as_str()));
    req.extensions_mut().insert(RestoredForm {
        fields: Fields::from_pairs(fields),
        is_outdated: false,
    });
}

/// The answer with the form; if the handler doesn't show it, a redirect to the page of the form.
fn finish_restored(answer: ServiceResponse, page: &str) -> ServiceResponse {
    if matches!(error_of(&answer), Some(Error::Invalid(_))) {
        return redirect_to(answer, page, "web-form-not-sent");
    }
    let (req, mut response) = answer.into_parts();
    if response.status() == StatusCode::UNPROCESSABLE_ENTITY {
        *response.status_mut() = StatusCode::OK;
    }
    ServiceResponse::new(req, response)
}

/// A form under the token of an earlier session is refused, and shown again.
fn refuse_outdated(answer: ServiceResponse) -> ServiceResponse {
    let headers = answer.response().headers();
    let is_page = header_text(headers, header::CONTENT_TYPE)
        .is_some_and(|content_type| content_type.starts_with("text/html"));
    if error_of(&answer).is_some() || !is_page {
        return answer.into_response(HttpResponse::from_error(Error::Csrf));
    }
    let (req, mut response) = answer.into_parts();
    *response.status_mut() = StatusCode::FORBIDDEN;
    ServiceResponse::new(req, response)
}

/// If the session has ended by itself, redirects to the sign-in page, and from there back to the form or its page. A script
/// that sent the form gets 401 and lets the browser send it.
async fn keep_if_ended(answer: ServiceResponse) -> ServiceResponse {
    let is_form = answer.request().method() == Method::POST;
    if !is_form || !matches!(error_of(&answer), Some(Error::SignedOut)) {
        return answer;
    }
    if answer.request().headers().contains_key(BY_SCRIPT) {
        return answer.into_response(HttpResponse::new(StatusCode::UNAUTHORIZED));
    }
    match keep_form(answer.request()).await {
        Ok(Some((next, key))) => {
            let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            redirect_to(answer, &format!("{LOGIN}?next={next}"), key)
        }
        Ok(None) => answer,
        Err(error) => answer.into_response(HttpResponse::from_error(error)),
    }
}

/// Keeps the form. Returns the address to open after signing in, and the key of the message on the sign-in page; nothing if
/// the session did not end by itself.
async fn keep_form(req: &HttpRequest) -> Result<Option<(String, &'static str)>> {
    let request = PageRequest::with(req, Permission::SignedIn)?;
    let Some(user_id) = request.user_of_ended_session().await? else {
        return Ok(None);
    };
    let page = form_page(req, request.app()).unwrap_or_else(|| HOME.to_owned());
    let form = SubmittedForm::of(req);
    let Some(fields) = form.and_then(|form| fields_to_keep(&form.fields)) else {
        return Ok(Some((page, "login-session-ended")));
    };
    let path = req.uri().to_string();
    let form = KeptForm { path, page, fields };
    let now = request.app().clock.now();
    let insert = move |conn: &mut Conn| kept_forms::insert(conn, user_id, &form, now);
    let id = request.app().db.write(insert).await?;
    Ok(Some((format!("{KEPT_FORMS}/{id}"), "login-form-kept")))
}

fn redirect_to(answer: ServiceResponse, path: &str, key: &'static str) -> ServiceResponse {
    let flash = Flash::warn(Message::new(key));
    let response = match App::of(answer.request()) {
        Ok(app) => redirect(app, path, Some(flash)),
        Err(error) => HttpResponse::from_error(error),
    };
    answer.into_response(response)
}

fn error_of(answer: &ServiceResponse) -> Option<&Error> {
    answer.response().error()?.as_error()
}
