//! The moves between statuses, as a picture and as a matrix.

use std::collections::BTreeMap;

use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::figures::{Flow, FlowMove, ReportStatus};
use crate::reports::domain::flow::Direction;
use crate::reports::http::charts::labels::{short, spread};
use crate::reports::http::charts::ribbons::{ColumnBar, Link, Ribbons};
use crate::reports::http::charts::scale::rounded_up;
use crate::reports::http::views::context::ReportContext;
use crate::reports::http::views::time::{Count, number};
use crate::reports::http::views::wording::{duration, share};

/// The height of the picture for each bar of its longer column, and at least.
const HEIGHT_OF_BAR: f64 = 44.0;
const LEAST_HEIGHT: f64 = 160.0;
/// The distance between labels.
const LABEL_GAP: f64 = 15.0;
/// The most characters of a label.
const LABEL_CHARS: usize = 14;
/// Shades of the matrix.
const SHADES: i64 = 5;

/// A bar of the picture, with its label.
pub struct BarView<'a> {
    pub status: &'a ReportStatus,
    pub y: String,
    pub height: String,
    /// Where its label is.
    pub label_y: String,
    pub label: String,
    pub title: String,
}

/// A ribbon of the picture.
pub struct RibbonView<'a> {
    pub status: &'a ReportStatus,
    pub path: String,
    pub title: String,
}

/// The picture of the moves.
pub struct FlowPicture<'a> {
    pub title: String,
    pub height: f64,
    pub left: Vec<BarView<'a>>,
    pub right: Vec<BarView<'a>>,
    pub ribbons: Vec<RibbonView<'a>>,
}

/// A direction with its share of the moves.
pub struct DirectionView {
    pub class: &'static str,
    pub label: &'static str,
    pub about: &'static str,
    pub share: String,
    pub width: f64,
    pub count: Count,
}

/// A cell of the matrix.
pub struct MatrixCell {
    pub count: Count,
    pub median: String,
    /// From 1, the lightest.
    pub shade: i64,
    pub title: String,
}

/// A row of the matrix: where moves come from.
pub struct MatrixRow<'a> {
    pub status: &'a ReportStatus,
    pub cells: Vec<Option<MatrixCell>>,
    pub total: String,
}

/// The moves that ended the visits of the period.
pub struct FlowView<'a> {
    pub total: i64,
    pub total_text: String,
    pub directions: Vec<DirectionView>,
    pub returns: DirectionView,
    pub picture: FlowPicture<'a>,
    pub columns: Vec<&'a ReportStatus>,
    pub rows: Vec<MatrixRow<'a>>,
}

impl<'a> FlowView<'a> {
    /// The moves of these figures.
    pub fn of(context: &ReportContext<'a>) -> FlowView<'a> {
        let flow = &context.figures.flow;
        let sources = used(context, flow, |pair| pair.from);
        let targets = used(context, flow, |pair| pair.to);
        let directions = [
            Direction::Forward,
            Direction::Skip,
            Direction::Back,
            Direction::Dropped,
        ];
        FlowView {
            total: flow.total(),
            total_text: context.count("report-flow-total", flow.total()),
            directions: directions
                .map(|one| {
                    let set = CountedSet::Direction(one);
                    direction(context, direction_keys(one), flow.count(one), set)
                })
                .into(),
            returns: {
                let keys = ["return", "report-direction-return", "report-return-about"];
                direction(context, keys, flow.returns, CountedSet::Returns)
            },
            picture: picture(context, flow, &sources, &targets),
            rows: matrix(context, flow, &sources, &targets),
            columns: targets,
        }
    }
}

/// The statuses at one end of the moves, in the order of the pipeline.
fn used<'a>(
    context: &ReportContext<'a>,
    flow: &Flow,
    end: impl Fn(&FlowMove) -> i64,
) -> Vec<&'a ReportStatus> {
    let is_used = |status: &&ReportStatus| flow.moves.iter().any(|pair| end(pair) == status.id);
    context.figures.statuses.iter().filter(is_used).collect()
}

/// The class of a direction, its name and what it is.
fn direction_keys(direction: Direction) -> [&'static str; 3] {
    match direction {
        Direction::Forward => [
            "forward",
            "report-direction-forward",
            "report-forward-about",
        ],
        Direction::Skip => ["skip", "report-direction-skip", "report-skip-about"],
        Direction::Back => ["back", "report-direction-back", "report-back-about"],
        Direction::Dropped => [
            "dropped",
            "report-direction-dropped",
            "report-dropped-about",
        ],
    }
}

fn direction(
    context: &ReportContext,
    [class, label, about]: [&'static str; 3],
    count: i64,
    set: CountedSet,
) -> DirectionView {
    let part = count as f64 / context.figures.flow.total().max(1) as f64;
    DirectionView {
        class,
        label: context.t(label),
        about: context.t(about),
        share: share(part),
        width: part * 100.0,
        count: number(context, count, set),
    }
}

fn picture<'a>(
    context: &ReportContext<'a>,
    flow: &'a Flow,
    sources: &[&'a ReportStatus],
    targets: &[&'a ReportStatus],
) -> FlowPicture<'a> {
    let index =
        |statuses: &[&ReportStatus], id: i64| statuses.iter().position(|status| status.id == id);
    let link = |pair: &'a FlowMove| {
        let (from, to) = (index(sources, pair.from)?, index(targets, pair.to)?);
        let count = pair.count;
        Some((pair, Link { from, to, count }))
    };
    let (moves, links): (Vec<&FlowMove>, Vec<Link>) = flow.moves.iter().filter_map(link).unzip();
    let bars = sources.len().max(targets.len());
    let height = (bars as f64 * HEIGHT_OF_BAR).max(LEAST_HEIGHT);
    let ribbons = Ribbons::of(&links, sources.len(), targets.len(), height);
    let paths = ribbons.paths.into_iter().zip(moves);
    let ribbon = |(path, pair): (String, &FlowMove)| {
        Some(RibbonView {
            status: context.figures.status(pair.from)?,
            path,
            title: move_title(context, pair),
        })
    };
    FlowPicture {
        title: context.count("report-flow-title", flow.total()),
        height,
        left: bar_views(context, sources, &ribbons.left, height),
        right: bar_views(context, targets, &ribbons.right, height),
        ribbons: paths.filter_map(ribbon).collect(),
    }
}

fn bar_views<'a>(
    context: &ReportContext,
    statuses: &[&'a ReportStatus],
    bars: &[ColumnBar],
    height: f64,
) -> Vec<BarView<'a>> {
    let middles: Vec<f64> = bars.iter().map(ColumnBar::middle).collect();
    let labels = spread(&middles, LABEL_GAP, 7.0, height - 7.0);
    let bars = statuses.iter().zip(bars).zip(labels);
    bars.map(|((status, bar), label_y)| BarView {
        status,
        y: format!("{:.1}", bar.y),
        height: format!("{:.1}", bar.height.max(1.0)),
        label_y: format!("{:.1}", label_y + 4.0),
        label: format!(
            "{} {}",
            short(&status.name, LABEL_CHARS),
            context.number(bar.count)
        ),
        title: format!("{}: {}", status.name, context.number(bar.count)),
    })
    .collect()
}

/// "Proposal → Won: 16 moves, half within 12 days".
fn move_title(context: &ReportContext, pair: &FlowMove) -> String {
    let args = [
        ("from", context.name_of(pair.from).into()),
        ("to", context.name_of(pair.to).into()),
        ("count", pair.count.into()),
        ("time", duration(context.lang, pair.median_seconds).into()),
        (
            "direction",
            context.t(direction_keys(pair.direction)[1]).into(),
        ),
    ];
    context.say("report-flow-move", &args)
}

fn matrix<'a>(
    context: &ReportContext<'a>,
    flow: &Flow,
    sources: &[&'a ReportStatus],
    targets: &[&'a ReportStatus],
) -> Vec<MatrixRow<'a>> {
    let moves: BTreeMap<(i64, i64), &FlowMove> = flow
        .moves
        .iter()
        .map(|pair| ((pair.from, pair.to), pair))
        .collect();
    let most = flow.moves.iter().map(|pair| pair.count).max().unwrap_or(1);
    let row = |source: &&'a ReportStatus| {
        let from = source.id;
        let cells = targets.iter().map(|target| {
            let pair = moves.get(&(from, target.id));
            pair.map(|pair| cell(context, pair, most))
        });
        let counts = flow.moves.iter().filter(|pair| pair.from == from);
        MatrixRow {
            status: source,
            cells: cells.collect(),
            total: context.number(counts.map(|pair| pair.count).sum()),
        }
    };
    sources.iter().map(row).collect()
}

fn cell(context: &ReportContext, pair: &FlowMove, most: i64) -> MatrixCell {
    let set = CountedSet::Moves {
        from: pair.from,
        to: pair.to,
    };
    MatrixCell {
        count: number(context, pair.count, set),
        median: duration(context.lang, pair.median_seconds),
        shade: rounded_up(pair.count * SHADES, most.max(1)).clamp(1, SHADES),
        title: move_title(context, pair),
    }
}
