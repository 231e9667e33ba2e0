//! The page of the visits behind a number.

use askama::Template;

use crate::clock::Timestamp;
use crate::i18n::{Arg, Lang};
use crate::reports::actions::counted_visits::CountedVisit;
use crate::reports::domain::conversion::ConversionSpec;
use crate::reports::domain::counted_set::{CountedSet, CountedUnit};
use crate::reports::domain::figures::ReportStatus;
use crate::reports::http::views::listing::Listing;
use crate::reports::http::views::wording::{days, duration};
use crate::web::Page;

/// The page of the visits behind a number.
#[derive(Template)]
#[template(path = "reports/visits.html")]
pub struct VisitsPage {
    pub page: Page,
    pub listing: Listing<CountedVisit>,
    pub set: CountedSet,
    pub conversion: ConversionSpec,
    /// How many of the visits are of leads in the bin.
    pub deleted: i64,
}

impl VisitsPage {
    fn title(&self) -> String {
        let statuses = &self.listing.statuses;
        title(self.page.lang, self.set, self.conversion, statuses)
    }

    fn scope(&self) -> String {
        self.listing.scope(self.page.lang)
    }

    /// How many there are, in words for leads, entries or moves.
    fn count(&self) -> String {
        let key = match self.set.unit() {
            CountedUnit::Leads => "report-visits-leads",
            CountedUnit::Entries => "report-visits-count",
            CountedUnit::Moves => "report-visits-moved",
        };
        self.page.tn(key, self.listing.page.total)
    }

    fn next_status(&self, visit: &CountedVisit) -> Option<&ReportStatus> {
        self.listing.status(&visit.next?)
    }

    fn value(&self, visit: &CountedVisit) -> String {
        let value = self
            .listing
            .leads
            .get(&visit.lead)
            .and_then(|lead| lead.value);
        value.map_or_else(String::new, |value| value.text(self.page.lang))
    }

    fn entered(&self, visit: &CountedVisit) -> Timestamp {
        Timestamp(0).plus_seconds(visit.entered_at)
    }

    fn duration(&self, visit: &CountedVisit) -> String {
        duration(self.page.lang, visit.seconds)
    }
}

/// The title of the page of a set.
fn title(
    lang: Lang,
    set: CountedSet,
    conversion: ConversionSpec,
    statuses: &[ReportStatus],
) -> String {
    let name = |id: i64| {
        let status = statuses.iter().find(|status| status.id == id);
        status.map_or_else(|| format!("#{id}"), |status| status.name.clone())
    };
    let mut args: Vec<(&str, Arg)> = Vec::new();
    args.extend(set.status().map(|id| ("status", name(id).into())));
    if set.is_of_cohort() {
        args.push(("start", name(conversion.start).into()));
        args.push(("within", days(lang, conversion.within_days).into()));
    }
    args.extend(set.day().map(|day| ("day", lang.date(day).into())));
    args.extend(match set {
        CountedSet::ExitsBy(_, exit) => Some(("way", lang.t(exit.key()).to_owned().into())),
        CountedSet::Direction(direction) => {
            Some(("way", lang.t(direction.key()).to_owned().into()))
        }
        CountedSet::Moves { to, .. } => Some(("to", name(to).into())),
        CountedSet::Flagged { days: limit, .. } => Some(("days", days(lang, limit).into())),
        _ => None,
    });
    lang.format(title_key(set), &args).into_owned()
}

fn title_key(set: CountedSet) -> &'static str {
    match set {
        CountedSet::Visits(_) => "report-visits-visits",
        CountedSet::Exits(_) => "report-visits-exits",
        CountedSet::ExitsBy(..) => "report-visits-exits-by",
        CountedSet::MovedOn(_) => "report-visits-on",
        CountedSet::Dropped(_) => "report-visits-dropped",
        CountedSet::Ongoing(_) => "report-visits-open",
        CountedSet::Censored(_) => "report-visits-censored",
        CountedSet::TargetMet(_) => "report-visits-met",
        CountedSet::TargetMissed(_) => "report-visits-missed",
        CountedSet::TargetUndecided(_) => "report-visits-undecided",
        CountedSet::Moves { .. } => "report-visits-moves",
        CountedSet::Direction(_) => "report-visits-direction",
        CountedSet::Returns => "report-visits-returns",
        CountedSet::Eligible => "report-visits-eligible",
        CountedSet::TooRecent => "report-visits-younger",
        CountedSet::Reached(_) => "report-visits-reached",
        CountedSet::FromPrevious(_) => "report-visits-from-before",
        CountedSet::Entries(_) => "report-visits-entries",
        CountedSet::ResolvedWon => "report-visits-won",
        CountedSet::ResolvedLost => "report-visits-lost",
        CountedSet::OpenOrPausedOn(_) => "report-visits-open-on",
        CountedSet::AtRiskOn(_) => "report-visits-at-risk-on",
        CountedSet::StuckOn(_) => "report-visits-stuck-on",
        CountedSet::LimitBasis(_) => "report-visits-evidence",
        CountedSet::Flagged { .. } => "report-visits-flagged",
    }
}
