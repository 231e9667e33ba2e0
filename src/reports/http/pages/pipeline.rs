//! The page of the pipeline.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;

use crate::access::{PageRequest, Permission, Principal, Role};
use crate::db::Conn;
use crate::error::Result;
use crate::leads::actions::filter_options::FilterOptions;
use crate::records::fields::{Fields, FromFields};
use crate::reports::actions::answers::Reports;
use crate::reports::actions::ask::{Asked, ask_leniently};
use crate::reports::domain::query::ReportQuery;
use crate::reports::domain::question::ReportQuestion;
use crate::reports::http::views::page::{PipelinePage, ReportData};
use crate::statuses::http::views::outcome::BatchOutcome;
use crate::statuses::pages::show::{batch_outcome, flash_batch};
use crate::web::{Query, html};

impl FromFields for ReportQuery {
    fn from_fields(fields: Fields) -> Result<ReportQuery> {
        Ok(ReportQuery::parse(&fields))
    }
}

/// What the page shows besides figures.
pub(super) struct Around {
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    pub can_set_limits: bool,
    /// The edit of limits that was just made.
    pub outcome: Option<BatchOutcome>,
}

/// `GET /admin/reports/pipeline`: all figures of a period.
pub async fn show(
    visitor: PageRequest,
    reports: Data<Reports>,
    Query(query): Query<ReportQuery>,
) -> Result<HttpResponse> {
    let (asked_query, batch) = (query.clone(), flash_batch(&visitor));
    let load = move |conn: &mut Conn, principal: &Principal| {
        let asked = ask_leniently(conn, principal, &asked_query)?;
        Ok((asked, around(conn, principal, batch)?))
    };
    let (asked, around) = visitor.read(load).await?;
    let before = match period_before(&asked) {
        Some(before) => Some(reports.figures(&visitor.app().db, before).await?),
        None => None,
    };
    let data = ReportData {
        figures: reports.figures(&visitor.app().db, asked).await?,
        before,
        query,
        owners: around.owners,
        sources: around.sources,
        can_set_limits: around.can_set_limits,
        outcome: around.outcome,
    };
    html(StatusCode::OK, &PipelinePage::new(visitor.page(), data))
}

pub(super) fn around(conn: &mut Conn, principal: &Principal, batch: Option<i64>) -> Result<Around> {
    let options = FilterOptions::load(conn)?;
    Ok(Around {
        owners: match principal.role {
            Role::Rep => Vec::new(),
            _ => options.owners,
        },
        sources: options.sources,
        can_set_limits: principal.can(Permission::StatusesWrite),
        outcome: batch_outcome(conn, principal, batch)?,
    })
}

/// The question about the period of equal length before.
fn period_before(asked: &Asked) -> Option<Asked> {
    let period = asked.question.period.before()?;
    Some(Asked {
        question: ReportQuestion {
            period,
            ..asked.question.clone()
        },
        ..asked.clone()
    })
}
