//! The sources of leads and their extra fields, as clients of the API family read them before they write.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::ApiRequest;
use crate::error::Result;
use crate::leads::store;
use crate::web::{Query, json as respond};

/// An extra field of leads.
#[derive(Serialize, ToSchema)]
pub struct ExtraField {
    /// Its name, under which it is sent.
    #[schema(example = "website")]
    pub id: String,
    #[schema(example = "website")]
    pub name: String,
}

/// A source of leads.
#[derive(Serialize, ToSchema)]
pub struct Source {
    /// What to send as `source`: its name.
    #[schema(example = "Trade fair")]
    pub id: String,
    #[schema(example = "Trade fair")]
    pub name: String,
}

/// List the sources of leads.
///
/// By name. Send a new one as the `source` of a lead.
#[utoipa::path(
    get, path = "/api/lead_sources", operation_id = "list_lead_sources", tag = "Leads",
    responses(
        (status = 200, body = Vec<Source>, description = "The sources."),
        (status = 422, description = "A parameter is unknown.")
    )
)]
pub async fn list(client: ApiRequest, Query(query): Query) -> Result<HttpResponse> {
    query.refuse_others(&[])?;
    let sources = client.read(|conn, _| store::sources::list(conn)).await?;
    let source = |name: String| Source {
        id: name.clone(),
        name,
    };
    let sources: Vec<Source> = sources.into_iter().map(source).collect();
    respond(StatusCode::OK, &sources)
}

/// List the extra fields of leads.
///
/// The names that leads have or had under `extra`, in order.
#[utoipa::path(
    get, path = "/api/custom_fields/leads", operation_id = "list_extra_fields", tag = "Leads",
    responses(
        (status = 200, body = Vec<ExtraField>, description = "The extra fields."),
        (status = 422, description = "A parameter is unknown.")
    )
)]
pub async fn extra_fields(client: ApiRequest, Query(query): Query) -> Result<HttpResponse> {
    query.refuse_others(&[])?;
    let names = client
        .read(|conn, _| store::extra_names::list(conn))
        .await?;
    let field = |name: String| ExtraField {
        id: name.clone(),
        name,
    };
    let fields: Vec<ExtraField> = names.into_iter().map(field).collect();
    respond(StatusCode::OK, &fields)
}
