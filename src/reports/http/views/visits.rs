//! The page of the visits behind a number.

use std::collections::HashMap;

use askama::Template;

use crate::clock::Timestamp;
use crate::i18n::{Arg, Lang};
use crate::records::filters::FilterProblem;
use crate::records::link::link;
use crate::reports::actions::counted_visits::{CountedVisit, CountedVisits, LeadLine};
use crate::reports::domain::counted_set::{CountedSet, CountedUnit};
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::query::ReportQuery;
use crate::reports::domain::report_spec::ReportSpec;
use crate::reports::http::paths::{LEADS_PATH, PIPELINE_PATH, VISITS_PATH};
use crate::reports::http::views::context::scope_text;
use crate::reports::http::views::wording::{days, duration};
use crate::web::Page;

/// What the page shows.
pub struct VisitsData {
    pub query: ReportQuery,
    pub spec: ReportSpec,
    pub set: CountedSet,
    /// What is said of the parameters that can't be.
    pub problems: Vec<FilterProblem>,
    /// The owners there are; none for those who see only their own leads.
    pub owners: Vec<(i64, String)>,
    /// All there are.
    pub statuses: Vec<ReportStatus>,
    pub found: CountedVisits,
    /// The leads of the page, by id.
    pub leads: HashMap<i64, LeadLine>,
}

/// The page of the visits behind a number.
#[derive(Template)]
#[template(path = "reports/visits.html")]
pub struct VisitsPage {
    page: Page,
    data: VisitsData,
}

impl VisitsPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: VisitsData) -> VisitsPage {
        VisitsPage { page, data }
    }

    fn title(&self) -> String {
        let data = &self.data;
        title(self.page.lang, data.set, &data.spec, &data.statuses)
    }

    /// Period, owner and source.
    fn scope(&self) -> String {
        let (lang, data) = (self.page.lang, &self.data);
        scope_text(lang, &data.query, data.spec.as_of, &data.owners)
    }

    /// How many there are, in words for leads, entries or moves.
    fn count(&self) -> String {
        let key = match self.data.set.unit() {
            CountedUnit::Leads => "report-visits-leads",
            CountedUnit::Entries => "report-visits-count",
            CountedUnit::Moves => "report-visits-moved",
        };
        self.page.tn(key, self.data.found.total)
    }

    fn status(&self, id: i64) -> Option<&ReportStatus> {
        let mut statuses = self.data.statuses.iter();
        statuses.find(|status| status.id == id)
    }

    fn next_status(&self, visit: &CountedVisit) -> Option<&ReportStatus> {
        self.status(visit.next?)
    }

    fn lead(&self, visit: &CountedVisit) -> Option<&LeadLine> {
        self.data.leads.get(&visit.lead)
    }

    fn name(&self, visit: &CountedVisit) -> &str {
        self.lead(visit).map_or("", |lead| lead.name.as_str())
    }

    fn owner(&self, visit: &CountedVisit) -> &str {
        let owner = self.lead(visit).and_then(|lead| lead.owner);
        let known = self.data.owners.iter().find(|(id, _)| Some(*id) == owner);
        known.map_or("", |(_, name)| name.as_str())
    }

    fn value(&self, visit: &CountedVisit) -> String {
        let value = self.lead(visit).and_then(|lead| lead.value);
        value.map_or_else(String::new, |value| value.text(self.page.lang))
    }

    fn lead_path(&self, visit: &CountedVisit) -> String {
        let back = [("back", self.page.address.clone())];
        link(&format!("{LEADS_PATH}/{}", visit.lead), back)
    }

    fn entered(&self, visit: &CountedVisit) -> Timestamp {
        Timestamp(0).plus_seconds(visit.entered_at)
    }

    fn duration(&self, visit: &CountedVisit) -> String {
        duration(self.page.lang, visit.seconds)
    }

    /// The address of the report that the number is on.
    fn report_href(&self) -> String {
        link(PIPELINE_PATH, self.data.query.pairs())
    }

    /// The address of another page, if there is one.
    fn page_href(&self, number: usize) -> Option<String> {
        if number == 0 || number > self.data.found.pages {
            return None;
        }
        let mut pairs = self.data.query.pairs();
        pairs.extend(self.data.set.to_query());
        if number > 1 {
            pairs.push(("page", number.to_string()));
        }
        Some(link(VISITS_PATH, pairs))
    }

    fn previous(&self) -> Option<String> {
        self.page_href(self.data.found.page.saturating_sub(1))
    }

    fn next(&self) -> Option<String> {
        self.page_href(self.data.found.page + 1)
    }

    /// True if more visits are counted than pages show.
    fn is_cut(&self) -> bool {
        let shown = crate::reports::actions::counted_visits::PER_PAGE * self.data.found.pages;
        self.data.found.total > shown as i64
    }
}

/// What a set is called.
fn title(lang: Lang, set: CountedSet, spec: &ReportSpec, statuses: &[ReportStatus]) -> String {
    let name = |id: i64| {
        let status = statuses.iter().find(|status| status.id == id);
        status.map_or_else(|| format!("#{id}"), |status| status.name.clone())
    };
    let mut args: Vec<(&str, Arg)> = Vec::new();
    args.extend(set.status().map(|id| ("status", name(id).into())));
    if set.is_of_cohort() {
        let conversion = spec.conversion;
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
        CountedSet::Open(_) => "report-visits-open",
        CountedSet::Censored(_) => "report-visits-censored",
        CountedSet::TargetMet(_) => "report-visits-met",
        CountedSet::TargetMissed(_) => "report-visits-missed",
        CountedSet::TargetUndecided(_) => "report-visits-undecided",
        CountedSet::Moves { .. } => "report-visits-moves",
        CountedSet::Direction(_) => "report-visits-direction",
        CountedSet::Returns => "report-visits-returns",
        CountedSet::Eligible => "report-visits-eligible",
        CountedSet::Younger => "report-visits-younger",
        CountedSet::Reached(_) => "report-visits-reached",
        CountedSet::FromPrevious(_) => "report-visits-from-before",
        CountedSet::Entries(_) => "report-visits-entries",
        CountedSet::ResolvedWon => "report-visits-won",
        CountedSet::ResolvedLost => "report-visits-lost",
        CountedSet::OpenOn(_) => "report-visits-open-on",
        CountedSet::AtRiskOn(_) => "report-visits-at-risk-on",
        CountedSet::StuckOn(_) => "report-visits-stuck-on",
        CountedSet::LimitBasis(_) => "report-visits-evidence",
        CountedSet::Flagged { .. } => "report-visits-flagged",
    }
}
