//! The page under `/admin/audit`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::views::{LogData, LogPage};
use crate::access::{PageRequest, users};
use crate::audit::filter::{Cursor, LogFilter, PagePosition};
use crate::audit::{self, StoredEntry};
use crate::db::Conn;
use crate::error::Result;
use crate::web::{Query, html};

/// Entries on a page.
const PER_PAGE: usize = 50;

/// `GET /admin/audit`: who changed what, the newest first.
pub async fn list(
    request: PageRequest,
    Query((filter, position)): Query<(LogFilter, PagePosition)>,
) -> Result<HttpResponse> {
    let data = request
        .read(move |conn, _| load(conn, filter, position))
        .await?;
    html(StatusCode::OK, &LogPage::new(request.page(), data))
}

fn load(conn: &mut Conn, filter: LogFilter, position: PagePosition) -> Result<LogData> {
    let entries = match filter.unreadable.is_empty() {
        true => audit::list(conn, &filter, position, PER_PAGE as i64 + 1)?,
        false => Vec::new(),
    };
    let statuses = audit::names(conn, "lead_status", &statuses_of(&entries))?;
    let (entries, older, newer) = in_order(entries, position);
    Ok(LogData {
        entries,
        filter,
        people: users::list_all(conn)?,
        statuses,
        older,
        newer,
    })
}

/// The statuses that entries about leads name by their numbers.
fn statuses_of(entries: &[StoredEntry]) -> Vec<i64> {
    let of_leads = entries.iter().filter(|entry| entry.subject == "lead");
    let snapshots = of_leads.flat_map(|entry| [entry.before(), entry.after()]);
    let mut found: Vec<i64> = snapshots
        .flatten()
        .filter_map(|snapshot| snapshot.get("status")?.as_i64())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The entries of one page, newest first, with the cursors of what lies on both sides.
fn in_order(
    mut entries: Vec<StoredEntry>,
    position: PagePosition,
) -> (Vec<StoredEntry>, Option<Cursor>, Option<Cursor>) {
    let has_more = entries.len() > PER_PAGE;
    entries.truncate(PER_PAGE);
    let (has_older, has_newer) = match position {
        PagePosition::Newest => (has_more, false),
        PagePosition::Before(_) => (has_more, true),
        PagePosition::After(_) => {
            entries.reverse();
            (true, has_more)
        }
    };
    let cursor = |entry: Option<&StoredEntry>| {
        entry.map(|entry| Cursor {
            at: entry.recorded_at,
            id: entry.id,
        })
    };
    let older = cursor(entries.last()).filter(|_| has_older);
    let newer = cursor(entries.first()).filter(|_| has_newer);
    (entries, older, newer)
}
