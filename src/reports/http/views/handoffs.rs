//! Hand-offs: the section of the report.

use crate::i18n::{Arg, Lang};
use crate::records::link::link;
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::handoffs::{
    HandoffFigures, Offer, OfferResult, OfferSet, PartOfOffers, ReasonCount,
};
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::paths::HANDOFFS_PATH;
use crate::reports::http::views::losses::{BarPart, stacked_bar};
use crate::reports::http::views::time::Count;
use crate::reports::http::views::wording::{
    TimeUnit, duration, duration_in, interval, share, share_interval,
};

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
            bar: stacked_bar(
                OfferResult::ALL.map(|result| (ink(result), figures.count(result))),
                all,
            ),
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
            ("share", share(rate.value).into()),
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
            ("share", share(part.value).into()),
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
