use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::LIST;
use super::back::{back, back_to, list_of, query, with_back};
use super::show::{batch, outcome};
use crate::access::{Visitor, Who};
use crate::audit::{Touched, people};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Message};
use crate::statuses::edit::{self, Edited, Saved};
use crate::statuses::views::form::{ConflictPage, EditPage, FormPart, GonePage, NewPage};
use crate::statuses::{Mode, StatusForm, changes, headcount_of, label, store};
use crate::web::fields::parse_id;
use crate::web::{Flash, Form, html};

/// The page of one status.
fn path_of(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// `GET /admin/leads/statuses/new`: the empty form.
pub async fn new(visitor: Visitor) -> Result<HttpResponse> {
    let query = query(&visitor)?;
    let batch = batch(&visitor);
    let outcome = visitor
        .read(move |conn, who| outcome(conn, who, batch))
        .await?;
    let form = FormPart::new(StatusForm::blank(), back(&query));
    let page = visitor.page();
    html(
        StatusCode::OK,
        &NewPage {
            page,
            outcome,
            form,
        },
    )
}

/// `POST /admin/leads/statuses`: makes a status; what can't be accepted comes back as it was typed.
pub async fn create(visitor: Visitor, form: Form) -> Result<HttpResponse> {
    let sent = form.0;
    let typed = StatusForm::read(&sent);
    let made = visitor
        .write(move |conn, who| insert(conn, who, &typed))
        .await;
    let back = back(&sent);
    match made {
        Ok(flash) if sent.has("another") => {
            let again = with_back(&format!("{LIST}/new"), &back);
            Ok(visitor.redirect(&again, Some(flash)))
        }
        Ok(flash) => Ok(visitor.redirect(&back, Some(flash))),
        Err(Error::Invalid(errors) | Error::Taken(errors)) => {
            let form = FormPart::refused(StatusForm::read(&sent), errors, back);
            let page = visitor.page();
            html(
                StatusCode::UNPROCESSABLE_ENTITY,
                &NewPage {
                    page,
                    outcome: None,
                    form,
                },
            )
        }
        Err(error) => Err(error),
    }
}

fn insert(conn: &mut Conn, who: &Who, typed: &StatusForm) -> Result<Flash> {
    let fields = typed.parse(Mode::Create).map_err(Error::Invalid)?;
    let made = changes::create(conn, &who.actor("ui"), &fields)?;
    let told = Message::new("status-saved-new").with("name", made.name.as_str());
    Ok(Flash::ok(told).with_batch(who.batch_id))
}

/// `GET /admin/leads/statuses/{id}/edit`: the form as the status is.
pub async fn edit(visitor: Visitor, path: web::Path<String>) -> Result<HttpResponse> {
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    let query = query(&visitor)?;
    let (status, leads) = visitor
        .read(move |conn, _| Ok((store::find(conn, id)?, headcount_of(conn, id)?.leads)))
        .await?;
    let form = FormPart::new(StatusForm::of(&status), back_to(&query, &path_of(id)));
    let page = visitor.page();
    html(
        StatusCode::OK,
        &EditPage {
            page,
            form,
            status,
            leads,
        },
    )
}

/// `POST /admin/leads/statuses/{id}`: saves an edit, together with what others saved since it began.
pub async fn update(visitor: Visitor, path: web::Path<String>, form: Form) -> Result<HttpResponse> {
    let id = visitor
        .admit(parse_id(&path).ok_or(Error::NotFound))
        .await?;
    let sent = form.0;
    let back = back_to(&sent, &path_of(id));
    let edited = visitor
        .write(move |conn, who| Ok((edit::save(conn, &who.actor("ui"), id, &sent)?, who.batch_id)))
        .await?;
    answer(&visitor, edited, back)
}

fn answer(visitor: &Visitor, (edited, batch): (Edited, i64), back: String) -> Result<HttpResponse> {
    let page = visitor.page();
    match edited {
        Edited::Saved(saved) => {
            let flash = flash(&saved, batch, page.lang);
            Ok(visitor.redirect(&back, Some(flash)))
        }
        Edited::Refused(refused) => {
            let form = FormPart::refused(refused.typed, refused.errors, back);
            let status = refused.status;
            html(
                StatusCode::UNPROCESSABLE_ENTITY,
                &EditPage {
                    page,
                    form,
                    status,
                    leads: refused.leads,
                },
            )
        }
        Edited::Contested(contested) => html(
            StatusCode::CONFLICT,
            &ConflictPage::new(page, *contested, back),
        ),
        // There is no page of it to go back to.
        Edited::Gone(gone) => html(
            StatusCode::CONFLICT,
            &GonePage {
                page,
                gone: *gone,
                back: list_of(&back),
            },
        ),
    }
}

/// What the next page says about an edit that is saved.
fn flash(saved: &Saved, batch: i64, lang: Lang) -> Flash {
    let name = saved.status.name.as_str();
    let told = match (saved.is_changed, saved.kept.is_empty()) {
        (false, _) => return Flash::ok(Message::new("status-saved-same").with("name", name)),
        (true, true) => Message::new("status-saved").with("name", name),
        (true, false) => Message::new("status-saved-merged")
            .with("name", name)
            .with("by", people(&saved.kept))
            .with("fields", labels(&saved.kept, lang)),
    };
    Flash::ok(told).with_batch(batch)
}

fn labels(kept: &[Touched], lang: Lang) -> String {
    let words: Vec<&str> = kept.iter().map(|kept| lang.t(label(kept.field))).collect();
    words.join(", ")
}
