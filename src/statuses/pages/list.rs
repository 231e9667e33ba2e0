use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::LIST;
use super::show::outcome;
use crate::access::{Permission, Visitor, Who};
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Message;
use crate::statuses::views::list::{ListData, ListPage, Rights};
use crate::statuses::{Listing, occupancy, seal, store};
use crate::web::fields::Fields;
use crate::web::{Flash, html};

/// `GET /admin/leads/statuses`: the list.
pub async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.request().query_string().as_bytes())?;
    let listing = Listing::read(&query);
    let batch = visitor.flash().and_then(|flash| flash.batch);
    // Leads become stuck by the mere passing of time, so what was read holds for the second.
    let second = visitor.app().clock.now().second();
    let key = format!("statuses {second} {} {batch:?}", listing.url(LIST));
    let data = visitor
        .recall_or_read(&key, ListData::weight, move |conn, who| {
            load(conn, who, listing, batch)
        })
        .await?;
    visitor.render(&key, |page| ListPage::new(page, data))
}

/// The list as it is now, for someone whose move was made from an older order: 409.
pub(super) async fn refuse_stale_move(visitor: &Visitor) -> Result<HttpResponse> {
    let data = visitor
        .read(|conn, who| load(conn, who, Listing::default(), None))
        .await?;
    let mut page = visitor.page();
    page.flash = Some(Flash::error(Message::new("error-stale-order")));
    html(StatusCode::CONFLICT, &ListPage::new(page, Arc::new(data)))
}

fn load(conn: &mut Conn, who: &Who, mut listing: Listing, batch: Option<i64>) -> Result<ListData> {
    let (mut counts, mut rows) = (Vec::new(), Vec::new());
    let mut total = 0;
    if listing.unreadable.is_empty() {
        let asked = store::asked(conn, &listing, who.now)?;
        counts = store::count_by_kind(conn, &asked)?;
        total = listing.total(&counts);
        rows = store::page(conn, &asked, listing.place(total).0)?;
    }
    (listing.page, _) = listing.place(total);
    let rights = Rights {
        may_write: who.may(Permission::StatusesWrite),
        may_export: who.may(Permission::StatusesExport),
    };
    Ok(ListData {
        is_first_use: total == 0 && store::is_empty(conn)?,
        occupied: occupancy(conn, &rows, who.now)?,
        outcome: outcome(conn, who, batch)?,
        seal: seal(&store::order(conn)?),
        rows,
        listing,
        counts,
        total,
        rights,
    })
}
