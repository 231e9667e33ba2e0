//! The visits behind a number.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::access::PageRequest;
use crate::error::{Error, Result};
use crate::records::fields::{Fields, FromFields};
use crate::reports::actions::counted_visits::{CountedVisit, CountedVisits};
use crate::reports::actions::report_cache::ReportCache;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::pages::page_report::PageReport;
use crate::reports::http::paths::VISITS_PATH;
use crate::reports::http::views::visits::VisitsPage;
use crate::web::{Query, html};

/// The parameters of a page: a report, the set that a number counts, and the number of the page.
pub struct VisitsQuery {
    query: ReportQuery,
    set: CountedSet,
    page: usize,
}

impl FromFields for VisitsQuery {
    /// # Errors
    /// Returns [`Error::NotFound`] if they name no set.
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
    let report = PageReport::of(&request, &query).await?;
    let counted = counted(&request, &reports, &report, set, page).await?;
    let conversion = report.prepared.spec.conversion;
    let link = (VISITS_PATH, [query.pairs(), set.to_query()].concat());
    let lead = |visit: &CountedVisit| visit.lead;
    let visits_page = VisitsPage {
        page: request.page(),
        listing: report
            .listing(&request, query, link, counted.page, lead)
            .await?,
        set,
        conversion,
        deleted: counted.deleted,
    };
    html(StatusCode::OK, &visits_page)
}

/// A page of the visits; none if a parameter is not valid.
async fn counted(
    request: &PageRequest,
    reports: &ReportCache,
    report: &PageReport,
    set: CountedSet,
    page: usize,
) -> Result<CountedVisits> {
    if !report.problems.is_empty() {
        return Ok(CountedVisits::default());
    }
    let (db, prepared) = (&request.app().db, report.prepared.clone());
    reports.counted_visits(db, prepared, set, page).await
}
