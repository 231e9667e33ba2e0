use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;

use super::{Permission, Visitor};
use crate::web::Page;

/// Finds out who is there when a request failed before anyone asked (no such page, a form of elsewhere, a body
/// that can't be read), so that the page which says so keeps its frame.
pub async fn know_who_failed<B: MessageBody>(
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
        && let Ok(visitor) = Visitor::with(req, Permission::SignedIn)
    {
        // If it can't be found out, the page is a stranger's.
        let _ = visitor.read(|_, _| Ok(())).await;
    }
    Ok(answer)
}
