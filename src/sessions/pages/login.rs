use actix_session::SessionExt;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};

use crate::access::{PageRequest, accounts, users};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::records::fields::Fields;
use crate::sessions::next_path::local_path;
use crate::sessions::pages::LOGIN;
use crate::sessions::pending_session::PendingSession;
use crate::sessions::sign_in::sign_in;
use crate::sessions::store;
use crate::sessions::views::LoginPage;
use crate::web::{Flash, Form, html};

/// `GET /admin/login`: the form; a user who is signed in is redirected.
pub async fn show(visitor: PageRequest) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.http().query_string().as_bytes())?;
    let next = query.text("next").unwrap_or_default();
    if visitor.session_hash().is_some() && visitor.read(|_, _| Ok(())).await.is_ok() {
        return Ok(visitor.redirect(&local_path(next), None));
    }
    let view = LoginPage {
        page: visitor.page(),
        errors: FieldErrors::new(),
        email: String::new(),
        next: next.to_owned(),
    };
    html(StatusCode::OK, &view)
}

/// `POST /admin/login`: a session, or the form again with what was typed but the password.
pub async fn create(visitor: PageRequest, form: Form) -> Result<HttpResponse> {
    let fields = form.without_nul()?;
    let text = |name| fields.text(name).unwrap_or_default();
    let (email, next) = (text("email"), text("next"));
    let key = PendingSession::new(&visitor)?;
    let failure = match sign_in(&visitor, &key, email, text("password")).await {
        Ok(signed_in) => return key.answer(&visitor, &signed_in, &local_path(next), None),
        Err(failure) => failure,
    };
    let errors = match &failure {
        Error::Invalid(errors) => errors.clone(),
        Error::TooMany(_) | Error::Crowded(_) => FieldErrors::one("email", wait_message(&failure)),
        _ => return Err(failure),
    };
    let view = LoginPage {
        page: visitor.page(),
        errors,
        email: email.to_owned(),
        next: next.to_owned(),
    };
    let mut response = html(failure.status(), &view)?;
    if let Error::TooMany(seconds) | Error::Crowded(seconds) = failure {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// What to do after too many attempts.
fn wait_message(failure: &Error) -> Message {
    let mut told = failure.message();
    told.key = match told.key {
        "error-too-many" => "login-wait",
        "error-too-many-seconds" => "login-wait-seconds",
        other => other,
    };
    told
}

/// `POST /admin/logout`: the session ends, here and in the database.
pub async fn delete(visitor: PageRequest, _form: Form) -> Result<HttpResponse> {
    visitor
        .write(|conn, principal| {
            let user = users::find(conn, principal.user_id)?;
            if let Some(session) = principal.session_id {
                store::delete(conn, principal.user_id, session)?;
            }
            accounts::record_event(conn, &principal.actor("ui"), &user, "sign-out")
        })
        .await?;
    visitor.http().get_session().purge();
    let told = Flash::ok(Message::new("login-signed-out"));
    Ok(visitor.redirect(LOGIN, Some(told)))
}
