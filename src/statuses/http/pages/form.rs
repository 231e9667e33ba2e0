//! The forms for a new status and for an edit.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::audit::editor_names;
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};
use crate::records::edit::{EditOutcome, InvalidEdit, SavedEdit, labels};
use crate::records::fields::Fields;
use crate::statuses::actions::changes;
use crate::statuses::actions::edit;
use crate::statuses::actions::stats::lead_totals_of;
use crate::statuses::domain::form::{Mode, StatusForm};
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::http::pages::show::{batch_outcome, flash_batch};
use crate::statuses::http::paths::{LIST, RETURN_TO, status_path};
use crate::statuses::http::views::form::{
    EditPage, FormPart, NewPage, conflict_page, deleted_page,
};
use crate::statuses::store;
use crate::web::{Flash, Form, Id, Query, html};

/// The statuses that leads can come from: the id and the name.
fn origins(conn: &mut Conn) -> Result<Vec<(i64, String)>> {
    let in_use = store::list_in_use(conn)?.into_iter();
    Ok(in_use
        .map(|status| (status.id, status.name.to_string()))
        .collect())
}

/// `GET /admin/leads/statuses/new`: the empty form.
pub async fn new(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let batch = flash_batch(&request);
    let (outcome, origins) = request
        .read(move |conn, principal| Ok((batch_outcome(conn, principal, batch)?, origins(conn)?)))
        .await?;
    let form = FormPart::new(StatusForm::blank(), RETURN_TO.read(&query), origins);
    let view = NewPage {
        page: request.page(),
        outcome,
        form,
    };
    html(StatusCode::OK, &view)
}

/// `POST /admin/leads/statuses`: creates a status; an invalid form is shown again as it was typed.
pub async fn create(request: PageRequest, Form(sent): Form) -> Result<HttpResponse> {
    let typed = StatusForm::read(&sent);
    let saved = request
        .write(move |conn, principal| insert(conn, principal, &typed))
        .await;
    let back = RETURN_TO.read(&sent);
    match saved {
        Ok(flash) if sent.has("another") => {
            let next = RETURN_TO.add_to(&format!("{LIST}/new"), &back);
            Ok(request.redirect(&next, Some(flash)))
        }
        Ok(flash) => Ok(request.redirect(&back, Some(flash))),
        Err(error) => refuse_new(&request, &sent, error).await,
    }
}

/// The form again, as it was typed.
async fn refuse_new(request: &PageRequest, sent: &Fields, error: Error) -> Result<HttpResponse> {
    let (Error::Invalid(errors) | Error::Taken(errors)) = error else {
        return Err(error);
    };
    let origins = request.read(|conn, _| origins(conn)).await?;
    let typed = StatusForm::read(sent);
    let view = NewPage {
        page: request.page(),
        outcome: None,
        form: FormPart::with_errors(typed, errors, RETURN_TO.read(sent), origins),
    };
    html(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

fn insert(conn: &mut Conn, principal: &Principal, typed: &StatusForm) -> Result<Flash> {
    let fields = typed.parse(Mode::Create).map_err(Error::Invalid)?;
    let status = changes::create(conn, &principal.actor(Channel::Ui), &fields)?;
    let message = Message::new("status-saved-new").with("name", status.name.as_str());
    Ok(Flash::ok(message).with_batch(principal.batch_id))
}

/// `GET /admin/leads/statuses/{id}/edit`: the form with the present values.
pub async fn edit(request: PageRequest, Id(id): Id, Query(query): Query) -> Result<HttpResponse> {
    let (status, leads, origins) = request
        .read(move |conn, _| {
            let leads = lead_totals_of(conn, id)?.leads;
            Ok((store::find(conn, id)?, leads, origins(conn)?))
        })
        .await?;
    let back = RETURN_TO.read_or(&query, &status_path(id));
    let view = EditPage {
        page: request.page(),
        form: FormPart::new(StatusForm::of(&status), back, origins),
        status,
        leads,
    };
    html(StatusCode::OK, &view)
}

/// `POST /admin/leads/statuses/{id}`: saves an edit, merged with what others saved since it began.
pub async fn update(request: PageRequest, Id(id): Id, Form(sent): Form) -> Result<HttpResponse> {
    let back = RETURN_TO.read_or(&sent, &status_path(id));
    let edited = save(&request, id, sent).await?;
    respond(&request, edited, back).await
}

/// Saves the edit, or reads the record of an invalid one. Also returns the batch of its audit entries.
async fn save(
    request: &PageRequest,
    id: i64,
    sent: Fields,
) -> Result<(EditOutcome<LeadStatus>, i64)> {
    let typed = StatusForm::read(&sent);
    let saved = request.write(move |conn, principal| {
        let edited = edit::save(conn, &principal.actor(Channel::Ui), id, &sent)?;
        Ok((edited, principal.batch_id))
    });
    match saved.await {
        Err(Error::Invalid(errors)) => {
            let record = request.read(move |conn, _| store::find(conn, id)).await?;
            let unsaved = InvalidEdit {
                record,
                typed,
                errors,
            };
            Ok((EditOutcome::Invalid(unsaved), 0))
        }
        saved => saved,
    }
}

async fn respond(
    request: &PageRequest,
    (edited, batch): (EditOutcome<LeadStatus>, i64),
    back: String,
) -> Result<HttpResponse> {
    let page = request.page();
    match edited {
        EditOutcome::Saved(saved) => {
            let flash = flash(&saved, batch, page.lang);
            Ok(request.redirect(&back, Some(flash)))
        }
        EditOutcome::Invalid(invalid) => {
            let status = invalid.record;
            let id = status.id;
            let (leads, origins) = request
                .read(move |conn, _| Ok((lead_totals_of(conn, id)?.leads, origins(conn)?)))
                .await?;
            let form = FormPart::with_errors(invalid.typed, invalid.errors, back, origins);
            let view = EditPage {
                page,
                form,
                status,
                leads,
            };
            html(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        EditOutcome::Conflict(conflict) => {
            html(StatusCode::CONFLICT, &conflict_page(page, &conflict, back))
        }
        // The status has no page to return to.
        EditOutcome::Deleted(deleted) => html(
            StatusCode::CONFLICT,
            &deleted_page(page, &deleted, RETURN_TO.list_of(&back)),
        ),
    }
}

/// The message on the next page about a saved edit.
fn flash(saved: &SavedEdit<LeadStatus>, batch: i64, lang: Lang) -> Flash {
    let name = saved.record.name.as_str();
    let message = match (saved.is_changed, saved.merged_changes.is_empty()) {
        (false, _) => return Flash::ok(Message::new("status-saved-same").with("name", name)),
        (true, true) => Message::new("status-saved").with("name", name),
        (true, false) => Message::new("status-saved-merged")
            .with("name", name)
            .with("by", editor_names(&saved.merged_changes))
            .with("fields", labels(&saved.merged_changes, lang)),
    };
    Flash::ok(message).with_batch(batch)
}
