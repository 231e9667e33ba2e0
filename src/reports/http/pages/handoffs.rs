//! The offers behind a number of the report of hand-offs.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::db::{Conn, ReadKind};
use crate::error::{Error, Result};
use crate::records::fields::{Fields, FromFields, parse_id};
use crate::reports::actions::counted_visits::{PER_PAGE, lead_lines};
use crate::reports::actions::handoffs::offers;
use crate::reports::domain::handoffs::{Offer, OfferSet};
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::pages::page_report::PageReport;
use crate::reports::http::views::handoffs::{FoundOffers, OffersData, OffersPage};
use crate::web::{Query, html};

/// Which offers, and a page of them.
pub struct OffersQuery {
    query: ReportQuery,
    status: Option<i64>,
    set: OfferSet,
    reason: Option<String>,
    page: usize,
}

impl FromFields for OffersQuery {
    /// # Errors
    /// [`Error::NotFound`] if it names a set or a status that can't be.
    fn from_fields(fields: Fields) -> Result<OffersQuery> {
        let page = fields.text("page").and_then(|page| page.parse().ok());
        let status = fields.text("status").map(parse_id);
        Ok(OffersQuery {
            set: match fields.text("set") {
                None => OfferSet::All,
                Some(set) => OfferSet::from_word(set).ok_or(Error::NotFound)?,
            },
            status: match status {
                Some(None) => return Err(Error::NotFound),
                other => other.flatten(),
            },
            reason: fields
                .has("reason")
                .then(|| fields.string("reason").trim().to_owned()),
            page: page.unwrap_or(1),
            query: ReportQuery::parse(&fields),
        })
    }
}

impl OffersQuery {
    fn includes(&self, offer: &Offer) -> bool {
        let is_of_status = self.status.is_none_or(|status| offer.status == status);
        let reason = self.reason.as_ref();
        is_of_status
            && self.set.includes(offer)
            && reason.is_none_or(|reason| offer.reason == *reason)
    }
}

/// `GET /admin/reports/handoffs`: the offers behind a number, the oldest first.
pub async fn show(request: PageRequest, Query(sent): Query<OffersQuery>) -> Result<HttpResponse> {
    let data = data(&request, sent).await?;
    html(StatusCode::OK, &OffersPage::new(request.page(), data))
}

async fn data(request: &PageRequest, sent: OffersQuery) -> Result<OffersData> {
    let page_report = PageReport::of(request, &sent.query).await?;
    let found = found(request, &page_report, &sent).await?;
    let ids: Vec<i64> = found.offers.iter().map(|offer| offer.lead).collect();
    let leads = request.read(move |conn, _| lead_lines(conn, &ids)).await?;
    Ok(OffersData {
        leads,
        as_of: page_report.resolved.spec.as_of,
        problems: page_report.problems,
        owners: page_report.owners,
        statuses: page_report.resolved.statuses,
        query: sent.query,
        status: sent.status,
        set: sent.set,
        reason: sent.reason,
        found,
    })
}

/// A page of the offers; none if a parameter is not valid.
async fn found(
    request: &PageRequest,
    page_report: &PageReport,
    sent: &OffersQuery,
) -> Result<FoundOffers> {
    let mut all = Vec::new();
    if page_report.problems.is_empty() {
        let report = page_report.resolved.clone();
        let read = move |conn: &mut Conn, _: &Principal| offers(conn, &report);
        all = request.read_as(ReadKind::Whole, read).await?;
    }
    all.retain(|offer| sent.includes(offer));
    let pages = all.len().div_ceil(PER_PAGE).max(1);
    let number = sent.page.clamp(1, pages);
    Ok(FoundOffers {
        total: all.len() as i64,
        number,
        pages,
        offers: all
            .into_iter()
            .skip((number - 1) * PER_PAGE)
            .take(PER_PAGE)
            .collect(),
    })
}
