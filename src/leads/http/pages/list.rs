//! The list of leads.

use actix_web::HttpResponse;

use crate::access::{PageRequest, Principal};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::batch_outcome::BatchOutcome;
use crate::leads::actions::counts::{
    BoundedCount, ResultPage, StateCounts, count_matching, count_states, result_page,
};
use crate::leads::actions::filter_options::FilterOptions;
use crate::leads::actions::nearest_names::nearest_names;
use crate::leads::actions::related_records::RelatedRecords;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::rights::Rights;
use crate::leads::http::views::list::{ListData, ListPage};
use crate::leads::store::query::lead_query::LeadQuery;
use crate::web::Query;

/// `GET /admin/leads`: the list.
pub async fn list(request: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let listing = Listing::read(&query);
    let batch = request.flash().and_then(|flash| flash.batch);
    request
        .cached_page(
            move |conn, principal| load(conn, principal, listing, batch),
            ListPage::new,
        )
        .await
}

fn load(
    conn: &mut Conn,
    principal: &Principal,
    listing: Listing,
    batch: Option<i64>,
) -> Result<ListData> {
    let query = LeadQuery::load(conn, principal.user_id, principal.now, &listing.filter.q)?;
    let (results, counts, total) = match listing.filter.unreadable.is_empty() {
        true => load_page(conn, &listing, &query)?,
        false => (
            ResultPage::empty(&listing),
            StateCounts::default(),
            BoundedCount::default(),
        ),
    };
    let nearest = match results.page.rows.is_empty() {
        true => nearest_names(conn, &listing.filter)?,
        false => Vec::new(),
    };
    let outcome = match batch {
        Some(batch) => BatchOutcome::load(conn, batch, &query.statuses)?,
        None => None,
    };
    Ok(ListData {
        lookup: RelatedRecords::with_statuses(conn, query.statuses, &results.page.rows)?,
        options: FilterOptions::load(conn)?,
        rights: Rights::of(principal),
        now: principal.now,
        results,
        counts,
        total,
        outcome,
        nearest,
    })
}

/// A page of the list, the number of leads in each state, and the number of all.
fn load_page(
    conn: &mut Conn,
    listing: &Listing,
    query: &LeadQuery,
) -> Result<(ResultPage, StateCounts, BoundedCount)> {
    let results = result_page(conn, listing, query)?;
    let counts = match results.state_counts(&listing.filter, query) {
        Some(counts) => counts,
        None => count_states(conn, listing, query)?,
    };
    let total = count_matching(conn, listing, &counts, query)?.reconcile(&results);
    Ok((
        results,
        counts.with_total(listing.filter.state, total),
        total,
    ))
}
