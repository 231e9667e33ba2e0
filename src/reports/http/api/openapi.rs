//! The part of the OpenAPI document about reports.

use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;

use crate::reports::http::api;

#[derive(utoipa::OpenApi)]
#[openapi(
    paths(api::time_in_status, api::conversion, api::flow, api::compliance::show, api::handoffs::show),
    tags((
        name = "Reports",
        description = "Figures of the pipeline, with the numbers of the reports page. They count visits that began in a period, and follow them up to now."
    ))
)]
struct ReportsApi;

/// The calls of this slice.
pub fn document() -> OpenApi {
    ReportsApi::openapi()
}
