//! Moving, pausing and restoring a lead.

use actix_web::HttpResponse;

use crate::access::{ApiRequest, Principal};
use crate::channel::Channel;
use crate::clock::Zone;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::idempotency::{Answer, once};
use crate::leads::actions::changes;
use crate::leads::actions::moves::{MoveResult, check_move, move_one};
use crate::leads::actions::pause;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::lead_move::Move;
use crate::leads::domain::move_form::MoveForm;
use crate::leads::domain::pause::PauseEnd;
use crate::leads::domain::pause_form::PauseForm;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::text::Reason;
use crate::leads::http::api::schemas::{LeadMove, LeadPause};
use crate::leads::http::api::{ExpectedVersion, lock_editable};
use crate::web::api_schemas::{Done, IdempotencyKey, IfMatch};
use crate::web::{Body, FormValue, Id};

/// Move a lead.
///
/// Time in status starts again at 0. A lead that is already in the status stays as it is.
#[utoipa::path(
    post, path = "/api/leads/{id}/status", operation_id = "move_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), IdempotencyKey, IfMatch),
    request_body(content = LeadMove),
    responses(
        (status = 200, body = Done, description = "The lead is in the status."),
        (status = 404),
        (status = 409, description = "The lead is in the bin, or `version` is not the current one."),
        (status = 412),
        (status = 422, description = "`status` is not an active status, or `entered_at` is in the future or before the lead entered its current status.")
    )
)]
pub async fn move_lead(client: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let form = MoveForm::read(&body.fields);
    let lock = ExpectedVersion::read(&client, &body.fields);
    once(&client, &body.digest, move |conn, principal| {
        let result = apply_move(conn, principal, id, &form, &lock)?;
        Ok(Answer::ok(match result {
            MoveResult::AlreadyThere => "lead-api-there",
            MoveResult::Moved | MoveResult::Overtaken => "lead-api-moved",
        }))
    })
    .await
}

fn apply_move(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    form: &MoveForm,
    lock: &ExpectedVersion,
) -> Result<MoveResult> {
    let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
    let channel = Channel::Api;
    let lead_move = form.parse(Zone::UTC).map(|sent| Move { channel, ..sent });
    let to = lead_move.as_ref().ok().map(|lead_move| lead_move.to);
    let prepare = |_: &Lead| lead_move.clone().map_err(Error::Invalid);
    let is_overtaken = |lead: &Lead| {
        lock.check(lead)?;
        if let Ok(lead_move) = &lead_move {
            // Also the move of a lead that is there already.
            check_move(lead, rights, lead_move, actor.now)?;
        }
        Ok(false)
    };
    let done = move_one(conn, &actor, rights, (id, to), prepare, is_overtaken)?;
    Ok(done.result)
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
pub async fn pause_lead(client: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let form = PauseForm::read(&body.fields);
    let lock = ExpectedVersion::read(&client, &body.fields);
    once(&client, &body.digest, move |conn, principal| {
        let lead = lock_editable(conn, principal, id, &lock)?;
        let (until, reason) = parse_pause(&form, lead.pause_end())?;
        let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
        pause::pause(conn, &actor, rights, id, until, &reason)?;
        Ok(Answer::ok(match until {
            Some(_) => "lead-api-paused",
            None => "lead-api-resumed",
        }))
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
pub async fn restore(client: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let lock = ExpectedVersion::read(&client, &body.fields);
    once(&client, &body.digest, move |conn, principal| {
        let lead = lock_editable(conn, principal, id, &lock)?;
        let (actor, rights) = (principal.actor(Channel::Api), Rights::of(principal));
        changes::restore(conn, &actor, rights, &[id])?;
        Ok(Answer::ok(match lead.is_deleted() {
            true => "lead-api-restored",
            false => "lead-api-not-in-bin",
        }))
    })
    .await
}
