use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::LIST;
use crate::access::{Permission, Visitor, Who};
use crate::audit;
use crate::db::Conn;
use crate::error::Result;
use crate::i18n::Message;
use crate::statuses::views::list::{ListData, ListPage, Outcome, Rights};
use crate::statuses::{Archived, Listing, seal, store};
use crate::web::fields::Fields;
use crate::web::{Flash, html};

/// `GET /admin/leads/statuses`: the list.
pub async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.request().query_string().as_bytes())?;
    let listing = Listing::read(&query);
    let batch = visitor.flash().and_then(|flash| flash.batch);
    let key = format!("statuses {} {batch:?}", listing.url(LIST));
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
    let counts = store::count_by_kind(conn, &listing)?;
    let total = listing.total(&counts);
    listing.clamp(total);
    let rights = Rights {
        may_write: who.may(Permission::StatusesWrite),
        may_export: who.may(Permission::StatusesExport),
    };
    let outcome = match batch {
        Some(batch) => Outcome::of(batch, &audit::of_batch(conn, batch)?, rights.may_write),
        None => None,
    };
    Ok(ListData {
        is_first_use: total == 0 && is_empty(conn)?,
        rows: store::page(conn, &listing)?,
        seal: seal(&store::order(conn)?),
        listing,
        counts,
        total,
        outcome,
        rights,
    })
}

/// True if there is no status at all, not even an archived one.
fn is_empty(conn: &mut Conn) -> Result<bool> {
    let everything = Listing {
        archived: Archived::All,
        ..Listing::default()
    };
    Ok(store::count_by_kind(conn, &everything)?.is_empty())
}
