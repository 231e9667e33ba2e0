use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::LIST;
use super::back::{WAY, path_of};
use super::form::id;
use super::show::{Known, know, refuse};
use crate::access::{Visitor, Who};
use crate::audit::shown_actor;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::act_forms::{self, MoveForm, PauseForm};
use crate::leads::views::ask::AskPage;
use crate::leads::views::pause::PausePage;
use crate::leads::views::show::Acting;
use crate::leads::{Lead, Rights, changes, move_held, standing, store, target};
use crate::statuses;
use crate::web::fields::Fields;
use crate::web::{Flash, Form, Raw, html};

/// A lead that this person may act on.
pub(super) fn seen(conn: &mut Conn, who: &Who, id: i64) -> Result<Lead> {
    let lead = store::find(conn, id)?;
    Rights::of(who).must_touch(&lead)?;
    changes::refuse_in_bin(&lead)?;
    Ok(lead)
}

/// The same, held until the transaction ends.
pub(super) fn held(conn: &mut Conn, who: &Who, id: i64) -> Result<Lead> {
    changes::held(conn, Rights::of(who), id)
}

/// `POST /admin/leads/{id}/status`: moves the lead.
pub async fn step(visitor: Visitor, path: web::Path<String>, form: Form) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    let sent = form.0;
    let typed = MoveForm::read(&sent);
    let moved = visitor
        .write(move |conn, who| step_on(conn, who, id, &typed))
        .await;
    match moved {
        Ok(told) => {
            let next = WAY.back_to(&sent, &path_of(id));
            Ok(visitor.redirect(&next, Some(Flash::ok(told))))
        }
        Err(error) => refuse_step(&visitor, id, &sent, error).await,
    }
}

/// Moves it, unless it is there already; what to say about it.
fn step_on(conn: &mut Conn, who: &Who, id: i64, typed: &MoveForm) -> Result<Message> {
    let order = typed.parse();
    if let Ok(order) = &order {
        statuses::keep(conn, &[order.to])?;
    }
    let lead = held(conn, who, id)?;
    let order = order.map_err(Error::Invalid)?;
    let status = target(conn, order.to)?;
    let told = |key| {
        Message::new(key)
            .with("name", lead.fields.name.as_str())
            .with("status", status.name.as_str())
    };
    if lead.status_id == order.to {
        return Ok(told("lead-moved-already"));
    }
    if typed.is_overtaken(lead.status_id, lead.version) {
        let current = lead.version;
        return Err(Error::StaleVersion { current });
    }
    let moved = told("lead-moved");
    let actor = who.actor(order.via.as_str());
    move_held(conn, &actor, Rights::of(who), &order, vec![lead])?;
    Ok(moved)
}

async fn refuse_step(
    visitor: &Visitor,
    id: i64,
    sent: &Fields,
    error: Error,
) -> Result<HttpResponse> {
    let mut acting = Acting {
        moving: MoveForm::read(sent),
        ..Acting::default()
    };
    let status = error.status();
    let is_overtaken = matches!(error, Error::StaleVersion { .. });
    match error {
        Error::Invalid(errors) => acting.move_errors = errors,
        Error::Conflict(why) => acting.why = Some(why),
        Error::StaleVersion { .. } => {}
        other => return Err(other),
    }
    let known = visitor
        .read(move |conn, who| know(conn, who, id, 0))
        .await?;
    if is_overtaken {
        acting.why = Some(overtaken(visitor, &known));
    }
    refuse(visitor, status, known, acting, sent)
}

/// Who was quicker, and what they did.
fn overtaken(visitor: &Visitor, known: &Known) -> Message {
    let last = standing(&known.visits).next_back();
    let who = last.map_or(known.lead.updated_by.as_str(), |last| last.actor.as_str());
    Message::new("lead-overtaken")
        .with("who", shown_actor(who, visitor.page().lang))
        .with("status", known.cast.named(known.lead.status_id).name)
}

/// `POST /admin/leads/{id}/notes`: writes something down about it.
pub async fn note(visitor: Visitor, path: web::Path<String>, form: Form) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    let sent = form.0;
    let typed = Raw::read(&sent, "note");
    let noted = visitor
        .write(move |conn, who| {
            let lead = held(conn, who, id)?;
            let note = act_forms::note(&typed).map_err(Error::Invalid)?;
            changes::note(conn, &who.actor("ui"), Rights::of(who), &[id], &note)?;
            Ok(lead)
        })
        .await;
    match noted {
        Ok(lead) => Ok(done(&visitor, &sent, &lead, "lead-noted")),
        Err(Error::Invalid(errors)) => {
            let acting = Acting {
                note: Raw::read(&sent, "note"),
                note_errors: errors,
                ..Acting::default()
            };
            let known = visitor
                .read(move |conn, who| know(conn, who, id, 0))
                .await?;
            refuse(
                &visitor,
                StatusCode::UNPROCESSABLE_ENTITY,
                known,
                acting,
                &sent,
            )
        }
        Err(error) => Err(error),
    }
}

/// 303 to where the form came from, with a sentence about the lead.
pub(super) fn done(
    visitor: &Visitor,
    sent: &Fields,
    lead: &Lead,
    key: &'static str,
) -> HttpResponse {
    let told = Message::new(key).with("name", lead.fields.name.as_str());
    let next = WAY.back_to(sent, &path_of(lead.id));
    visitor.redirect(&next, Some(Flash::ok(told)))
}

/// `GET /admin/leads/{id}/pause`: until when, and why.
pub async fn ask_pause(visitor: Visitor, path: web::Path<String>) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    let query = visitor.query()?;
    let lead = visitor.read(move |conn, who| seen(conn, who, id)).await?;
    let until = lead
        .paused_until
        .filter(|_| lead.is_paused(visitor.page().now));
    let typed = PauseForm {
        until: until.map_or(Raw::Absent, |until| Raw::Text(until.date().to_string())),
        reason: Raw::Text(lead.pause_reason.clone()),
    };
    let view = PausePage::new(visitor.page(), lead, typed, FieldErrors::new(), &query);
    html(StatusCode::OK, &view)
}

/// `POST /admin/leads/{id}/pause`: sets it aside until a day, or takes it up again: that has a button of its own.
pub async fn pause(visitor: Visitor, path: web::Path<String>, form: Form) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    let sent = form.0;
    let typed = PauseForm::read(&sent);
    let read = typed.clone();
    let paused = visitor
        .write(move |conn, who| pause_on(conn, who, id, &read))
        .await;
    let (status, errors, why) = match paused {
        Ok((lead, told)) => return Ok(done(&visitor, &sent, &lead, told)),
        Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors, None),
        Err(Error::Conflict(why)) => (StatusCode::CONFLICT, FieldErrors::new(), Some(why)),
        Err(error) => return Err(error),
    };
    let lead = visitor.read(move |conn, _| store::find(conn, id)).await?;
    let view = PausePage {
        why,
        ..PausePage::new(visitor.page(), lead, typed, errors, &sent)
    };
    html(status, &view)
}

/// Does it; the lead as it is then, and the key of what to say.
fn pause_on(
    conn: &mut Conn,
    who: &Who,
    id: i64,
    typed: &PauseForm,
) -> Result<(Lead, &'static str)> {
    let was_paused = held(conn, who, id)?.is_paused(who.now);
    let (until, reason) = typed.parse(typed.is_resuming()).map_err(Error::Invalid)?;
    let lead = changes::pause(conn, &who.actor("ui"), Rights::of(who), id, until, &reason)?;
    let told = match (until, was_paused) {
        (Some(_), _) => "lead-paused",
        (None, true) => "lead-resumed",
        (None, false) => "lead-not-paused",
    };
    Ok((lead, told))
}

/// `POST /admin/leads/{id}/delete`: into the bin, after a preview.
pub async fn delete(visitor: Visitor, path: web::Path<String>, form: Form) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    let sent = form.0;
    if !sent.is_on("confirm") {
        let lead = visitor.read(move |conn, _| store::find(conn, id)).await?;
        let back = WAY.back_to(&sent, &path_of(id));
        return html(StatusCode::OK, &AskPage::delete(visitor.page(), lead, back));
    }
    let lead = visitor
        .write(move |conn, who| {
            let lead = store::hold(conn, id)?;
            changes::delete(conn, &who.actor("ui"), Rights::of(who), &[id])?;
            Ok(lead)
        })
        .await?;
    let told = Message::new("lead-deleted").with("name", lead.fields.name.as_str());
    let list = WAY.list_of(&WAY.back_to(&sent, LIST));
    Ok(visitor.redirect(&list, Some(Flash::ok(told))))
}

/// `POST /admin/leads/{id}/restore`: out of the bin.
pub async fn restore(
    visitor: Visitor,
    path: web::Path<String>,
    form: Form,
) -> Result<HttpResponse> {
    let id = visitor.admit(id(&path)).await?;
    let sent = form.0;
    let lead = visitor
        .write(move |conn, who| {
            changes::restore(conn, &who.actor("ui"), Rights::of(who), &[id])?;
            store::find(conn, id)
        })
        .await?;
    Ok(done(&visitor, &sent, &lead, "lead-restored"))
}
