//! The sources of leads and their extra fields, as clients of the API family read them before they write.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::ApiRequest;
use crate::error::Result;
use crate::leads::store;
use crate::web::{Query, json as respond};

/// A source of leads, or one of their extra fields: both are sent by their name.
#[derive(Serialize, ToSchema)]
pub struct NamedChoice {
    /// What to send: the name.
    #[schema(example = "website")]
    pub id: String,
    #[schema(example = "website")]
    pub name: String,
}

fn respond_with(names: Vec<String>) -> Result<HttpResponse> {
    let choice = |name: String| NamedChoice {
        id: name.clone(),
        name,
    };
    let choices: Vec<NamedChoice> = names.into_iter().map(choice).collect();
    respond(StatusCode::OK, &choices)
}

/// List the sources of leads.
///
/// By name. Send a new one as the `source` of a lead.
#[utoipa::path(
    get, path = "/api/lead_sources", operation_id = "list_lead_sources", tag = "Leads",
    responses(
        (status = 200, body = Vec<NamedChoice>, description = "The sources."),
        (status = 422, description = "A parameter is unknown.")
    )
)]
pub async fn list(request: ApiRequest, Query(query): Query) -> Result<HttpResponse> {
    query.refuse_others(&[])?;
    let sources = request.read(|conn, _| store::sources::list(conn)).await?;
    respond_with(sources)
}

/// List the extra fields of leads.
///
/// The names that leads have or had under `extra`, in order.
#[utoipa::path(
    get, path = "/api/custom_fields/leads", operation_id = "list_extra_fields", tag = "Leads",
    responses(
        (status = 200, body = Vec<NamedChoice>, description = "The extra fields."),
        (status = 422, description = "A parameter is unknown.")
    )
)]
pub async fn extra_fields(request: ApiRequest, Query(query): Query) -> Result<HttpResponse> {
    query.refuse_others(&[])?;
    let names = request
        .read(|conn, _| store::extra_names::list(conn))
        .await?;
    respond_with(names)
}
