//! The report of the pipeline.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::access::{PageRequest, Principal};
use crate::db::{Conn, ReadKind};
use crate::error::Result;
use crate::reports::actions::answers::Reports;
use crate::reports::actions::ask::ReportRequest;
use crate::reports::actions::handoffs::offers;
use crate::reports::domain::handoffs::Offer;
use crate::reports::domain::query::{Comparison, ReportQuery};
use crate::reports::http::pages::compare::show_comparison;
use crate::reports::http::pages::page_question::PageQuestion;
use crate::reports::http::views::page::{PeriodFigures, PipelinePage, ReportData};
use crate::web::{Query, html};

/// `GET /admin/reports/pipeline`: the report, or with `compare` figures side by side.
pub async fn show(
    request: PageRequest,
    reports: Data<Reports>,
    Query(mut query): Query<ReportQuery>,
) -> Result<HttpResponse> {
    if query.compare == Some(Comparison::Owners) {
        query.owner = None;
    }
    let question = PageQuestion::of(&request, &query).await?;
    match query.compare {
        None => show_report(&request, &reports, query, question).await,
        Some(comparison) => show_comparison(&request, &reports, query, comparison, question).await,
    }
}

async fn show_report(
    request: &PageRequest,
    reports: &Reports,
    query: ReportQuery,
    question: PageQuestion,
) -> Result<HttpResponse> {
    let (figures, offers) = match question.problems.is_empty() {
        true => answers(request, reports, &question.asked).await?,
        false => (None, Vec::new()),
    };
    let as_of = figures.as_ref().map(|counted| counted.figures.as_of);
    let data = ReportData {
        query,
        as_of: as_of.unwrap_or(question.asked.question.as_of),
        problems: question.problems,
        figures,
        statuses: question.asked.statuses,
        definition_changes: question.definition_changes,
        offers,
        owners: question.owners,
        sources: question.sources,
        can_set_limits: question.can_set_limits,
        origin: request.origin(),
        outcome: question.outcome,
    };
    html(StatusCode::OK, &PipelinePage::new(request.page(), data))
}

/// The figures of the period and of the one before, and the offers of the period.
async fn answers(
    request: &PageRequest,
    reports: &Reports,
    asked: &ReportRequest,
) -> Result<(Option<PeriodFigures>, Vec<Offer>)> {
    let (db, asked_about) = (&request.app().db, asked.clone());
    let counted = reports.figures_of(db, asked, &asked.with_before()).await?;
    let mut counted = counted.into_iter();
    let figures = counted.next().map(|figures| PeriodFigures {
        figures,
        before: counted.next(),
    });
    let read = move |conn: &mut Conn, _: &Principal| offers(conn, &asked_about);
    let offers = request.read_as(ReadKind::Whole, read).await?;
    Ok((figures, offers))
}
