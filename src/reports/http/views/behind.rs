//! The page of the visits behind a number.

use std::collections::HashMap;

use askama::Template;

use crate::clock::Timestamp;
use crate::i18n::{Arg, Lang};
use crate::records::link::link;
use crate::reports::actions::behind::{VisitBehind, VisitsBehind};
use crate::reports::domain::behind::BehindSet;
use crate::reports::domain::figures::ReportStatus;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::paths::{BEHIND_PATH, LEADS_PATH, PIPELINE_PATH};
use crate::reports::http::views::context::period_text;
use crate::reports::http::views::wording::{days, duration};
use crate::web::Page;

/// What the page shows.
pub struct BehindData {
    pub query: ReportQuery,
    pub set: BehindSet,
    /// All there are.
    pub statuses: Vec<ReportStatus>,
    pub as_of: Timestamp,
    pub found: VisitsBehind,
    /// The names of the leads, by id.
    pub names: HashMap<i64, String>,
}

/// The page of the visits behind a number.
#[derive(Template)]
#[template(path = "reports/visits.html")]
pub struct BehindPage {
    page: Page,
    data: BehindData,
}

impl BehindPage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: BehindData) -> BehindPage {
        BehindPage { page, data }
    }

    fn title(&self) -> String {
        title(self.page.lang, self.data.set, &self.data.statuses)
    }

    fn period(&self) -> String {
        period_text(self.page.lang, &self.data.query, self.data.as_of)
    }

    fn status(&self, id: i64) -> Option<&ReportStatus> {
        let mut statuses = self.data.statuses.iter();
        statuses.find(|status| status.place.id == id)
    }

    fn next_status(&self, visit: &VisitBehind) -> Option<&ReportStatus> {
        self.status(visit.next?)
    }

    fn name(&self, visit: &VisitBehind) -> &str {
        let name = self.data.names.get(&visit.lead);
        name.map_or("", String::as_str)
    }

    fn lead_path(&self, visit: &VisitBehind) -> String {
        let back = [("back", self.page.here.clone())];
        link(&format!("{LEADS_PATH}/{}", visit.lead), back)
    }

    fn entered(&self, visit: &VisitBehind) -> Timestamp {
        Timestamp(0).plus_seconds(visit.entered_at)
    }

    fn duration(&self, visit: &VisitBehind) -> String {
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
        Some(link(BEHIND_PATH, pairs))
    }

    fn previous(&self) -> Option<String> {
        self.page_href(self.data.found.page.saturating_sub(1))
    }

    fn next(&self) -> Option<String> {
        self.page_href(self.data.found.page + 1)
    }

    /// True if more visits are counted than pages show.
    fn is_cut(&self) -> bool {
        let shown = crate::reports::actions::behind::PER_PAGE * self.data.found.pages;
        self.data.found.total > shown as i64
    }
}

/// What a set is called.
fn title(lang: Lang, set: BehindSet, statuses: &[ReportStatus]) -> String {
    let name = |id: i64| {
        let status = statuses.iter().find(|status| status.place.id == id);
        status.map_or_else(|| format!("#{id}"), |status| status.name.clone())
    };
    let mut args: Vec<(&str, Arg)> = Vec::new();
    args.extend(set.status().map(|id| ("status", name(id).into())));
    args.extend(set.day().map(|day| ("day", lang.date(day).into())));
    args.extend(match set {
        BehindSet::ExitsBy(_, way) => Some(("way", lang.t(way.key()).to_owned().into())),
        BehindSet::Direction(way) => Some(("way", lang.t(way.key()).to_owned().into())),
        BehindSet::Moves { to, .. } => Some(("to", name(to).into())),
        BehindSet::Flagged { days: limit, .. } => Some(("days", days(lang, limit).into())),
        _ => None,
    });
    lang.format(title_key(set), &args).into_owned()
}

fn title_key(set: BehindSet) -> &'static str {
    match set {
        BehindSet::Visits(_) => "report-behind-visits",
        BehindSet::Exits(_) => "report-behind-exits",
        BehindSet::ExitsBy(..) => "report-behind-exits-by",
        BehindSet::Open(_) => "report-behind-open",
        BehindSet::Censored(_) => "report-behind-censored",
        BehindSet::TargetMet(_) => "report-behind-met",
        BehindSet::TargetMissed(_) => "report-behind-missed",
        BehindSet::TargetUndecided(_) => "report-behind-undecided",
        BehindSet::Moves { .. } => "report-behind-moves",
        BehindSet::Direction(_) => "report-behind-direction",
        BehindSet::Returns => "report-behind-returns",
        BehindSet::Eligible => "report-behind-eligible",
        BehindSet::Younger => "report-behind-younger",
        BehindSet::Reached(_) => "report-behind-reached",
        BehindSet::Entries(_) => "report-behind-entries",
        BehindSet::ResolvedWon => "report-behind-won",
        BehindSet::ResolvedLost => "report-behind-lost",
        BehindSet::OpenOn(_) => "report-behind-open-on",
        BehindSet::AtRiskOn(_) => "report-behind-at-risk-on",
        BehindSet::StuckOn(_) => "report-behind-stuck-on",
        BehindSet::Evidence(_) => "report-behind-evidence",
        BehindSet::Flagged { .. } => "report-behind-flagged",
    }
}
