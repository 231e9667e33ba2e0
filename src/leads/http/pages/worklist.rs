//! The worklists: the stuck list, and the list of the user's own leads.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::clock::Timestamp;
use crate::db::{Conn, ReadKind};
use crate::error::Result;
use crate::leads::actions::filter_options::FilterOptions;
use crate::leads::actions::nearest_names::nearest_names;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::actions::worklist::{WorklistRows, worklist_counts, worklist_page};
use crate::leads::domain::filters::Filter;
use crate::leads::domain::rights::Rights;
use crate::leads::domain::worklist::Worklist;
use crate::leads::http::views::worklist::{WorklistData, WorklistPage};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::records::fields::Fields;
use crate::records::filters::FilterSet as _;
use crate::records::list::List as _;
use crate::web::{Query, html};

/// `GET /admin/leads/stuck`: all stuck leads, the greatest age ÷ limit first.
pub async fn list_stuck(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    render(request, query, Worklist::read).await
}

/// `GET /admin/leads/mine`: the user's own open leads in the same order.
pub async fn list_own(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    render(request, query, Worklist::read_own).await
}

async fn render(
    request: PageRequest,
    query: Fields,
    read: fn(&Fields, Timestamp) -> Worklist,
) -> Result<HttpResponse> {
    let data = request
        .read_as(ReadKind::List, move |conn, principal| {
            load(conn, principal, &read(&query, principal.now))
        })
        .await?;
    html(StatusCode::OK, &WorklistPage::new(request.page(), data))
}

fn load(conn: &mut Conn, principal: &Principal, worklist: &Worklist) -> Result<WorklistData> {
    let (query, results) = load_page(conn, principal, worklist)?;
    let nearest = match results.page.rows.is_empty() {
        true => nearest(conn, principal, worklist)?,
        false => Vec::new(),
    };
    Ok(WorklistData {
        counts: worklist_counts(conn, worklist, &query)?.reconcile(&results),
        lookup: RelatedRecords::with_statuses(conn, query.statuses, &results.page.rows)?,
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
    worklist: &Worklist,
) -> Result<(LeadQuery, WorklistRows)> {
    let query = LeadQuery::load(conn, principal.user_id, principal.now, &worklist.filter.q)?;
    let results = worklist_page(conn, worklist, &query)?;
    Ok((query, results))
}

/// The names nearest to a search, of leads in this list.
fn nearest(conn: &mut Conn, principal: &Principal, worklist: &Worklist) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for name in nearest_names(conn, &worklist.filter)? {
        let mut search = worklist.without_filters(&[Filter::State, Filter::Owner]);
        search.filter.set(Filter::Q, &name);
        if !load_page(conn, principal, &search)?.1.page.rows.is_empty() {
            names.push(name);
        }
    }
    Ok(names)
}
