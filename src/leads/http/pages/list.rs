//! The list of leads.

use actix_web::HttpResponse;

use crate::access::{PageRequest, Principal};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::counts::{
    BoundedCount, ResultPage, StateCounts, count_matching, count_states, result_page,
};
use crate::leads::actions::name_lookup::NameLookup;
use crate::leads::domain::listing::Listing;
use crate::leads::domain::rights::Rights;
use crate::leads::http::views::batch_outcome::BatchOutcome;
use crate::leads::http::views::filters::FilterOptions;
use crate::leads::http::views::list::{ListData, ListPage};
use crate::leads::store::list::ListContext;
use crate::leads::store::trigram::TrigramSearch;
use crate::statuses;
use crate::web::Query;

/// `GET /admin/leads`: the list.
pub async fn list(visitor: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let listing = Listing::read(&query);
    let batch = visitor.flash().and_then(|flash| flash.batch);
    visitor
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
    let statuses = statuses::list_all(conn)?;
    let resolved = listing.clone().for_user(principal.user_id);
    let trigrams = TrigramSearch::default();
    let context = ListContext::new(&statuses, principal.now, &trigrams);
    let (mut results, counts, total) = match resolved.unreadable.is_empty() {
        true => load_page(conn, &resolved, context)?,
        false => (
            ResultPage::empty(&resolved),
            StateCounts::default(),
            BoundedCount::default(),
        ),
    };
    // The URL keeps `owner=me`.
    results.listing.owner = listing.owner;
    let outcome = match batch {
        Some(batch) => BatchOutcome::load(conn, batch, &statuses)?,
        None => None,
    };
    Ok(ListData {
        lookup: NameLookup::with_statuses(conn, statuses, &results.rows)?,
        options: FilterOptions::load(conn)?,
        rights: Rights::of(principal),
        now: principal.now,
        results,
        counts,
        total,
        outcome,
    })
}

/// A page of the list, the number of leads in each state, and the number of all.
fn load_page(
    conn: &mut Conn,
    listing: &Listing,
    context: ListContext,
) -> Result<(ResultPage, StateCounts, BoundedCount)> {
    let results = result_page(conn, listing, context)?;
    let counts = match results.state_counts(listing, context) {
        Some(counts) => counts,
        None => count_states(conn, listing, context)?,
    };
    let total = count_matching(conn, listing, &counts, context)?.reconcile(&results);
    Ok((results, counts.with_total(listing.state, total), total))
}
