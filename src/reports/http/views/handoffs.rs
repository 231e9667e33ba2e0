//! Hand-offs: the section of the report, and the page of the offers behind a number.

use std::collections::HashMap;

use askama::Template;

use crate::clock::Timestamp;
use crate::i18n::{Arg, Lang};
use crate::records::filters::FilterProblem;
use crate::records::link::link;
use crate::reports::actions::counted_visits::LeadLine;
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::handoffs::{
    HandoffFigures, Offer, OfferResult, OfferSet, PartOfOffers, ReasonCount,
};
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::paths::{HANDOFFS_PATH, LEADS_PATH, PIPELINE_PATH};
use crate::reports::http::views::context::scope_text;
use crate::reports::http::views::losses::BarPart;
use crate::reports::http::views::time::Count;
use crate::reports::http::views::wording::{
    TimeUnit, duration, duration_in, interval, share, share_interval,
};
use crate::web::Page;

/// How many offers ended in one way.
pub struct ResultRow {
    pub label: &'static str,
    /// The class of its colour.
    pub ink: &'static str,
    pub count: Count,
    /// Of all offers; empty without any.
    pub share: String,
}

/// A reason with the sources of the leads.
pub struct ReasonRow {
    pub answer: &'static str,
    pub reason: String,
    pub count: Count,
    /// `Web 3, Fair 2`
    pub sources: String,
}

/// The offers of one status.
pub struct HandoffCard<'a> {
    pub status: &'a ReportStatus,
    pub offered: Count,
    pub results: Vec<ResultRow>,
    pub bar: Vec<BarPart>,
    /// What the numbers say, each with the link of the numbers behind it.
    pub sentences: Vec<Count>,
    pub reasons: Vec<ReasonRow>,
}

/// What a section of hand-offs is about.
pub struct HandoffContext<'a> {
    pub lang: Lang,
    /// With its period and its instant written out.
    pub query: ReportQuery,
    pub statuses: &'a [ReportStatus],
    pub offers: &'a [Offer],
}

impl<'a> HandoffContext<'a> {
    /// A card for each status with offers, in the order of the pipeline.
    pub fn cards(&self) -> Vec<HandoffCard<'a>> {
        let statuses = self.statuses.iter();
        statuses.filter_map(|status| self.card(status)).collect()
    }

    fn card(&self, status: &'a ReportStatus) -> Option<HandoffCard<'a>> {
        let id = status.id;
        let figures = HandoffFigures::of(self.offers.iter().filter(|offer| offer.status == id));
        let all = figures.offered();
        if all == 0 {
            return None;
        }
        let sentences = [
            self.acceptance(id, figures.accepted),
            self.time(id, &figures),
            self.bounced(id, figures.bounced),
        ];
        Some(HandoffCard {
            status,
            offered: self.number(all, id, OfferSet::All),
            results: OfferResult::ALL
                .map(|result| self.row(&figures, id, result))
                .into(),
            bar: bar(&figures),
            sentences: sentences.into_iter().flatten().collect(),
            reasons: figures
                .reasons
                .iter()
                .map(|reason| self.reason(id, reason))
                .collect(),
        })
    }

    fn row(&self, figures: &HandoffFigures, status: i64, result: OfferResult) -> ResultRow {
        let count = figures.count(result);
        ResultRow {
            label: self.lang.t(result.key()),
            ink: ink(result),
            count: self.number(count, status, OfferSet::Of(result)),
            share: share(count as f64 / figures.offered().max(1) as f64),
        }
    }

    /// "72% are accepted in time (95% interval: 58–83%), of 50 offers whose time has run out."
    fn acceptance(&self, status: i64, accepted: PartOfOffers) -> Option<Count> {
        let rate = accepted.share()?;
        let args = [
            ("share", share(rate.share).into()),
            ("interval", share_interval(&rate).into()),
            ("count", accepted.all.into()),
        ];
        Some(self.sentence("handoff-rate", &args, status, OfferSet::RunOut))
    }

    /// "Half are accepted within 6 h (95% interval: 4–9), 90% within 26 h."
    fn time(&self, status: i64, figures: &HandoffFigures) -> Option<Count> {
        let (lang, curve) = (self.lang, &figures.time_to_accept);
        let [half, most] = [0.5, 0.9].map(|part| curve.quantile(part));
        let Some(seconds) = half.seconds else {
            let longest = duration(lang, curve.longest());
            let args = [("time", longest.into())];
            return Some(self.sentence("handoff-time-open", &args, status, OfferSet::All));
        };
        let unit = TimeUnit::of(seconds);
        let mut args = vec![
            ("half", duration_in(lang, seconds, unit).into()),
            ("interval", interval(lang, &half, unit).into()),
        ];
        let key = match most.seconds {
            None => "handoff-time-half",
            Some(most) => {
                args.push(("most", duration(lang, most).into()));
                "handoff-time"
            }
        };
        Some(self.sentence(key, &args, status, OfferSet::All))
    }

    /// "3 of 20 leads came back within 30 days of the acceptance (15%)."
    fn bounced(&self, status: i64, bounced: PartOfOffers) -> Option<Count> {
        let part = bounced.share()?;
        let args = [
            ("bounced", bounced.part.into()),
            ("count", bounced.all.into()),
            ("share", share(part.share).into()),
        ];
        Some(self.sentence("handoff-bounced", &args, status, OfferSet::Bounced))
    }

    fn sentence(
        &self,
        key: &'static str,
        args: &[(&'static str, Arg)],
        status: i64,
        set: OfferSet,
    ) -> Count {
        Count {
            text: self.lang.format(key, args).into_owned(),
            href: self.href(status, set, None),
        }
    }

    fn reason(&self, status: i64, reason: &ReasonCount) -> ReasonRow {
        let (lang, set) = (self.lang, OfferSet::Of(reason.result));
        let source = |(source, count): &(String, i64)| {
            let name = match source.as_str() {
                "" => lang.t("handoff-no-source"),
                source => source,
            };
            format!("{name} {}", lang.number(*count))
        };
        let sources: Vec<String> = reason.sources.iter().map(source).collect();
        ReasonRow {
            answer: lang.t(reason.result.key()),
            reason: match reason.reason.as_str() {
                "" => lang.t("handoff-no-reason").to_owned(),
                reason => reason.to_owned(),
            },
            count: Count {
                text: lang.number(reason.count),
                href: self.href(status, set, Some(&reason.reason)),
            },
            sources: sources.join(", "),
        }
    }

    fn number(&self, count: i64, status: i64, set: OfferSet) -> Count {
        Count {
            text: self.lang.number(count),
            href: match count {
                0 => String::new(),
                _ => self.href(status, set, None),
            },
        }
    }

    fn href(&self, status: i64, set: OfferSet, reason: Option<&str>) -> String {
        let mut pairs = vec![
            ("status", status.to_string()),
            ("set", set.as_str().to_owned()),
        ];
        pairs.extend(reason.map(|reason| ("reason", reason.to_owned())));
        pairs.extend(self.query.report_pairs());
        link(HANDOFFS_PATH, pairs)
    }
}

/// The parts one after the other.
fn bar(figures: &HandoffFigures) -> Vec<BarPart> {
    let mut x = 0.0;
    let part = |result: OfferResult| {
        let width = figures.count(result) as f64 / figures.offered().max(1) as f64 * 100.0;
        x += width;
        BarPart {
            class: ink(result),
            x: x - width,
            width,
        }
    };
    OfferResult::ALL.map(part).into()
}

/// The class of the colour of a result.
fn ink(result: OfferResult) -> &'static str {
    match result {
        OfferResult::AcceptedInTime => "won",
        OfferResult::AcceptedLate => "at-risk",
        OfferResult::Rejected => "dropped",
        OfferResult::Recycled => "back",
        OfferResult::MovedOn => "forward",
        OfferResult::Expired => "junk",
        OfferResult::Pending => "skip",
    }
}

/// A page of offers.
pub struct FoundOffers {
    pub offers: Vec<Offer>,
    /// All offers behind the number.
    pub total: i64,
    /// The number of the page, from 1.
    pub number: usize,
    pub pages: usize,
}

/// What the page of offers shows.
pub struct OffersData {
    pub query: ReportQuery,
    pub as_of: Timestamp,
    pub status: Option<i64>,
    pub set: OfferSet,
    pub reason: Option<String>,
    pub problems: Vec<FilterProblem>,
    /// The owners there are; none for those who see only their own leads.
    pub owners: Vec<(i64, String)>,
    pub statuses: Vec<ReportStatus>,
    pub found: FoundOffers,
    /// The leads of the page, by id.
    pub leads: HashMap<i64, LeadLine>,
}

/// The page of the offers behind a number.
#[derive(Template)]
#[template(path = "reports/handoffs.html")]
pub struct OffersPage {
    page: Page,
    data: OffersData,
}

impl OffersPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: OffersData) -> OffersPage {
        OffersPage { page, data }
    }

    fn title(&self) -> String {
        let status = self.data.status.and_then(|id| self.status(id));
        let set = self.page.t(self.data.set.key());
        match status {
            None => set.to_owned(),
            Some(status) => {
                let name = status.name.as_str();
                self.page
                    .t2("handoff-offers-of", "set", set, "status", name)
            }
        }
    }

    /// Period, owner, source and reason.
    fn scope(&self) -> String {
        let (lang, data) = (self.page.lang, &self.data);
        let scope = scope_text(lang, &data.query, data.as_of, &data.owners);
        match data.reason.as_deref() {
            None => scope,
            Some("") => format!("{scope} · {}", lang.t("handoff-no-reason")),
            Some(reason) => format!("{scope} · {reason}"),
        }
    }

    fn status(&self, id: i64) -> Option<&ReportStatus> {
        let mut statuses = self.data.statuses.iter();
        statuses.find(|status| status.id == id)
    }

    fn name(&self, offer: &Offer) -> &str {
        let lead = self.data.leads.get(&offer.lead);
        lead.map_or("", |lead| lead.name.as_str())
    }

    fn owner(&self, offer: &Offer) -> &str {
        let owner = self.data.leads.get(&offer.lead).and_then(|lead| lead.owner);
        let known = self.data.owners.iter().find(|(id, _)| Some(*id) == owner);
        known.map_or("", |(_, name)| name.as_str())
    }

    fn lead_path(&self, offer: &Offer) -> String {
        let back = [("back", self.page.address.clone())];
        link(&format!("{LEADS_PATH}/{}", offer.lead), back)
    }

    fn time(&self, offer: &Offer) -> String {
        duration(self.page.lang, offer.seconds)
    }

    fn report_href(&self) -> String {
        link(PIPELINE_PATH, self.data.query.pairs())
    }

    /// The address of another page, if there is one.
    fn page_href(&self, number: usize) -> Option<String> {
        let data = &self.data;
        if number == 0 || number > data.found.pages {
            return None;
        }
        let mut pairs = vec![("set", data.set.as_str().to_owned())];
        pairs.extend(data.status.map(|status| ("status", status.to_string())));
        pairs.extend(data.reason.clone().map(|reason| ("reason", reason)));
        pairs.extend(data.query.pairs());
        if number > 1 {
            pairs.push(("page", number.to_string()));
        }
        Some(link(HANDOFFS_PATH, pairs))
    }

    fn previous(&self) -> Option<String> {
        self.page_href(self.data.found.number.saturating_sub(1))
    }

    fn next(&self) -> Option<String> {
        self.page_href(self.data.found.number + 1)
    }
}
