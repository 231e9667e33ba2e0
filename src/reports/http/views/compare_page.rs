//! The page that sets figures side by side.

use askama::Template;

use crate::clock::Timestamp;
use crate::records::filters::Problem;
use crate::records::link::link;
use crate::reports::domain::query::{Comparison, ReportQuery};
use crate::reports::http::paths::PIPELINE_PATH;
use crate::reports::http::views::compare::{CompareColumn, CompareGroup, Verdict, groups};
use crate::web::Page;

/// What the page of a comparison shows.
pub struct CompareData {
    pub query: ReportQuery,
    pub comparison: Comparison,
    pub as_of: Timestamp,
    /// What is said of the parameters that can't be.
    pub problems: Vec<Problem>,
    /// The first one is what the others are compared with. None where a day is still to be chosen.
    pub columns: Vec<CompareColumn>,
    /// Owners that are left out, because there are too many for a page.
    pub hidden_owners: usize,
    /// False for those who see only their own leads.
    pub has_owners: bool,
}

/// A comparison to choose.
pub struct ComparisonTab {
    pub label: &'static str,
    pub href: String,
    pub is_current: bool,
}

/// The page that sets figures side by side.
#[derive(Template)]
#[template(path = "reports/compare.html")]
pub struct ComparePage {
    page: Page,
    data: CompareData,
}

impl ComparePage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: CompareData) -> ComparePage {
        ComparePage { page, data }
    }

    fn period(&self) -> String {
        super::context::period_text(self.page.lang, &self.data.query, self.data.as_of)
    }

    /// What is compared, for which period and leads.
    fn about(&self) -> String {
        let about = self.page.t("report-compare-about");
        let source = self.data.query.source.as_deref();
        let source =
            source.map(|name| format!(" · {}", self.page.t1("report-scope-source", "name", name)));
        format!(
            "{} · {}{}",
            about,
            self.period(),
            source.unwrap_or_default()
        )
    }

    fn tabs(&self) -> Vec<ComparisonTab> {
        let tab = |comparison: Comparison| {
            let mut pairs = self.data.query.pairs_without(&["compare"]);
            pairs.push(("compare", comparison.to_string()));
            ComparisonTab {
                label: self.page.t(comparison.key()),
                href: link(PIPELINE_PATH, pairs),
                is_current: comparison == self.data.comparison,
            }
        };
        let comparisons = Comparison::ALL.into_iter();
        let offered = comparisons.filter(|one| *one != Comparison::Owners || self.data.has_owners);
        offered.map(tab).collect()
    }

    /// The report that the comparison came from.
    fn report_href(&self) -> String {
        link(
            PIPELINE_PATH,
            self.data.query.pairs_without(&["compare", "day"]),
        )
    }

    fn day(&self) -> String {
        self.data
            .query
            .day
            .map_or_else(String::new, |day| day.to_string())
    }

    fn hidden_fields(&self) -> Vec<(&'static str, String)> {
        self.data.query.pairs_without(&["day"])
    }

    fn groups(&self) -> Vec<CompareGroup<'_>> {
        groups(self.page.lang, &self.data.columns)
    }

    /// True for a difference beyond the intervals.
    fn is_clear(&self, verdict: &Verdict) -> bool {
        !matches!(verdict, Verdict::Within | Verdict::Few)
    }
}
