//! Answering the offer of a lead.

use actix_web::HttpResponse;

use crate::access::ApiRequest;
use crate::channel::Channel;
use crate::clock::Zone;
use crate::error::Error;
use crate::error::Result;
use crate::idempotency::{Answer, run_once};
use crate::leads::actions::handoffs;
use crate::leads::domain::answer_form::AnswerForm;
use crate::leads::domain::handoff::OfferAnswer;
use crate::leads::domain::rights::Rights;
use crate::leads::http::api::schemas::LeadAnswer;
use crate::records::unsaved_fields::unsaved_except;
use crate::web::api_schemas::{Done, IdempotencyKey};
use crate::web::{Body, Id};

/// Answer an offer.
///
/// A lead that entered a status with a hand-off is offered to a user or a role. `accept`: you own it from now on. `reject`:
/// it goes back, and its owner stays. `recycle`: it waits until a day, and then for its owner. `withdraw`: for those who
/// made the offer, and for managers and administrators. Each offer has one answer.
#[utoipa::path(
    post, path = "/api/leads/{id}/handoff", operation_id = "answer_offer", tag = "Leads",
    params(("id" = i64, Path, example = 1), IdempotencyKey),
    request_body(content = LeadAnswer),
    responses(
        (status = 200, body = Done, description = "The offer is answered."),
        (status = 403, description = "The lead is offered to someone else, or someone else made the offer."),
        (status = 404),
        (status = 409, description = "Nothing is offered, it was answered already, or the lead is in the bin."),
        (status = 422, description = "`answer` is none of these, `reason` is missing or not one of the list, or `until` is not a future day.")
    )
)]
pub async fn answer(request: ApiRequest, Id(id): Id, body: Body) -> Result<HttpResponse> {
    let form = AnswerForm::read(&body.fields);
    let warnings = unsaved_except(&body.fields, &["answer", "reason", "until", "offer"])?;
    run_once(&request, &body.digest, move |conn, principal| {
        let (actor, rights) = (principal.actor(Channel::Handoff), Rights::of(principal));
        let reply = form.parse(Zone::UTC).map_err(Error::Invalid)?;
        handoffs::answer(conn, &actor, rights, id, &reply)?;
        Ok(Answer::ok(answered_key(reply.answer)).with_warnings(warnings.clone()))
    })
    .await
}

fn answered_key(answer: OfferAnswer) -> &'static str {
    match answer {
        OfferAnswer::Accept => "lead-api-accepted",
        OfferAnswer::Reject => "lead-api-rejected",
        OfferAnswer::Recycle => "lead-api-recycled",
        OfferAnswer::Withdraw => "lead-api-withdrawn",
    }
}
