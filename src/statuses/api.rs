//! The calls under `/api/lead_statuses`, for other systems.

pub mod removal;

use actix_web::http::{StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::bulk::{self, Act};
use super::order::Reorder;
use super::reference::{
    Created, Done, IdempotencyKey, IfMatch, ListQuery, NewOrder, StatusChanges,
};
use super::view::{Meta, StatusBody, StatusesBody, StatusesPage};
use super::{
    Flags, LeadStatus, Listing, Mode, Occupancy, Replacement, Residents, Role, StatusForm, changes,
    occupancy, occupancy_of, store,
};
use crate::access::{Client, Who};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::{Lang, Message};
use crate::idempotency::{Answer, once};
use crate::web::fields::{Fields, parse_id};
use crate::web::{Body, Condition, encoded, encoded_json, json as respond};

/// The author of changes that come through the API.
fn actor(who: &Who) -> Actor {
    who.actor("api")
}

fn query(req: &HttpRequest) -> Result<Fields> {
    Fields::from_urlencoded(req.query_string().as_bytes())
}

fn said(key: &'static str) -> Value {
    json!({"status": true, "message": Lang::En.t(key)})
}

/// List statuses.
///
/// All of them in pipeline order as a bare array; with `page`, `nr_page` or `per_page`, a page of them with
/// where it stands in the list. A filter that can't be read is refused; one that matches nothing finds nothing. An
/// order or a page that is not understood means its default.
#[utoipa::path(
    get, path = "/api/lead_statuses", operation_id = "list_lead_statuses", tag = "Lead statuses",
    params(ListQuery),
    responses(
        (status = 200, body = StatusesBody, description = "The list."),
        (status = 422, description = "A filter can't be read.")
    )
)]
pub async fn list(client: Client) -> Result<HttpResponse> {
    let asked = query(client.request()).and_then(|query| Listing::read_api(&query));
    let (listing, is_paged) = client.admit(asked).await?;
    let second = client.app().clock.now().second();
    let key = format!("statuses {second} {}", client.request().query_string());
    let body = client
        .recall_or_read(&key, Bytes::len, move |conn, who| {
            encoded(&listed(conn, listing, is_paged, who.now)?)
        })
        .await?;
    Ok(encoded_json(StatusCode::OK, &body))
}

fn listed(
    conn: &mut Conn,
    listing: Listing,
    is_paged: bool,
    now: Timestamp,
) -> Result<StatusesBody> {
    let asked = store::asked(conn, &listing, now)?;
    if !is_paged {
        let rows = store::all(conn, &asked)?;
        return Ok(StatusesBody::All(bodies(conn, &rows, now)?));
    }
    let total = listing.total(&store::count_by_kind(conn, &asked)?);
    let (page, total_pages) = listing.place(total);
    let rows = store::page(conn, &asked, page)?;
    let data = bodies(conn, &rows, now)?;
    let meta = Meta {
        page,
        per_page: listing.per,
        total,
        total_pages,
        has_more: page < total_pages,
    };
    Ok(StatusesBody::Page(StatusesPage { data, meta }))
}

fn bodies(conn: &mut Conn, rows: &[LeadStatus], now: Timestamp) -> Result<Vec<StatusBody>> {
    let occupied = occupancy(conn, rows, now)?;
    let none = Occupancy::default();
    let body = |row: &LeadStatus| StatusBody::new(row, occupied.get(&row.id).unwrap_or(&none));
    Ok(rows.iter().map(body).collect())
}

/// Read a status.
///
/// Archived ones too.
#[utoipa::path(
    get, path = "/api/lead_statuses/{id}", operation_id = "get_lead_status", tag = "Lead statuses",
    params(("id" = i64, Path, example = 3)),
    responses(
        (status = 200, body = StatusBody, description = "The status.",
         headers(("ETag" = String, description = "Its version, for `If-Match`."))),
        (status = 404)
    )
)]
pub async fn show(client: Client, path: web::Path<String>) -> Result<HttpResponse> {
    let id = client.admit(parse_id(&path).ok_or(Error::NotFound)).await?;
    let key = format!("status {id} {}", client.app().clock.now().second());
    let read = client
        .recall_or_read(
            &key,
            |read: &(Bytes, i32)| read.0.len(),
            move |conn, who| {
                let status = store::find(conn, id)?;
                let occupancy = occupancy_of(conn, &status, who.now)?;
                Ok((
                    encoded(&StatusBody::new(&status, &occupancy))?,
                    status.version,
                ))
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

/// Make a status.
///
/// It stands at the end of the pipeline. `isdefault` and `isconverted` give it the role in the same change.
#[utoipa::path(
    post, path = "/api/lead_statuses", operation_id = "create_lead_status", tag = "Lead statuses",
    params(IdempotencyKey), request_body(content = ref("#/components/schemas/NewStatus")),
    responses(
        (status = 201, body = Created, description = "It is made.",
         headers(("Location" = String, description = "Where to read it."))),
        (status = 409, description = "The name is taken, or the Idempotency-Key came with another body before."),
        (status = 422)
    )
)]
pub async fn create(client: Client, body: Result<Body>) -> Result<HttpResponse> {
    let body = client.admit(body).await?;
    let form = StatusForm::read(&body.fields);
    once(&client, &body.digest, move |conn, who| {
        let (fields, flags) = form.parse_all(Mode::Create).map_err(Error::Invalid)?;
        refuse_negations(&flags, |_| false)?;
        let made = changes::create(conn, &actor(who), &fields)?;
        apply_flags(conn, who, made.id, &flags)?;
        let mut answer = said("status-api-created");
        answer["record_id"] = made.id.into();
        Ok(Answer {
            status: StatusCode::CREATED,
            location: Some(format!("/api/lead_statuses/{}", made.id)),
            body: answer,
        })
    })
    .await
}

/// Change a status.
///
/// Only the fields sent change; unknown and read-only ones are ignored, `statusorder` among them: the order
/// is changed as a whole, with its own call.
#[utoipa::path(
    put, path = "/api/lead_statuses/{id}", operation_id = "update_lead_status", tag = "Lead statuses",
    params(("id" = i64, Path, example = 3), IfMatch),
    request_body(content = StatusChanges, example = json!({"target_days": 5, "limit_days": 10})),
    responses(
        (status = 200, body = Done, description = "It is changed."),
        (status = 404),
        (status = 409, description = "The name is taken, `version` is not the current one, or roles or leads keep it from being archived."),
        (status = 412),
        (status = 422)
    )
)]
pub async fn update(
    client: Client,
    path: web::Path<String>,
    body: Result<Body>,
) -> Result<HttpResponse> {
    let id = client.admit(parse_id(&path).ok_or(Error::NotFound)).await?;
    let body = client.admit(body).await?;
    let form = StatusForm::read(&body.fields);
    let replacement = client.admit(Replacement::read(&body.fields)).await?;
    let condition = Condition::of(client.request());
    let residents = Residents::of(client.request())?;
    let hands = residents.clone();
    let moving = client
        .write(move |conn, who| {
            hold(conn, id, &form, replacement)?;
            let current = store::find(conn, id)?;
            condition.check(current.version)?;
            let mode = Mode::Change {
                current: &current.fields(),
            };
            let (fields, flags) = form.parse_all(mode).map_err(Error::Invalid)?;
            changes::check_version(&current, flags.version)?;
            refuse_negations(&flags, |role| current.holds(role))?;
            changes::update(conn, &actor(who), id, None, &fields)?;
            if flags.archived == Some(false) {
                changes::restore(conn, &actor(who), id)?;
            }
            give_roles(conn, who, id, &flags)?;
            match flags.archived {
                Some(true) => {
                    let act = Act::Archive { replacement };
                    let done = bulk::carry_out(conn, &actor(who), &act, &[id], &hands)?;
                    Ok(bulk::moving(&done))
                }
                _ => Ok(0),
            }
        })
        .await?;
    if moving > 0 {
        residents.ring();
        let mut answer = said("status-api-leaving");
        answer["moving"] = moving.into();
        return respond(StatusCode::OK, &answer);
    }
    respond(StatusCode::OK, &said("status-api-updated"))
}

/// Holds what the change touches, before it is read.
fn hold(
    conn: &mut Conn,
    id: i64,
    form: &StatusForm,
    replacement: Option<Replacement>,
) -> Result<()> {
    locks::pipeline(conn)?;
    let flags = form.flags().unwrap_or_default();
    match flags.archived {
        Some(true) => bulk::hold(conn, &Act::Archive { replacement }, &[id]),
        _ if flags.is_default == Some(true) || flags.is_converted == Some(true) => {
            locks::roles(conn)
        }
        _ => Ok(()),
    }
}

/// A role is moved by giving it to another status, never by taking it from the one that holds it.
fn refuse_negations(flags: &Flags, holds: impl Fn(Role) -> bool) -> Result<()> {
    let mut errors = FieldErrors::new();
    for (role, asked) in [
        (Role::Default, flags.is_default),
        (Role::Converted, flags.is_converted),
    ] {
        if asked == Some(false) && holds(role) {
            errors.add(role.field(), Message::new("status-role-not-dropped"));
        }
    }
    errors.or(())
}

fn apply_flags(conn: &mut Conn, who: &Who, id: i64, flags: &Flags) -> Result<()> {
    give_roles(conn, who, id, flags)?;
    if flags.archived == Some(true) {
        changes::archive(conn, &actor(who), id)?;
        changes::close_gaps(conn)?;
    }
    Ok(())
}

fn give_roles(conn: &mut Conn, who: &Who, id: i64, flags: &Flags) -> Result<()> {
    for (role, asked) in [
        (Role::Default, flags.is_default),
        (Role::Converted, flags.is_converted),
    ] {
        if asked == Some(true) {
            changes::give_role(conn, &actor(who), role, id)?;
        }
    }
    Ok(())
}

/// Order the pipeline.
///
/// The whole of it at once: every status that is not archived. The example names those of a fresh pipeline;
/// for another one the answer is 409 with the ids of now.
#[utoipa::path(
    put, path = "/api/lead_statuses/order", operation_id = "order_lead_statuses", tag = "Lead statuses",
    request_body(content = NewOrder),
    responses(
        (status = 200, body = Done, description = "The pipeline is in this order."),
        (status = 409, description = "It was made from another order than the one now, which `order` holds."),
        (status = 422)
    )
)]
pub async fn order(client: Client, body: Result<Body>) -> Result<HttpResponse> {
    let body = client.admit(body).await?;
    let asked = client
        .admit(Reorder::read(&body.fields).map_err(Error::Invalid))
        .await?;
    client
        .write(move |conn, who| changes::reorder(conn, &actor(who), &asked))
        .await?;
    respond(StatusCode::OK, &said("status-api-ordered"))
}
