//! Compliance as a page, with the leads that don't meet the rules of their status.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::db::{Conn, ReadKind};
use crate::error::{Error, Result};
use crate::reports::actions::compliance::{compliance, failing_leads};
use crate::reports::actions::prepare::prepare;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::views::compliance::{CompliancePage, FailingPage};
use crate::statuses;
use crate::web::{Id, Query, html};

/// `GET /admin/reports/compliance`: how many leads meet the rules of their status now.
pub async fn show(request: PageRequest, Query(query): Query<ReportQuery>) -> Result<HttpResponse> {
    let figures = request
        .read_as(ReadKind::Whole, move |conn, principal| {
            let report = prepare(conn, principal, &query)?;
            compliance(conn, report.spec.period, principal.now)
        })
        .await?;
    let page = request.page();
    html(StatusCode::OK, &CompliancePage { page, figures })
}

/// `GET /admin/reports/compliance/{id}`: the leads of a status that don't meet its rules.
pub async fn failing(request: PageRequest, Id(id): Id) -> Result<HttpResponse> {
    let read = move |conn: &mut Conn, _: &Principal| {
        let status = statuses::find(conn, id)?;
        match status.is_archived() {
            true => Err(Error::NotFound),
            false => Ok((status.clone(), failing_leads(conn, &status)?)),
        }
    };
    let (status, leads) = request.read_as(ReadKind::Whole, read).await?;
    html(
        StatusCode::OK,
        &FailingPage::new(request.page(), status, leads),
    )
}
