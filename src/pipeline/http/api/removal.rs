//! Deleting through the API, and the dry run of it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

use crate::access::{ApiRequest, Principal};
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};
use crate::money::{Currency, Money};
use crate::pipeline::actions::bulk::{self, StatusOutcome};
use crate::pipeline::domain::bulk_action::BulkAction;
use crate::pipeline::domain::replacement::{Removal, Replacement};
use crate::pipeline::http::api::removed_response;
use crate::pipeline::http::api::schemas::{DeleteQuery, Deleted};
use crate::statuses::{self, LeadTotals};
use crate::web::api_schemas::IfMatch;
use crate::web::json as respond;
use crate::web::{Body, Id, Precondition, Query};

/// Delete a status.
///
/// A status in use can’t be deleted. With `replace_with`, its leads move first; many leads move in the background:
/// `moving` says how many, and the status stays until all have moved. The example is a dry run: leave `dry_run` out to
/// delete.
#[utoipa::path(
    delete, path = "/api/delete/lead_statuses/{id}", operation_id = "delete_lead_status", tag = "Lead statuses",
    params(("id" = i64, Path, example = 3), DeleteQuery, IfMatch),
    responses(
        (status = 200, body = Deleted, description = "The status is deleted, or will be when its leads have moved; or with `dry_run`, would be."),
        (status = 404),
        (status = 409, description = "The status has a role or leads, as `blockers` says, or leads are moving into or out of it."),
        (status = 412),
        (status = 422, description = "`replace_with` is not another active status, `restart_age` or `dry_run` is not true or false, or a parameter is unknown.")
    )
)]
pub async fn delete(
    request: ApiRequest,
    Id(id): Id,
    Query(query): Query,
    body: Body,
) -> Result<HttpResponse> {
    query.refuse_others(&["replace_with", "restart_age", "dry_run"])?;
    body.fields.refuse_others(&[])?;
    let is_dry = query.is_dry_run()?;
    let replacement = Replacement::read(&query);
    if is_dry {
        return dry_run(&request, id, replacement).await;
    }
    let action = BulkAction::Remove(Removal::Delete, replacement?);
    let condition = Precondition::of(request.http());
    let moving = request
        .write(move |conn, principal| apply(conn, principal, &action, id, &condition))
        .await?;
    removed_response(&request, moving, "status-api-deleted", Vec::new())
}

/// Deletes the status; returns the number of leads that move in batches after the transaction.
fn apply(
    conn: &mut Conn,
    principal: &Principal,
    action: &BulkAction,
    id: i64,
    condition: &Precondition,
) -> Result<i64> {
    bulk::lock(conn, action, &[id])?;
    condition.check(statuses::find(conn, id)?.version)?;
    let outcomes = bulk::apply(conn, &principal.actor(Channel::Api), action, &[id])?;
    Ok(bulk::count_background_moves(&outcomes))
}

async fn dry_run(
    request: &ApiRequest,
    id: i64,
    replacement: Result<Option<Replacement>>,
) -> Result<HttpResponse> {
    let body = request
        .read(move |conn, _| {
            statuses::find(conn, id)?;
            let preview = replacement.and_then(|replacement| {
                let action = BulkAction::Remove(Removal::Delete, replacement);
                Ok((bulk::preview(conn, &action, &[id])?, replacement))
            });
            dry_run_body(preview)
        })
        .await?;
    respond(StatusCode::OK, &body)
}

/// The answer of a dry run: whether the deletion is possible, what blocks it, and what would move.
fn dry_run_body(preview: Result<(Vec<StatusOutcome>, Option<Replacement>)>) -> Result<Value> {
    let (outcomes, replacement) = match preview {
        Err(Error::Invalid(errors)) => {
            let messages = errors.iter().map(|(_, message)| message.text(Lang::En));
            let message = messages.collect::<Vec<_>>().join(" ");
            return Ok(
                json!({"status": false, "message": message, "dry_run": true, "blockers": []}),
            );
        }
        other => other?,
    };
    let [outcome] = outcomes.as_slice() else {
        return Err(Error::NotFound);
    };
    let message = match &outcome.refusal {
        Some(refusal) => refusal.clone(),
        None if outcome.is_possible() => Message::new("status-api-would-delete"),
        None => Message::new("status-api-would-not-delete"),
    };
    let mut body = json!({
        "status": outcome.is_possible(),
        "message": message.text(Lang::En),
        "dry_run": true,
        "leads": outcome.totals.leads,
        "blockers": outcome.blockers,
    });
    if let Some(replacement) = replacement {
        let (open, closed) = outcome.open_and_closed();
        body["replace_with"] = replacement.to.into();
        body["open"] = open.into();
        body["closed"] = closed.into();
        body["in_bin"] = outcome.totals.in_bin.into();
        body["values"] = values(&outcome.totals);
    }
    let roles = outcome.moved_roles.iter().map(|role| role.as_str());
    let roles: Vec<_> = roles.collect();
    if !roles.is_empty() {
        body["roles"] = json!(roles);
    }
    Ok(body)
}

/// The value of the leads by currency, in major units.
fn values(totals: &LeadTotals) -> Value {
    let sums = totals.sums.iter().map(|(code, cents)| {
        let (cents, currency) = (*cents, Currency::from_stored(code));
        json!({"currency": currency, "value": Money { cents, currency }.to_number()})
    });
    sums.collect()
}
