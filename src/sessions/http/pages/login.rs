//! The handlers of signing in and out.

use actix_session::SessionExt;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};

use crate::access::accounts;
use crate::access::{PageRequest, home_of, users};
use crate::channel::Channel;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::{Fields, FromFields};
use crate::sessions::domain::next_path::{HOME, local_path};
use crate::sessions::http::paths::LOGIN;
use crate::sessions::http::pending_session::PendingSession;
use crate::sessions::http::sign_in::sign_in;
use crate::sessions::http::views::LoginPage;
use crate::sessions::store;
use crate::web::{Form, Query, html};

/// `GET /admin/login`: the form; a user who is signed in is redirected.
pub async fn show(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let next = query.text("next").unwrap_or_default();
    if request.session_hash().is_some() && request.authorize().await.is_ok() {
        return Ok(request.redirect(&local_path(next), None));
    }
    let view = LoginPage {
        page: request.page(),
        errors: FieldErrors::new(),
        email: String::new(),
        next: next.to_owned(),
    };
    html(StatusCode::OK, &view)
}

/// The form as it was typed.
pub struct LoginForm {
    email: String,
    password: String,
    next: String,
}

impl FromFields for LoginForm {
    fn from_fields(fields: Fields) -> Result<LoginForm> {
        let fields = fields.without_nul()?;
        Ok(LoginForm {
            email: fields.string("email"),
            password: fields.string("password"),
            next: fields.string("next"),
        })
    }
}

/// `POST /admin/login`: begins a session, or shows the form again, without the password.
pub async fn create(request: PageRequest, Form(typed): Form<LoginForm>) -> Result<HttpResponse> {
    let session = PendingSession::new(&request)?;
    match sign_in(&request, &session, &typed.email, &typed.password).await {
        Ok(account) => {
            let next = match local_path(&typed.next) {
                path if path == HOME => home_of(account.user.role).to_owned(),
                path => path,
            };
            session.answer(&request, &account, &next, None)
        }
        Err(failure) => refuse(&request, typed, failure),
    }
}

/// The form with its errors; any other error is returned.
fn refuse(request: &PageRequest, typed: LoginForm, failure: Error) -> Result<HttpResponse> {
    let errors = match &failure {
        Error::Invalid(errors) => errors.clone(),
        Error::TooMany(_) | Error::Crowded(_) => FieldErrors::one("email", wait_message(&failure)),
        _ => return Err(failure),
    };
    let view = LoginPage {
        page: request.page(),
        errors,
        email: typed.email,
        next: typed.next,
    };
    let mut response = html(failure.status(), &view)?;
    if let Error::TooMany(seconds) | Error::Crowded(seconds) = failure {
        let headers = response.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// What to do after too many attempts.
fn wait_message(failure: &Error) -> Message {
    let mut message = failure.message();
    message.key = match message.key {
        "error-too-many" => "login-wait",
        "error-too-many-seconds" => "login-wait-seconds",
        other => other,
    };
    message
}

/// `POST /admin/logout`: the session ends, here and in the database.
pub async fn delete(request: PageRequest, _: Form<Fields>) -> Result<HttpResponse> {
    let write = request.write(|conn, principal| {
        let user = users::find(conn, principal.user_id)?;
        if let Some(session) = principal.session_id {
            store::delete(conn, principal.user_id, session)?;
        }
        accounts::record_event(conn, &principal.actor(Channel::Ui), &user, "sign-out")
    });
    write.await?;
    request.http().get_session().purge();
    request.redirect_ok(LOGIN, Message::new("login-signed-out"))
}
