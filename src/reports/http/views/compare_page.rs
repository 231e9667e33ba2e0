//! The page that sets figures side by side.

use askama::Template;

use crate::clock::Timestamp;
use crate::leads::OwnerFilter;
use crate::records::filter_value::FilterParam;
use crate::records::filters::FilterProblem;
use crate::records::link::link;
use crate::reports::domain::figures::DefinitionChange;
use crate::reports::domain::period::Period;
use crate::reports::domain::query::{Comparison, ReportQuery};
use crate::reports::http::paths::PIPELINE_PATH;
use crate::reports::http::views::compare::{
    ClearDifference, CompareColumn, CompareGroup, cell_id, clear_differences,
};
use crate::reports::http::views::compare_measures::groups;
use crate::reports::http::views::context::scope_text;
use crate::reports::http::views::filters::FilterBar;
use crate::reports::http::views::series::change_links;
use crate::reports::http::views::time::Count;
use crate::web::Page;

/// What the page of a comparison shows.
pub struct CompareData {
    /// With the owners that are shown.
    pub query: ReportQuery,
    pub comparison: Comparison,
    pub as_of: Timestamp,
    pub period: Period,
    /// A sentence for each parameter that is not valid.
    pub problems: Vec<FilterProblem>,
    /// None where a day is still to be chosen.
    pub columns: Vec<CompareColumn>,
    /// The owners there are; none for those who see only their own leads.
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// The definitions that changed in the period.
    pub definition_changes: Vec<DefinitionChange>,
    /// Scheme, host and port of this site.
    pub origin: String,
}

/// A comparison to choose.
pub struct ComparisonTab {
    pub label: &'static str,
    pub href: String,
    pub is_current: bool,
}

/// An owner to compare.
pub struct OwnerChoice {
    pub value: String,
    pub label: String,
    pub is_shown: bool,
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

    /// For which period and leads.
    fn scope(&self) -> String {
        let (lang, data) = (self.page.lang, &self.data);
        scope_text(lang, &data.query, data.as_of, &data.owners)
    }

    /// The filters of the report; owners are chosen apart where they are compared.
    fn filters(&self) -> FilterBar {
        let data = &self.data;
        let owners: &[_] = match data.comparison {
            Comparison::Owners => &[],
            _ => &data.owners,
        };
        FilterBar::of(
            self.page.lang,
            &data.query,
            data.as_of,
            owners,
            &data.sources,
        )
    }

    fn tabs(&self) -> Vec<ComparisonTab> {
        let tab = |comparison: Comparison| {
            let mut pairs = self.data.query.report_pairs();
            pairs.push(("compare", comparison.to_string()));
            ComparisonTab {
                label: self.page.t(comparison.key()),
                href: link(PIPELINE_PATH, pairs),
                is_current: comparison == self.data.comparison,
            }
        };
        let has_owners = !self.data.owners.is_empty();
        let comparisons = Comparison::ALL.into_iter();
        let comparisons = comparisons.filter(|tab| *tab != Comparison::Owners || has_owners);
        comparisons.map(tab).collect()
    }

    /// The report that the comparison came from.
    fn report_href(&self) -> String {
        link(PIPELINE_PATH, self.data.query.report_pairs())
    }

    /// The days on which definitions changed, to compare around them.
    fn change_links(&self) -> Vec<Count> {
        let data = &self.data;
        change_links(self.page.lang, &data.query, &data.definition_changes)
    }

    fn day(&self) -> String {
        let day = self.data.query.day;
        day.map_or_else(String::new, |day| day.to_string())
    }

    /// The first day of the period that is compared with, and the day after its last one.
    fn other_days(&self) -> (String, String) {
        let other = self.data.query.other_period(self.data.period);
        let text =
            |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        let Period { from, to } = other.unwrap_or_default();
        (text(from), text(to))
    }

    /// What a form keeps that has these fields.
    fn hidden_fields(&self, names: &[&str]) -> Vec<(&'static str, String)> {
        self.data.query.pairs_without(names)
    }

    /// All owners, and the leads without one.
    fn owner_choices(&self) -> Vec<OwnerChoice> {
        let people = self.data.owners.iter();
        let people = people.map(|(id, name)| (OwnerFilter::User(*id), name.as_str()));
        let nobody = (OwnerFilter::Unassigned, self.page.t("lead-owner-nobody"));
        let choice = |(owner, name): (OwnerFilter, &str)| OwnerChoice {
            value: owner.to_param(),
            label: name.to_owned(),
            is_shown: self.data.query.with_owners.contains(&owner),
        };
        people.chain([nobody]).map(choice).collect()
    }

    fn groups(&self) -> Vec<CompareGroup<'_>> {
        groups(self.page.lang, &self.data.columns)
    }

    fn clear_differences(&self, groups: &[CompareGroup]) -> Vec<ClearDifference> {
        clear_differences(&self.data.columns, groups)
    }

    fn cell_id(&self, group: &usize, row: &usize, column: &usize) -> String {
        cell_id(*group, *row, *column)
    }

    /// The address of exactly these figures.
    fn fixed_link(&self) -> String {
        let pairs = self.data.query.fixed(self.data.as_of).pairs();
        format!("{}{}", self.data.origin, link(PIPELINE_PATH, pairs))
    }
}
