//! Authorization around the handlers, where no transaction of theirs does it.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};

use crate::access::domain::permission::Permission;
use crate::access::http::api_request::ApiRequest;
use crate::access::http::caller::{SenderCheck, permission_of};
use crate::access::http::page_request::PageRequest;
use crate::error::{Error, Result};
use crate::web::{Page, RestorableRoute, discard, is_small, needs_known_sender, read_texts};

/// Around every handler. A body that is large, of unknown length or may hold files is read only for a sender with the
/// permission of the route. Only such a sender learns why an id, a query or a body is invalid; others get the refusal of
/// their authorization. All other requests are authorized in the transaction of the data.
///
/// # Errors
/// Returns the error of the handler.
pub async fn authorize_request(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if !matches!(permission_of(req.request()), Ok(Permission::Public)) {
        req.extensions_mut().insert(RestorableRoute);
    }
    if needs_known_sender(req.request())
        && let Err(refusal) = authorize_body(req.request()).await
    {
        let (req, payload) = req.into_parts();
        match has_ended_session(&req, &refusal).await {
            // Its texts are kept, or it is too large or broken.
            true => drop(read_texts(&req, payload).await),
            false => discard(payload),
        }
        let response = HttpResponse::from_error(refusal);
        return Ok(ServiceResponse::new(req, response));
    }
    let answer = next.call(req).await?.map_into_boxed_body();
    if !is_unauthorized_refusal(&answer) {
        return Ok(answer);
    }
    match authorize(answer.request()).await {
        Ok(()) => Ok(answer),
        Err(refusal) => Ok(answer.into_response(HttpResponse::from_error(refusal))),
    }
}

/// True if a form was refused because the session of its sender has ended by itself.
async fn has_ended_session(req: &HttpRequest, refusal: &Error) -> bool {
    let request = PageRequest::with(req, Permission::SignedIn);
    match (refusal, request) {
        (Error::SignedOut, Ok(request)) => {
            matches!(request.user_of_ended_session().await, Ok(Some(_)))
        }
        _ => false,
    }
}

/// True if values were refused before a transaction authorized the sender.
fn is_unauthorized_refusal(answer: &ServiceResponse) -> bool {
    let error = answer.response().error();
    let is_about_values = matches!(
        error.and_then(|error| error.as_error::<Error>()),
        Some(
            Error::NotFound
                | Error::Invalid(_)
                | Error::Unreadable(_)
                | Error::MediaType
                | Error::TooLarge
                | Error::TooSlow
        )
    );
    is_about_values && !answer.request().extensions().contains::<SenderCheck>()
}

async fn authorize_body(req: &HttpRequest) -> Result<()> {
    match permission_of(req) {
        // The sign-in form is short.
        Ok(Permission::Public) if !is_small(req) => Err(Error::TooLarge),
        _ => authorize(req).await,
    }
}

/// Authorizes the sender for the route. A method that the path does not have is answered without authorization.
async fn authorize(req: &HttpRequest) -> Result<()> {
    match permission_of(req) {
        Err(_) | Ok(Permission::Public) => Ok(()),
        Ok(_) if req.path().starts_with("/api/") => ApiRequest::new(req)?.authorize().await,
        Ok(permission) => PageRequest::with(req, permission)?.authorize().await,
    }
}

/// Identifies the sender of a request that failed before a transaction did so (no such page, a form of another site),
/// so that the error page keeps its frame.
///
/// # Errors
/// Returns the error of the handler.
pub async fn identify_error_page<B: MessageBody>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let answer = next.call(req).await?;
    let (req, status) = (answer.request(), answer.status());
    let is_page = status.is_client_error() && req.path().starts_with("/admin");
    let is_known = req.extensions().get::<Page>().is_some();
    if is_page
        && !is_known
        && status != StatusCode::UNAUTHORIZED
        && let Ok(request) = PageRequest::with(req, Permission::SignedIn)
    {
        // A sender who can't be identified gets the page without a frame.
        let _ = request.authorize().await;
    }
    Ok(answer)
}
