//! Voiding moves of a lead: the preview, then the change.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::channel::Channel;
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::actions::void;
use crate::leads::domain::history;
use crate::leads::domain::lead::Lead;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::visit::Visit;
use crate::leads::http::pages::lead_actions::{find_editable, lock_editable};
use crate::leads::http::paths::{RETURN_TO, lead_path};
use crate::leads::http::views::confirm::{ConfirmPage, VoidPreview};
use crate::leads::store;
use crate::records::edit;
use crate::records::fields::{Fields, parse_id};
use crate::web::{Flash, Form, Id, Ids, html};

/// `POST /admin/leads/{id}/visits/{visit}/void`: voids a move, after a preview.
pub async fn void_one(
    request: PageRequest,
    Ids(lead, visit): Ids,
    Form(fields): Form,
) -> Result<HttpResponse> {
    preview_or_void(request, lead, vec![visit], fields).await
}

/// `POST /admin/leads/{id}/void`: voids several moves, as a move and its reversal.
pub async fn void_several(
    request: PageRequest,
    Id(lead): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    let visits: Option<Vec<i64>> = fields.all("visits").into_iter().map(parse_id).collect();
    let visits = visits.filter(|visits| !visits.is_empty());
    let visits = visits.ok_or(Error::NotFound)?;
    preview_or_void(request, lead, visits, fields).await
}

async fn preview_or_void(
    request: PageRequest,
    id: i64,
    visits: Vec<i64>,
    fields: Fields,
) -> Result<HttpResponse> {
    let visit_ids = visits.clone();
    if !fields.is_on("confirm") {
        let data = request
            .read(move |conn, principal| load_preview(conn, principal, id, &visit_ids))
            .await?;
        return render_preview(&request, data, visits, &fields, None);
    }
    let version = fields.text("version").and_then(|text| text.parse().ok());
    let voided = request
        .write(move |conn, principal| {
            void::lock_return_statuses(conn, id)?;
            let lead = lock_editable(conn, principal, id)?;
            find_visits(conn, id, &visit_ids)?;
            edit::check_version(&lead, version)?;
            let (actor, rights) = (principal.actor(Channel::Ui), Rights::of(principal));
            let lead = void::void_locked(conn, &actor, rights, id, &visit_ids)?;
            let status = crate::statuses::find(conn, lead.status_id)?;
            Ok((lead, status.name.to_string()))
        })
        .await;
    match voided {
        Ok((lead, status)) => {
            let message = Message::new("lead-voided")
                .with("count", visits.len())
                .with("name", lead.fields.name.as_str())
                .with("status", status);
            let next = RETURN_TO.read_or(&fields, &lead_path(lead.id));
            Ok(request.redirect(&next, Some(Flash::ok(message))))
        }
        // The lead changed since the preview, so the preview is shown again.
        Err(Error::StaleVersion { current }) => {
            let visit_ids = visits.clone();
            let data = request
                .read(move |conn, principal| load_preview(conn, principal, id, &visit_ids))
                .await?;
            let why = Error::StaleVersion { current };
            render_preview(&request, data, visits, &fields, Some(why))
        }
        Err(error) => Err(error),
    }
}

type VoidPreviewData = (Lead, RelatedRecords, Vec<Visit>);

fn load_preview(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    visit_ids: &[i64],
) -> Result<VoidPreviewData> {
    let lead = find_editable(conn, principal, id)?;
    let visits = find_visits(conn, id, visit_ids)?;
    let lookup = RelatedRecords::load_with_deleted(conn, std::slice::from_ref(&lead))?;
    Ok((lead, lookup, visits))
}

/// The visits of a lead, which must include those to void.
fn find_visits(conn: &mut Conn, id: i64, visit_ids: &[i64]) -> Result<Vec<Visit>> {
    let visits = store::history::visits(conn, id)?;
    let is_of_lead = |id: &i64| visits.iter().any(|visit| visit.id == *id);
    match visit_ids.iter().all(is_of_lead) {
        true => Ok(visits),
        false => Err(Error::NotFound),
    }
}

/// The preview: how the visits change, or why they can't be voided.
fn render_preview(
    request: &PageRequest,
    (lead, lookup, visits): VoidPreviewData,
    ids: Vec<i64>,
    fields: &Fields,
    why: Option<Error>,
) -> Result<HttpResponse> {
    let page = request.page();
    let changes = history::plan_void(&visits, &ids, page.now);
    let preview = VoidPreview {
        lookup,
        visits,
        ids,
        changes: changes.as_deref().unwrap_or_default().to_vec(),
    };
    let refusal = changes.err().or_else(|| preview.refusal());
    let status = match refusal.is_some() || why.is_some() {
        true => StatusCode::CONFLICT,
        false => StatusCode::OK,
    };
    let can_confirm = refusal.is_none();
    let why = refusal.or_else(|| why.map(|why| why.message()));
    let back = RETURN_TO.read_or(fields, &lead_path(lead.id));
    let view = ConfirmPage::void(page, lead, &preview, why, can_confirm, back);
    html(status, &view)
}
