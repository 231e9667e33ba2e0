//! The visits behind a number.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::access::PageRequest;
use crate::error::{Error, Result};
use crate::records::fields::{Fields, FromFields};
use crate::reports::actions::counted_visits::{CountedVisits, LeadLine, lead_lines};
use crate::reports::actions::report_cache::ReportCache;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::pages::page_report::PageReport;
use crate::reports::http::views::visits::{VisitsData, VisitsPage};
use crate::web::{Query, html};

/// A number, and a page of what is behind it.
pub struct VisitsQuery {
    query: ReportQuery,
    set: CountedSet,
    page: usize,
}

impl FromFields for VisitsQuery {
    /// # Errors
    /// [`Error::NotFound`] if no number is named.
    fn from_fields(fields: Fields) -> Result<VisitsQuery> {
        let page = fields.text("page").and_then(|page| page.parse().ok());
        Ok(VisitsQuery {
            set: CountedSet::parse(&fields).ok_or(Error::NotFound)?,
            page: page.unwrap_or(1),
            query: ReportQuery::parse(&fields),
        })
    }
}

/// `GET /admin/reports/pipeline/visits`: the visits behind a number, the longest first.
pub async fn show(
    request: PageRequest,
    reports: Data<ReportCache>,
    Query(VisitsQuery { query, set, page }): Query<VisitsQuery>,
) -> Result<HttpResponse> {
    let page_report = PageReport::of(&request, &query).await?;
    let found = found(&request, &reports, &page_report, set, page).await?;
    let data = VisitsData {
        leads: leads(&request, &found).await?,
        problems: page_report.problems,
        owners: page_report.owners,
        spec: page_report.resolved.spec,
        statuses: page_report.resolved.statuses,
        query,
        set,
        found,
    };
    html(StatusCode::OK, &VisitsPage::new(request.page(), data))
}

/// A page of the visits; none if a parameter is not valid.
async fn found(
    request: &PageRequest,
    reports: &ReportCache,
    page_report: &PageReport,
    set: CountedSet,
    page: usize,
) -> Result<CountedVisits> {
    if !page_report.problems.is_empty() {
        return Ok(CountedVisits::default());
    }
    let (db, report) = (&request.app().db, page_report.resolved.clone());
    reports.counted_visits(db, report, set, page).await
}

/// The leads on the page, by id.
async fn leads(request: &PageRequest, found: &CountedVisits) -> Result<HashMap<i64, LeadLine>> {
    let ids: Vec<i64> = found.visits.iter().map(|visit| visit.lead).collect();
    request.read(move |conn, _| lead_lines(conn, &ids)).await
}
