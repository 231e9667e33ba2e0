//! Reading, making, changing and deleting a lead.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{ApiRequest, Principal};
use crate::channel::Channel;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, Result};
use crate::idempotency::{Answer, once};
use crate::leads::actions::changes;
use crate::leads::actions::moves::{lock_target_status, move_locked};
use crate::leads::actions::name_lookup::NameLookup;
use crate::leads::domain::form::LeadForm;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::rights::Rights;
use crate::leads::http::api::body::{LeadBody, LeadChanges};
use crate::leads::http::api::schemas::{DeleteQuery, LeadDeletion};
use crate::leads::http::api::{ExpectedVersion, find_not_deleted, lock_editable};
use crate::leads::store;
use crate::statuses;
use crate::web::api_schemas::{Created, Done, IdempotencyKey, IfMatch};
use crate::web::{Body, Id, Precondition, Query, VersionedJson, done, done_body, json as respond};

/// Get a lead.
///
/// Leads in the bin are 404.
#[utoipa::path(
    get, path = "/api/leads/{id}", operation_id = "get_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1)),
    responses(
        (status = 200, body = LeadBody, description = "The lead.",
         headers(("ETag" = String, description = "Begins with its version; for `If-Match`, and for `If-None-Match`."))),
        (status = 304, description = "Nothing has changed since the `ETag` in `If-None-Match`."),
        (status = 404)
    )
)]
pub async fn show(client: ApiRequest, Id(id): Id) -> Result<HttpResponse> {
    let lead = client
        .cached_read(
            ReadKind::Short,
            VersionedJson::size,
            move |conn, principal| {
                let lead = find_not_deleted(conn, id)?;
                let lookup = NameLookup::load_statuses(conn)?;
                let body = LeadBody::new(&lead, &lookup, principal.now);
                VersionedJson::new(&body, lead.version)
            },
        )
        .await?;
    Ok(lead.response(client.http()))
}

/// Create a lead.
///
/// Without `status` it starts in the default status. A sales rep always owns the lead.
#[utoipa::path(
    post, path = "/api/leads", operation_id = "create_lead", tag = "Leads",
    params(IdempotencyKey), request_body(content = ref("#/components/schemas/NewLead")),
    responses(
        (status = 201, body = Created, description = "The lead is created.",
         headers(("Location" = String, description = "The new lead."))),
        (status = 409, description = "Another lead has this `external_ref`, or this Idempotency-Key was used with another body."),
        (status = 422)
    )
)]
pub async fn create(client: ApiRequest, body: Body) -> Result<HttpResponse> {
    let form = LeadForm::read(&body.fields);
    once(&client, &body.digest, move |conn, principal| {
        let (fields, status) = form.parse_all(None).map_err(Error::Invalid)?;
        let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
        let lead = changes::create(conn, &actor, rights, &fields, status, Channel::Api)?;
        let location = format!("/api/leads/{}", lead.id);
        Ok(Answer::created("lead-api-created", lead.id, location))
    })
    .await
}

/// Update a lead.
///
/// Only the fields you send change; unknown and read-only ones are ignored. `status` moves the lead.
#[utoipa::path(
    put, path = "/api/leads/{id}", operation_id = "update_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), IfMatch),
    request_body(content = LeadChanges, example = json!({"company": "Dumitrescu SRL", "value": 2500})),
    responses(
        (status = 200, body = Done, description = "The lead is updated."),
        (status = 404),
        (status = 409, description = "The lead is in the bin, `version` is not the current one, or another lead has this `external_ref`."),
        (status = 412),
        (status = 422)
    )
)]
pub async fn update(client: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let form = LeadForm::read(&body.fields);
    let lock = ExpectedVersion::read(&client, &body.fields);
    client
        .write(move |conn, principal| apply_changes(conn, principal, id, &form, &lock))
        .await?;
    done("lead-api-updated")
}

fn apply_changes(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    form: &LeadForm,
    lock: &ExpectedVersion,
) -> Result<()> {
    let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
    if let Ok(Some(to)) = form.parse_status() {
        statuses::lock_shared(conn, &[to])?;
    }
    let lead = lock_editable(conn, principal, id, lock)?;
    let (fields, status) = form.parse_all(Some(&lead.fields)).map_err(Error::Invalid)?;
    if let Some(to) = status.filter(|to| *to != lead.status_id) {
        lock_target_status(conn, to)?;
        let lead_move = Move::new(to, Channel::Api);
        move_locked(conn, &actor, rights, &lead_move, vec![lead])?;
    }
    changes::update(conn, &actor, rights, id, None, &fields)?;
    Ok(())
}

/// Delete a lead.
///
/// It moves to the bin, and can be restored. The example is a dry run: leave `dry_run` out to delete.
#[utoipa::path(
    delete, path = "/api/delete/leads/{id}", operation_id = "delete_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), DeleteQuery, IfMatch),
    responses(
        (status = 200, body = LeadDeletion, description = "The lead is in the bin; or with `dry_run`, would be."),
        (status = 404),
        (status = 412),
        (status = 422, description = "`dry_run` is not true or false.")
    )
)]
pub async fn delete(client: ApiRequest, Id(id): Id, Query(query): Query) -> Result<HttpResponse> {
    if query.is_dry_run()? {
        client
            .read(move |conn, _| find_not_deleted(conn, id))
            .await?;
        let mut body = done_body("lead-api-would-delete");
        body["dry_run"] = true.into();
        return respond(StatusCode::OK, &body);
    }
    let condition = Precondition::of(client.http());
    client
        .write(move |conn, principal| move_into_bin(conn, principal, id, &condition))
        .await?;
    done("lead-api-deleted")
}

fn move_into_bin(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    condition: &Precondition,
) -> Result<()> {
    let lead = store::lock(conn, id)?;
    if lead.is_deleted() {
        return Err(Error::NotFound);
    }
    condition.check(lead.version)?;
    let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
    changes::delete(conn, &actor, rights, &[id])
}
