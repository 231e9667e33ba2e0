//! The API under `/api/lead_statuses`. The doc comments of its handlers are texts of the API reference.

pub mod openapi;
pub mod removal;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use serde_json::{Value, json};

use crate::access::{ApiRequest, Principal};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Conn, locks};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::{Lang, Message};
use crate::idempotency::{Answer, once};
use crate::statuses::actions::bulk;
use crate::statuses::actions::bulk::BulkAction;
use crate::statuses::actions::changes;
use crate::statuses::actions::replace::{LeadMover, Replacement};
use crate::statuses::actions::stats::{StatusStats, stats, stats_of};
use crate::statuses::domain::api_body::{
    PageMeta, StatusBody, StatusChanges, StatusesBody, StatusesPage,
};
use crate::statuses::domain::form::{Flags, Mode, StatusForm};
use crate::statuses::domain::kind::Role;
use crate::statuses::domain::listing::Listing;
use crate::statuses::domain::order::Reorder;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::http::api::openapi::{
    Created, Done, IdempotencyKey, IfMatch, ListQuery, NewOrder,
};
use crate::statuses::store;
use crate::web::{
    Body, Id, Precondition, Query, VersionedJson, encoded, encoded_json, json as respond,
};

/// The author of changes through the API.
fn actor(who: &Principal) -> Actor {
    who.actor("api")
}

fn success_body(key: &'static str) -> Value {
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
pub async fn list(client: ApiRequest, Query(query): Query) -> Result<HttpResponse> {
    let (listing, is_paged) = Listing::read_api(&query)?;
    let body = client
        .cached_read(Bytes::len, move |conn, who| {
            encoded(&list_body(conn, listing, is_paged, who.now)?)
        })
        .await?;
    Ok(encoded_json(StatusCode::OK, &body))
}

fn list_body(
    conn: &mut Conn,
    listing: Listing,
    is_paged: bool,
    now: Timestamp,
) -> Result<StatusesBody> {
    let resolved = store::resolve_listing(conn, &listing, now)?;
    if !is_paged {
        let rows = store::list_matching(conn, &resolved)?;
        return Ok(StatusesBody::All(bodies(conn, &rows, now)?));
    }
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
    let stats = stats(conn, rows, now)?;
    let none = StatusStats::default();
    let body = |row: &LeadStatus| StatusBody::new(row, stats.get(&row.id).unwrap_or(&none));
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
pub async fn show(client: ApiRequest, Id(id): Id) -> Result<HttpResponse> {
    let status = client
        .cached_read(VersionedJson::size, move |conn, who| {
            let status = store::find(conn, id)?;
            let stats = stats_of(conn, &status, who.now)?;
            VersionedJson::new(&StatusBody::new(&status, &stats), status.version)
        })
        .await?;
    Ok(status.response())
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
pub async fn create(client: ApiRequest, body: Body) -> Result<HttpResponse> {
    let form = StatusForm::read(&body.fields);
    once(&client, &body.digest, move |conn, who| {
        let (fields, flags) = form.parse_all(Mode::Create).map_err(Error::Invalid)?;
        refuse_negations(&flags, |_| false)?;
        let created = changes::create(conn, &actor(who), &fields)?;
        apply_flags(conn, who, created.id, &flags)?;
        let mut answer = success_body("status-api-created");
        answer["record_id"] = created.id.into();
        Ok(Answer {
            status: StatusCode::CREATED,
            location: Some(format!("/api/lead_statuses/{}", created.id)),
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
pub async fn update(client: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let change = Change {
        form: StatusForm::read(&body.fields),
        replacement: Replacement::read(&body.fields)?,
        if_match: Precondition::of(client.http()),
        mover: LeadMover::from_request(client.http())?,
    };
    let mover = change.mover.clone();
    let moving = client
        .write(move |conn, who| change.apply(conn, who, id))
        .await?;
    if moving > 0 {
        mover.wake();
        let mut answer = success_body("status-api-leaving");
        answer["moving"] = moving.into();
        return respond(StatusCode::OK, &answer);
    }
    respond(StatusCode::OK, &success_body("status-api-updated"))
}

/// A change of a status, as it was sent.
struct Change {
    form: StatusForm,
    replacement: Option<Replacement>,
    if_match: Precondition,
    mover: LeadMover,
}

impl Change {
    /// Returns how many leads are still to be moved.
    fn apply(&self, conn: &mut Conn, who: &Principal, id: i64) -> Result<i64> {
        let replacement = self.replacement;
        lock(conn, id, &self.form, replacement)?;
        let current = store::find(conn, id)?;
        self.if_match.check(current.version)?;
        let mode = Mode::Change {
            current: &current.fields(),
        };
        let (fields, flags) = self.form.parse_all(mode).map_err(Error::Invalid)?;
        changes::check_version(&current, flags.version)?;
        refuse_negations(&flags, |role| current.holds(role))?;
        changes::update(conn, &actor(who), id, None, &fields)?;
        if flags.archived == Some(false) {
            changes::restore(conn, &actor(who), id)?;
        }
        give_roles(conn, who, id, &flags)?;
        if flags.archived != Some(true) {
            return Ok(0);
        }
        let act = BulkAction::Archive { replacement };
        let verdicts = bulk::carry_out(conn, &actor(who), &act, &[id], &self.mover)?;
        Ok(bulk::count_background_moves(&verdicts))
    }
}

/// Locks what the change touches, before it is read.
fn lock(
    conn: &mut Conn,
    id: i64,
    form: &StatusForm,
    replacement: Option<Replacement>,
) -> Result<()> {
    locks::pipeline(conn)?;
    let flags = form.flags().unwrap_or_default();
    match flags.archived {
        Some(true) => bulk::lock(conn, &BulkAction::Archive { replacement }, &[id]),
        _ if flags.is_default == Some(true) || flags.is_converted == Some(true) => {
            locks::roles(conn)
        }
        _ => Ok(()),
    }
}

/// Refuses `false` for a role that the status holds: a role moves only by giving it to another status.
fn refuse_negations(flags: &Flags, holds: impl Fn(Role) -> bool) -> Result<()> {
    let mut errors = FieldErrors::new();
    for (role, wanted) in [
        (Role::Default, flags.is_default),
        (Role::Converted, flags.is_converted),
    ] {
        if wanted == Some(false) && holds(role) {
            errors.add(role.field(), Message::new("status-role-not-dropped"));
        }
    }
    errors.or(())
}

fn apply_flags(conn: &mut Conn, who: &Principal, id: i64, flags: &Flags) -> Result<()> {
    give_roles(conn, who, id, flags)?;
    if flags.archived == Some(true) {
        changes::archive(conn, &actor(who), id)?;
        changes::close_gaps(conn)?;
    }
    Ok(())
}

fn give_roles(conn: &mut Conn, who: &Principal, id: i64, flags: &Flags) -> Result<()> {
    for (role, wanted) in [
        (Role::Default, flags.is_default),
        (Role::Converted, flags.is_converted),
    ] {
        if wanted == Some(true) {
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
pub async fn order(client: ApiRequest, body: Body) -> Result<HttpResponse> {
    let order = Reorder::read(&body.fields).map_err(Error::Invalid)?;
    client
        .write(move |conn, who| changes::reorder(conn, &actor(who), &order))
        .await?;
    respond(StatusCode::OK, &success_body("status-api-ordered"))
}
