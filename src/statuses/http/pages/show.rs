//! The page of one status.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Permission, Principal};
use crate::audit::{self, StoredEntry};
use crate::db::Conn;
use crate::error::Result;
use crate::records::fields::parse_id;
use crate::statuses::actions::changes::{SUBJECT, SUBJECTS};
use crate::statuses::actions::stats::stats_of;
use crate::statuses::domain::definition_version::DefinitionVersion;
use crate::statuses::domain::stats::StatusStats;
use crate::statuses::domain::status::LeadStatus;
use crate::statuses::http::paths::RETURN_TO;
use crate::statuses::http::views::history::History;
use crate::statuses::http::views::outcome::BatchOutcome;
use crate::statuses::http::views::show::{PipelinePosition, ShowPage};
use crate::statuses::http::views::versions::{handoff_lines, origin_names, version_views};
use crate::statuses::store;
use crate::web::{Id, Query, html};

/// The entries of the history on one page.
const HISTORY: i64 = 20;

/// The data of the page of one status.
struct ShowData {
    status: LeadStatus,
    stats: StatusStats,
    position: Option<PipelinePosition>,
    entries: Vec<StoredEntry>,
    /// The result of the batch just done.
    outcome: Option<BatchOutcome>,
    can_write: bool,
    versions: Vec<DefinitionVersion>,
    /// The statuses that it names.
    named: Vec<LeadStatus>,
}

/// `GET /admin/leads/statuses/{id}`: what a status means, its leads and its history.
pub async fn show(request: PageRequest, Id(id): Id, Query(query): Query) -> Result<HttpResponse> {
    let before = query.text("before").and_then(parse_id);
    let batch = flash_batch(&request);
    let data = request
        .read(move |conn, principal| load(conn, principal, id, before, batch))
        .await?;
    let back = RETURN_TO.list_of(&RETURN_TO.read(&query));
    html(
        StatusCode::OK,
        &show_page(&request, data, before.is_some(), back),
    )
}

/// The page; `is_continued` if it does not show the newest entries of the history.
fn show_page(request: &PageRequest, data: ShowData, is_continued: bool, back: String) -> ShowPage {
    let page = request.page();
    ShowPage {
        history: History::of(&data.entries, HISTORY as usize, is_continued, page.lang),
        api: api_url(request, data.status.id),
        back,
        stats: data.stats,
        position: data.position,
        outcome: data.outcome,
        can_write: data.can_write,
        origins: origin_names(&data.status, &data.named, &page),
        handoff: handoff_lines(&data.status, &data.named, &page),
        versions: version_views(&data.versions, &page),
        status: data.status,
        page,
    }
}

/// Reads what the page shows; entries of the history older than `before`.
fn load(
    conn: &mut Conn,
    principal: &Principal,
    id: i64,
    before: Option<i64>,
    batch: Option<i64>,
) -> Result<ShowData> {
    let status = store::find(conn, id)?;
    Ok(ShowData {
        stats: stats_of(conn, &status, principal.now)?,
        position: pipeline_position(conn, &status)?,
        // Reads one more than is shown, to know whether there are older ones.
        entries: audit::list_by_subject(conn, SUBJECT, id, before, HISTORY + 1)?,
        outcome: batch_outcome(conn, principal, batch)?,
        can_write: principal.can(Permission::StatusesWrite),
        versions: store::definitions::list(conn, id)?,
        named: store::find_many(conn, &status.named_statuses())?,
        status,
    })
}

/// The batch of the previous request, from the flash message.
pub(crate) fn flash_batch(request: &PageRequest) -> Option<i64> {
    request.page().flash.and_then(|flash| flash.batch)
}

/// The result of that batch, for the banner with Undo.
pub(crate) fn batch_outcome(
    conn: &mut Conn,
    principal: &Principal,
    batch: Option<i64>,
) -> Result<Option<BatchOutcome>> {
    let Some(batch) = batch else {
        return Ok(None);
    };
    let entries = audit::list_by_batch(conn, batch, &SUBJECTS)?;
    // Moves of leads are not undone.
    let may_undo = principal.can(Permission::StatusesWrite)
        && !store::replacements::has_replacement_in_batch(conn, batch)?;
    Ok(BatchOutcome::of(batch, &entries, may_undo))
}

/// The position of the status in the pipeline; nothing if it is archived.
fn pipeline_position(conn: &mut Conn, status: &LeadStatus) -> Result<Option<PipelinePosition>> {
    if status.is_archived() {
        return Ok(None);
    }
    let pipeline = store::list_in_use(conn)?;
    Ok(PipelinePosition::of(&pipeline, status.id))
}

/// The address of this status in the API.
fn api_url(request: &PageRequest, id: i64) -> String {
    format!("{}/api/lead_statuses/{id}", request.origin())
}
