//! The history of one lead, and what was written about it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::{Lock, actor, done, held, id, made, seen};
use crate::access::Client;
use crate::error::{Error, Result};
use crate::idempotency::once;
use crate::leads::reference::NewNote;
use crate::leads::view::{NoteBody, VisitBody};
use crate::leads::{Cast, Rights, act_forms, changes, store};
use crate::statuses::reference::{Created, Done, IdempotencyKey, IfMatch};
use crate::web::{Body, Raw, json as respond};

/// The most notes of one answer.
const NOTES: i64 = 100;

/// Read the history of a lead.
///
/// Its visits, oldest first, those that were voided among them.
#[utoipa::path(
    get, path = "/api/leads/{id}/visits", operation_id = "list_visits", tag = "Leads",
    params(("id" = i64, Path, example = 1)),
    responses((status = 200, body = Vec<VisitBody>, description = "The visits."), (status = 404))
)]
pub async fn visits(client: Client, path: web::Path<String>) -> Result<HttpResponse> {
    let id = client.admit(id(&path)).await?;
    let visits = client
        .read(move |conn, _| {
            seen(conn, id)?;
            let cast = Cast::with_history(conn, &[])?;
            let visits = store::visits(conn, id)?;
            let bodies = visits.iter().map(|visit| VisitBody::new(visit, &cast));
            Ok(bodies.collect::<Vec<_>>())
        })
        .await?;
    respond(StatusCode::OK, &visits)
}

/// Void a move.
///
/// The visit that it began stays in the history, struck from all figures, and the visit before runs on with the clock it
/// had. The example voids the first move of a lead.
#[utoipa::path(
    post, path = "/api/leads/{id}/visits/{visit}/void", operation_id = "void_visit", tag = "Leads",
    params(("id" = i64, Path, example = 1), ("visit" = i64, Path, example = 2), IdempotencyKey, IfMatch),
    responses(
        (status = 200, body = Done, description = "It is voided."),
        (status = 404),
        (status = 409, description = "It is no move of this lead that can be voided, the lead is in the bin, or its status before is being replaced."),
        (status = 412),
        (status = 422, description = "`version` is no version.")
    )
)]
pub async fn void(
    client: Client,
    path: web::Path<(String, String)>,
    body: Result<Body>,
) -> Result<HttpResponse> {
    let ids = id(&path.0).and_then(|lead| Ok((lead, id(&path.1)?)));
    let (id, visit) = client.admit(ids).await?;
    let body = client.admit(body).await?;
    let lock = Lock::of(&client, &body.fields);
    once(&client, &body.digest, move |conn, who| {
        changes::hold_ways_back(conn, id)?;
        held(conn, who, id, &lock)?;
        let known = store::visits(conn, id)?;
        if !known.iter().any(|known| known.id == visit) {
            return Err(Error::NotFound);
        }
        changes::void_held(conn, &actor(who), Rights::of(who), id, &[visit])?;
        Ok(done("lead-api-voided"))
    })
    .await
}

/// Read the notes about a lead.
///
/// The newest first, at most 100.
#[utoipa::path(
    get, path = "/api/leads/{id}/notes", operation_id = "list_notes", tag = "Leads",
    params(("id" = i64, Path, example = 1)),
    responses((status = 200, body = Vec<NoteBody>, description = "The notes."), (status = 404))
)]
pub async fn notes(client: Client, path: web::Path<String>) -> Result<HttpResponse> {
    let id = client.admit(id(&path)).await?;
    let notes = client
        .read(move |conn, _| {
            seen(conn, id)?;
            let notes = store::notes(conn, id, NOTES)?;
            Ok(notes.into_iter().map(NoteBody::from).collect::<Vec<_>>())
        })
        .await?;
    respond(StatusCode::OK, &notes)
}

/// Write a note about a lead.
///
/// It stays as it is written.
#[utoipa::path(
    post, path = "/api/leads/{id}/notes", operation_id = "create_note", tag = "Leads",
    params(("id" = i64, Path, example = 1), IdempotencyKey, IfMatch),
    request_body(content = NewNote),
    responses(
        (status = 201, body = Created, description = "It is written.",
         headers(("Location" = String, description = "Where to read the notes."))),
        (status = 404),
        (status = 409, description = "The lead is in the bin, or `version` is not the current one."),
        (status = 412),
        (status = 422)
    )
)]
pub async fn note(
    client: Client,
    path: web::Path<String>,
    body: Result<Body>,
) -> Result<HttpResponse> {
    let id = client.admit(id(&path)).await?;
    let body = client.admit(body).await?;
    let typed = Raw::read(&body.fields, "note");
    let lock = Lock::of(&client, &body.fields);
    once(&client, &body.digest, move |conn, who| {
        held(conn, who, id, &lock)?;
        let note = act_forms::note(&typed).map_err(Error::Invalid)?;
        changes::note(conn, &actor(who), Rights::of(who), &[id], &note)?;
        let newest = store::notes(conn, id, 1)?.into_iter().next();
        let newest = newest.ok_or_else(|| Error::internal("a note vanished"))?;
        let location = format!("/api/leads/{id}/notes");
        Ok(made("lead-api-noted", newest.id, location))
    })
    .await
}
