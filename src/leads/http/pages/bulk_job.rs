//! The page of a bulk action that runs in steps.

use std::time::{Duration, Instant};

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Permission, users};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::i18n::Message;
use crate::leads::actions::bulk::MAX_JUDGED;
use crate::leads::actions::bulk_jobs;
use crate::leads::domain::bulk_action::BulkAction;
use crate::leads::http::paths::{LIST_PATH, lead_path};
use crate::leads::http::views::bulk_job::BulkJobPage;
use crate::leads::store;
use crate::leads::store::bulk_jobs::{BulkJob, SkippedLead};
use crate::web::{Flash, Id, Page, job_html};

/// How long the answer waits for a job.
const WAIT_TIMEOUT: Duration = Duration::from_secs(8);
/// How often it looks, if this server does none of the steps.
const WAIT_INTERVAL: Duration = Duration::from_millis(250);

/// Waits for a job that takes seconds; a longer one has a page of its own.
pub(super) async fn wait_for_end(
    request: &PageRequest,
    id: i64,
    leads: usize,
) -> Result<HttpResponse> {
    let jobs = &request.app().jobs;
    jobs.wake();
    let until = Instant::now() + WAIT_TIMEOUT;
    while leads <= MAX_JUDGED && Instant::now() < until {
        let step = jobs.step_done();
        let (job, message) = request.read(move |conn, _| load_job(conn, id)).await?;
        if job.finished_at.is_some() && job.skipped_leads == 0 {
            let flash = Flash::ok(message).with_batch(id);
            return Ok(request.redirect(&job.back, Some(flash)));
        }
        if job.finished_at.is_some() {
            break;
        }
        // Another server may do the steps.
        let _ = tokio::time::timeout(WAIT_INTERVAL, step).await;
    }
    Ok(request.redirect(&format!("{LIST_PATH}/bulk/{id}"), None))
}

/// A job, and the message about what it has done.
fn load_job(conn: &mut Conn, id: i64) -> Result<(BulkJob, Message)> {
    let job = store::bulk_jobs::find(conn, id)?;
    let action = bulk_jobs::action_of(&job)?;
    let (changed, total) = (job.changed as usize, job.total as usize);
    let message = done_message(conn, &action, changed, total, "")?;
    Ok((job, message))
}

/// `GET /admin/leads/bulk/{id}`: the progress of a large action, for its user and for managers.
pub async fn show(request: PageRequest, Id(id): Id) -> Result<HttpResponse> {
    let read = request.read(move |conn, principal| {
        let (job, message) = load_job(conn, id)?;
        let is_own = job.user_id == principal.user_id;
        match is_own || principal.can(Permission::LeadsManage) {
            true => Ok((job, message, store::bulk_jobs::list_skipped(conn, id)?)),
            false => Err(Error::NotFound),
        }
    });
    let (job, message, skipped) = read.await?;
    let is_under_way = job.finished_at.is_none();
    let view = job_page(request.page(), job, message, skipped)?;
    job_html(StatusCode::OK, &view, is_under_way)
}

fn job_page(
    page: Page,
    job: BulkJob,
    message: Message,
    skipped: Vec<SkippedLead>,
) -> Result<BulkJobPage> {
    let named = skipped.into_iter();
    Ok(BulkJobPage {
        heading: page.tn(bulk_jobs::action_of(&job)?.button_key(), job.total),
        page,
        id: job.batch_id,
        back: job.back,
        total: job.total,
        done: job.done,
        skipped_count: job.skipped_leads,
        outcome: job.finished_at.map(|_| message),
        skipped: named
            .map(|lead| (lead_path(lead.id), lead.name, lead.reason))
            .collect(),
    })
}

/// The message about `count` of `total` leads that were changed; one of them has this name.
pub(super) fn done_message(
    conn: &mut Conn,
    action: &BulkAction,
    count: usize,
    total: usize,
    name: &str,
) -> Result<Message> {
    if count == 0 {
        return Ok(Message::new("lead-flash-unchanged").with("count", total));
    }
    let message = match action {
        BulkAction::Move(lead_move) => {
            let status = crate::statuses::find(conn, lead_move.to)?;
            Message::new("lead-flash-moved").with("status", status.name.as_str())
        }
        BulkAction::Assign(Some(owner)) => {
            let owner = users::find(conn, *owner)?;
            Message::new("lead-flash-assigned").with("owner", owner.name)
        }
        BulkAction::Assign(None) => Message::new("lead-flash-unassigned"),
        BulkAction::Pause { until: Some(_), .. } => Message::new("lead-flash-paused"),
        BulkAction::Pause { until: None, .. } => Message::new("lead-flash-resumed"),
        BulkAction::Note(_) => Message::new("lead-flash-noted"),
        BulkAction::Delete => Message::new("lead-flash-deleted"),
        BulkAction::Restore => Message::new("lead-flash-restored"),
    };
    Ok(message.with("count", count).with("name", name))
}
