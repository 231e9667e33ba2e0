//! The reports as JSON: the numbers of the page.

pub mod body;
pub mod compliance;
pub mod handoffs;
pub mod openapi;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;

use crate::access::{ApiRequest, Principal};
use crate::db::Conn;
use crate::error::Result;
use crate::reports::actions::prepare::{PreparedReport, default_reach, prepare_valid};
use crate::reports::actions::report_cache::ReportCache;
use crate::reports::domain::figures::Figures;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::api::body::{ConversionReport, FlowReport, TimeReport};
use crate::web::{Query, ResponseBody, encoded};

/// The parameters of every report.
const PARAMETERS: [&str; 7] = ["period", "from", "to", "owner", "except", "source", "now"];
/// The further parameters of a conversion.
const CONVERSION_PARAMETERS: [&str; 4] = ["start", "reach", "within_days", "rule"];

/// The period, the leads and the instant of a report.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportParameters {
    /// The first day, in UTC. Without it, and without `period`, from the beginning.
    #[param(value_type = Option<String>, format = Date, required = false)]
    pub from: Option<String>,
    /// The day after the last one, in UTC. Without it, up to `now`.
    #[param(value_type = Option<String>, format = Date, required = false)]
    pub to: Option<String>,
    /// Only leads of this user; `me` for the owner of the token, `none` for leads without an owner. A representative
    /// always gets the figures of the own leads.
    #[param(required = false)]
    pub owner: Option<String>,
    /// Only leads from this source, without regard to case.
    #[param(required = false)]
    pub source: Option<String>,
    /// Follow visits up to this instant, which is not in the future; usually now.
    #[param(value_type = Option<String>, format = DateTime, required = false)]
    pub now: Option<String>,
}

/// What a conversion is about.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConversionParameters {
    /// The status that leads start from; usually the default one.
    #[param(required = false, minimum = 1)]
    pub start: Option<i64>,
    /// The status to be reached; usually the converted one.
    #[param(required = false, minimum = 1)]
    pub reach: Option<i64>,
    /// How many days they have; usually 30.
    #[param(required = false, minimum = 1, maximum = 3650)]
    pub within_days: Option<i64>,
    /// `visited`: leads that have entered `reach`. `passed`: also those that entered an open, paused or won status after
    /// it. Usually `visited`.
    #[param(required = false)]
    pub rule: Option<String>,
}

/// Time in status.
///
/// How long visits to each status took that began in the period: percentiles by Kaplan and Meier with 95 % intervals, and
/// the ways out by Aalen and Johansen.
#[utoipa::path(
    get, path = "/api/reports/time_in_status", operation_id = "report_time_in_status", tag = "Reports",
    params(ReportParameters),
    responses(
        (status = 200, body = TimeReport, description = "The figures by status."),
        (status = 422, description = "A parameter is not valid.")
    )
)]
pub async fn time_in_status(
    request: ApiRequest,
    reports: Data<ReportCache>,
    Query(sent): Query,
) -> Result<HttpResponse> {
    sent.refuse_others(&PARAMETERS)?;
    let query = ReportQuery::parse(&sent);
    let figures = figures(&request, &reports, query, |_, _| Ok(())).await?;
    respond(&request, &TimeReport::new(&figures))
}

/// Conversion between two statuses.
///
/// Three views: the cohort of leads that entered `start` in the period and had the days; the entries into both in the
/// period; and the leads that were won or lost in it.
#[utoipa::path(
    get, path = "/api/reports/conversion", operation_id = "report_conversion", tag = "Reports",
    params(ReportParameters, ConversionParameters),
    responses(
        (status = 200, body = ConversionReport, description = "The figures."),
        (status = 422, description = "A parameter is not valid.")
    )
)]
pub async fn conversion(
    request: ApiRequest,
    reports: Data<ReportCache>,
    Query(sent): Query,
) -> Result<HttpResponse> {
    sent.refuse_others(&[&PARAMETERS[..], &CONVERSION_PARAMETERS].concat())?;
    let query = ReportQuery::parse(&sent);
    let reach_converted = |conn: &mut Conn, report: &mut PreparedReport| {
        if report.spec.reach.is_none() {
            report.spec.reach = default_reach(conn)?;
        }
        Ok(())
    };
    let figures = figures(&request, &reports, query, reach_converted).await?;
    respond(&request, &ConversionReport::new(&figures))
}

/// Moves between statuses.
///
/// The moves that ended the visits of the period, with the median of the time before each.
#[utoipa::path(
    get, path = "/api/reports/flow", operation_id = "report_flow", tag = "Reports",
    params(ReportParameters),
    responses(
        (status = 200, body = FlowReport, description = "The figures."),
        (status = 422, description = "A parameter is not valid.")
    )
)]
pub async fn flow(
    request: ApiRequest,
    reports: Data<ReportCache>,
    Query(sent): Query,
) -> Result<HttpResponse> {
    sent.refuse_others(&PARAMETERS)?;
    let query = ReportQuery::parse(&sent);
    let figures = figures(&request, &reports, query, |_, _| Ok(())).await?;
    respond(&request, &FlowReport::new(&figures))
}

async fn figures(
    request: &ApiRequest,
    reports: &ReportCache,
    query: ReportQuery,
    complete: impl FnOnce(&mut Conn, &mut PreparedReport) -> Result<()> + Send + 'static,
) -> Result<Arc<Figures>> {
    let read = move |conn: &mut Conn, principal: &Principal| {
        let mut report = prepare_valid(conn, principal, &query)?;
        complete(conn, &mut report)?;
        Ok(report)
    };
    let report = request.read(read).await?;
    reports.figures(&request.app().db, &report).await
}

fn respond(request: &ApiRequest, body: &impl Serialize) -> Result<HttpResponse> {
    let body = ResponseBody::new(encoded(body)?, request.accepts_gzip());
    Ok(body.respond("application/json"))
}
