//! The page of the pipeline.

use std::sync::Arc;

use askama::Template;

use crate::records::filters::{Filtered, Problem};
use crate::records::link::link;
use crate::reports::domain::figures::Figures;
use crate::reports::domain::query::{Comparison, ReportFilter, ReportQuery};
use crate::reports::http::paths::{CsvTable, PIPELINE_PATH};
use crate::reports::http::views::context::ReportContext;
use crate::reports::http::views::filters::FilterBar;
use crate::reports::http::views::flow::FlowView;
use crate::reports::http::views::funnel::FunnelView;
use crate::reports::http::views::limits::{LimitRow, rows};
use crate::reports::http::views::sentence::Sentence;
use crate::reports::http::views::series::{SeriesChart, open_chart, stuck_chart};
use crate::reports::http::views::tiles::{Tile, TileSource};
use crate::reports::http::views::time::{ClosedRow, TimeCard, cards, closed};
use crate::statuses::http::views::outcome::BatchOutcome;
use crate::web::Page;

/// What the page of the pipeline shows.
pub struct ReportData {
    pub query: ReportQuery,
    pub figures: Arc<Figures>,
    /// Those of the period of equal length before.
    pub before: Option<Arc<Figures>>,
    /// The owners to choose from; none for those who see only their own leads.
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// True if the user may set limits.
    pub can_set_limits: bool,
    /// The edit of limits that was just made.
    pub outcome: Option<BatchOutcome>,
}

/// The page of the pipeline.
#[derive(Template)]
#[template(path = "reports/pipeline.html")]
pub struct PipelinePage {
    page: Page,
    data: ReportData,
}

impl PipelinePage {
    /// The page that shows `data`.
    pub fn new(page: Page, data: ReportData) -> PipelinePage {
        PipelinePage { page, data }
    }

    fn context(&self) -> ReportContext<'_> {
        ReportContext {
            lang: self.page.lang,
            query: &self.data.query,
            figures: &self.data.figures,
        }
    }

    /// Period, owner and source in words, for the head of the page and for print.
    fn scope(&self) -> String {
        let mut parts = vec![self.context().period()];
        let bar = self.filters();
        let label = |choices: &[(String, String)], value: &str| {
            let chosen = choices.iter().find(|(known, _)| known == value);
            chosen.map_or_else(|| value.to_owned(), |(_, label)| label.clone())
        };
        match bar.owner.as_str() {
            "" if bar.owners.is_empty() => parts.push(self.page.t("report-scope-own").to_owned()),
            "" => parts.push(self.page.t("report-scope-anyone").to_owned()),
            owner => {
                let name = label(&bar.owners, owner);
                parts.push(self.page.t1("report-scope-owner", "name", name));
            }
        }
        if !bar.source.is_empty() {
            parts.push(self.page.t1("report-scope-source", "name", bar.source));
        }
        parts.join(" · ")
    }

    fn filters(&self) -> FilterBar {
        FilterBar::of(&self.context(), &self.data.owners, &self.data.sources)
    }

    fn problems(&self) -> Vec<Problem> {
        let without = |filter: ReportFilter| {
            let mut query = self.data.query.clone();
            query.clear(filter);
            link(PIPELINE_PATH, query.pairs())
        };
        self.data.query.problems(without)
    }

    fn sentence(&self) -> Sentence {
        Sentence::of(&self.context(), &self.data.figures.present)
    }

    fn tiles(&self) -> Vec<Tile> {
        let source = TileSource {
            context: self.context(),
            present: &self.data.figures.present,
            before: self.data.before.as_deref(),
        };
        source.tiles()
    }

    /// What the changes of the tiles compare with; empty without any.
    fn compared_with(&self) -> String {
        let days = self
            .data
            .before
            .as_deref()
            .map(|before| &before.series.days);
        let ends = days.and_then(|days| days.first().zip(days.last()));
        ends.map_or_else(String::new, |(first, last)| {
            let lang = self.page.lang;
            self.page.t2(
                "report-tiles-compared",
                "from",
                lang.date(*first),
                "to",
                lang.date(*last),
            )
        })
    }

    fn funnel(&self) -> FunnelView<'_> {
        FunnelView::of(&self.context())
    }

    fn time_cards(&self) -> Vec<TimeCard<'_>> {
        cards(&self.context())
    }

    fn closed_rows(&self) -> Vec<ClosedRow<'_>> {
        closed(&self.context())
    }

    fn flow(&self) -> FlowView<'_> {
        FlowView::of(&self.context())
    }

    fn open_chart(&self) -> SeriesChart<'_> {
        open_chart(&self.context())
    }

    fn stuck_chart(&self) -> SeriesChart<'_> {
        stuck_chart(&self.context())
    }

    fn limit_rows(&self) -> Vec<LimitRow<'_>> {
        rows(&self.context())
    }

    fn csv(&self, table: CsvTable) -> String {
        self.context().csv(table)
    }

    /// The page that compares.
    fn compare_href(&self, comparison: &Comparison) -> String {
        self.context()
            .page_with(&[("compare", comparison.as_str())])
    }

    fn is_any_rounded(&self) -> bool {
        self.data.figures.times.iter().any(|times| times.is_rounded)
    }
}
