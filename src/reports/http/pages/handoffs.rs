//! The offers behind a number of the report of hand-offs.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::access::{PageRequest, Principal};
use crate::db::{Conn, ReadKind};
use crate::error::{Error, Result};
use crate::records::fields::{Fields, FromFields, parse_id};
use crate::reports::actions::handoffs::offers;
use crate::reports::actions::row_page::RowPage;
use crate::reports::domain::handoffs::{Offer, OfferSet};
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::pages::page_report::PageReport;
use crate::reports::http::paths::HANDOFFS_PATH;
use crate::reports::http::views::offers::OffersPage;
use crate::web::{Query, html};

/// The parameters of a page: a report, which of its offers, and the number of the page.
pub struct OffersQuery {
    query: ReportQuery,
    status: Option<i64>,
    set: OfferSet,
    reason: Option<String>,
    page: usize,
}

impl FromFields for OffersQuery {
    /// # Errors
    /// Returns [`Error::NotFound`] if they name an unknown set or status.
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
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("set", self.set.as_str().to_owned())];
        pairs.extend(self.status.map(|status| ("status", status.to_string())));
        pairs.extend(self.reason.clone().map(|reason| ("reason", reason)));
        pairs.extend(self.query.pairs());
        pairs
    }

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
    let report = PageReport::of(&request, &sent.query).await?;
    let page = row_page(&request, &report, &sent).await?;
    let (link, lead) = ((HANDOFFS_PATH, sent.pairs()), |offer: &Offer| offer.lead);
    let offers_page = OffersPage {
        page: request.page(),
        listing: report
            .listing(&request, sent.query, link, page, lead)
            .await?,
        status: sent.status,
        set: sent.set,
        reason: sent.reason,
    };
    html(StatusCode::OK, &offers_page)
}

/// A page of the offers; none if a parameter is not valid.
async fn row_page(
    request: &PageRequest,
    report: &PageReport,
    sent: &OffersQuery,
) -> Result<RowPage<Offer>> {
    let mut all = Vec::new();
    if report.problems.is_empty() {
        let prepared = report.prepared.clone();
        let read = move |conn: &mut Conn, _: &Principal| offers(conn, &prepared);
        all = request.read_as(ReadKind::Whole, read).await?;
    }
    all.retain(|offer| sent.includes(offer));
    let total = all.len();
    Ok(RowPage::new(all, total, sent.page, usize::MAX))
}
