//! The visits and notes of a lead, and voiding a move.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::ApiRequest;
use crate::channel::Channel;
use crate::error::{Error, Result};
use crate::idempotency::{Answer, run_once};
use crate::leads::actions::changes;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::actions::void;
use crate::leads::domain::move_form::parse_note;
use crate::leads::domain::rights::Rights;
use crate::leads::http::api::body::NoteBody;
use crate::leads::http::api::history_body::VisitBody;
use crate::leads::http::api::schemas::NewNote;
use crate::leads::http::api::{ExpectedVersion, find_not_in_bin, lock_editable};
use crate::leads::store;
use crate::records::form_value::FormValue;
use crate::records::unsaved_fields::unsaved_except;
use crate::web::api_schemas::{Created, Done, IdempotencyKey, IfMatch};
use crate::web::{Body, Id, Ids, Query, json as respond};

/// The most notes in an answer.
const MAX_NOTES: i64 = 100;

/// Get the history of a lead.
///
/// Its statuses, oldest first, with undone moves.
#[utoipa::path(
    get, path = "/api/leads/{id}/visits", operation_id = "list_visits", tag = "Leads",
    params(("id" = i64, Path, example = 1)),
    responses(
        (status = 200, body = Vec<VisitBody>, description = "The history."),
        (status = 404),
        (status = 422, description = "A parameter is unknown.")
    )
)]
pub async fn visits(request: ApiRequest, Id(id): Id, Query(query): Query) -> Result<HttpResponse> {
    query.refuse_others(&[])?;
    let visits = request
        .read(move |conn, _| {
            find_not_in_bin(conn, id)?;
            let lookup = RelatedRecords::load_with_deleted(conn, &[])?;
            let visits = store::history::visits(conn, id)?;
            let bodies = visits.iter().map(|visit| VisitBody::new(visit, &lookup));
            Ok(bodies.collect::<Vec<_>>())
        })
        .await?;
    respond(StatusCode::OK, &visits)
}

/// Undo a move.
///
/// The move stays in the history as voided, and reports don’t count it. The status before continues, with its time in
/// status. The example undoes the first move of a lead.
#[utoipa::path(
    post, path = "/api/leads/{id}/visits/{visit}/void", operation_id = "void_visit", tag = "Leads",
    params(("id" = i64, Path, example = 1), ("visit" = i64, Path, example = 2), IdempotencyKey, IfMatch),
    responses(
        (status = 200, body = Done, description = "The move is undone."),
        (status = 404),
        (status = 409, description = "The move can’t be undone, the lead is in the bin, or its former status is being replaced."),
        (status = 412),
        (status = 422, description = "`version` is not valid.")
    )
)]
pub async fn void_visit(
    request: ApiRequest,
    Ids(id, visit): Ids,
    body: Body,
) -> Result<HttpResponse> {
    let lock = ExpectedVersion::read(&request, &body.fields);
    let warnings = unsaved_except(&body.fields, &["version"])?;
    run_once(&request, &body.digest, move |conn, principal| {
        void::lock_return_statuses(conn, id)?;
        lock_editable(conn, principal, id, &lock)?;
        let visits = store::history::visits(conn, id)?;
        if !visits.iter().any(|other| other.id == visit) {
            return Err(Error::NotFound);
        }
        let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
        void::void_locked(conn, &actor, rights, id, &[visit])?;
        Ok(Answer::ok("lead-api-voided").with_warnings(warnings.clone()))
    })
    .await
}

/// List the notes of a lead.
///
/// Newest first, at most 100.
#[utoipa::path(
    get, path = "/api/leads/{id}/notes", operation_id = "list_notes", tag = "Leads",
    params(("id" = i64, Path, example = 1)),
    responses(
        (status = 200, body = Vec<NoteBody>, description = "The notes."),
        (status = 404),
        (status = 422, description = "A parameter is unknown.")
    )
)]
pub async fn notes(request: ApiRequest, Id(id): Id, Query(query): Query) -> Result<HttpResponse> {
    query.refuse_others(&[])?;
    let notes = request
        .read(move |conn, _| {
            find_not_in_bin(conn, id)?;
            let notes = store::history::notes(conn, id, MAX_NOTES)?;
            Ok(notes.into_iter().map(NoteBody::from).collect::<Vec<_>>())
        })
        .await?;
    respond(StatusCode::OK, &notes)
}

/// Add a note to a lead.
///
/// Notes can’t be edited.
#[utoipa::path(
    post, path = "/api/leads/{id}/notes", operation_id = "create_note", tag = "Leads",
    params(("id" = i64, Path, example = 1), IdempotencyKey, IfMatch),
    request_body(content = NewNote),
    responses(
        (status = 201, body = Created, description = "The note is added.",
         headers(("Location" = String, description = "The notes of the lead."))),
        (status = 404),
        (status = 409, description = "The lead is in the bin, or `version` is not the current one."),
        (status = 412),
        (status = 422)
    )
)]
pub async fn note(request: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let value = FormValue::read(&body.fields, "note");
    let lock = ExpectedVersion::read(&request, &body.fields);
    let warnings = unsaved_except(&body.fields, &["note", "version"])?;
    run_once(&request, &body.digest, move |conn, principal| {
        lock_editable(conn, principal, id, &lock)?;
        let note = parse_note(&value).map_err(Error::Invalid)?;
        let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
        changes::add_note(conn, &actor, rights, &[id], &note)?;
        let newest = store::history::notes(conn, id, 1)?.into_iter().next();
        let newest = newest.ok_or_else(|| Error::internal("a note vanished"))?;
        let location = format!("/api/leads/{id}/notes");
        let answer = Answer::created("lead-api-noted", newest.id, location);
        Ok(answer.with_warnings(warnings.clone()))
    })
    .await
}
