//! Actions on one lead: move, note, pause, delete and restore.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::audit::actor_label;
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, FieldErrors, Result};
use crate::i18n::Message;
use crate::leads::actions::audit_entries;
use crate::leads::actions::changes;
use crate::leads::actions::moves::move_one;
use crate::leads::actions::pause;
use crate::leads::domain::history::last_mover;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::move_form::{MoveForm, parse_note};
use crate::leads::domain::pause_form::PauseForm;
use crate::leads::domain::rights::Rights;
use crate::leads::http::pages::move_page::{needs_form, render_missing};
use crate::leads::http::pages::show::{ShowData, list_of, load, render_refusal};
use crate::leads::http::paths::LIST_PATH;
use crate::leads::http::paths::{RETURN_TO, path_after};
use crate::leads::http::views::confirm::ConfirmPage;
use crate::leads::http::views::pause::PausePage;
use crate::leads::http::views::show::LeadPageForms;
use crate::leads::store;
use crate::records::fields::Fields;
use crate::records::form_value::FormValue;
use crate::web::{Flash, Form, Id, Query, html};

/// Finds a lead that the user may edit.
pub(crate) fn find_editable(conn: &mut Conn, principal: &Principal, id: i64) -> Result<Lead> {
    let lead = store::find(conn, id)?;
    Rights::of(principal).require_edit(&lead)?;
    audit_entries::require_not_in_bin(&lead)?;
    Ok(lead)
}

/// Locks a lead that the user may edit.
pub(crate) fn lock_editable(conn: &mut Conn, principal: &Principal, id: i64) -> Result<Lead> {
    audit_entries::lock_editable(conn, Rights::of(principal), id)
}

/// `POST /admin/leads/{id}/status`: moves the lead.
pub async fn move_lead(
    request: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    let typed = MoveForm::read_in_lang(&fields, Some(request.page().lang));
    let moved = request
        .write(move |conn, principal| apply_move(conn, principal, id, &typed))
        .await;
    match moved {
        Ok(Some(message)) => {
            Ok(request.redirect(&path_after(&fields, id), Some(Flash::ok(message))))
        }
        Ok(None) => render_form_refusal(&request, id, &fields, None).await,
        Err(error) if needs_form(&error, &fields) => {
            render_missing(&request, id, &fields, "status", error).await
        }
        Err(error) => render_form_refusal(&request, id, &fields, Some(error)).await,
    }
}

/// Moves the lead, unless it is in the status already, and returns the message to show; nothing if it is stale.
fn apply_move(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    typed: &MoveForm,
) -> Result<Option<Message>> {
    let (actor, rights) = (principal.actor(Channel::Ui), Rights::of(principal));
    let lead_move = typed.parse(principal.zone);
    let to = lead_move.as_ref().ok().map(|lead_move| lead_move.to);
    let prepare = |lead: &Lead| {
        audit_entries::require_not_in_bin(lead)?;
        lead_move.map_err(Error::Invalid)
    };
    let is_stale = |lead: &Lead| Ok(typed.is_stale(lead.status_id, lead.version));
    let moved = move_one(conn, &actor, rights, id, to, prepare, is_stale)?;
    Ok(moved.message("lead-moved", "lead-moved-already"))
}

/// The page of the lead with the refused move or note and the reason; without an error, the user saw another state of
/// the lead.
async fn render_form_refusal(
    request: &PageRequest,
    id: i64,
    fields: &Fields,
    error: Option<Error>,
) -> Result<HttpResponse> {
    let mut forms = LeadPageForms {
        move_form: MoveForm::read(fields),
        ..LeadPageForms::default()
    };
    let status = error.as_ref().map_or(StatusCode::CONFLICT, Error::status);
    let is_stale = error.is_none();
    match error {
        Some(Error::Invalid(errors)) => forms.errors = errors,
        Some(Error::Conflict(why)) => forms.why = Some(why),
        Some(other) => return Err(other),
        None => {}
    }
    let list = list_of(fields, id);
    let data = request
        .read(move |conn, principal| load(conn, principal, id, 0, &list))
        .await?;
    if is_stale {
        forms.why = Some(stale_message(request, &data));
    }
    render_refusal(request, status, data, forms, fields)
}

/// The message that names who moved the lead meanwhile, and where.
fn stale_message(request: &PageRequest, data: &ShowData) -> Message {
    let mover = last_mover(&data.lead, &data.visits);
    Message::new("lead-overtaken")
        .with("who", actor_label(mover, request.page().lang))
        .with("status", data.lookup.named_status(data.lead.status_id).name)
}

/// `POST /admin/leads/{id}/notes`: adds a note.
pub async fn add_note(
    request: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    let typed = FormValue::read(&fields, "note");
    let noted = request
        .write(move |conn, principal| apply_note(conn, principal, id, &typed))
        .await;
    match noted {
        Ok(lead) => Ok(redirect_done(&request, &fields, &lead, "lead-noted")),
        Err(error @ Error::Invalid(_)) => {
            render_form_refusal(&request, id, &fields, Some(error)).await
        }
        Err(error) => Err(error),
    }
}

fn apply_note(conn: &mut Conn, principal: &Principal, id: i64, typed: &FormValue) -> Result<Lead> {
    let lead = lock_editable(conn, principal, id)?;
    let note = parse_note(typed).map_err(Error::Invalid)?;
    let (actor, rights) = (principal.actor(Channel::Ui), Rights::of(principal));
    changes::add_note(conn, &actor, rights, &[id], &note)?;
    Ok(lead)
}

/// Redirects to where the form leads ([`path_after`]), with a message about the lead.
pub(crate) fn redirect_done(
    request: &PageRequest,
    fields: &Fields,
    lead: &Lead,
    key: &'static str,
) -> HttpResponse {
    let message = Message::new(key).with("name", lead.fields.name.as_str());
    let next = path_after(fields, lead.id);
    request.redirect(&next, Some(Flash::ok(message)))
}

/// `GET /admin/leads/{id}/pause`: the form for a pause.
pub async fn edit_pause(
    request: PageRequest,
    Id(id): Id,
    Query(query): Query,
) -> Result<HttpResponse> {
    let lead = request
        .read(move |conn, principal| find_editable(conn, principal, id))
        .await?;
    let day = lead
        .resumes_on
        .filter(|_| lead.is_paused(request.page().now));
    let typed = PauseForm {
        until: day.map_or(FormValue::Absent, |day| FormValue::Text(day.to_string())),
        reason: FormValue::Text(lead.pause_reason.clone()),
    };
    let view = PausePage::new(request.page(), lead, typed, FieldErrors::new(), &query);
    html(StatusCode::OK, &view)
}

/// `POST /admin/leads/{id}/pause`: pauses the lead until a day, or ends its pause, which has a button of its own.
pub async fn pause_lead(
    request: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    let typed = PauseForm::read(&fields);
    let owned = typed.clone();
    let paused = request
        .write(move |conn, principal| apply_pause(conn, principal, id, &owned))
        .await;
    match paused {
        Ok((lead, key)) => Ok(redirect_done(&request, &fields, &lead, key)),
        Err(error) => render_pause_refusal(&request, id, &fields, typed, error).await,
    }
}

/// The form again, with the errors at its fields or the reason of the refusal.
async fn render_pause_refusal(
    request: &PageRequest,
    id: i64,
    fields: &Fields,
    typed: PauseForm,
    error: Error,
) -> Result<HttpResponse> {
    let (status, errors, why) = match error {
        Error::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors, None),
        Error::Conflict(why) => (StatusCode::CONFLICT, FieldErrors::new(), Some(why)),
        error => return Err(error),
    };
    let lead = request.read(move |conn, _| store::find(conn, id)).await?;
    let view = PausePage {
        why,
        ..PausePage::new(request.page(), lead, typed, errors, fields)
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
    let parsed = typed.parse(typed.is_resuming(), principal.zone, None);
    let (until, reason) = parsed.map_err(Error::Invalid)?;
    let (actor, rights) = (principal.actor(Channel::Ui), Rights::of(principal));
    let lead = pause::pause(conn, &actor, rights, id, until, &reason)?;
    let key = match (until, was_paused) {
        (Some(_), _) => "lead-paused",
        (None, true) => "lead-resumed",
        (None, false) => "lead-not-paused",
    };
    Ok((lead, key))
}

/// `POST /admin/leads/{id}/delete`: moves the lead into the bin, after a confirmation.
pub async fn delete(request: PageRequest, Id(id): Id, Form(fields): Form) -> Result<HttpResponse> {
    if !fields.is_on("confirm") {
        let lead = request.read(move |conn, _| store::find(conn, id)).await?;
        let view = ConfirmPage::delete(request.page(), lead, &fields);
        return html(StatusCode::OK, &view);
    }
    let lead = request
        .write(move |conn, principal| move_into_bin(conn, principal, id))
        .await?;
    let message = Message::new("lead-deleted").with("name", lead.fields.name.as_str());
    let next = match fields.text("next") {
        Some(_) => path_after(&fields, id),
        None => RETURN_TO.list_of(&RETURN_TO.read_or(&fields, LIST_PATH)),
    };
    Ok(request.redirect(&next, Some(Flash::ok(message))))
}

fn move_into_bin(conn: &mut Conn, principal: &Principal, id: i64) -> Result<Lead> {
    let lead = store::lock(conn, id)?;
    let (actor, rights) = (principal.actor(Channel::Ui), Rights::of(principal));
    changes::delete(conn, &actor, rights, &[id])?;
    Ok(lead)
}

/// `POST /admin/leads/{id}/restore`: takes the lead out of the bin.
pub async fn restore(request: PageRequest, Id(id): Id, Form(fields): Form) -> Result<HttpResponse> {
    let lead = request
        .write(move |conn, principal| {
            let (actor, rights) = (principal.actor(Channel::Ui), Rights::of(principal));
            changes::restore(conn, &actor, rights, &[id])?;
            store::find(conn, id)
        })
        .await?;
    Ok(redirect_done(&request, &fields, &lead, "lead-restored"))
}
