//! Forms that are sent twice: by a double click, by going back to a page, or by reloading an answer.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};

use super::STORED_SECONDS;
use crate::access::StoredFormKey;
use crate::access::form_keys::{self, FormAnswer};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::web::{App, Flash, SubmissionGuard, SubmittedForm, form_page, header_text, redirect};

/// The answer to a form that is sent again, where it differs from the first answer. A handler puts it into the request.
pub struct RepeatedAnswer {
    pub path: &'static str,
    pub flash: Flash,
}

/// Around every handler. The transaction that applies a form stores the key of the form; this adds the answer. A form whose
/// key is stored gets this answer. A form that was refused may be sent again.
///
/// # Errors
/// Returns the error of the handler.
pub async fn answer_repeated_forms(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let answer = next.call(req).await?.map_into_boxed_body();
    let error = answer.response().error();
    let repeated = match error.and_then(|error| error.as_error()) {
        Some(Error::Repeated) => first_answer(answer.request()).await.map(Some),
        // The form itself may have ended the session.
        Some(Error::SignedOut) => stored_answer(answer.request()).await,
        _ => Ok(None),
    };
    if let Some(repeated) = repeated.transpose() {
        let repeated = repeated.unwrap_or_else(HttpResponse::from_error);
        return Ok(answer.into_response(repeated));
    }
    store_answer(answer.request(), answer.response());
    Ok(answer)
}

/// The first answer to the form. If it isn't stored, a redirect to the page of the form with a message.
async fn first_answer(req: &HttpRequest) -> Result<HttpResponse> {
    if let Some(stored) = stored_answer(req).await? {
        return Ok(stored);
    }
    let app = App::of(req)?;
    let path = form_page(req, app).unwrap_or_else(|| "/admin".to_owned());
    let flash = Flash::warn(Message::new("error-repeated"));
    Ok(redirect(app, &path, Some(flash)))
}

async fn stored_answer(req: &HttpRequest) -> Result<Option<HttpResponse>> {
    let app = App::of(req)?;
    let Some(key) = SubmittedForm::of(req).and_then(|form| form.key_hash) else {
        return Ok(None);
    };
    let find = app.db.read(move |conn| form_keys::find_answer(conn, &key));
    Ok(find.await?.map(|answer| respond(app, answer)))
}

/// The response of a stored answer.
pub(super) fn respond(app: &App, FormAnswer { location, flash }: FormAnswer) -> HttpResponse {
    let flash = flash.and_then(|json| serde_json::from_str(&json).ok());
    redirect(app, &location, flash)
}

/// The answer that leads to `path`, to be stored.
pub(super) fn answer_of(path: &str, flash: Option<&Flash>) -> FormAnswer {
    FormAnswer {
        location: path.to_owned(),
        flash: flash.and_then(|flash| serde_json::to_string(flash).ok()),
    }
}

/// Adds the answer to the key that this request has stored, or deletes the key of a form that was refused or previewed.
/// The response is sent before the answer is stored; a repeated form waits until it is. If storing fails, a repeated form
/// gets a message that it was applied.
fn store_answer(req: &HttpRequest, response: &HttpResponse) {
    let Some(StoredFormKey(key)) = req.extensions_mut().remove() else {
        return;
    };
    let (Ok(app), guard) = (
        App::of(req).cloned(),
        req.extensions_mut().remove::<SubmissionGuard>(),
    ) else {
        return;
    };
    let answer = answer_to_store(req, &app, response);
    let oldest = app.clock.now().plus_seconds(-STORED_SECONDS);
    actix_web::rt::spawn(async move {
        let write = move |conn: &mut Conn| {
            match &answer {
                Some(answer) => form_keys::set_answer(conn, &key, answer)?,
                None => form_keys::delete(conn, &key)?,
            }
            form_keys::delete_older(conn, oldest)
        };
        if let Err(cause) = app.db.write(write).await {
            tracing::warn!(%cause, "the answer to a form is not stored");
        }
        drop(guard);
    });
}

/// The answer to store; nothing if the form was not applied.
fn answer_to_store(req: &HttpRequest, app: &App, response: &HttpResponse) -> Option<FormAnswer> {
    if let Some(RepeatedAnswer { path, flash }) = req.extensions_mut().remove() {
        return Some(answer_of(path, Some(&flash)));
    }
    let location = header_text(response.headers(), header::LOCATION)?;
    Some(answer_of(
        location,
        Flash::of_response(response, app).as_ref(),
    ))
}
