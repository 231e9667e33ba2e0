//! The API under `/api/lead_statuses`. The doc comments of its handlers are texts of the API reference.

pub mod body;
pub mod openapi;
pub mod schemas;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{ApiRequest, Principal};
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, Result};
use crate::idempotency::{Answer, run_once};
use crate::records::field::Field as _;
use crate::records::fields::Fields;
use crate::records::unsaved_fields::{english, unsaved_except, unsaved_fields};
use crate::statuses::actions::changes;
use crate::statuses::actions::stats::{counts, counts_of};
use crate::statuses::domain::form::{Flags, Mode, StatusForm};
use crate::statuses::domain::listing::Listing;
use crate::statuses::domain::order::Reorder;
use crate::statuses::domain::rules::new_leads_warning;
use crate::statuses::domain::stats::StatusCounts;
use crate::statuses::domain::status::{LeadStatus, StatusField};
use crate::statuses::http::api::schemas::{ListQuery, NewOrder};
use crate::statuses::store;
use crate::web::api_schemas::{Created, Done, IdempotencyKey};
use crate::web::{Body, Id, Query, VersionedJson, encoded, json};
use body::{DefinitionBody, PageMeta, StatusBody, StatusesBody, StatusesPage};

/// List statuses.
///
/// All active statuses in pipeline order, as an array; with `page`, `nr_page` or `per_page`, one page with its position.
/// An invalid filter is refused; an invalid order or page falls back to its default.
#[utoipa::path(
    get, path = "/api/lead_statuses", operation_id = "list_lead_statuses", tag = "Lead statuses",
    params(ListQuery),
    responses(
        (status = 200, body = StatusesBody, description = "The list."),
        (status = 422, description = "A filter is not valid.")
    )
)]
pub async fn list(request: ApiRequest, Query(query): Query) -> Result<HttpResponse> {
    let (listing, is_paged) = Listing::read_api(&query)?;
    request
        .cached_json(move |conn, principal| {
            encoded(&list_body(conn, listing, is_paged, principal.now)?)
        })
        .await
}

fn list_body(
    conn: &mut Conn,
    listing: Listing,
    is_paged: bool,
    now: Timestamp,
) -> Result<StatusesBody> {
    if !is_paged {
        let rows = store::list_matching(conn, &listing, now)?;
        return Ok(StatusesBody::All(bodies(conn, &rows, now)?));
    }
    let resolved = store::resolve_listing(conn, &listing, now)?;
    let total = listing.total(&store::count_by_kind(conn, &resolved)?);
    let (page, total_pages) = listing.clamp_page(total);
    let rows = store::list_page(conn, &resolved, page)?;
    let data = bodies(conn, &rows, now)?;
    let meta = PageMeta {
        page,
        per_page: listing.per_page,
        total,
        total_pages,
        has_more: page < total_pages,
    };
    Ok(StatusesBody::Page(StatusesPage { data, meta }))
}

fn bodies(conn: &mut Conn, rows: &[LeadStatus], now: Timestamp) -> Result<Vec<StatusBody>> {
    let counts = counts(conn, rows, now)?;
    let none = StatusCounts::default();
    let body = |row: &LeadStatus| StatusBody::new(row, counts.get(&row.id).unwrap_or(&none));
    Ok(rows.iter().map(body).collect())
}

/// Get a status.
///
/// Archived statuses too.
#[utoipa::path(
    get, path = "/api/lead_statuses/{id}", operation_id = "get_lead_status", tag = "Lead statuses",
    params(("id" = i64, Path, example = 3)),
    responses(
        (status = 200, body = StatusBody, description = "The status.",
         headers(("ETag" = String, description = "Begins with its version; for `If-Match`, and for `If-None-Match`."))),
        (status = 304, description = "Nothing has changed since the `ETag` in `If-None-Match`."),
        (status = 404)
    )
)]
pub async fn show(request: ApiRequest, Id(id): Id) -> Result<HttpResponse> {
    let status = request
        .cached_read(
            ReadKind::Short,
            VersionedJson::size,
            move |conn, principal| {
                let body = body_of(conn, id, principal.now)?;
                VersionedJson::new(&body, body.version)
            },
        )
        .await?;
    Ok(status.response(request.http()))
}

/// A status as the API answers it.
///
/// # Errors
/// [`Error::NotFound`].
pub fn body_of(conn: &mut Conn, id: i64, now: Timestamp) -> Result<StatusBody> {
    let status = store::find(conn, id)?;
    let counts = counts_of(conn, &status, now)?;
    Ok(StatusBody::new(&status, &counts))
}

/// List the versions of a definition.
///
/// What the status meant from when on, newest first, with its rules.
#[utoipa::path(
    get, path = "/api/lead_statuses/{id}/definitions", operation_id = "list_definitions", tag = "Lead statuses",
    params(("id" = i64, Path, example = 3)),
    responses(
        (status = 200, body = Vec<DefinitionBody>, description = "The versions."),
        (status = 404),
        (status = 422, description = "A parameter is unknown.")
    )
)]
pub async fn definitions(
    request: ApiRequest,
    Id(id): Id,
    Query(query): Query,
) -> Result<HttpResponse> {
    query.refuse_others(&[])?;
    let versions = request
        .read(move |conn, _| {
            store::find(conn, id)?;
            store::definitions::list(conn, id)
        })
        .await?;
    let bodies: Vec<DefinitionBody> = versions.into_iter().map(DefinitionBody::from).collect();
    json(StatusCode::OK, &bodies)
}

/// Create a status.
///
/// An open one goes after the last open one, any other to the end. `isdefault` and `isconverted` give it the role,
/// `statusorder` its position.
#[utoipa::path(
    post, path = "/api/lead_statuses", operation_id = "create_lead_status", tag = "Lead statuses",
    params(IdempotencyKey), request_body(content = ref("#/components/schemas/NewStatus")),
    responses(
        (status = 201, body = Created, description = "The status is created.",
         headers(("Location" = String, description = "The new status."))),
        (status = 409, description = "The name is taken, or this Idempotency-Key was used with another body."),
        (status = 422)
    )
)]
pub async fn create(request: ApiRequest, body: Body) -> Result<HttpResponse> {
    let form = StatusForm::read(&body.fields);
    let digest = body.digest;
    let sent = body.fields;
    run_once(&request, &digest, move |conn, principal| {
        let (fields, flags) = form.parse_all(Mode::Create).map_err(Error::Invalid)?;
        changes::check_role_flags(&flags, |_| false)?;
        let created = changes::create(conn, &principal.actor(Channel::Api), &fields)?;
        apply_flags(conn, principal, created.id, &flags)?;
        let location = format!("/api/lead_statuses/{}", created.id);
        let answer = Answer::created("status-api-created", created.id, location);
        Ok(answer.with_warnings(warnings(conn, created.id, &sent, &[], None)?))
    })
    .await
}

fn apply_flags(conn: &mut Conn, principal: &Principal, id: i64, flags: &Flags) -> Result<()> {
    let actor = principal.actor(Channel::Api);
    changes::give_flagged_roles(conn, &actor, id, flags)?;
    changes::place(conn, &actor, id, flags)?;
    if flags.is_archived == Some(true) {
        changes::archive(conn, &actor, id)?;
        changes::close_gaps(conn)?;
    }
    Ok(())
}

/// Sentences about a status that was saved: the fields that were not, which are no field of a status and none of `others`,
/// and what its rules do to new leads. `before` is the status as it was.
pub fn warnings(
    conn: &mut Conn,
    id: i64,
    sent: &Fields,
    others: &[&str],
    before: Option<&StatusBody>,
) -> Result<Vec<String>> {
    let is_saved = |name: &str| {
        StatusField::from_name(name).is_some()
            || Flags::NAMES.contains(&name)
            || others.contains(&name)
    };
    let mut warnings = unsaved_fields(sent, is_saved, before)?;
    warnings.extend(new_leads_warning(&store::find(conn, id)?));
    Ok(english(&warnings))
}

/// Reorder the pipeline.
///
/// Send every active status. The example is for a new pipeline; for another one the answer is 409 with the current ids.
#[utoipa::path(
    put, path = "/api/lead_statuses/order", operation_id = "order_lead_statuses", tag = "Lead statuses",
    request_body(content = NewOrder),
    responses(
        (status = 200, body = Done, description = "The pipeline has this order."),
        (status = 409, description = "The order has changed since; `order` has the current one."),
        (status = 422)
    )
)]
pub async fn order(request: ApiRequest, body: Body) -> Result<HttpResponse> {
    let order = Reorder::read(&body.fields).map_err(Error::Invalid)?;
    let warnings = unsaved_except(&body.fields, &["ids", "expect"])?;
    request
        .write(move |conn, principal| {
            changes::reorder(conn, &principal.actor(Channel::Api), &order)
        })
        .await?;
    let answer = Answer::ok("status-api-ordered").with_warnings(warnings);
    json(StatusCode::OK, &answer.body)
}
