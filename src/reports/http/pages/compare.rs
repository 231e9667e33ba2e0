//! Figures side by side.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::NaiveDate;

use crate::access::PageRequest;
use crate::error::Result;
use crate::i18n::{Lang, Message};
use crate::leads::OwnerFilter;
use crate::records::filters::FilterProblem;
use crate::records::link::link;
use crate::reports::actions::prepare::PreparedReport;
use crate::reports::actions::report_cache::ReportCache;
use crate::reports::domain::period::Period;
use crate::reports::domain::query::{Comparison, ReportQuery};
use crate::reports::domain::report_spec::{Owners, ReportSpec};
use crate::reports::http::pages::page_report::PageReport;
use crate::reports::http::paths::PIPELINE_PATH;
use crate::reports::http::views::compare::{CompareColumn, CompareSide};
use crate::reports::http::views::compare_page::{CompareData, ComparePage};
use crate::reports::http::views::context::{days_text, owner_name};
use crate::web::html;

/// How many owners are compared by default, and at most.
const USUAL_OWNERS: usize = 5;
const MAX_OWNERS: usize = 8;

/// The page that compares.
pub(super) async fn show_comparison(
    request: &PageRequest,
    reports: &ReportCache,
    mut query: ReportQuery,
    comparison: Comparison,
    page_report: PageReport,
) -> Result<HttpResponse> {
    let report = page_report.prepared;
    let mut problems = page_report.problems;
    problems.extend(day_outside(&report, &query));
    let comparer = Comparer {
        request,
        reports,
        report: &report,
        owners: &page_report.owners,
    };
    let mut columns = Vec::new();
    if problems.is_empty() {
        if comparison == Comparison::Owners {
            query.with_owners = comparer.owners_to_show(&query).await?;
        }
        let plan = match comparison {
            Comparison::Periods => comparer.periods(&query),
            Comparison::Owners => comparer.by_owner(&query),
            Comparison::Day => comparer.around(&query),
        };
        columns = comparer.columns(plan).await?;
    }
    let data = CompareData {
        comparison,
        as_of: report.spec.as_of,
        period: report.spec.period,
        columns,
        problems,
        owners: page_report.owners,
        sources: page_report.sources,
        definition_changes: page_report.definition_changes,
        origin: request.origin(),
        query,
    };
    html(StatusCode::OK, &ComparePage::new(request.page(), data))
}

/// A sentence for a day that is not inside the period.
fn day_outside(report: &PreparedReport, query: &ReportQuery) -> Option<FilterProblem> {
    let (day, period) = (query.day?, report.spec.period);
    let is_inside =
        period.from.is_none_or(|from| from < day) && period.to.is_none_or(|to| day < to);
    let name = "day";
    (!is_inside).then(|| FilterProblem {
        name: name.to_owned(),
        sentence: Message::new("report-day-outside"),
        href: link(PIPELINE_PATH, query.pairs_without(&[name])),
    })
}

/// What is counted for a side of a comparison.
struct SidePlan {
    label: String,
    query: ReportQuery,
    spec: ReportSpec,
}

/// A column, and what it is compared with.
struct ColumnPlan {
    side: SidePlan,
    against: Option<SidePlan>,
}

/// Counts the columns of a comparison.
struct Comparer<'a> {
    request: &'a PageRequest,
    reports: &'a ReportCache,
    report: &'a PreparedReport,
    owners: &'a [(i64, String)],
}

impl Comparer<'_> {
    fn lang(&self) -> Lang {
        self.request.page().lang
    }

    /// The period that is compared with, by default the one before; then that of the filters.
    fn periods(&self, query: &ReportQuery) -> Vec<ColumnPlan> {
        let period = self.report.spec.period;
        match query.other_period(period) {
            Some(other) => self.pair(query, other, period),
            None => vec![self.alone(self.between(query, period))],
        }
    }

    /// Before a day of the period, and from it on; nothing while there is no day.
    fn around(&self, query: &ReportQuery) -> Vec<ColumnPlan> {
        let Period { from, to } = self.report.spec.period;
        let halves = |day: NaiveDate| {
            let (before, after) = ((from, Some(day)), (Some(day), to));
            let period = |(from, to)| Period { from, to };
            self.pair(query, period(before), period(after))
        };
        query.day.map_or_else(Vec::new, halves)
    }

    /// Two periods, of which the second is compared with the first.
    fn pair(&self, query: &ReportQuery, first: Period, second: Period) -> Vec<ColumnPlan> {
        let against = Some(self.between(query, first));
        let side = self.between(query, second);
        vec![
            self.alone(self.between(query, first)),
            ColumnPlan { side, against },
        ]
    }

    /// All leads, then those of each owner against those of all others.
    fn by_owner(&self, query: &ReportQuery) -> Vec<ColumnPlan> {
        let label = match self.owners.is_empty() {
            true => "report-compare-own",
            false => "report-compare-all",
        };
        let all = SidePlan {
            label: self.lang().t(label).to_owned(),
            query: query.clone(),
            spec: self.report.spec.clone(),
        };
        let owners = query.with_owners.iter().take(MAX_OWNERS);
        let columns = owners.filter_map(|owner| self.owner(query, *owner));
        std::iter::once(self.alone(all)).chain(columns).collect()
    }

    /// An owner against all others; nothing for `me`.
    fn owner(&self, query: &ReportQuery, owner: OwnerFilter) -> Option<ColumnPlan> {
        let owners = match owner {
            OwnerFilter::User(id) => Owners::User(id),
            OwnerFilter::Me => return None,
            OwnerFilter::Unassigned => Owners::Unassigned,
        };
        let side = SidePlan {
            label: owner_name(self.lang(), owner, self.owners),
            query: query.of_owner(Some(owner), None),
            spec: self.report.spec.of(owners),
        };
        let against = owners.others().map(|others| SidePlan {
            label: self.lang().t("report-compare-rest").to_owned(),
            query: query.of_owner(None, Some(owner)),
            spec: self.report.spec.of(others),
        });
        Some(ColumnPlan { side, against })
    }

    /// The owners of the query, or those with most leads; none for users who see only their own leads.
    async fn owners_to_show(&self, query: &ReportQuery) -> Result<Vec<OwnerFilter>> {
        match query.with_owners.as_slice() {
            _ if self.owners.is_empty() => return Ok(Vec::new()),
            [] => {}
            chosen => return Ok(chosen.to_vec()),
        }
        let all = self.reports.figures(&self.request.app().db, self.report);
        let all = all.await?;
        let owner = |(owner, _): &(Option<i64>, i64)| match owner {
            Some(id) => OwnerFilter::User(*id),
            None => OwnerFilter::Unassigned,
        };
        Ok(all.owners.iter().take(USUAL_OWNERS).map(owner).collect())
    }

    fn alone(&self, side: SidePlan) -> ColumnPlan {
        ColumnPlan {
            side,
            against: None,
        }
    }

    /// The leads of the filters in a period, which names them.
    fn between(&self, query: &ReportQuery, period: Period) -> SidePlan {
        SidePlan {
            label: days_text(self.lang(), period.from, period.to),
            query: query.between(period),
            spec: self.report.spec.between(period),
        }
    }

    /// Counts all columns in one pass.
    async fn columns(&self, plans: Vec<ColumnPlan>) -> Result<Vec<CompareColumn>> {
        let sides = plans
            .iter()
            .flat_map(|plan| std::iter::once(&plan.side).chain(&plan.against));
        let specs: Vec<ReportSpec> = sides.map(|side| side.spec.clone()).collect();
        let db = &self.request.app().db;
        let figures = self.reports.figures_of(db, self.report, &specs).await?;
        let mut figures = figures.into_iter();
        let mut side = |plan: SidePlan| {
            Some(CompareSide {
                label: plan.label,
                query: plan.query,
                figures: figures.next()?,
            })
        };
        let column = |plan: ColumnPlan| {
            Some(CompareColumn {
                side: side(plan.side)?,
                against: plan.against.and_then(&mut side),
            })
        };
        Ok(plans.into_iter().filter_map(column).collect())
    }
}
