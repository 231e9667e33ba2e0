use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::LIST;
use crate::access::{Permission, Visitor};
use crate::audit;
use crate::error::Result;
use crate::statuses::views::list::{ListPage, Outcome};
use crate::statuses::{Archived, Listing, store};
use crate::web::fields::Fields;
use crate::web::{Paging, html};

/// `GET /admin/leads/statuses`: the list.
pub async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.request().query_string().as_bytes())?;
    let mut listing = Listing::read(&query);
    let batch = visitor.page().flash.and_then(|flash| flash.batch);
    let read = visitor
        .read(move |conn, who| {
            let counts = store::count_by_kind(conn, &listing)?;
            let total = listing.total(&counts);
            listing.clamp(total);
            let rows = store::page(conn, &listing)?;
            let everything = Listing {
                archived: Archived::All,
                ..Listing::default()
            };
            let is_first_use = total == 0 && store::count_by_kind(conn, &everything)?.is_empty();
            let may_write = who.may(Permission::StatusesWrite);
            let outcome = match batch {
                Some(batch) => Outcome::of(batch, &audit::of_batch(conn, batch)?, may_write),
                None => None,
            };
            let may_export = who.may(Permission::StatusesExport);
            Ok((
                listing,
                counts,
                total,
                rows,
                outcome,
                may_write,
                may_export,
                is_first_use,
            ))
        })
        .await?;
    let (listing, counts, total, rows, outcome, may_write, may_export, is_first_use) = read;
    let others = listing.clone();
    let paging = Paging::new(total, listing.per, listing.page, move |page, per| {
        Listing {
            page,
            per,
            ..others.clone()
        }
        .url(LIST)
    });
    let page = visitor.page();
    let view = ListPage {
        page,
        listing,
        rows,
        counts,
        paging,
        outcome,
        may_write,
        may_export,
        is_first_use,
    };
    html(StatusCode::OK, &view)
}
