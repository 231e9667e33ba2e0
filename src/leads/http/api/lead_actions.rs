//! Moving, pausing and restoring a lead.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

use crate::access::{ApiRequest, Principal};
use crate::channel::Channel;
use crate::clock::Zone;
use crate::db::Conn;
use crate::error::{Error, Result, Unmet, unmet_message};
use crate::i18n::{Lang, Message};
use crate::idempotency::{Answer, run_once};
use crate::leads::actions::changes;
use crate::leads::actions::moves::{MoveResult, SingleMove, check_move, judge_lead, move_one};
use crate::leads::actions::offers::new_offer;
use crate::leads::actions::pause;
use crate::leads::actions::targets::find_target_status;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::move_form::MoveForm;
use crate::leads::domain::pause::PauseEnd;
use crate::leads::domain::pause_form::PauseForm;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::Reason;
use crate::leads::http::api::lead_input::LeadInput;
use crate::leads::http::api::schemas::{DryRunQuery, LeadMove, LeadPause, MoveDone};
use crate::leads::http::api::{ExpectedVersion, lock_editable};
use crate::leads::store;
use crate::records::fields::Fields;
use crate::records::form_value::FormValue;
use crate::records::unsaved_fields::{english, unsaved_except, unsaved_fields};
use crate::web::api_schemas::{Done, IdempotencyKey, IfMatch};
use crate::web::{Body, Id, Query, done_body, json as respond};

/// The fields of a move, without the members of its objects.
const MOVE_FIELDS: [&str; 11] = [
    "status",
    "reason",
    "note",
    "entered_at",
    "version",
    "confirmed",
    "override",
    "override_reason",
    "offer_to",
    "fields",
    "evidence",
];

/// Move a lead.
///
/// Time in status starts again at 0. A lead that is already in the status stays as it is. A lead that doesn’t meet the
/// rules of the status is refused with all that is missing in `unmet`; rules that only warn are named in `warnings`.
#[utoipa::path(
    post, path = "/api/leads/{id}/status", operation_id = "move_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), DryRunQuery, IdempotencyKey, IfMatch),
    request_body(content = LeadMove),
    responses(
        (status = 200, body = MoveDone, description = "The lead is in the status; or with `dry_run`, what is missing."),
        (status = 403, description = "Only managers and administrators can override rules or edit the leads of others."),
        (status = 404),
        (status = 409, description = "The lead is in the bin, or `version` is not the current one."),
        (status = 412),
        (status = 422, description = "`status` is not an active status, or `entered_at` is in the future or before the lead entered its current status, or the lead doesn’t meet the rules: `unmet`.")
    )
)]
pub async fn move_lead(
    request: ApiRequest,
    Id(id): Id,
    Query(query): Query,
    body: Body,
) -> Result<HttpResponse> {
    let (form, unsaved) = read_move(&body.fields)?;
    let lock = ExpectedVersion::read(&request, &body.fields);
    query.refuse_others(&["dry_run"])?;
    if query.is_dry_run()? {
        let preview =
            request.read(move |conn, principal| preview_move(conn, principal, id, &form, &lock));
        return respond_preview(&preview.await?, &unsaved);
    }
    run_once(&request, &body.digest, move |conn, principal| {
        let done = apply_move(conn, principal, id, &form, &lock)?;
        Ok(moved_answer(&done, &unsaved))
    })
    .await
}

/// The move, with fields under the names that an update accepts, and sentences about the fields that are not saved.
fn read_move(body: &Fields) -> Result<(MoveForm, Vec<String>)> {
    let mut form = MoveForm::read(body);
    let is_saved = |name: &str| {
        let object = name.split('[').next().unwrap_or(name);
        MOVE_FIELDS.contains(&name) || ["fields", "evidence"].contains(&object)
    };
    let mut unsaved = english(&unsaved_fields(body, is_saved, None::<&()>)?);
    // A value that is no object is refused with the other errors of the form.
    if let Ok(Some(members)) = body.object("fields") {
        let changes = LeadInput::read(&members);
        unsaved.extend(changes.warnings_of_move()?);
        form.changes = Ok(changes.form);
    }
    Ok((form, unsaved))
}

/// Answers a dry run: whether the lead would move, and the requirements that it doesn't meet.
fn respond_preview(unmet: &[Unmet], unsaved: &[String]) -> Result<HttpResponse> {
    let mut body = done_body("lead-api-would-move");
    body["dry_run"] = true.into();
    if unmet.iter().any(Unmet::is_blocking) {
        body["status"] = false.into();
        body["message"] = unmet_message(unmet).text(Lang::En).into();
    }
    body["unmet"] = json!(unmet);
    let warnings = unmet.iter().filter(|unmet| !unmet.is_blocking());
    body["warnings"] = all_warnings(unsaved, warnings);
    respond(StatusCode::OK, &body)
}

fn moved_answer(done: &SingleMove, unsaved: &[String]) -> Answer {
    let mut answer = Answer::ok(match done.result {
        MoveResult::AlreadyThere => "lead-api-there",
        MoveResult::Moved | MoveResult::Stale => "lead-api-moved",
    });
    answer.body["warnings"] = all_warnings(unsaved, done.warnings.iter());
    answer
}

/// The sentences about fields that are not saved, and the rules that warn.
fn all_warnings<'a>(unsaved: &[String], rules: impl Iterator<Item = &'a Unmet>) -> Value {
    let unsaved = unsaved.iter().map(|sentence| json!(sentence));
    unsaved.chain(rules.map(|rule| json!(rule))).collect()
}

/// The requirements that the lead doesn't meet, blocking or not.
fn preview_move(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    form: &MoveForm,
    lock: &ExpectedVersion,
) -> Result<Vec<Unmet>> {
    let (rights, lead) = (Rights::of(principal), store::find(conn, id)?);
    rights.require_edit(&lead)?;
    lock.check(&lead)?;
    let lead_move = form.parse(Zone::UTC).map_err(Error::Invalid)?;
    check_move(&lead, rights, &lead_move, principal.now)?;
    let target = find_target_status(conn, lead_move.to)?;
    if lead.status_id == target.id {
        return Ok(Vec::new());
    }
    new_offer(conn, &target, lead_move.answers.offer_to)?;
    let (_, judgement) = judge_lead(rights, &lead_move, &target, &lead)?;
    Ok(judgement.unmet)
}

fn apply_move(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    form: &MoveForm,
    lock: &ExpectedVersion,
) -> Result<SingleMove> {
    let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
    let channel = Channel::Api;
    let lead_move = form.parse(Zone::UTC).map(|base| Move { channel, ..base });
    let to = lead_move.as_ref().ok().map(|lead_move| lead_move.to);
    let prepare = |_: &Lead| lead_move.clone().map_err(Error::Invalid);
    let is_stale = |lead: &Lead| {
        lock.check(lead)?;
        if let Ok(lead_move) = &lead_move {
            // Also the move of a lead that is there already.
            check_move(lead, rights, lead_move, actor.now)?;
        }
        Ok(false)
    };
    move_one(conn, &actor, rights, id, to, prepare, is_stale)
}

/// Pause a lead.
///
/// Paused time doesn’t count toward target or limit. The lead resumes automatically at the start of the day, UTC. An
/// empty `until` without a reason resumes it now.
#[utoipa::path(
    post, path = "/api/leads/{id}/pause", operation_id = "pause_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), IdempotencyKey, IfMatch),
    request_body(content = LeadPause),
    responses(
        (status = 200, body = Done, description = "The lead is paused, or resumed."),
        (status = 404),
        (status = 409, description = "The status is not open, the lead is in the bin, or `version` is not the current one."),
        (status = 412),
        (status = 422, description = "`until` is not a future day, or day and reason are not sent together.")
    )
)]
pub async fn pause_lead(request: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let form = PauseForm::read(&body.fields);
    let lock = ExpectedVersion::read(&request, &body.fields);
    let warnings = unsaved_except(&body.fields, &["until", "reason", "version"])?;
    run_once(&request, &body.digest, move |conn, principal| {
        let lead = lock_editable(conn, principal, id, &lock)?;
        let (until, reason) = parse_pause(&form, lead.pause_end())?;
        let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
        pause::pause(conn, &actor, rights, id, until, &reason)?;
        let answer = Answer::ok(match until {
            Some(_) => "lead-api-paused",
            None => "lead-api-resumed",
        });
        Ok(answer.with_warnings(warnings.clone()))
    })
    .await
}

/// The pause; a form without `until` is refused.
fn parse_pause(form: &PauseForm, current: Option<PauseEnd>) -> Result<(Option<PauseEnd>, Reason)> {
    if form.until == FormValue::Absent {
        let message = Message::new("lead-api-until");
        return Err(Error::invalid("until", message));
    }
    form.parse(true, Zone::UTC, current).map_err(Error::Invalid)
}

/// Restore a lead.
///
/// It returns from the bin to its status, with its time in status. A lead that isn’t in the bin stays as it is.
#[utoipa::path(
    post, path = "/api/leads/{id}/restore", operation_id = "restore_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), IdempotencyKey, IfMatch),
    responses(
        (status = 200, body = Done, description = "The lead is not in the bin."),
        (status = 404),
        (status = 409),
        (status = 412),
        (status = 422, description = "`version` is not valid.")
    )
)]
pub async fn restore(request: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let lock = ExpectedVersion::read(&request, &body.fields);
    let warnings = unsaved_except(&body.fields, &["version"])?;
    run_once(&request, &body.digest, move |conn, principal| {
        let lead = lock_editable(conn, principal, id, &lock)?;
        let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
        changes::restore(conn, &actor, rights, &[id])?;
        let answer = Answer::ok(match lead.is_in_bin() {
            true => "lead-api-restored",
            false => "lead-api-not-in-bin",
        });
        Ok(answer.with_warnings(warnings.clone()))
    })
    .await
}
