//! One lead: read, made, changed, put into the bin.

use actix_web::http::{StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use serde_json::json;

use super::{Lock, actor, held, id, made, query, said, seen};
use crate::access::{Client, Who};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::idempotency::once;
use crate::leads::reference::{DeleteQuery, Forecast, LeadChanges};
use crate::leads::view::LeadBody;
use crate::leads::{
    Cast, LeadFields, LeadForm, Move, Rights, Via, changes, move_held, store, target,
};
use crate::statuses;
use crate::statuses::reference::{Created, Done, IdempotencyKey, IfMatch};
use crate::web::{Body, Condition, encoded, encoded_json, json as respond};

/// Read a lead.
///
/// One in the bin is not there.
#[utoipa::path(
    get, path = "/api/leads/{id}", operation_id = "get_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1)),
    responses(
        (status = 200, body = LeadBody, description = "The lead.",
         headers(("ETag" = String, description = "Its version, for `If-Match`."))),
        (status = 404)
    )
)]
pub async fn show(client: Client, path: web::Path<String>) -> Result<HttpResponse> {
    let id = client.admit(id(&path)).await?;
    let key = format!("lead {id} {}", client.app().clock.now().second());
    let read = client
        .recall_or_read(
            &key,
            |read: &(Bytes, i32)| read.0.len(),
            move |conn, who| {
                let lead = seen(conn, id)?;
                let cast = Cast::of_statuses(conn)?;
                let body = LeadBody::new(&lead, &cast, who.now);
                Ok((encoded(&body)?, lead.version))
            },
        )
        .await?;
    let mut response = encoded_json(StatusCode::OK, &read.0);
    let etag = header::EntityTag::new_strong(read.1.to_string());
    response.headers_mut().insert(
        header::ETAG,
        header::TryIntoHeaderValue::try_into_value(etag).map_err(Error::internal)?,
    );
    Ok(response)
}

/// Make a lead.
///
/// Without `status` it begins where new leads start. A representative's belongs to that representative.
#[utoipa::path(
    post, path = "/api/leads", operation_id = "create_lead", tag = "Leads",
    params(IdempotencyKey), request_body(content = ref("#/components/schemas/NewLead")),
    responses(
        (status = 201, body = Created, description = "It is made.",
         headers(("Location" = String, description = "Where to read it."))),
        (status = 409, description = "Another lead has this `external_ref`, or the Idempotency-Key came with another body before."),
        (status = 422)
    )
)]
pub async fn create(client: Client, body: Result<Body>) -> Result<HttpResponse> {
    let body = client.admit(body).await?;
    let form = LeadForm::read(&body.fields);
    once(&client, &body.digest, move |conn, who| {
        let (fields, status) = values(&form, None)?;
        let rights = Rights::of(who);
        let lead = changes::create(conn, &actor(who), rights, &fields, status, Via::Api)?;
        let location = format!("/api/leads/{}", lead.id);
        Ok(made("lead-api-created", lead.id, location))
    })
    .await
}

/// The fields and the status that were sent, with every error in one answer.
fn values(form: &LeadForm, current: Option<&LeadFields>) -> Result<(LeadFields, Option<i64>)> {
    match (form.parse(current), form.status()) {
        (Ok(fields), Ok(status)) => Ok((fields, status)),
        (fields, status) => {
            let mut errors = fields.err().unwrap_or_default();
            for (field, told) in status.err().unwrap_or_default().iter() {
                errors.add(field, told.clone());
            }
            Err(Error::Invalid(errors))
        }
    }
}

/// Change a lead.
///
/// Only the fields sent change; unknown and read-only ones are ignored. `status` moves it, as the call for moving does.
#[utoipa::path(
    put, path = "/api/leads/{id}", operation_id = "update_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), IfMatch),
    request_body(content = LeadChanges, example = json!({"company": "Dumitrescu SRL", "value": 2500})),
    responses(
        (status = 200, body = Done, description = "It is changed."),
        (status = 404),
        (status = 409, description = "It is in the bin, `version` is not the current one, or another lead has this `external_ref`."),
        (status = 412),
        (status = 422)
    )
)]
pub async fn update(
    client: Client,
    path: web::Path<String>,
    body: Result<Body>,
) -> Result<HttpResponse> {
    let id = client.admit(id(&path)).await?;
    let body = client.admit(body).await?;
    let form = LeadForm::read(&body.fields);
    let lock = Lock::of(&client, &body.fields);
    client
        .write(move |conn, who| change(conn, who, id, &form, &lock))
        .await?;
    respond(StatusCode::OK, &said("lead-api-updated"))
}

fn change(conn: &mut Conn, who: &Who, id: i64, form: &LeadForm, lock: &Lock) -> Result<()> {
    let (actor, rights) = (actor(who), Rights::of(who));
    if let Ok(Some(to)) = form.status() {
        statuses::keep(conn, &[to])?;
    }
    let lead = held(conn, who, id, lock)?;
    let (fields, status) = values(form, Some(&lead.fields))?;
    if let Some(to) = status.filter(|to| *to != lead.status_id) {
        target(conn, to)?;
        move_held(conn, &actor, rights, &Move::new(to, Via::Api), vec![lead])?;
    }
    changes::update(conn, &actor, rights, id, None, &fields)?;
    Ok(())
}

/// Delete a lead.
///
/// It goes into the bin, from which it can be restored. Leave `dry_run` out to do it.
#[utoipa::path(
    delete, path = "/api/delete/leads/{id}", operation_id = "delete_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), DeleteQuery, IfMatch),
    responses(
        (status = 200, body = Forecast, description = "It is in the bin, or this is what would happen."),
        (status = 404),
        (status = 412),
        (status = 422, description = "`dry_run` is neither true nor false.")
    )
)]
pub async fn delete(client: Client, path: web::Path<String>) -> Result<HttpResponse> {
    let id = client.admit(id(&path)).await?;
    let is_dry = query(client.request()).and_then(|query| query.is_dry());
    if client.admit(is_dry).await? {
        client.read(move |conn, _| seen(conn, id)).await?;
        let message = Lang::En.t("lead-api-would-delete");
        let told = json!({"status": true, "message": message, "dry_run": true});
        return respond(StatusCode::OK, &told);
    }
    let condition = Condition::of(client.request());
    client
        .write(move |conn, who| {
            let lead = store::hold(conn, id)?;
            if lead.is_deleted() {
                return Err(Error::NotFound);
            }
            condition.check(lead.version)?;
            changes::delete(conn, &actor(who), Rights::of(who), &[id])
        })
        .await?;
    respond(StatusCode::OK, &said("lead-api-deleted"))
}
