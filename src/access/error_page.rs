use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;

use crate::access::{PageRequest, Permission};
use crate::web::Page;

/// Identifies the sender of a request that failed before a transaction did so (no such page, a form of another site, a
/// body that can't be read), so that the error page keeps its frame.
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
        && let Ok(visitor) = PageRequest::with(req, Permission::SignedIn)
    {
        // A sender who can't be identified gets the page without a frame.
        let _ = visitor.read(|_, _| Ok(())).await;
    }
    Ok(answer)
}
