//! Answering the offer of a lead, and the leads that wait for a user.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::channel::Channel;
use crate::db::{Conn, ReadKind};
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::actions::handoffs;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::actions::waiting::list_waiting;
use crate::leads::domain::answer_form::AnswerForm;
use crate::leads::domain::handoff::{OfferAnswer, Receiver};
use crate::leads::domain::rights::Rights;
use crate::leads::http::pages::show::{list_of, load, render_refusal};
use crate::leads::http::paths::path_after;
use crate::leads::http::views::handoff::{AnswerData, AnswerPage, WaitingPage};
use crate::leads::http::views::show::LeadPageForms;
use crate::leads::store;
use crate::records::fields::Fields;
use crate::web::{Flash, Form, Id, Query, html};

/// `GET /admin/leads/offers`: the leads that wait for the user.
pub async fn list(request: PageRequest) -> Result<HttpResponse> {
    let (waiting, rights) = request
        .read_as(ReadKind::List, |conn, principal| {
            let rights = Rights::of(principal);
            let receiver = Receiver::of(rights, principal.now);
            Ok((list_waiting(conn, &receiver)?, rights))
        })
        .await?;
    let page = request.page();
    let view = WaitingPage {
        page,
        waiting,
        rights,
    };
    html(StatusCode::OK, &view)
}

/// `GET /admin/leads/{id}/handoff`: the form that answers the offer of a lead.
pub async fn edit(request: PageRequest, Id(id): Id, Query(query): Query) -> Result<HttpResponse> {
    let data = request
        .read(move |conn, principal| find_offer(conn, principal, id))
        .await?;
    let typed = AnswerForm::read(&query);
    let view = AnswerPage::new(request.page(), data, typed, FieldErrors::new(), &query);
    html(StatusCode::OK, &view)
}

/// The data of the form.
///
/// # Errors
/// [`Error::Conflict`] if nothing is offered; [`Error::Forbidden`] if the user may give no answer.
fn find_offer(conn: &mut Conn, principal: &Principal, id: i64) -> Result<AnswerData> {
    let (rights, lead) = (Rights::of(principal), store::find(conn, id)?);
    let (offer, reasons) = handoffs::find_open(conn, id)?;
    if !OfferAnswer::ALL
        .iter()
        .any(|answer| offer.allows(*answer, rights))
    {
        return Err(Error::Forbidden);
    }
    Ok(AnswerData {
        lookup: RelatedRecords::load_with_deleted(conn, std::slice::from_ref(&lead))?,
        lead,
        offer,
        reasons,
        rights,
    })
}

/// `POST /admin/leads/{id}/handoff`: answers the offer of a lead.
pub async fn answer(request: PageRequest, Id(id): Id, Form(fields): Form) -> Result<HttpResponse> {
    let typed = AnswerForm::read(&fields);
    let owned = typed.clone();
    let answered = request
        .write(move |conn, principal| apply(conn, principal, id, &owned))
        .await;
    match answered {
        Ok(message) => Ok(request.redirect(&path_after(&fields, id), Some(Flash::ok(message)))),
        Err(error) => refuse(&request, id, &fields, typed, error).await,
    }
}

fn apply(conn: &mut Conn, principal: &Principal, id: i64, typed: &AnswerForm) -> Result<Message> {
    let (actor, rights) = (principal.actor(Channel::Handoff), Rights::of(principal));
    let reply = typed.parse(principal.zone).map_err(Error::Invalid)?;
    let lead = handoffs::answer(conn, &actor, rights, id, &reply)?;
    let key = match reply.answer {
        OfferAnswer::Accept => "offer-accept-done",
        OfferAnswer::Reject => "offer-reject-done",
        OfferAnswer::Recycle => "offer-recycle-done",
        OfferAnswer::Withdraw => "offer-withdraw-done",
    };
    Ok(Message::new(key).with("name", lead.fields.name.as_str()))
}

/// The form again with its errors; for an answer that came too late, the page of the lead with the reason.
async fn refuse(
    request: &PageRequest,
    id: i64,
    fields: &Fields,
    typed: AnswerForm,
    error: Error,
) -> Result<HttpResponse> {
    match error {
        Error::Invalid(errors) => {
            let data = request
                .read(move |conn, principal| find_offer(conn, principal, id))
                .await?;
            let view = AnswerPage::new(request.page(), data, typed, errors, fields);
            html(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Error::Conflict(why) => {
            let list = list_of(fields, id);
            let data = request
                .read(move |conn, principal| load(conn, principal, id, 0, &list))
                .await?;
            let forms = LeadPageForms {
                why: Some(why),
                ..LeadPageForms::default()
            };
            let (status, fields) = (StatusCode::CONFLICT, Fields::default());
            render_refusal(request, status, data, forms, &fields)
        }
        error => Err(error),
    }
}
