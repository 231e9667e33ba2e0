//! Where leads are lost: the statuses by how many they lose.

use std::cmp::Reverse;

use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::curve::MIN_VISITS;
use crate::reports::domain::durations::Exit;
use crate::reports::domain::figures::{ReportStatus, TimeInStatus};
use crate::reports::http::views::context::ReportContext;
use crate::reports::http::views::time::{Count, is_timed, number};
use crate::reports::http::views::wording::share;

/// A part of the bar of a status.
pub struct BarPart {
    /// `dropped`, `forward` or `back`: the class of its colour.
    pub class: &'static str,
    /// Where it begins, and how long it is, in percent.
    pub x: f64,
    pub width: f64,
}

/// How the leads that entered a status left it.
pub struct LossRow<'a> {
    pub status: &'a ReportStatus,
    pub dropped: Count,
    /// Of those that entered; empty where they are too few for a share.
    pub dropped_share: String,
    /// Of the leads lost from all statuses.
    pub part_of_all: String,
    pub moved_on: Count,
    pub moved_on_share: String,
    pub back: Count,
    pub here: Count,
    pub entered: Count,
    pub bar: Vec<BarPart>,
    pub is_few: bool,
}

/// Where leads are lost.
pub struct LossesView<'a> {
    /// The status that loses most comes first.
    pub rows: Vec<LossRow<'a>>,
    /// How many are lost, and where most of them.
    pub sentence: String,
}

impl<'a> LossesView<'a> {
    /// The losses of these figures.
    pub fn of(context: &ReportContext<'a>) -> LossesView<'a> {
        let pairs = context.figures.statuses.iter().zip(&context.figures.times);
        let is_shown =
            |(status, times): &(&ReportStatus, &TimeInStatus)| is_timed(status) && times.visits > 0;
        let mut pairs: Vec<_> = pairs.filter(is_shown).collect();
        pairs.sort_by_key(|(_, times)| Reverse(dropped(times)));
        let all = pairs.iter().map(|(_, times)| dropped(times)).sum();
        let row =
            |(status, times): &(&'a ReportStatus, &TimeInStatus)| row(context, status, times, all);
        LossesView {
            sentence: sentence(context, pairs.first().copied(), all),
            rows: pairs.iter().map(row).collect(),
        }
    }
}

/// Lost, or found to be junk.
fn dropped(times: &TimeInStatus) -> i64 {
    times.exits_by(&Exit::DROPPED)
}

fn sentence(
    context: &ReportContext,
    worst: Option<(&ReportStatus, &TimeInStatus)>,
    all: i64,
) -> String {
    match worst.filter(|_| all > 0) {
        None => context.t("report-losses-none").to_owned(),
        Some((status, times)) => {
            let part = share(dropped(times) as f64 / all as f64);
            let args = [
                ("count", all.into()),
                ("part", part.into()),
                ("name", status.name.as_str().into()),
            ];
            context.say("report-losses-most", &args)
        }
    }
}

fn row<'a>(
    context: &ReportContext,
    status: &'a ReportStatus,
    times: &TimeInStatus,
    all: i64,
) -> LossRow<'a> {
    let (id, visits) = (status.id, times.visits);
    let (lost, back) = (dropped(times), times.exits_by(&[Exit::Back]));
    let moved_on = times.exits_by(&Exit::MOVED_ON);
    let is_few = visits < MIN_VISITS;
    let of_visits = |count: i64| match is_few {
        true => String::new(),
        false => share(count as f64 / visits as f64),
    };
    LossRow {
        status,
        dropped: number(context, lost, CountedSet::Dropped(id)),
        dropped_share: of_visits(lost),
        part_of_all: match all {
            0 => String::new(),
            all => share(lost as f64 / all as f64),
        },
        moved_on: number(context, moved_on, CountedSet::MovedOn(id)),
        moved_on_share: of_visits(moved_on),
        back: number(context, back, CountedSet::ExitsBy(id, Exit::Back)),
        here: number(context, times.ongoing, CountedSet::Ongoing(id)),
        entered: number(context, visits, CountedSet::Visits(id)),
        bar: stacked_bar(
            [("dropped", lost), ("back", back), ("forward", moved_on)],
            visits,
        ),
        is_few,
    }
}

/// The parts of a bar one after the other, each with its class; all of the bar is `all`.
pub fn stacked_bar<const N: usize>(counts: [(&'static str, i64); N], all: i64) -> Vec<BarPart> {
    let mut x = 0.0;
    let part = |(class, count)| {
        let width = count as f64 / all.max(1) as f64 * 100.0;
        x += width;
        BarPart {
            class,
            x: x - width,
            width,
        }
    };
    counts.map(part).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::reports::domain::query::ReportQuery;
    use crate::reports::http::views::sample_for_tests::figures;

    #[test]
    fn the_status_that_loses_most_comes_first_with_its_part_of_all() {
        let (mut figures, query) = (figures(500, 7), ReportQuery::default());
        for (times, lost) in figures.times.iter_mut().zip([30, 60, 5, 0, 5]) {
            times.exit_counts = [10, 0, 0, lost, 0];
        }
        for times in &mut figures.times[5..] {
            times.exit_counts = [0; 5];
        }
        let view = LossesView::of(&ReportContext {
            lang: Lang::En,
            query: &query,
            figures: &figures,
        });
        let rows: Vec<_> = view
            .rows
            .iter()
            .map(|row| (row.status.name.as_str(), row.dropped.text.as_str()))
            .collect();
        assert_eq!(rows[..2], [("Contacted", "60"), ("New", "30")]);
        assert_eq!(view.rows[0].part_of_all, "60%");
        assert_eq!(
            view.sentence,
            "100 lost or junk so far, 60% of them from Contacted."
        );
    }

    #[test]
    fn of_few_no_shares_are_given() {
        let (mut figures, query) = (figures(500, 7), ReportQuery::default());
        figures.times[0].visits = 9;
        let view = LossesView::of(&ReportContext {
            lang: Lang::En,
            query: &query,
            figures: &figures,
        });
        let few = view
            .rows
            .iter()
            .find(|row| row.status.name == "New")
            .unwrap();
        assert!(few.is_few && few.dropped_share.is_empty() && few.moved_on_share.is_empty());
    }
}
