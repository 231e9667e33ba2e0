//! The stuck list.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::clock::Timestamp;
use crate::db::{Conn, ReadKind};
use crate::error::Result;
use crate::leads::actions::filter_options::FilterOptions;
use crate::leads::actions::name_lookup::NameLookup;
use crate::leads::actions::nearest_names::nearest_names;
use crate::leads::actions::stuck::{StuckPage, stuck_counts, stuck_page};
use crate::leads::domain::filters::Filter;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::stuck_listing::StuckListing;
use crate::leads::http::views::stuck::{StuckData, StuckListPage};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::records::fields::Fields;
use crate::records::filters::FilterSet as _;
use crate::records::list::List as _;
use crate::web::{Query, html};

/// `GET /admin/leads/stuck`: all stuck leads, the greatest age ÷ limit first.
pub async fn list(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    render(request, query, StuckListing::read).await
}

/// `GET /admin/leads/mine`: the user's own open leads in the same order.
pub async fn list_own(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    render(request, query, StuckListing::read_own).await
}

async fn render(
    request: PageRequest,
    query: Fields,
    read: fn(&Fields, Timestamp) -> StuckListing,
) -> Result<HttpResponse> {
    let data = request
        .read_as(ReadKind::List, move |conn, principal| {
            load(conn, principal, &read(&query, principal.now))
        })
        .await?;
    html(StatusCode::OK, &StuckListPage::new(request.page(), data))
}

fn load(conn: &mut Conn, principal: &Principal, stuck: &StuckListing) -> Result<StuckData> {
    let (query, results) = load_page(conn, principal, stuck)?;
    let nearest = match results.page.rows.is_empty() {
        true => nearest(conn, principal, stuck)?,
        false => Vec::new(),
    };
    Ok(StuckData {
        counts: stuck_counts(conn, stuck, &query)?.reconcile(&results),
        lookup: NameLookup::with_statuses(conn, query.statuses, &results.page.rows)?,
        options: FilterOptions::load(conn)?,
        rights: Rights::of(principal),
        now: principal.now,
        results,
        nearest,
    })
}

fn load_page(
    conn: &mut Conn,
    principal: &Principal,
    stuck: &StuckListing,
) -> Result<(LeadQuery, StuckPage)> {
    let query = LeadQuery::load(conn, principal.user_id, principal.now, &stuck.filter.q)?;
    let results = stuck_page(conn, stuck, &query)?;
    Ok((query, results))
}

/// The names nearest to a search, of leads in this list.
fn nearest(conn: &mut Conn, principal: &Principal, stuck: &StuckListing) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for name in nearest_names(conn, &stuck.filter)? {
        let mut search = stuck.without_filters(&[Filter::State, Filter::Owner]);
        search.filter.set(Filter::Q, &name);
        if !load_page(conn, principal, &search)?.1.page.rows.is_empty() {
            names.push(name);
        }
    }
    Ok(names)
}
