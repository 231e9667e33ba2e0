//! The page under `/admin/audit`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, users};
use crate::audit::filter::LogListing;
use crate::audit::{self, StoredEntry};
use crate::audit_log::views::{LogData, LogPage};
use crate::db::{Conn, ReadKind};
use crate::error::Result;
use crate::records::list::PageRows;
use crate::web::{Query, html};

/// Entries on a page.
const PER_PAGE: i64 = 50;

/// `GET /admin/audit`: who changed what, the newest first.
pub async fn list(request: PageRequest, Query(listing): Query<LogListing>) -> Result<HttpResponse> {
    let read = request.read_as(ReadKind::List, move |conn, _| load(conn, listing));
    let data = read.await?;
    html(StatusCode::OK, &LogPage::new(request.page(), data))
}

fn load(conn: &mut Conn, listing: LogListing) -> Result<LogData> {
    let entries = match listing.filter.unreadable.is_empty() {
        true => audit::list(conn, &listing, PER_PAGE + 1)?,
        false => Vec::new(),
    };
    Ok(LogData {
        statuses: audit::names(conn, "lead_status", &statuses_of(&entries))?,
        entries: PageRows::cut(entries, &listing.position, PER_PAGE),
        listing,
        people: users::list_all(conn)?,
    })
}

/// The statuses that entries about leads name by their numbers.
fn statuses_of(entries: &[StoredEntry]) -> Vec<i64> {
    let of_leads = entries.iter().filter(|entry| entry.subject == "lead");
    let snapshots = of_leads.flat_map(|entry| [entry.before::<serde_json::Value>(), entry.after()]);
    let mut ids: Vec<i64> = snapshots
        .flatten()
        .filter_map(|snapshot| snapshot.get("status")?.as_i64())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
