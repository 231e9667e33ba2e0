//! Hand-offs as JSON.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::ApiRequest;
use crate::db::ReadKind;
use crate::error::Result;
use crate::reports::actions::handoffs::offers;
use crate::reports::actions::prepare::prepare_valid;
use crate::reports::domain::handoffs::{HandoffFigures, OfferResult, PartOfOffers, ReasonCount};
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::api::body::Percentile;
use crate::reports::http::api::{PARAMETERS, ReportParameters};
use crate::web::{Query, json};

/// How the offers of leads were answered.
#[derive(Serialize, ToSchema)]
struct HandoffReport {
    /// The offers made in the period, without those withdrawn: the sum of the seven counts that follow.
    #[schema(example = 48)]
    offered: i64,
    #[schema(example = 30)]
    accepted_in_time: i64,
    #[schema(example = 4)]
    accepted_late: i64,
    #[schema(example = 6)]
    rejected: i64,
    #[schema(example = 3)]
    recycled: i64,
    /// The lead moved on without an answer.
    #[schema(example = 1)]
    moved_on: i64,
    /// No answer, and the time for one has run out.
    #[schema(example = 2)]
    expired: i64,
    /// No answer yet.
    #[schema(example = 2)]
    pending: i64,
    /// Accepted in time, of the offers whose time has run out, however they ended; `null` without any.
    #[schema(required = true, example = 0.68)]
    acceptance_rate: Option<f64>,
    time_to_accept: TimeToAccept,
    /// Why offers were rejected or recycled; the reason given most often comes first.
    reasons: Vec<HandoffReason>,
    bounced_back: BouncedBack,
}

/// The time after which a part of the offers was accepted, with its 95 % interval, by Kaplan and Meier: offers that were
/// not accepted are followed until they end. `null` was not reached.
#[derive(Serialize, ToSchema)]
struct TimeToAccept {
    p50: Percentile,
    p75: Percentile,
    p90: Percentile,
}

/// How often a reason was given.
#[derive(Serialize, ToSchema)]
struct HandoffReason {
    /// `reject` or `recycle`.
    #[schema(example = "reject")]
    answer: &'static str,
    /// Empty if none was given.
    #[schema(example = "No budget")]
    reason: String,
    #[schema(example = 4)]
    count: i64,
    /// The leads by source; the one with most comes first.
    sources: Vec<SourceCount>,
}

/// The leads of a source.
#[derive(Serialize, ToSchema)]
struct SourceCount {
    /// Empty for leads without one.
    #[schema(example = "Web")]
    source: String,
    #[schema(example = 3)]
    count: i64,
}

/// Leads that went to a lost or junk status, to where recycled leads go, or back before the hand-off within 30 days.
#[derive(Serialize, ToSchema)]
struct BouncedBack {
    /// Offers accepted at least 30 days ago.
    #[schema(example = 20)]
    eligible: i64,
    /// Those of them whose leads returned within 30 days.
    #[schema(example = 3)]
    bounced: i64,
    /// `bounced` of `eligible`; `null` without any.
    #[schema(required = true, example = 0.15)]
    share: Option<f64>,
}

fn share(part: PartOfOffers) -> Option<f64> {
    part.share().map(|share| share.value)
}

impl HandoffReport {
    fn new(figures: &HandoffFigures) -> HandoffReport {
        let percentile = |part| Percentile::new(figures.time_to_accept.quantile(part));
        HandoffReport {
            offered: figures.offered(),
            accepted_in_time: figures.count(OfferResult::AcceptedInTime),
            accepted_late: figures.count(OfferResult::AcceptedLate),
            rejected: figures.count(OfferResult::Rejected),
            recycled: figures.count(OfferResult::Recycled),
            moved_on: figures.count(OfferResult::MovedOn),
            expired: figures.count(OfferResult::Expired),
            pending: figures.count(OfferResult::Pending),
            acceptance_rate: share(figures.accepted),
            time_to_accept: TimeToAccept {
                p50: percentile(0.5),
                p75: percentile(0.75),
                p90: percentile(0.9),
            },
            reasons: figures.reasons.iter().map(HandoffReason::new).collect(),
            bounced_back: BouncedBack {
                eligible: figures.bounced.all,
                bounced: figures.bounced.part,
                share: share(figures.bounced),
            },
        }
    }
}

impl HandoffReason {
    fn new(reason: &ReasonCount) -> HandoffReason {
        let source = |(source, count): &(String, i64)| SourceCount {
            source: source.clone(),
            count: *count,
        };
        HandoffReason {
            answer: match reason.result {
                OfferResult::Recycled => "recycle",
                _ => "reject",
            },
            reason: reason.reason.clone(),
            count: reason.count,
            sources: reason.sources.iter().map(source).collect(),
        }
    }
}

/// Hand-offs.
///
/// How the offers that were made in the period were answered, how long acceptance took, why leads were rejected or
/// recycled, and how many returned. Offers that were withdrawn are left out.
#[utoipa::path(
    get, path = "/api/reports/handoffs", operation_id = "report_handoffs", tag = "Reports",
    params(ReportParameters),
    responses(
        (status = 200, body = HandoffReport, description = "The figures."),
        (status = 422, description = "A parameter is not valid.")
    )
)]
pub async fn show(request: ApiRequest, Query(sent): Query) -> Result<HttpResponse> {
    sent.refuse_others(&PARAMETERS)?;
    let query = ReportQuery::parse(&sent);
    let offers = request
        .read_as(ReadKind::Whole, move |conn, principal| {
            let report = prepare_valid(conn, principal, &query)?;
            offers(conn, &report)
        })
        .await?;
    let figures = HandoffFigures::of(offers.iter());
    json(StatusCode::OK, &HandoffReport::new(&figures))
}
