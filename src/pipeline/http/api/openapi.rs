//! The part of the OpenAPI document about changing and deleting statuses that hold leads.

use utoipa::openapi::OpenApi;
use utoipa::openapi::path::HttpMethod;
use utoipa::{Modify, OpenApi as _};

use crate::pipeline::http::api::{changes, removal, update};

#[derive(utoipa::OpenApi)]
#[openapi(
    paths(update::update, removal::delete, changes::list, changes::undo_change),
    tags((
        name = "Changes",
        description = "What was changed, and taking a change back as a whole."
    )),
    modifiers(&SecondPath)
)]
struct PipelinePaths;

/// Adds the second path of deletion.
struct SecondPath;

impl Modify for SecondPath {
    fn modify(&self, document: &mut OpenApi) {
        let deletion = document
            .paths
            .get_path_operation("/api/delete/lead_statuses/{id}", HttpMethod::Delete);
        if let Some(mut second) = deletion.cloned() {
            second.operation_id = Some("delete_lead_status_also".to_owned());
            second.summary = Some("Delete a status, by its own path.".to_owned());
            let methods = vec![HttpMethod::Delete];
            document
                .paths
                .add_path_operation("/api/lead_statuses/{id}", methods, second);
        }
    }
}

/// The part of the OpenAPI document about changing and deleting statuses.
pub fn document() -> OpenApi {
    PipelinePaths::openapi()
}
