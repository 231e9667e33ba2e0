//! Deleting through the API, and saying what would happen.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use super::{actor, query, said};
use crate::access::Client;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};
use crate::money::{Currency, Money};
use crate::statuses::bulk::{self, Act, Verdict};
use crate::statuses::reference::{DeleteQuery, Deleted, IfMatch};
use crate::statuses::{Headcount, Replacement, Residents, store};
use crate::web::Condition;
use crate::web::fields::parse_id;
use crate::web::json as respond;

/// Delete a status.
///
/// For good; what is in use is never deleted. Leave `dry_run` out to do it. With `replace_with` its leads move first;
/// where they are many this takes a while: the answer says how many are `moving`, and the status is there until the
/// last has moved.
#[utoipa::path(
    delete, path = "/api/delete/lead_statuses/{id}", operation_id = "delete_lead_status", tag = "Lead statuses",
    params(("id" = i64, Path, example = 3), DeleteQuery, IfMatch),
    responses(
        (status = 200, body = Deleted, description = "It is deleted or about to be, or this is what would happen."),
        (status = 404),
        (status = 409, description = "It holds a role or leads are in it: `blockers` names them. Or leads are moving into or out of it just now."),
        (status = 412),
        (status = 422, description = "`replace_with` is no other status in use, or `restart_age` or `dry_run` is neither true nor false.")
    )
)]
pub async fn delete(client: Client, path: web::Path<String>) -> Result<HttpResponse> {
    let id = client.admit(parse_id(&path).ok_or(Error::NotFound)).await?;
    let query = client.admit(query(client.request())).await?;
    let is_dry = client.admit(query.is_dry()).await?;
    let replacement = Replacement::read(&query);
    if is_dry {
        return dry_run(&client, id, replacement).await;
    }
    let act = Act::Delete {
        replacement: client.admit(replacement).await?,
    };
    let condition = Condition::of(client.request());
    let residents = Residents::of(client.request())?;
    let hands = residents.clone();
    let verdicts = client
        .write(move |conn, who| {
            bulk::hold(conn, &act, &[id])?;
            condition.check(store::version(conn, id)?)?;
            bulk::carry_out(conn, &actor(who), &act, &[id], &hands)
        })
        .await?;
    let moving = bulk::moving(&verdicts);
    if moving == 0 {
        return respond(StatusCode::OK, &said("status-api-deleted"));
    }
    residents.ring();
    let mut answer = said("status-api-leaving");
    answer["moving"] = moving.into();
    respond(StatusCode::OK, &answer)
}

async fn dry_run(
    client: &Client,
    id: i64,
    replacement: Result<Option<Replacement>>,
) -> Result<HttpResponse> {
    let forecast = client
        .read(move |conn, _| {
            store::version(conn, id)?;
            let judged = replacement.and_then(|replacement| {
                let act = Act::Delete { replacement };
                Ok((bulk::judge(conn, &act, &[id])?, replacement))
            });
            forecast(judged)
        })
        .await?;
    respond(StatusCode::OK, &forecast)
}

/// What a dry run says: whether it would work, what stands in the way, and what moves where.
fn forecast(judged: Result<(Vec<Verdict>, Option<Replacement>)>) -> Result<Value> {
    let (verdicts, replacement) = match judged {
        Err(Error::Invalid(errors)) => {
            let told = errors.iter().map(|(_, message)| message.text(Lang::En));
            let message = told.collect::<Vec<_>>().join(" ");
            return Ok(
                json!({"status": false, "message": message, "dry_run": true, "blockers": []}),
            );
        }
        other => other?,
    };
    let [verdict] = verdicts.as_slice() else {
        return Err(Error::NotFound);
    };
    let message = match &verdict.refusal {
        Some(refusal) => refusal.clone(),
        None if verdict.is_fine() => Message::new("status-api-would-delete"),
        None => Message::new("status-api-would-not-delete"),
    };
    let mut body = json!({
        "status": verdict.is_fine(),
        "message": message.text(Lang::En),
        "dry_run": true,
        "leads": verdict.head.leads,
        "blockers": verdict.blockers,
    });
    if let Some(replacement) = replacement {
        let (open, closed) = verdict.open_and_closed();
        body["replace_with"] = replacement.to.into();
        body["open"] = open.into();
        body["closed"] = closed.into();
        body["in_bin"] = verdict.head.in_bin.into();
        body["values"] = values(&verdict.head);
    }
    let roles = verdict.handed_over.iter().map(|role| role.as_str());
    let roles: Vec<_> = roles.collect();
    if !roles.is_empty() {
        body["roles"] = json!(roles);
    }
    Ok(body)
}

/// What the leads are worth, by currency, in major units.
fn values(head: &Headcount) -> Value {
    let sums = head.sums.iter().map(|(code, cents)| {
        let (cents, currency) = (*cents, Currency::stored(code));
        json!({"currency": currency, "value": Money { cents, currency }.to_number()})
    });
    sums.collect()
}
