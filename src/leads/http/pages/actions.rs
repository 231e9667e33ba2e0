//! Actions on one lead: move, note, pause, delete and restore.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::audit::actor_label;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::actions::changes;
use crate::leads::actions::moves::{lock_target_status, move_locked};
use crate::leads::domain::action_forms as act_forms;
use crate::leads::domain::action_forms::{MoveForm, PauseForm};
use crate::leads::domain::history::effective_visits;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::rights::Rights;
use crate::leads::http::pages::show::{ShowData, load, render_refusal};
use crate::leads::http::paths::LIST_PATH;
use crate::leads::http::paths::{RETURN_TO, lead_path};
use crate::leads::http::views::confirm::ConfirmPage;
use crate::leads::http::views::pause::PausePage;
use crate::leads::http::views::show::LeadPageForms;
use crate::leads::store;
use crate::records::fields::Fields;
use crate::statuses;
use crate::web::{Flash, Form, FormValue, Id, Query, html};

/// Finds a lead that the user may edit.
pub(crate) fn find_editable(conn: &mut Conn, principal: &Principal, id: i64) -> Result<Lead> {
    let lead = store::find(conn, id)?;
    Rights::of(principal).require_edit(&lead)?;
    changes::require_not_deleted(&lead)?;
    Ok(lead)
}

/// Locks a lead that the user may edit.
pub(crate) fn lock_editable(conn: &mut Conn, principal: &Principal, id: i64) -> Result<Lead> {
    changes::lock_editable(conn, Rights::of(principal), id)
}

/// `POST /admin/leads/{id}/status`: moves the lead.
pub async fn move_lead(visitor: PageRequest, Id(id): Id, Form(sent): Form) -> Result<HttpResponse> {
    let typed = MoveForm::read(&sent);
    let moved = visitor
        .write(move |conn, principal| apply_move(conn, principal, id, &typed))
        .await;
    match moved {
        Ok(message) => {
            let next = RETURN_TO.read_or(&sent, &lead_path(id));
            Ok(visitor.redirect(&next, Some(Flash::ok(message))))
        }
        Err(error) => render_move_refusal(&visitor, id, &sent, error).await,
    }
}

/// Moves the lead, unless it is in the status already, and returns the message to show.
fn apply_move(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    typed: &MoveForm,
) -> Result<Message> {
    let lead_move = typed.parse();
    if let Ok(lead_move) = &lead_move {
        statuses::lock_shared(conn, &[lead_move.to])?;
    }
    let lead = lock_editable(conn, principal, id)?;
    let lead_move = lead_move.map_err(Error::Invalid)?;
    let status = lock_target_status(conn, lead_move.to)?;
    let message = |key| {
        Message::new(key)
            .with("name", lead.fields.name.as_str())
            .with("status", status.name.as_str())
    };
    if lead.status_id == lead_move.to {
        return Ok(message("lead-moved-already"));
    }
    if typed.is_stale(lead.status_id, lead.version) {
        let current = lead.version;
        return Err(Error::StaleVersion { current });
    }
    let moved = message("lead-moved");
    let actor = principal.actor(lead_move.channel.as_str());
    move_locked(conn, &actor, Rights::of(principal), &lead_move, vec![lead])?;
    Ok(moved)
}

async fn render_move_refusal(
    visitor: &PageRequest,
    id: i64,
    sent: &Fields,
    error: Error,
) -> Result<HttpResponse> {
    let mut acting = LeadPageForms {
        move_form: MoveForm::read(sent),
        ..LeadPageForms::default()
    };
    let status = error.status();
    let is_overtaken = matches!(error, Error::StaleVersion { .. });
    match error {
        Error::Invalid(errors) => acting.move_errors = errors,
        Error::Conflict(why) => acting.why = Some(why),
        Error::StaleVersion { .. } => {}
        other => return Err(other),
    }
    let data = visitor
        .read(move |conn, principal| load(conn, principal, id, 0))
        .await?;
    if is_overtaken {
        acting.why = Some(stale_message(visitor, &data));
    }
    render_refusal(visitor, status, data, acting, sent)
}

/// The message that names who moved the lead meanwhile, and where.
fn stale_message(visitor: &PageRequest, data: &ShowData) -> Message {
    let last = effective_visits(&data.visits).next_back();
    let mover = last.map_or(data.lead.updated_by.as_str(), |last| last.actor.as_str());
    Message::new("lead-overtaken")
        .with("who", actor_label(mover, visitor.page().lang))
        .with("status", data.lookup.named_status(data.lead.status_id).name)
}

/// `POST /admin/leads/{id}/notes`: adds a note.
pub async fn add_note(visitor: PageRequest, Id(id): Id, Form(sent): Form) -> Result<HttpResponse> {
    let typed = FormValue::read(&sent, "note");
    let noted = visitor
        .write(move |conn, principal| apply_note(conn, principal, id, &typed))
        .await;
    match noted {
        Ok(lead) => Ok(redirect_done(&visitor, &sent, &lead, "lead-noted")),
        Err(Error::Invalid(errors)) => render_note_refusal(&visitor, id, &sent, errors).await,
        Err(error) => Err(error),
    }
}

fn apply_note(conn: &mut Conn, principal: &Principal, id: i64, typed: &FormValue) -> Result<Lead> {
    let lead = lock_editable(conn, principal, id)?;
    let note = act_forms::parse_note(typed).map_err(Error::Invalid)?;
    let (actor, rights) = (principal.actor("ui"), Rights::of(principal));
    changes::add_note(conn, &actor, rights, &[id], &note)?;
    Ok(lead)
}

async fn render_note_refusal(
    visitor: &PageRequest,
    id: i64,
    sent: &Fields,
    errors: FieldErrors,
) -> Result<HttpResponse> {
    let acting = LeadPageForms {
        note: FormValue::read(sent, "note"),
        note_errors: errors,
        ..LeadPageForms::default()
    };
    let data = visitor
        .read(move |conn, principal| load(conn, principal, id, 0))
        .await?;
    render_refusal(
        visitor,
        StatusCode::UNPROCESSABLE_ENTITY,
        data,
        acting,
        sent,
    )
}

/// Redirects to the page that the form came from, with a message about the lead.
pub(crate) fn redirect_done(
    visitor: &PageRequest,
    sent: &Fields,
    lead: &Lead,
    key: &'static str,
) -> HttpResponse {
    let message = Message::new(key).with("name", lead.fields.name.as_str());
    let next = RETURN_TO.read_or(sent, &lead_path(lead.id));
    visitor.redirect(&next, Some(Flash::ok(message)))
}

/// `GET /admin/leads/{id}/pause`: the form for a pause.
pub async fn edit_pause(
    visitor: PageRequest,
    Id(id): Id,
    Query(query): Query,
) -> Result<HttpResponse> {
    let lead = visitor
        .read(move |conn, principal| find_editable(conn, principal, id))
        .await?;
    let until = lead
        .paused_until
        .filter(|_| lead.is_paused(visitor.page().now));
    let typed = PauseForm {
        until: until.map_or(FormValue::Absent, |until| {
            FormValue::Text(until.date().to_string())
        }),
        reason: FormValue::Text(lead.pause_reason.clone()),
    };
    let view = PausePage::new(visitor.page(), lead, typed, FieldErrors::new(), &query);
    html(StatusCode::OK, &view)
}

/// `POST /admin/leads/{id}/pause`: pauses the lead until a day, or ends its pause, which has a button of its own.
pub async fn pause(visitor: PageRequest, Id(id): Id, Form(sent): Form) -> Result<HttpResponse> {
    let typed = PauseForm::read(&sent);
    let read = typed.clone();
    let paused = visitor
        .write(move |conn, principal| apply_pause(conn, principal, id, &read))
        .await;
    let (status, errors, why) = match paused {
        Ok((lead, key)) => return Ok(redirect_done(&visitor, &sent, &lead, key)),
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

/// Pauses the lead or ends its pause; returns it with the catalogue key of the message.
fn apply_pause(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    typed: &PauseForm,
) -> Result<(Lead, &'static str)> {
    let was_paused = lock_editable(conn, principal, id)?.is_paused(principal.now);
    let (until, reason) = typed.parse(typed.is_resuming()).map_err(Error::Invalid)?;
    let lead = crate::leads::actions::pause::pause(
        conn,
        &principal.actor("ui"),
        Rights::of(principal),
        id,
        until,
        &reason,
    )?;
    let key = match (until, was_paused) {
        (Some(_), _) => "lead-paused",
        (None, true) => "lead-resumed",
        (None, false) => "lead-not-paused",
    };
    Ok((lead, key))
}

/// `POST /admin/leads/{id}/delete`: moves the lead into the bin, after a confirmation.
pub async fn delete(visitor: PageRequest, Id(id): Id, Form(sent): Form) -> Result<HttpResponse> {
    if !sent.is_on("confirm") {
        let lead = visitor.read(move |conn, _| store::find(conn, id)).await?;
        let back = RETURN_TO.read_or(&sent, &lead_path(id));
        return html(
            StatusCode::OK,
            &ConfirmPage::delete(visitor.page(), lead, back),
        );
    }
    let lead = visitor
        .write(move |conn, principal| {
            let lead = store::lock(conn, id)?;
            changes::delete(conn, &principal.actor("ui"), Rights::of(principal), &[id])?;
            Ok(lead)
        })
        .await?;
    let message = Message::new("lead-deleted").with("name", lead.fields.name.as_str());
    let list = RETURN_TO.list_of(&RETURN_TO.read_or(&sent, LIST_PATH));
    Ok(visitor.redirect(&list, Some(Flash::ok(message))))
}

/// `POST /admin/leads/{id}/restore`: takes the lead out of the bin.
pub async fn restore(visitor: PageRequest, Id(id): Id, Form(sent): Form) -> Result<HttpResponse> {
    let lead = visitor
        .write(move |conn, principal| {
            changes::restore(conn, &principal.actor("ui"), Rights::of(principal), &[id])?;
            store::find(conn, id)
        })
        .await?;
    Ok(redirect_done(&visitor, &sent, &lead, "lead-restored"))
}
