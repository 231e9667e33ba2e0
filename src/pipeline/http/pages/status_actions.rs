//! The actions on one status, from its row or its page: archive, restore, delete, and the roles.

use actix_web::HttpResponse;

use crate::access::PageRequest;
use crate::error::Result;
use crate::pipeline::domain::bulk_action::BulkAction;
use crate::pipeline::domain::replacement::{Removal, Replacement};
use crate::pipeline::http::pages::bulk::act_on_status;
use crate::records::fields::Fields;
use crate::statuses::Role;
use crate::web::{Form, Id};

/// `POST …/{id}/archive`.
pub async fn archive(request: PageRequest, Id(id): Id, Form(fields): Form) -> Result<HttpResponse> {
    act(request, id, fields, |fields| {
        let replacement = Replacement::read_choice(fields)?;
        Ok(BulkAction::Remove(Removal::Archive, replacement))
    })
    .await
}

/// `POST …/{id}/restore`.
pub async fn restore(request: PageRequest, Id(id): Id, Form(fields): Form) -> Result<HttpResponse> {
    act(request, id, fields, |_| Ok(BulkAction::Restore)).await
}

/// `POST …/{id}/delete`.
pub async fn delete(request: PageRequest, Id(id): Id, Form(fields): Form) -> Result<HttpResponse> {
    act(request, id, fields, |fields| {
        let replacement = Replacement::read_choice(fields)?;
        Ok(BulkAction::Remove(Removal::Delete, replacement))
    })
    .await
}

/// `POST …/{id}/default`: makes it the status of new leads.
pub async fn make_default(
    request: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    let action = BulkAction::GiveRole(Role::Default);
    act(request, id, fields, |_| Ok(action)).await
}

/// `POST …/{id}/converted`: makes it the status of won leads.
pub async fn make_converted(
    request: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    let action = BulkAction::GiveRole(Role::Converted);
    act(request, id, fields, |_| Ok(action)).await
}

async fn act(
    request: PageRequest,
    id: i64,
    fields: Fields,
    read: impl FnOnce(&Fields) -> Result<BulkAction>,
) -> Result<HttpResponse> {
    let fields = fields.without_nul()?;
    let action = read(&fields)?;
    act_on_status(request, fields, action, id).await
}
