//! The users, as clients of the API family read them to find the owner of a lead.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::domain::user::User;
use crate::access::http::api_request::ApiRequest;
use crate::access::store::users;
use crate::error::Result;
use crate::web::{Query, json as respond};

/// A user who can own leads.
#[derive(Serialize, ToSchema)]
#[schema(as = Staff)]
pub struct StaffBody {
    /// What to send as `owner`.
    #[schema(example = 2)]
    pub staffid: i64,
    /// The first word of the name.
    #[schema(example = "Radu")]
    pub firstname: String,
    /// The rest of the name; may be empty.
    #[schema(example = "Stănescu")]
    pub lastname: String,
    #[schema(example = "radu@example.com")]
    pub email: String,
}

impl From<User> for StaffBody {
    fn from(user: User) -> StaffBody {
        let name = user.name.to_string();
        let (first, last) = name.split_once(' ').unwrap_or((&name, ""));
        StaffBody {
            staffid: user.id,
            firstname: first.to_owned(),
            lastname: last.to_owned(),
            email: user.email.to_string(),
        }
    }
}

/// List the users who can own leads.
///
/// Users who are not disabled, ordered by name.
#[utoipa::path(
    get, path = "/api/staffs", operation_id = "list_staffs", tag = "Leads",
    responses(
        (status = 200, body = Vec<StaffBody>, description = "The users."),
        (status = 422, description = "A parameter is unknown.")
    )
)]
pub async fn staffs(request: ApiRequest, Query(query): Query) -> Result<HttpResponse> {
    query.refuse_others(&[])?;
    let users = request.read(|conn, _| users::list_enabled(conn)).await?;
    let users: Vec<StaffBody> = users.into_iter().map(StaffBody::from).collect();
    respond(StatusCode::OK, &users)
}
