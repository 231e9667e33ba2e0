//! The list of imports, and taking one back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::access::{PageRequest, Principal};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::{self, RunningImport};
use crate::pipeline::actions::past_imports::{self, PastImport};
use crate::pipeline::actions::undo;
use crate::pipeline::domain::undo::{SkippedRecord, UndoPreview};
use crate::pipeline::http::undo_outcome::wait_for_end;
use crate::pipeline::http::views::imports::{ImportLine, ImportsPage, UndoPage, UndoState};
use crate::pipeline::store::undos;
use crate::records::fields::parse_id;
use crate::web::{Form, Id, Query, html, job_html};

/// Imports of one page.
const PER_PAGE: usize = 50;

/// `GET /admin/leads/imports`: all imports, newest first.
pub async fn list(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let after = query.text("after").and_then(parse_id);
    let read = request.read(move |conn, principal| load_lines(conn, principal, after));
    let (running, mut lines) = read.await?;
    let has_more = lines.len() > PER_PAGE;
    lines.truncate(PER_PAGE);
    let last = lines.last().map(|line| line.change.entry.id);
    let view = ImportsPage {
        page: request.page(),
        running,
        older: last.filter(|_| has_more),
        lines,
    };
    html(StatusCode::OK, &view)
}

/// The imports that are under way, and one more of those that have ended than a page shows.
fn load_lines(
    conn: &mut Conn,
    principal: &Principal,
    after: Option<i64>,
) -> Result<(Vec<RunningImport>, Vec<ImportLine>)> {
    let changes = past_imports::list(conn, principal, after, PER_PAGE as i64 + 1)?;
    let lines = changes.into_iter().map(|change| ImportLine {
        can_undo: change.is_undoable(principal),
        change,
    });
    let running = match after {
        None => leads::running_imports(conn)?,
        Some(_) => Vec::new(),
    };
    Ok((running, lines.collect()))
}

/// `GET /admin/leads/imports/{id}/undo`: previews the undo of an import, or shows its result if it was undone.
pub async fn show_undo(request: PageRequest, Id(id): Id) -> Result<HttpResponse> {
    let read = request.read(move |conn, principal| load_change(conn, principal, id));
    let (change, refusal, skipped) = read.await?;
    let state = match (&change.undo, refusal) {
        (Some(_), _) => UndoState::Started(skipped),
        (None, Some(reason)) => UndoState::Refused(reason),
        (None, None) => match preview(&request, &change).await {
            Err(Error::Conflict(reason)) => UndoState::Refused(reason),
            preview => UndoState::Preview(preview?),
        },
    };
    render(&request, StatusCode::OK, change, state)
}

/// A change, why it can't be taken back, and what it skipped when it was.
fn load_change(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
) -> Result<(PastImport, Option<Message>, Vec<SkippedRecord>)> {
    let change = past_imports::find(conn, id)?;
    let skipped = match &change.undo {
        Some(undo) => undos::list_skipped(conn, undo.id)?,
        None => Vec::new(),
    };
    let refusal = match change.check(principal) {
        Err(Error::Conflict(message)) => Some(message),
        checked => checked.map(|()| None)?,
    };
    Ok((change, refusal, skipped))
}

async fn preview(request: &PageRequest, change: &PastImport) -> Result<UndoPreview> {
    let (db, change) = (request.app().db.clone(), change.clone());
    let preview = web::block(move || undo::preview(&db, &change)).await;
    preview.map_err(Error::internal)?
}

/// The page, which browsers load again every two seconds while the import is being taken back.
fn render(
    request: &PageRequest,
    status: StatusCode,
    change: PastImport,
    state: UndoState,
) -> Result<HttpResponse> {
    let undo = change.undo.as_ref();
    let is_under_way = undo.is_some_and(|undo| undo.finished_at.is_none());
    let page = request.page();
    let view = UndoPage {
        page,
        change,
        state,
    };
    job_html(status, &view, is_under_way)
}

/// `POST /admin/leads/imports/{id}/undo`: undoes an import; without `confirm=1`, previews that.
pub async fn undo_import(
    request: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    match fields.is_on("confirm") {
        true => take_back(&request, id).await,
        false => show_undo(request, Id(id)).await,
    }
}

async fn take_back(request: &PageRequest, id: i64) -> Result<HttpResponse> {
    let started = request
        .write(move |conn, principal| undo::start(conn, principal, id))
        .await;
    if let Err(Error::Conflict(reason)) = started {
        let change = request
            .read(move |conn, _| past_imports::find(conn, id))
            .await?;
        let state = UndoState::Refused(reason);
        return render(request, StatusCode::CONFLICT, change, state);
    }
    started?;
    wait_for_end(request.app(), id).await?;
    Ok(request.redirect(&format!("/admin/leads/imports/{id}/undo"), None))
}
