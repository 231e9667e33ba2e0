//! The sender of a large body is authorized before it is read, so that strangers can't fill memory and disk.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse};

use crate::access::{ApiRequest, PageRequest, Permission, RoutePermissions};
use crate::error::{Error, Result};
use crate::web::{discard, is_small, needs_known_sender};

/// Around every handler: refuses a body that is large, of unknown length or may hold files, unless its sender has the
/// permission of the route. The senders of small bodies are authorized in the transaction of the write.
///
/// # Errors
/// What the handler fails with.
pub async fn authorize_body(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let admitted = match needs_known_sender(req.request()) {
        true => authorize(req.request()).await,
        false => Ok(()),
    };
    match admitted {
        Ok(()) => Ok(next.call(req).await?.map_into_boxed_body()),
        Err(refused) => {
            let (req, payload) = req.into_parts();
            discard(payload);
            let response = HttpResponse::from_error(refused);
            Ok(ServiceResponse::new(req, response))
        }
    }
}

async fn authorize(req: &HttpRequest) -> Result<()> {
    let permissions = req.app_data::<RoutePermissions>();
    match permissions.and_then(|permissions| permissions.of(req.method())) {
        // There is no such method here, which is answered without reading anything.
        None => Ok(()),
        // The sign-in form is short.
        Some(Permission::Public) if is_small(req) => Ok(()),
        Some(Permission::Public) => Err(Error::TooLarge),
        Some(_) if req.path().starts_with("/api/") => {
            ApiRequest::new(req)?.read(|_, _| Ok(())).await
        }
        Some(permission) => {
            let visitor = PageRequest::with(req, permission)?;
            visitor.read(|_, _| Ok(())).await
        }
    }
}
