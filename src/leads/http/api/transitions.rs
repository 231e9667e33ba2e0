//! Moving, pausing and restoring a lead.

use actix_web::HttpResponse;

use crate::access::ApiRequest;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::idempotency::once;
use crate::leads::actions::changes;
use crate::leads::actions::moves::{Move, lock_target_status, move_locked};
use crate::leads::domain::action_forms::{MoveForm, PauseForm};
use crate::leads::domain::rights::Rights;
use crate::leads::domain::visit::Channel;
use crate::leads::http::api::openapi::{LeadMove, LeadPause};
use crate::leads::http::api::{ExpectedVersion, actor, lock_editable, ok_answer};
use crate::leads::store;
use crate::statuses;
use crate::statuses::{Done, IdempotencyKey, IfMatch};
use crate::web::{Body, FormValue, Id};

/// Move a lead.
///
/// Its visit ends and the next begins, in one transaction. One that is in the status already stays as it is.
#[utoipa::path(
    post, path = "/api/leads/{id}/status", operation_id = "move_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), IdempotencyKey, IfMatch),
    request_body(content = LeadMove),
    responses(
        (status = 200, body = Done, description = "It is there."),
        (status = 404),
        (status = 409, description = "It is in the bin, or `version` is not the current one."),
        (status = 412),
        (status = 422, description = "`status` is no status in use, or `entered_at` is in the future or before the present visit began.")
    )
)]
pub async fn move_lead(client: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let (form, lock) = (
        MoveForm::read(&body.fields),
        ExpectedVersion::read(&client, &body.fields),
    );
    once(&client, &body.digest, move |conn, principal| {
        let (rights, lead_move) = (Rights::of(principal), form.parse());
        if let Ok(lead_move) = &lead_move {
            statuses::lock_shared(conn, &[lead_move.to])?;
        }
        let lead = store::lock(conn, id)?;
        rights.require_edit(&lead)?;
        let lead_move = Move {
            channel: Channel::Api,
            ..lead_move.map_err(Error::Invalid)?
        };
        lock_target_status(conn, lead_move.to)?;
        lock.check(&lead)?;
        let moved = move_locked(conn, &actor(principal), rights, &lead_move, vec![lead])?;
        Ok(ok_answer(match moved.is_empty() {
            true => "lead-api-there",
            false => "lead-api-moved",
        }))
    })
    .await
}

/// Pause a lead.
///
/// Its clock stands still until the first moment of the day, in UTC, at which it resurfaces by itself. A pause has a
/// reason. An empty `until` without one resumes it now.
#[utoipa::path(
    post, path = "/api/leads/{id}/pause", operation_id = "pause_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), IdempotencyKey, IfMatch),
    request_body(content = LeadPause),
    responses(
        (status = 200, body = Done, description = "It is paused, or not any more."),
        (status = 404),
        (status = 409, description = "Its status is not open, it is in the bin, or `version` is not the current one."),
        (status = 412),
        (status = 422, description = "`until` is no day to come, or there is a day without a reason, or a reason without a day.")
    )
)]
pub async fn pause(client: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let (form, lock) = (
        PauseForm::read(&body.fields),
        ExpectedVersion::read(&client, &body.fields),
    );
    once(&client, &body.digest, move |conn, principal| {
        lock_editable(conn, principal, id, &lock)?;
        if form.until == FormValue::Absent {
            let message = Message::new("lead-api-until");
            return Err(Error::Invalid(FieldErrors::one("until", message)));
        }
        let (until, reason) = form.parse(true).map_err(Error::Invalid)?;
        crate::leads::actions::pause::pause(
            conn,
            &actor(principal),
            Rights::of(principal),
            id,
            until,
            &reason,
        )?;
        Ok(ok_answer(match until {
            Some(_) => "lead-api-paused",
            None => "lead-api-resumed",
        }))
    })
    .await
}

/// Restore a lead.
///
/// Takes it out of the bin. Its visits have run on meanwhile; one that is not in the bin stays as it is.
#[utoipa::path(
    post, path = "/api/leads/{id}/restore", operation_id = "restore_lead", tag = "Leads",
    params(("id" = i64, Path, example = 1), IdempotencyKey, IfMatch),
    responses(
        (status = 200, body = Done, description = "It is not in the bin."),
        (status = 404),
        (status = 409),
        (status = 412),
        (status = 422, description = "`version` is no version.")
    )
)]
pub async fn restore(client: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let lock = ExpectedVersion::read(&client, &body.fields);
    once(&client, &body.digest, move |conn, principal| {
        let lead = lock_editable(conn, principal, id, &lock)?;
        changes::restore(conn, &actor(principal), Rights::of(principal), &[id])?;
        Ok(ok_answer(match lead.is_deleted() {
            true => "lead-api-restored",
            false => "lead-api-not-in-bin",
        }))
    })
    .await
}
