//! The report of the pipeline.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::access::{PageRequest, Principal};
use crate::db::{Conn, ReadKind};
use crate::error::Result;
use crate::reports::actions::handoffs::offers;
use crate::reports::actions::prepare::PreparedReport;
use crate::reports::actions::report_cache::ReportCache;
use crate::reports::domain::handoffs::Offer;
use crate::reports::domain::query::{Comparison, ReportQuery};
use crate::reports::http::pages::compare::show_comparison;
use crate::reports::http::pages::page_report::PageReport;
use crate::reports::http::views::page::{PeriodFigures, PipelinePage, ReportData};
use crate::web::{Query, html};

/// `GET /admin/reports/pipeline`: the report, or with `compare` figures side by side.
pub async fn show(
    request: PageRequest,
    reports: Data<ReportCache>,
    Query(mut query): Query<ReportQuery>,
) -> Result<HttpResponse> {
    if query.compare == Some(Comparison::Owners) {
        query.owner = None;
    }
    let page_report = PageReport::of(&request, &query).await?;
    match query.compare {
        None => show_report(&request, &reports, query, page_report).await,
        Some(comparison) => {
            show_comparison(&request, &reports, query, comparison, page_report).await
        }
    }
}

async fn show_report(
    request: &PageRequest,
    reports: &ReportCache,
    query: ReportQuery,
    page_report: PageReport,
) -> Result<HttpResponse> {
    let (figures, offers) = match page_report.problems.is_empty() {
        true => answers(request, reports, &page_report.prepared).await?,
        false => (None, Vec::new()),
    };
    let as_of = figures.as_ref().map(|counted| counted.figures.as_of);
    let data = ReportData {
        query,
        as_of: as_of.unwrap_or(page_report.prepared.spec.as_of),
        problems: page_report.problems,
        figures,
        statuses: page_report.prepared.statuses,
        definition_changes: page_report.definition_changes,
        offers,
        owners: page_report.owners,
        sources: page_report.sources,
        can_set_limits: page_report.can_set_limits,
        origin: request.origin(),
        outcome: page_report.outcome,
    };
    html(StatusCode::OK, &PipelinePage::new(request.page(), data))
}

/// The figures of the period and of the one before, and the offers of the period.
async fn answers(
    request: &PageRequest,
    reports: &ReportCache,
    report: &PreparedReport,
) -> Result<(Option<PeriodFigures>, Vec<Offer>)> {
    let (db, prepared) = (&request.app().db, report.clone());
    let counted = reports
        .figures_of(db, report, &report.specs_with_period_before())
        .await?;
    let mut counted = counted.into_iter();
    let figures = counted.next().map(|figures| PeriodFigures {
        figures,
        before: counted.next(),
    });
    let read = move |conn: &mut Conn, _: &Principal| offers(conn, &prepared);
    let offers = request.read_as(ReadKind::Whole, read).await?;
    Ok((figures, offers))
}
