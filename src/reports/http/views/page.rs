//! The page of the pipeline.

use std::sync::Arc;

use askama::Template;

use crate::clock::Timestamp;
use crate::records::filters::FilterProblem;
use crate::records::link::link;
use crate::reports::domain::figures::{DefinitionChange, Figures, ReportStatus};
use crate::reports::domain::handoffs::Offer;
use crate::reports::domain::query::{Comparison, ReportQuery};
use crate::reports::http::paths::COMPLIANCE_PATH;
use crate::reports::http::paths::{CsvTable, PIPELINE_PATH};
use crate::reports::http::views::context::{ReportContext, scope_text};
use crate::reports::http::views::filters::FilterBar;
use crate::reports::http::views::flow::FlowView;
use crate::reports::http::views::funnel::FunnelView;
use crate::reports::http::views::handoffs::{HandoffCard, HandoffContext};
use crate::reports::http::views::limits::{LimitRow, rows};
use crate::reports::http::views::losses::LossesView;
use crate::reports::http::views::sentence::Sentence;
use crate::reports::http::views::series::{SeriesChart, change_links, open_chart, stuck_chart};
use crate::reports::http::views::tiles::{Tile, TileSource};
use crate::reports::http::views::time::{ClosedRow, Count, TimeCard, cards, closed};
use crate::statuses::BatchOutcome;
use crate::web::Page;

/// The figures of a period, and those of the period of equal length before.
pub struct PeriodFigures {
    pub figures: Arc<Figures>,
    pub before: Option<Arc<Figures>>,
}

/// What the page of the pipeline shows.
pub struct ReportData {
    pub query: ReportQuery,
    pub as_of: Timestamp,
    pub problems: Vec<FilterProblem>,
    /// Nothing if there are problems.
    pub figures: Option<PeriodFigures>,
    /// All statuses.
    pub statuses: Vec<ReportStatus>,
    /// The definitions that changed in the period.
    pub definition_changes: Vec<DefinitionChange>,
    /// The offers of the period.
    pub offers: Vec<Offer>,
    /// The owners to choose from; none for those who see only their own leads.
    pub owners: Vec<(i64, String)>,
    pub sources: Vec<String>,
    /// True if the user may set limits.
    pub can_set_limits: bool,
    /// Scheme, host and port of this site.
    pub origin: String,
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

    /// Period, owner and source in words, for the head of the page and for print.
    fn scope(&self) -> String {
        let (lang, data) = (self.page.lang, &self.data);
        scope_text(lang, &data.query, data.as_of, &data.owners)
    }

    fn filters(&self) -> FilterBar {
        let ReportData {
            query,
            as_of,
            owners,
            sources,
            ..
        } = &self.data;
        FilterBar::of(self.page.lang, query, *as_of, owners, sources)
    }

    /// The page that compares.
    fn compare_href(&self, comparison: &Comparison) -> String {
        let mut pairs = self.data.query.pairs_without(&["compare"]);
        pairs.push(("compare", comparison.to_string()));
        link(PIPELINE_PATH, pairs)
    }

    /// How offers were answered, by status.
    fn handoffs(&self) -> Vec<HandoffCard<'_>> {
        let data = &self.data;
        let context = HandoffContext {
            lang: self.page.lang,
            query: data.query.fixed(data.as_of),
            statuses: &data.statuses,
            offers: &data.offers,
        };
        context.cards()
    }

    /// The sections of the page, if there are figures.
    fn sections(&self) -> Option<ReportSections<'_>> {
        let figures = self.data.figures.as_ref()?;
        Some(ReportSections {
            context: ReportContext {
                lang: self.page.lang,
                query: &self.data.query,
                figures: &figures.figures,
            },
            before: figures.before.as_deref(),
            definition_changes: &self.data.definition_changes,
            origin: &self.data.origin,
        })
    }
}

/// What the page shows of its figures.
pub struct ReportSections<'a> {
    pub context: ReportContext<'a>,
    before: Option<&'a Figures>,
    definition_changes: &'a [DefinitionChange],
    origin: &'a str,
}

impl<'a> ReportSections<'a> {
    fn figures(&self) -> &'a Figures {
        self.context.figures
    }

    fn sentence(&self) -> Sentence {
        Sentence::of(&self.context)
    }

    fn tiles(&self) -> Vec<Tile> {
        let (context, before) = (self.context, self.before);
        TileSource { context, before }.tiles()
    }

    /// What the changes of the tiles compare with; empty without any.
    fn compared_with(&self) -> String {
        let days = self.before.map(|before| &before.series.days);
        let ends = days.and_then(|days| days.first().zip(days.last()));
        ends.map_or_else(String::new, |(first, last)| {
            let lang = self.context.lang;
            let args = [
                ("from", lang.date(*first).into()),
                ("to", lang.date(*last).into()),
            ];
            self.context.say("report-tiles-compared", &args)
        })
    }

    fn funnel(&self) -> FunnelView<'a> {
        FunnelView::of(&self.context)
    }

    fn losses(&self) -> LossesView<'a> {
        LossesView::of(&self.context)
    }

    fn time_cards(&self) -> Vec<TimeCard<'a>> {
        cards(&self.context)
    }

    fn closed_rows(&self) -> Vec<ClosedRow<'a>> {
        closed(&self.context)
    }

    fn flow(&self) -> FlowView<'a> {
        FlowView::of(&self.context)
    }

    fn open_chart(&self) -> SeriesChart<'a> {
        open_chart(&self.context, self.definition_changes)
    }

    /// Links that compare what came before a change of a definition with what came from that day on.
    fn change_links(&self) -> Vec<Count> {
        change_links(
            self.context.lang,
            self.context.query,
            self.definition_changes,
        )
    }

    fn stuck_chart(&self) -> SeriesChart<'a> {
        stuck_chart(&self.context, self.definition_changes)
    }

    fn limit_rows(&self) -> Vec<LimitRow<'a>> {
        rows(&self.context)
    }

    fn csv(&self, table: CsvTable) -> String {
        self.context.csv(table)
    }

    /// The address of exactly these figures.
    fn fixed_link(&self) -> String {
        format!("{}{}", self.origin, self.context.fixed_page())
    }

    fn is_any_rounded(&self) -> bool {
        self.figures().times.iter().any(|times| times.is_rounded)
    }
}
