//! The visits behind a number.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::access::{PageRequest, Principal};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::records::fields::{Fields, FromFields};
use crate::reports::actions::answers::Reports;
use crate::reports::actions::ask::ask_leniently;
use crate::reports::actions::behind::{VisitsBehind, lead_names};
use crate::reports::domain::behind::BehindSet;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::views::behind::{BehindData, BehindPage};
use crate::web::{Query, html};

/// A number, and a page of what is behind it.
pub struct BehindQuery {
    query: ReportQuery,
    set: BehindSet,
    page: usize,
}

impl FromFields for BehindQuery {
    /// # Errors
    /// [`Error::NotFound`] if no number is named.
    fn from_fields(fields: Fields) -> Result<BehindQuery> {
        let page = fields.text("page").and_then(|page| page.parse().ok());
        Ok(BehindQuery {
            set: BehindSet::parse(&fields).ok_or(Error::NotFound)?,
            page: page.unwrap_or(1),
            query: ReportQuery::parse(&fields),
        })
    }
}

/// `GET /admin/reports/pipeline/visits`: the visits behind a number, the longest first.
pub async fn show(
    visitor: PageRequest,
    reports: Data<Reports>,
    Query(BehindQuery { query, set, page }): Query<BehindQuery>,
) -> Result<HttpResponse> {
    let asked_query = query.clone();
    let ask =
        move |conn: &mut Conn, principal: &Principal| ask_leniently(conn, principal, &asked_query);
    let asked = visitor.read(ask).await?;
    let (statuses, as_of) = (asked.statuses.clone(), asked.question.as_of);
    let found = reports.behind(&visitor.app().db, asked, set, page).await?;
    let data = BehindData {
        names: names(&visitor, &found).await?,
        query,
        set,
        statuses,
        as_of,
        found,
    };
    html(StatusCode::OK, &BehindPage::new(visitor.page(), data))
}

/// The names of the leads on the page.
async fn names(visitor: &PageRequest, found: &VisitsBehind) -> Result<HashMap<i64, String>> {
    let ids: Vec<i64> = found.visits.iter().map(|visit| visit.lead).collect();
    visitor.read(move |conn, _| lead_names(conn, &ids)).await
}
