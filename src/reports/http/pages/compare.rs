//! Figures side by side.

use std::cmp::Reverse;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::NaiveDate;

use crate::access::PageRequest;
use crate::error::Result;
use crate::i18n::Message;
use crate::leads::OwnerFilter;
use crate::records::filters::Problem;
use crate::records::link::link;
use crate::reports::actions::answers::Reports;
use crate::reports::actions::ask::ReportRequest;
use crate::reports::domain::figures::Figures;
use crate::reports::domain::query::{Comparison, ReportQuery};
use crate::reports::http::pages::page_question::PageQuestion;
use crate::reports::http::paths::PIPELINE_PATH;
use crate::reports::http::views::compare::CompareColumn;
use crate::reports::http::views::compare_page::{CompareData, ComparePage};
use crate::reports::http::views::context::period_text;
use crate::web::html;

/// Owners whose figures are counted, and those of them that are shown: the ones with most leads.
const MAX_OWNERS: usize = 24;
const OWNER_COLUMNS: usize = 5;

/// The page that compares.
pub(super) async fn show_comparison(
    visitor: &PageRequest,
    reports: &Reports,
    query: ReportQuery,
    comparison: Comparison,
    question: PageQuestion,
) -> Result<HttpResponse> {
    let asked = &question.asked;
    let mut problems = question.problems;
    problems.extend(day_outside(asked, &query));
    let comparer = Comparer {
        visitor,
        reports,
        query: &query,
        asked,
    };
    let (columns, hidden_owners) = match comparison {
        _ if !problems.is_empty() => (Vec::new(), 0),
        Comparison::Periods => (comparer.periods().await?, 0),
        Comparison::Owners => comparer.owners(&question.owners).await?,
        Comparison::Day => match query.day {
            Some(day) => (comparer.day(day).await?, 0),
            None => (Vec::new(), 0),
        },
    };
    let data = CompareData {
        comparison,
        as_of: asked.question.as_of,
        columns,
        hidden_owners,
        problems,
        has_owners: !question.owners.is_empty(),
        query,
    };
    html(StatusCode::OK, &ComparePage::new(visitor.page(), data))
}

/// What is said of a day that leaves nothing before it, or nothing from it on.
fn day_outside(asked: &ReportRequest, query: &ReportQuery) -> Option<Problem> {
    let (day, period) = (query.day?, asked.question.period);
    let is_inside =
        period.from.is_none_or(|from| from < day) && period.to.is_none_or(|to| day < to);
    let name = "day";
    (!is_inside).then(|| Problem {
        name: name.to_owned(),
        sentence: Message::new("report-day-outside"),
        href: link(PIPELINE_PATH, query.pairs_without(&[name])),
    })
}

/// Counts the columns of a comparison.
struct Comparer<'a> {
    visitor: &'a PageRequest,
    reports: &'a Reports,
    query: &'a ReportQuery,
    asked: &'a ReportRequest,
}

impl Comparer<'_> {
    /// The period before, and this one.
    async fn periods(&self) -> Result<Vec<CompareColumn>> {
        let now = self.asked.question.period;
        let mut columns = Vec::new();
        for period in [now.before(), Some(now)].into_iter().flatten() {
            columns.push(self.between(period.from, period.to).await?);
        }
        Ok(columns)
    }

    /// Before a day of the period, and from it on.
    async fn day(&self, day: NaiveDate) -> Result<Vec<CompareColumn>> {
        let period = self.asked.question.period;
        Ok(vec![
            self.between(period.from, Some(day)).await?,
            self.between(Some(day), period.to).await?,
        ])
    }

    /// All leads, then those of each owner; and how many owners are left out.
    async fn owners(&self, owners: &[(i64, String)]) -> Result<(Vec<CompareColumn>, usize)> {
        let label = match owners.is_empty() {
            true => "report-compare-own",
            false => "report-compare-all",
        };
        let label = self.visitor.page().t(label).to_owned();
        let all = self.column(self.query.clone(), self.asked.clone(), label);
        let all = all.await?;
        let mut columns = Vec::new();
        for (id, name) in owners.iter().take(MAX_OWNERS) {
            let query = ReportQuery {
                owner: Some(OwnerFilter::User(*id)),
                ..self.query.clone()
            };
            let asked = self.asked.of_owner(*id);
            columns.push(self.column(query, asked, name.clone()).await?);
        }
        columns.retain(|column| entries(&column.figures) > 0);
        columns.sort_by_key(|column| Reverse(entries(&column.figures)));
        let hidden =
            columns.len().saturating_sub(OWNER_COLUMNS) + owners.len().saturating_sub(MAX_OWNERS);
        columns.truncate(OWNER_COLUMNS);
        columns.insert(0, all);
        Ok((columns, hidden))
    }

    /// The column of a period, named by its days.
    async fn between(
        &self,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<CompareColumn> {
        let query = ReportQuery {
            preset: None,
            from,
            to,
            ..self.query.clone()
        };
        let lang = self.visitor.page().lang;
        let label = period_text(lang, &query, self.asked.question.as_of);
        self.column(query, self.asked.between(from, to), label)
            .await
    }

    async fn column(
        &self,
        query: ReportQuery,
        asked: ReportRequest,
        label: String,
    ) -> Result<CompareColumn> {
        let figures = self.reports.figures(&self.visitor.app().db, asked).await?;
        Ok(CompareColumn {
            label,
            query,
            figures,
        })
    }
}

/// Entries into all statuses in the period.
fn entries(figures: &Figures) -> i64 {
    figures.times.iter().map(|times| times.visits).sum()
}
