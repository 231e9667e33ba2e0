//! Hand-offs: how those who were offered leads answered, and how long they took.

use std::collections::BTreeMap;

use crate::clock::Timestamp;
use crate::reports::domain::curve::Curve;
use crate::reports::domain::durations::{Durations, Exit};
use crate::reports::domain::share::Share;
use crate::words::word_enum;

/// Within so many days of its acceptance a lead that returns has bounced back.
pub const BOUNCE_DAYS: i64 = 30;

word_enum! {
    /// The result of an offer. Each offer that was not withdrawn has one.
    pub enum OfferResult {
        AcceptedInTime = "accepted_in_time", "handoff-result-in-time";
        AcceptedLate = "accepted_late", "handoff-result-late";
        Rejected = "rejected", "handoff-result-rejected";
        Recycled = "recycled", "handoff-result-recycled";
        /// The lead moved on without an answer.
        MovedOn = "moved_on", "handoff-result-moved-on";
        /// No answer, and the time for one has run out.
        Expired = "expired", "handoff-result-expired";
        /// No answer yet.
        Pending = "pending", "handoff-result-pending";
    }
}

/// The offers behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferSet {
    All,
    Of(OfferResult),
    /// Those whose time has run out, however they ended.
    RunOut,
    Bounced,
}

impl OfferSet {
    /// The set that a word names; nothing for an unknown one.
    pub fn from_word(word: &str) -> Option<OfferSet> {
        match word {
            "all" => Some(OfferSet::All),
            "run_out" => Some(OfferSet::RunOut),
            "bounced" => Some(OfferSet::Bounced),
            word => OfferResult::from_word(word).map(OfferSet::Of),
        }
    }

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            OfferSet::All => "all",
            OfferSet::Of(result) => result.as_str(),
            OfferSet::RunOut => "run_out",
            OfferSet::Bounced => "bounced",
        }
    }

    /// The catalogue key of its name.
    pub fn key(self) -> &'static str {
        match self {
            OfferSet::All => "handoff-set-all",
            OfferSet::Of(result) => result.key(),
            OfferSet::RunOut => "handoff-set-run-out",
            OfferSet::Bounced => "handoff-set-bounced",
        }
    }

    /// True if an offer is one of them.
    pub fn includes(self, offer: &Offer) -> bool {
        match self {
            OfferSet::All => true,
            OfferSet::Of(result) => offer.result == result,
            OfferSet::RunOut => offer.has_run_out,
            OfferSet::Bounced => offer.has_bounced == Some(true),
        }
    }
}

/// The number of results.
const RESULTS: usize = OfferResult::ALL.len();

/// An offer as it was at the instant of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub id: i64,
    pub lead: i64,
    /// The status that asks for the hand-off.
    pub status: i64,
    pub result: OfferResult,
    pub offered_at: Timestamp,
    pub due_at: Timestamp,
    /// From the offer to its end, or up to the instant of the report.
    pub seconds: i64,
    /// True if the time for an answer has run out, however the offer ended.
    pub has_run_out: bool,
    /// Whether the lead returned; nothing unless it was accepted at least [`BOUNCE_DAYS`] ago.
    pub has_bounced: Option<bool>,
    /// Why it was rejected or recycled.
    pub reason: String,
    /// The source of the lead.
    pub source: String,
}

/// How often a reason was given, in all and for the leads of each source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonCount {
    pub result: OfferResult,
    pub reason: String,
    pub count: i64,
    /// The source with most comes first.
    pub sources: Vec<(String, i64)>,
}

/// Some offers of all that are considered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PartOfOffers {
    pub part: i64,
    pub all: i64,
}

impl PartOfOffers {
    /// The share of the part; nothing without any offers.
    pub fn share(self) -> Option<Share> {
        Share::of(self.part, self.all)
    }
}

/// The figures of a set of offers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HandoffFigures {
    /// In the order of [`OfferResult::ALL`].
    counts: [i64; RESULTS],
    /// Accepted in time, of the offers whose time has run out, however they ended.
    pub accepted: PartOfOffers,
    /// The time to accept by Kaplan and Meier: offers that were not accepted are followed until they end.
    pub time_to_accept: Curve,
    /// The reason given most often comes first.
    pub reasons: Vec<ReasonCount>,
    /// The leads that returned, of the offers accepted at least [`BOUNCE_DAYS`] ago.
    pub bounced: PartOfOffers,
}

impl HandoffFigures {
    /// The figures of these offers.
    pub fn of<'a>(offers: impl Iterator<Item = &'a Offer> + Clone) -> HandoffFigures {
        let mut figures = HandoffFigures::default();
        for offer in offers.clone() {
            let is_in_time = offer.result == OfferResult::AcceptedInTime;
            figures.counts[offer.result as usize] += 1;
            figures.accepted.all += i64::from(offer.has_run_out);
            figures.accepted.part += i64::from(offer.has_run_out && is_in_time);
            figures.bounced.all += i64::from(offer.has_bounced.is_some());
            figures.bounced.part += i64::from(offer.has_bounced == Some(true));
        }
        figures.time_to_accept = Curve::of(&Durations::of_visits(offers.clone().map(duration)));
        figures.reasons = reasons(offers);
        figures
    }

    /// How many offers ended in this way.
    pub fn count(&self, result: OfferResult) -> i64 {
        self.counts[result as usize]
    }

    /// All offers but those that were withdrawn.
    pub fn offered(&self) -> i64 {
        self.counts.iter().sum()
    }
}

/// An acceptance is what is waited for; everything else ends the observation.
fn duration(offer: &Offer) -> (i64, Option<Exit>) {
    let is_accepted = matches!(
        offer.result,
        OfferResult::AcceptedInTime | OfferResult::AcceptedLate
    );
    (offer.seconds, is_accepted.then_some(Exit::Advanced))
}

fn reasons<'a>(offers: impl Iterator<Item = &'a Offer>) -> Vec<ReasonCount> {
    let mut counts: BTreeMap<(&str, &str), BTreeMap<&str, i64>> = BTreeMap::new();
    let has_reason =
        |offer: &&Offer| matches!(offer.result, OfferResult::Rejected | OfferResult::Recycled);
    for offer in offers.filter(has_reason) {
        let of = counts.entry((offer.result.as_str(), &offer.reason));
        *of.or_default().entry(&offer.source).or_default() += 1;
    }
    let mut reasons: Vec<ReasonCount> = counts
        .into_iter()
        .filter_map(|((result, reason), sources)| {
            let mut sources: Vec<(String, i64)> = sources
                .into_iter()
                .map(|(source, count)| (source.to_owned(), count))
                .collect();
            sources.sort_by_key(|(_, count)| -count);
            Some(ReasonCount {
                result: OfferResult::from_word(result)?,
                reason: reason.to_owned(),
                count: sources.iter().map(|(_, count)| count).sum(),
                sources,
            })
        })
        .collect();
    reasons.sort_by_key(|reason| -reason.count);
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(result: OfferResult, hours: i64, has_run_out: bool) -> Offer {
        Offer {
            id: 1,
            lead: 1,
            status: 1,
            result,
            offered_at: Timestamp(0),
            due_at: Timestamp(0),
            seconds: hours * 3_600,
            has_run_out,
            has_bounced: None,
            reason: String::new(),
            source: String::new(),
        }
    }

    #[test]
    fn young_offers_do_not_count_in_the_rate_because_they_were_answered() {
        use OfferResult::{AcceptedInTime, AcceptedLate, Expired, MovedOn, Pending, Rejected};
        let offers = [
            offer(AcceptedInTime, 1, true),
            offer(AcceptedInTime, 1, false),
            offer(AcceptedLate, 30, true),
            offer(Rejected, 2, true),
            offer(Rejected, 2, false),
            offer(MovedOn, 2, true),
            offer(Expired, 90, true),
            offer(Pending, 1, false),
        ];
        let figures = HandoffFigures::of(offers.iter());
        assert_eq!(figures.offered(), 8);
        assert_eq!(figures.count(AcceptedInTime), 2);
        assert_eq!(figures.accepted, PartOfOffers { part: 1, all: 5 });
        assert_eq!(HandoffFigures::of([].iter()).accepted.share(), None);
    }

    #[test]
    fn the_time_to_accept_counts_offers_that_wait() {
        // Of ten offers four are accepted after 1, 2, 3 and 4 hours; six still wait after 10.
        let accepted = (1..=4).map(|hours| offer(OfferResult::AcceptedInTime, hours, true));
        let waiting = (0..6).map(|_| offer(OfferResult::Expired, 10, true));
        let offers: Vec<Offer> = accepted.chain(waiting).collect();
        let figures = HandoffFigures::of(offers.iter());
        let time = figures.time_to_accept;
        assert_eq!(time.quantile(0.25).seconds, Some(3 * 3_600));
        assert_eq!(time.quantile(0.5).seconds, None);
    }

    #[test]
    fn reasons_are_counted_by_source() {
        let because = |result, reason: &str, source: &str| Offer {
            reason: reason.to_owned(),
            source: source.to_owned(),
            ..offer(result, 1, true)
        };
        let offers = [
            because(OfferResult::Recycled, "Too early", "Web"),
            because(OfferResult::Rejected, "No budget", "Web"),
            because(OfferResult::Rejected, "No budget", "Fair"),
            because(OfferResult::Rejected, "No budget", "Fair"),
            because(OfferResult::AcceptedLate, "", "Fair"),
        ];
        let reasons = HandoffFigures::of(offers.iter()).reasons;
        assert_eq!(reasons.len(), 2);
        assert_eq!(
            (reasons[0].reason.as_str(), reasons[0].count),
            ("No budget", 3)
        );
        assert_eq!(
            reasons[0].sources,
            [("Fair".to_owned(), 2), ("Web".to_owned(), 1)]
        );
    }
}
