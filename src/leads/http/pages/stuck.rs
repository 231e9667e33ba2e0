//! The stuck list.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal, users};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::stuck::{StuckListing, stuck_counts, stuck_page};
use crate::leads::domain::rights::Rights;
use crate::leads::http::views::filters::FilterOptions;
use crate::leads::http::views::stuck::{StuckData, StuckListPage};
use crate::statuses;
use crate::web::{Query, html};

/// The path of the stuck list.
pub const STUCK_PATH: &str = "/admin/leads/stuck";

/// `GET /admin/leads/stuck`: all stuck leads, the greatest age ÷ limit first.
pub async fn list(visitor: PageRequest, Query(query): Query) -> Result<HttpResponse> {
    let data = visitor
        .read(move |conn, principal| {
            load(conn, principal, &StuckListing::read(&query, principal.now))
        })
        .await?;
    html(StatusCode::OK, &StuckListPage::new(visitor.page(), data))
}

fn load(conn: &mut Conn, principal: &Principal, stuck: &StuckListing) -> Result<StuckData> {
    let statuses = statuses::list_all(conn)?;
    let owner = stuck.filters.owner;
    // The URL keeps `owner=me`.
    let resolved = StuckListing {
        filters: stuck.filters.clone().for_user(principal.user_id),
        ..stuck.clone()
    };
    let mut results = stuck_page(conn, &resolved, &statuses, principal.now)?;
    let counts = stuck_counts(conn, &resolved, &statuses, principal.now)?;
    results.listing.filters.owner = owner;
    let mut owners: Vec<i64> = results
        .rows
        .iter()
        .filter_map(|lead| lead.fields.owner)
        .collect();
    owners.sort_unstable();
    owners.dedup();
    Ok(StuckData {
        owner_names: users::names(conn, &owners)?,
        options: FilterOptions::load(conn)?,
        rights: Rights::of(principal),
        now: principal.now,
        statuses,
        counts,
        results,
    })
}
