use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{Visitor, Who, users};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::views::narrowed::Choices;
use crate::leads::views::stuck::{StuckData, StuckListPage};
use crate::leads::{Rights, Stuck, stuck_counts, stuck_page};
use crate::statuses;
use crate::web::fields::Fields;
use crate::web::html;

/// Where the stuck list is.
pub const STUCK: &str = "/admin/leads/stuck";

/// `GET /admin/leads/stuck`: all stuck leads, the worst first.
pub async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let query = Fields::from_urlencoded(visitor.request().query_string().as_bytes())?;
    let data = visitor
        .read(move |conn, who| load(conn, who, &Stuck::read(&query, who.now)))
        .await?;
    html(StatusCode::OK, &StuckListPage::new(visitor.page(), data))
}

fn load(conn: &mut Conn, who: &Who, stuck: &Stuck) -> Result<StuckData> {
    let statuses = statuses::everything(conn)?;
    let owner = stuck.filters.owner;
    // The address goes on saying "me".
    let asked = Stuck {
        filters: stuck.filters.clone().for_user(who.user_id),
        ..stuck.clone()
    };
    let mut shown = stuck_page(conn, &asked, &statuses, who.now)?;
    let counts = stuck_counts(conn, &asked, &statuses, who.now)?;
    shown.stuck.filters.owner = owner;
    let mut owners: Vec<i64> = shown
        .rows
        .iter()
        .filter_map(|lead| lead.fields.owner)
        .collect();
    owners.sort_unstable();
    owners.dedup();
    Ok(StuckData {
        names: users::names(conn, &owners)?,
        choices: Choices::read(conn)?,
        rights: Rights::of(who),
        now: who.now,
        statuses,
        counts,
        shown,
    })
}
