//! The page of the offers behind a number.

use askama::Template;

use crate::reports::domain::handoffs::{Offer, OfferSet};
use crate::reports::http::views::listing::Listing;
use crate::reports::http::views::wording::duration;
use crate::web::Page;

/// The page of the offers behind a number.
#[derive(Template)]
#[template(path = "reports/handoffs.html")]
pub struct OffersPage {
    pub page: Page,
    pub listing: Listing<Offer>,
    pub status: Option<i64>,
    pub set: OfferSet,
    pub reason: Option<String>,
}

impl OffersPage {
    fn title(&self) -> String {
        let set = self.page.t(self.set.key());
        match self.status.and_then(|id| self.listing.status(&id)) {
            None => set.to_owned(),
            Some(status) => {
                let name = status.name.as_str();
                self.page
                    .t2("handoff-offers-of", "set", set, "status", name)
            }
        }
    }

    /// Period, owner, source and reason in words.
    fn scope(&self) -> String {
        let scope = self.listing.scope(self.page.lang);
        match self.reason.as_deref() {
            None => scope,
            Some("") => format!("{scope} · {}", self.page.t("handoff-no-reason")),
            Some(reason) => format!("{scope} · {reason}"),
        }
    }

    fn time(&self, offer: &Offer) -> String {
        duration(self.page.lang, offer.seconds)
    }
}
