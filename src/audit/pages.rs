//! The page under `/admin/audit`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, users};
use crate::audit::filter::{Cursor, LogFilter, PagePosition};
use crate::audit::store;
use crate::audit::store::StoredEntry;
use crate::audit::views::LogPage;
use crate::error::Result;
use crate::records::fields::Fields;
use crate::web::html;

/// Entries on a page.
const PER_PAGE: usize = 50;

/// `GET /admin/audit`: who changed what, the newest first.
pub async fn list(visitor: PageRequest) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.http().query_string().as_bytes())?;
    let (filter, turn) = LogFilter::read(&query);
    let asked = filter.clone();
    let (entries, people, statuses) = visitor
        .read(move |conn, _| {
            let entries = match asked.unreadable.is_empty() {
                true => store::page(conn, &asked, turn, PER_PAGE as i64 + 1)?,
                false => Vec::new(),
            };
            let statuses = store::names(conn, "lead_status", &statuses_of(&entries))?;
            Ok((entries, users::list_all(conn)?, statuses))
        })
        .await?;
    let (entries, older, newer) = in_order(entries, turn);
    let view = LogPage {
        page: visitor.page(),
        entries,
        filter,
        people,
        statuses,
        older,
        newer,
    };
    html(StatusCode::OK, &view)
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

/// The entries of one page, newest first, with the marks of what lies on both sides.
fn in_order(
    mut entries: Vec<StoredEntry>,
    turn: PagePosition,
) -> (Vec<StoredEntry>, Option<Cursor>, Option<Cursor>) {
    let has_more = entries.len() > PER_PAGE;
    entries.truncate(PER_PAGE);
    let (has_older, has_newer) = match turn {
        PagePosition::Newest => (has_more, false),
        PagePosition::Before(_) => (has_more, true),
        PagePosition::After(_) => {
            entries.reverse();
            (true, has_more)
        }
    };
    let mark = |entry: Option<&StoredEntry>| {
        entry.map(|entry| Cursor {
            at: entry.recorded_at,
            id: entry.id,
        })
    };
    let older = mark(entries.last()).filter(|_| has_older);
    let newer = mark(entries.first()).filter(|_| has_newer);
    (entries, older, newer)
}
