//! Bulk actions and removals of statuses over HTTP.

pub mod api;
pub mod pages;
pub mod views;

use actix_web::{HttpRequest, web};

use crate::error::{Error, Result};
use crate::pipeline::actions::replace::ReplacementSignal;

/// The signal to the worker of this server.
///
/// # Errors
/// [`Error::Internal`] if the application registered none.
fn signal(req: &HttpRequest) -> Result<&web::Data<ReplacementSignal>> {
    req.app_data::<web::Data<ReplacementSignal>>()
        .ok_or_else(|| Error::internal("no worker is registered"))
}
