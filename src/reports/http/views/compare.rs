//! Measures side by side: of two periods, of owners, before and after a day.

use std::sync::Arc;

use crate::i18n::Lang;
use crate::records::link::link;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::curve::MIN_VISITS;
use crate::reports::domain::figures::{Figures, ReportStatus};
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::paths::PIPELINE_PATH;
use crate::reports::http::views::context::ReportContext;
use crate::words::word_enum;

/// Figures with their name.
#[derive(Clone)]
pub struct CompareSide {
    pub label: String,
    pub query: ReportQuery,
    pub figures: Arc<Figures>,
}

impl CompareSide {
    /// Their page.
    pub fn href(&self) -> String {
        link(PIPELINE_PATH, self.query.report_pairs())
    }

    fn visits_href(&self, lang: Lang, set: CountedSet) -> String {
        let context = ReportContext {
            lang,
            query: &self.query,
            figures: &self.figures,
        };
        context.visits_href(set)
    }
}

/// A column, and what it is compared with: another column, or all leads that are not its own.
pub struct CompareColumn {
    pub side: CompareSide,
    pub against: Option<CompareSide>,
}

impl CompareColumn {
    /// What it shows, and what that is compared with.
    pub fn sides(&self) -> impl Iterator<Item = &CompareSide> {
        std::iter::once(&self.side).chain(&self.against)
    }
}

word_enum! {
    /// How a value is to the one that it is compared with.
    pub enum Verdict {
        Higher = "higher", "report-verdict-higher";
        Lower = "lower", "report-verdict-lower";
        Longer = "longer", "report-verdict-longer";
        Shorter = "shorter", "report-verdict-shorter";
        /// The intervals have values in common, so the difference may be chance.
        Within = "within", "report-verdict-within";
        /// Too few to say.
        Few = "few", "report-verdict-few";
    }
}

impl Verdict {
    /// True for a difference beyond the intervals.
    pub fn is_clear(self) -> bool {
        !matches!(self, Verdict::Within | Verdict::Few)
    }
}

/// A value of a column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CompareCell {
    /// Empty where there is nothing to say.
    pub value: String,
    pub interval: String,
    /// Of how many it is: "12 of 40", "128 entered".
    pub basis: String,
    /// The address of the visits that it counts; empty for other values.
    pub href: String,
    /// Nothing where it is compared with nothing, and for values without an interval.
    pub verdict: Option<Verdict>,
    /// The value that it is compared with.
    pub against: Option<AgainstCell>,
}

/// A value that another one is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct AgainstCell {
    pub label: String,
    pub value: String,
    pub basis: String,
    pub href: String,
}

/// A measure with its value in each column.
pub struct CompareRow {
    pub label: String,
    pub cells: Vec<CompareCell>,
}

/// Measures of one kind.
pub struct CompareGroup<'a> {
    pub label: &'static str,
    /// The status that they are about, if it is one.
    pub status: Option<&'a ReportStatus>,
    pub rows: Vec<CompareRow>,
}

/// The value of a measure in one column, with what a comparison needs: its interval, and how many it is of.
pub struct MeasureValue {
    pub cell: CompareCell,
    /// Nothing for a value without an interval, and for a percentile that was not reached.
    pub interval: Option<(f64, f64)>,
    pub count: i64,
    pub set: Option<CountedSet>,
}

impl MeasureValue {
    /// With the set that the value counts.
    pub fn of_set(self, set: CountedSet) -> MeasureValue {
        let set = Some(set);
        MeasureValue { set, ..self }
    }
}

/// A row of one measure.
pub(super) fn row(
    lang: Lang,
    label: String,
    columns: &[CompareColumn],
    measure: impl Fn(&Figures) -> Option<MeasureValue>,
) -> CompareRow {
    let cell = |column: &CompareColumn| {
        let Some(own) = measure(&column.side.figures) else {
            return CompareCell::default();
        };
        let against = column.against.as_ref();
        let other = against.and_then(|side| Some((side, measure(&side.figures)?)));
        CompareCell {
            verdict: other.as_ref().and_then(|(_, other)| verdict(other, &own)),
            against: other.map(|(side, other)| against_cell(lang, side, other)),
            href: href(lang, &column.side, own.set),
            ..own.cell
        }
    };
    CompareRow {
        label,
        cells: columns.iter().map(cell).collect(),
    }
}

fn href(lang: Lang, side: &CompareSide, set: Option<CountedSet>) -> String {
    set.map_or_else(String::new, |set| side.visits_href(lang, set))
}

fn against_cell(lang: Lang, side: &CompareSide, value: MeasureValue) -> AgainstCell {
    AgainstCell {
        label: side.label.clone(),
        value: value.cell.value,
        basis: value.cell.basis,
        href: href(lang, side, value.set),
    }
}

fn verdict(first: &MeasureValue, other: &MeasureValue) -> Option<Verdict> {
    if first.count.min(other.count) < MIN_VISITS {
        return Some(Verdict::Few);
    }
    let ((first_low, first_high), (low, high)) = (first.interval?, other.interval?);
    Some(match () {
        () if low > first_high => Verdict::Higher,
        () if high < first_low => Verdict::Lower,
        () => Verdict::Within,
    })
}

/// A difference beyond the intervals.
pub struct ClearDifference {
    /// The column, and what it is compared with.
    pub column: String,
    pub against: String,
    /// "Proposal: 50% within".
    pub measure: String,
    pub verdict: Verdict,
    pub value: String,
    pub other: String,
    /// The element that shows it.
    pub target: String,
}

/// The id of the element of a cell.
pub fn cell_id(group: usize, row: usize, column: usize) -> String {
    format!("cell-{group}-{row}-{column}")
}

/// All differences beyond the intervals, from the top.
pub fn clear_differences(
    columns: &[CompareColumn],
    groups: &[CompareGroup],
) -> Vec<ClearDifference> {
    let mut differences = Vec::new();
    for (group_index, group) in groups.iter().enumerate() {
        for (row_index, row) in group.rows.iter().enumerate() {
            for (column_index, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
                let Some(verdict) = cell.verdict.filter(|verdict| verdict.is_clear()) else {
                    continue;
                };
                let against = cell.against.as_ref();
                differences.push(ClearDifference {
                    column: column.side.label.clone(),
                    against: against.map_or_else(String::new, |other| other.label.clone()),
                    measure: match group.status {
                        Some(status) => format!("{}: {}", status.name, row.label),
                        None => row.label.clone(),
                    },
                    verdict,
                    value: cell.value.clone(),
                    other: against.map_or_else(String::new, |other| other.value.clone()),
                    target: cell_id(group_index, row_index, column_index),
                });
            }
        }
    }
    differences
}
