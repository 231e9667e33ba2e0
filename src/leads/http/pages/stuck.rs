//! The stuck list.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::clock::Timestamp;
use crate::db::{Conn, ReadKind};
use crate::error::Result;
use crate::leads::actions::filter_options::FilterOptions;
use crate::leads::actions::name_lookup::NameLookup;
use crate::leads::actions::stuck::{stuck_counts, stuck_page};
use crate::leads::domain::rights::Rights;
use crate::leads::domain::stuck_listing::StuckListing;
use crate::leads::http::views::stuck::{StuckData, StuckListPage};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::records::fields::Fields;
use crate::web::{Query, html};

/// `GET /admin/leads/stuck`: all stuck leads, the greatest age ÷ limit first.
pub async fn list(visitor: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    render(visitor, query, StuckListing::read).await
}

/// `GET /admin/leads/mine`: the user's own open leads in the same order.
pub async fn list_own(visitor: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    render(visitor, query, StuckListing::read_own).await
}

async fn render(
    visitor: PageRequest,
    query: Fields,
    read: fn(&Fields, Timestamp) -> StuckListing,
) -> Result<HttpResponse> {
    let data = visitor
        .read_as(ReadKind::List, move |conn, principal| {
            load(conn, principal, &read(&query, principal.now))
        })
        .await?;
    html(StatusCode::OK, &StuckListPage::new(visitor.page(), data))
}

fn load(conn: &mut Conn, principal: &Principal, stuck: &StuckListing) -> Result<StuckData> {
    let query = LeadQuery::load(conn, principal.user_id, principal.now, &stuck.filter.q)?;
    let results = stuck_page(conn, stuck, &query)?;
    Ok(StuckData {
        counts: stuck_counts(conn, stuck, &query)?.reconcile(&results),
        lookup: NameLookup::with_statuses(conn, query.statuses, &results.page.rows)?,
        options: FilterOptions::load(conn)?,
        rights: Rights::of(principal),
        now: principal.now,
        results,
    })
}
