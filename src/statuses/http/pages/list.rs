//! The list of statuses.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::access::{PageRequest, Permission, Principal};
use crate::db::{Conn, ReadKind};
use crate::error::Result;
use crate::i18n::Message;
use crate::statuses::actions::stats::stats;
use crate::statuses::domain::listing::Listing;
use crate::statuses::domain::median_times::MedianTimes;
use crate::statuses::domain::order::order_etag;
use crate::statuses::http::pages::show::batch_outcome;
use crate::statuses::http::views::list::{ListData, ListPage, ListRights};
use crate::statuses::store;
use crate::web::{Flash, Query, html};

/// `GET /admin/leads/statuses`: the list.
pub async fn list(
    request: PageRequest,
    medians: Data<MedianTimes>,
    Query(query): Query,
) -> Result<HttpResponse> {
    let (listing, medians) = (Listing::read(&query), medians.get());
    let batch = request.flash().and_then(|flash| flash.batch);
    request
        .cached_page(
            move |conn, principal| load(conn, principal, listing, batch),
            move |page, data| ListPage::new(page, data).with_medians(medians),
        )
        .await
}

/// The present list with 409, for a move that was made from an older order.
pub(crate) async fn refuse_stale_move(request: &PageRequest) -> Result<HttpResponse> {
    let data = request
        .read_as(ReadKind::List, |conn, principal| {
            load(conn, principal, Listing::default(), None)
        })
        .await?;
    let mut page = request.page();
    page.flash = Some(Flash::error(Message::new("error-stale-order")));
    html(StatusCode::CONFLICT, &ListPage::new(page, data))
}

fn load(
    conn: &mut Conn,
    principal: &Principal,
    mut listing: Listing,
    batch: Option<i64>,
) -> Result<ListData> {
    let (mut counts, mut rows) = (Vec::new(), Vec::new());
    let mut total = 0;
    if listing.filter.unreadable.is_empty() {
        let resolved = store::resolve_listing(conn, &listing, principal.now)?;
        counts = store::count_by_kind(conn, &resolved)?;
        total = listing.total(&counts);
        rows = store::list_page(conn, &resolved, listing.clamp_page(total).0)?;
    }
    (listing.page, _) = listing.clamp_page(total);
    let rights = ListRights {
        can_write: principal.can(Permission::StatusesWrite),
        can_export: principal.can(Permission::StatusesExport),
    };
    Ok(ListData {
        is_first_use: total == 0 && store::is_empty(conn)?,
        stats: stats(conn, &rows, principal.now)?,
        outcome: batch_outcome(conn, principal, batch)?,
        order_etag: order_etag(&store::pipeline_ids(conn)?),
        rows,
        listing,
        counts,
        total,
        rights,
    })
}
