//! Compliance as JSON.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::ApiRequest;
use crate::db::ReadKind;
use crate::error::Result;
use crate::reports::actions::compliance::compliance;
use crate::reports::actions::prepare::prepare_valid;
use crate::reports::domain::compliance::{Compliance, RuleFigures, StatusCompliance};
use crate::reports::domain::query::ReportQuery;
use crate::web::{Query, json};

/// The period in which moves are counted.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ComplianceParameters {
    /// The first day of the moves, in UTC. Without it, from the beginning.
    #[param(value_type = Option<String>, format = Date, required = false)]
    pub from: Option<String>,
    /// The day after the last one, in UTC. Without it, up to now.
    #[param(value_type = Option<String>, format = Date, required = false)]
    pub to: Option<String>,
}

/// How many leads meet the rules of their status.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComplianceReport)]
pub struct ComplianceBody {
    /// RFC 3339, UTC.
    #[schema(format = DateTime, example = "2026-05-10T09:51:26Z")]
    as_of: String,
    /// Active statuses in pipeline order.
    statuses: Vec<StatusBody>,
}

/// The leads of a status and its rules.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatusCompliance)]
struct StatusBody {
    /// The id of the status.
    #[schema(example = 3)]
    status: i64,
    /// The number of its leads.
    #[schema(example = 61)]
    leads: i64,
    /// Those that meet every required rule now.
    #[schema(example = 55)]
    meeting: i64,
    /// `meeting` of `leads`; null without leads.
    #[schema(required = true, example = 0.9)]
    share: Option<f64>,
    rules: Vec<RuleBody>,
}

/// The leads and the moves of a rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RuleCompliance)]
struct RuleBody {
    /// The id of the rule.
    #[schema(example = 12)]
    rule: i64,
    #[schema(example = "E-mail is known")]
    text: String,
    /// `block` or `warn`.
    #[schema(example = "block")]
    level: &'static str,
    /// The leads in the status that meet it now.
    #[schema(example = 58)]
    meeting: i64,
    /// The moves into the status in the period that it judged.
    #[schema(example = 40)]
    moves: i64,
    /// Those of them that went over it.
    #[schema(example = 2)]
    overrides: i64,
}

impl From<&RuleFigures> for RuleBody {
    fn from(figures: &RuleFigures) -> RuleBody {
        RuleBody {
            rule: figures.rule,
            text: figures.text.clone(),
            level: figures.level.as_str(),
            meeting: figures.meeting,
            moves: figures.moves,
            overrides: figures.overrides,
        }
    }
}

impl From<&StatusCompliance> for StatusBody {
    fn from(figures: &StatusCompliance) -> StatusBody {
        StatusBody {
            status: figures.status.id,
            leads: figures.leads,
            meeting: figures.meeting,
            share: figures.share(),
            rules: figures.rules.iter().map(RuleBody::from).collect(),
        }
    }
}

impl From<&Compliance> for ComplianceBody {
    fn from(figures: &Compliance) -> ComplianceBody {
        ComplianceBody {
            as_of: figures.as_of.rfc3339(),
            statuses: figures.statuses.iter().map(StatusBody::from).collect(),
        }
    }
}

/// Compliance.
///
/// How many leads meet the required rules of their status now: fields as the lead is now, confirmations and evidence as
/// they were given when it entered. The period is that of the moves.
#[utoipa::path(
    get, path = "/api/reports/compliance", operation_id = "report_compliance", tag = "Reports",
    params(ComplianceParameters),
    responses(
        (status = 200, body = ComplianceBody, description = "The figures by status."),
        (status = 422, description = "A parameter is not valid.")
    )
)]
pub async fn show(request: ApiRequest, Query(sent): Query) -> Result<HttpResponse> {
    sent.refuse_others(&["from", "to"])?;
    let query = ReportQuery::parse(&sent);
    let figures = request
        .read_as(ReadKind::Whole, move |conn, principal| {
            let report = prepare_valid(conn, principal, &query)?;
            compliance(conn, report.spec.period, principal.now)
        })
        .await?;
    json(StatusCode::OK, &ComplianceBody::from(&figures))
}
