//! The list of imports, and taking one back.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};

use crate::access::PageRequest;
use crate::error::{Error, Result};
use crate::leads;
use crate::pipeline::actions::changes::{self, Change};
use crate::pipeline::actions::undo::{self, UndoPreview};
use crate::pipeline::http::undo_outcome::wait_for_end;
use crate::pipeline::http::views::imports::{ImportLine, ImportsPage, UndoPage, UndoState};
use crate::pipeline::store::undos;
use crate::records::fields::parse_id;
use crate::web::{Form, Id, Query, html};

const IMPORTS_PATH: &str = "/admin/leads/imports";
/// Imports of one page.
const PER_PAGE: usize = 50;

/// `GET /admin/leads/imports`: all imports, newest first.
pub async fn list(visitor: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let after = query.text("after").and_then(parse_id);
    let (running, mut lines) = visitor
        .read(move |conn, principal| {
            let changes = changes::list(conn, principal, after, PER_PAGE as i64 + 1)?;
            let lines = changes.into_iter().map(|change| ImportLine {
                can_undo: change.is_undoable(principal),
                change,
            });
            let running = leads::running_imports(conn)?;
            Ok((running, lines.collect::<Vec<ImportLine>>()))
        })
        .await?;
    let has_more = lines.len() > PER_PAGE;
    lines.truncate(PER_PAGE);
    let page = visitor.page();
    let view = ImportsPage {
        page,
        running: if after.is_none() { running } else { Vec::new() },
        older: lines
            .last()
            .filter(|_| has_more)
            .map(|line| line.change.entry.id),
        lines,
    };
    html(StatusCode::OK, &view)
}

/// `GET /admin/leads/imports/{id}/undo`: what taking an import back would do; or what it has done, if it was taken back.
pub async fn show_undo(visitor: PageRequest, Id(id): Id) -> Result<HttpResponse> {
    let (change, refusal, left) = visitor
        .read(move |conn, principal| {
            let change = changes::find(conn, id)?;
            let left = match &change.undo {
                Some(undo) => undos::left(conn, undo.id)?,
                None => Vec::new(),
            };
            let refusal = match change.check(principal) {
                Err(Error::Conflict(message)) => Some(message),
                checked => checked.map(|()| None)?,
            };
            Ok((change, refusal, left))
        })
        .await?;
    let is_under_way = change
        .undo
        .as_ref()
        .is_some_and(|undo| undo.finished_at.is_none());
    let state = match (&change.undo, refusal) {
        (Some(undo), _) => UndoState::Begun(undo.clone(), left),
        (None, Some(reason)) => UndoState::Refused(reason),
        (None, None) => match preview(&visitor, &change).await {
            Err(Error::Conflict(reason)) => UndoState::Refused(reason),
            preview => UndoState::Asked(preview?),
        },
    };
    render(&visitor, StatusCode::OK, change, state, is_under_way)
}

async fn preview(visitor: &PageRequest, change: &Change) -> Result<UndoPreview> {
    let (db, change) = (visitor.app().db.clone(), change.clone());
    let preview = web::block(move || undo::preview(&db, &change)).await;
    preview.map_err(Error::internal)?
}

fn render(
    visitor: &PageRequest,
    status: StatusCode,
    change: Change,
    state: UndoState,
    is_under_way: bool,
) -> Result<HttpResponse> {
    let page = visitor.page();
    let mut answer = html(
        status,
        &UndoPage {
            page,
            change,
            state,
        },
    )?;
    if is_under_way {
        let every = header::HeaderValue::from_static("2");
        let name = header::HeaderName::from_static("refresh");
        answer.headers_mut().insert(name, every);
    }
    Ok(answer)
}

/// `POST /admin/leads/imports/{id}/undo`: takes an import back; without `confirm=1`, says what that would do.
pub async fn undo_import(
    visitor: PageRequest,
    Id(id): Id,
    Form(fields): Form,
) -> Result<HttpResponse> {
    if !fields.is_on("confirm") {
        return show_undo(visitor, Id(id)).await;
    }
    let started = visitor
        .write(move |conn, principal| undo::start(conn, principal, id))
        .await;
    match started {
        Err(Error::Conflict(reason)) => {
            let change = visitor.read(move |conn, _| changes::find(conn, id)).await?;
            let state = UndoState::Refused(reason);
            return render(&visitor, StatusCode::CONFLICT, change, state, false);
        }
        started => started?,
    }
    wait_for_end(visitor.app(), id).await?;
    Ok(visitor.redirect(&format!("{IMPORTS_PATH}/{id}/undo"), None))
}
