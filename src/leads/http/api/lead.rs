//! Reading, creating, changing and deleting a lead.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{ApiRequest, Principal};
use crate::channel::Channel;
use crate::clock::Timestamp;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, Result, Unmet};
use crate::i18n::{Lang, Message};
use crate::idempotency::{Answer, run_once};
use crate::leads::actions::changes;
use crate::leads::actions::likely_duplicates::likely_duplicates_of;
use crate::leads::actions::moves::move_locked;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::actions::targets::lock_target_status;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::lead_request::LeadRequest;
use crate::leads::domain::rights::Rights;
use crate::leads::http::api::body::{LeadBody, LeadChanges};
use crate::leads::http::api::lead_input::LeadInput;
use crate::leads::http::api::schemas::{DeleteQuery, LeadDeletion};
use crate::leads::http::api::{ExpectedVersion, find_not_in_bin, lock_editable};
use crate::leads::store;
use crate::statuses::{self, Kind};
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
pub async fn show(request: ApiRequest, Id(id): Id) -> Result<HttpResponse> {
    let lead = request
        .cached_read(
            ReadKind::Short,
            VersionedJson::size,
            move |conn, principal| {
                let lead = find_not_in_bin(conn, id)?;
                VersionedJson::new(&body_of(conn, &lead, principal.now)?, lead.version)
            },
        )
        .await?;
    Ok(lead.response(request.http()))
}

/// The body for a lead.
fn body_of(conn: &mut Conn, lead: &Lead, now: Timestamp) -> Result<LeadBody> {
    let lookup = RelatedRecords::load_statuses(conn)?;
    let offers = store::handoffs::of_present_visits(conn, &[lead.id])?;
    Ok(LeadBody::new(lead, offers.get(&lead.id), &lookup, now))
}

/// Create a lead.
///
/// Without `status` it starts in the default status. A sales rep always owns the lead. `warnings` names leads with the
/// same e-mail address, telephone number, or name and company.
#[utoipa::path(
    post, path = "/api/leads", operation_id = "create_lead", tag = "Leads",
    params(IdempotencyKey), request_body(content = ref("#/components/schemas/NewLead")),
    responses(
        (status = 201, body = Created, description = "The lead is created.",
         headers(("Location" = String, description = "The new lead."))),
        (status = 409, description = "Another lead has this `external_ref`, or this Idempotency-Key was used with another body."),
        (status = 422, description = "A field is not valid, or the lead doesn’t meet the rules of its status: `unmet` has all that is missing.")
    )
)]
pub async fn create(request: ApiRequest, body: Body) -> Result<HttpResponse> {
    let input = LeadInput::read(&body.fields);
    run_once(&request, &body.digest, move |conn, principal| {
        let (lead, unmet) = create_lead(conn, principal, &input)?;
        let location = format!("/api/leads/{}", lead.id);
        let answer = Answer::created("lead-api-created", lead.id, location);
        let mut warnings = input.warnings(None)?;
        warnings.extend(duplicate_warnings(conn, &lead)?);
        Ok(answer.with_warnings(warnings).with_unmet(&unmet))
    })
    .await
}

/// Creates the lead, with its first note; returns it, and the rules that warn and that it doesn't meet.
fn create_lead(
    conn: &mut Conn,
    principal: &Principal,
    input: &LeadInput,
) -> Result<(Lead, Vec<Unmet>)> {
    let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
    let new = input.parse(None, rights, actor.now)?;
    let closing = input.closing_kind()?;
    let closing = closing
        .map(|(field, kind)| only_status(conn, field, kind))
        .transpose()?;
    let (reason, answers) = input.answers.parse().map_err(Error::Invalid)?;
    let request = LeadRequest {
        created_at: new.created_at,
        reason,
        answers,
        ..LeadRequest::of(new.fields, new.status.or(closing), Channel::Api)
    };
    let (lead, unmet) = changes::create(conn, &actor, rights, request)?;
    if let Some(note) = &new.note {
        changes::add_note(conn, &actor, rights, &[lead.id], note)?;
    }
    Ok((lead, unmet))
}

/// Sentences about the leads that are likely the same as this one.
fn duplicate_warnings(conn: &mut Conn, lead: &Lead) -> Result<Vec<String>> {
    let duplicates = likely_duplicates_of(conn, &lead.fields, Some(lead.id))?.into_iter();
    Ok(duplicates
        .map(|other| format!("{}.", other.message().text(Lang::En)))
        .collect())
}

/// The one status in use of a kind, to which `field` moves a lead.
fn only_status(conn: &mut Conn, field: &'static str, kind: Kind) -> Result<i64> {
    let lookup = RelatedRecords::load_statuses(conn)?;
    let statuses = lookup.in_use().into_iter();
    let mut of_kind = statuses.filter(|status| status.kind == kind);
    let error = |key| Error::invalid(field, Message::new(key));
    match (of_kind.next(), of_kind.next()) {
        (Some(status), None) => Ok(status.id),
        (None, _) => Err(error("lead-api-closing-none")),
        (Some(_), Some(_)) => Err(error("lead-api-closing-several")),
    }
}

/// Update a lead.
///
/// Only the fields you send change; `warnings` names what isn’t saved, and leads that are likely the same. `status` moves
/// the lead.
#[utoipa::path(
    put, path = "/api/leads/{id}", operation_id = "update_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), IfMatch),
    request_body(content = LeadChanges, example = json!({"company": "Dumitrescu SRL", "value": 2500})),
    responses(
        (status = 200, body = Done, description = "The lead is updated."),
        (status = 404),
        (status = 409, description = "The lead is in the bin, `version` is not the current one, or another lead has this `external_ref`."),
        (status = 412),
        (status = 422, description = "A field is not valid, or the lead doesn’t meet the rules of the new status: `unmet` has all that is missing.")
    )
)]
pub async fn update(request: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let input = LeadInput::read(&body.fields);
    let lock = ExpectedVersion::read(&request, &body.fields);
    let (warnings, unmet) = request
        .write(move |conn, principal| apply_changes(conn, principal, id, &input, &lock))
        .await?;
    let answer = Answer::ok("lead-api-updated").with_warnings(warnings);
    respond(StatusCode::OK, &answer.with_unmet(&unmet).body)
}

/// Changes the lead; returns sentences about what is not saved.
fn apply_changes(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    input: &LeadInput,
    lock: &ExpectedVersion,
) -> Result<(Vec<String>, Vec<Unmet>)> {
    let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
    let closing = input.closing_kind()?;
    let closing = closing
        .map(|(field, kind)| only_status(conn, field, kind))
        .transpose()?;
    if let Some(to) = input.form.parse_status().ok().flatten().or(closing) {
        statuses::lock_shared(conn, &[to])?;
    }
    let lead = lock_editable(conn, principal, id, lock)?;
    let changes = input.parse(Some(&lead), rights, actor.now)?;
    let mut warnings = Vec::new();
    if !input.is_all_saved() {
        warnings = input.warnings(Some(&body_of(conn, &lead, actor.now)?))?;
    }
    let before = lead.fields.clone();
    let mut unmet = Vec::new();
    let to = changes.status.or(closing);
    if let Some(to) = to.filter(|to| *to != lead.status_id) {
        let target = lock_target_status(conn, to)?;
        let lead_move = input.to_move(to)?;
        unmet = move_locked(conn, &actor, rights, &lead_move, &target, vec![lead])?.warnings;
    } else {
        changes::update(conn, &actor, rights, id, &changes.fields)?;
    }
    if let Some(note) = &changes.note {
        changes::add_note(conn, &actor, rights, &[id], note)?;
    }
    if changes.fields != before {
        let after = store::find(conn, id)?;
        // The source may have been sent in another spelling of the same.
        if after.fields != before {
            warnings.extend(duplicate_warnings(conn, &after)?);
        }
    }
    Ok((warnings, unmet))
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
        (status = 422, description = "`dry_run` is not true or false, or a parameter is unknown.")
    )
)]
pub async fn delete(
    request: ApiRequest,
    Id(id): Id,
    Query(query): Query,
    body: Body,
) -> Result<HttpResponse> {
    query.refuse_others(&["dry_run"])?;
    body.fields.refuse_others(&[])?;
    if query.is_dry_run()? {
        request
            .read(move |conn, _| find_not_in_bin(conn, id))
            .await?;
        let mut body = done_body("lead-api-would-delete");
        body["dry_run"] = true.into();
        return respond(StatusCode::OK, &body);
    }
    let condition = Precondition::of(request.http());
    request
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
    if lead.is_in_bin() {
        return Err(Error::NotFound);
    }
    condition.check(lead.version)?;
    let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
    changes::delete(conn, &actor, rights, &[id])
}
