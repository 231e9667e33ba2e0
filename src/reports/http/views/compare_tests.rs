//! Comparisons say no more than their intervals allow.

use std::sync::Arc;

use crate::i18n::Lang;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::views::compare::{
    CompareColumn, CompareSide, Verdict, clear_differences,
};
use crate::reports::http::views::compare_measures::groups;
use crate::reports::http::views::sample_for_tests::figures;

fn side(size: i64, seed: u64) -> CompareSide {
    CompareSide {
        label: size.to_string(),
        query: ReportQuery::default(),
        figures: Arc::new(figures(size, seed)),
    }
}

/// The first side alone, and the second against it.
fn pair(first: CompareSide, second: CompareSide) -> [CompareColumn; 2] {
    let alone = CompareColumn {
        side: first.clone(),
        against: None,
    };
    let compared = CompareColumn {
        side: second,
        against: Some(first),
    };
    [alone, compared]
}

fn verdicts(columns: &[CompareColumn]) -> Vec<Option<Verdict>> {
    let groups = groups(Lang::En, columns);
    let rows = groups.iter().flat_map(|group| &group.rows);
    rows.filter_map(|row| row.cells.last().map(|cell| cell.verdict))
        .collect()
}

#[test]
fn a_difference_within_the_intervals_is_said_to_be_so() {
    let same = verdicts(&pair(side(500, 7), side(500, 7)));
    assert!(same.contains(&Some(Verdict::Within)));
    assert!(!same.iter().flatten().any(|verdict| verdict.is_clear()));
}

#[test]
fn a_difference_beyond_the_intervals_is_listed_with_both_values() {
    let mut better = side(5_000, 7);
    Arc::make_mut(&mut better.figures).funnel.resolved.won *= 4;
    let columns = pair(side(5_000, 7), better);
    assert_eq!(verdicts(&columns)[0], Some(Verdict::Higher));
    let clear = clear_differences(&columns, &groups(Lang::En, &columns));
    assert_eq!(clear.len(), 1);
    let first = &clear[0];
    let values = (
        first.measure.as_str(),
        first.value.as_str(),
        first.other.as_str(),
    );
    assert_eq!(values, ("Win rate", "65%", "31%"));
    assert_eq!(first.target, "cell-0-0-1");
}

#[test]
fn few_leads_are_never_judged() {
    let columns = pair(side(500, 7), side(9, 7));
    let conversion = &groups(Lang::En, &columns)[0];
    let verdicts = conversion.rows.iter().map(|row| row.cells[1].verdict);
    let judged: Vec<Verdict> = verdicts.flatten().collect();
    assert!(judged.len() > 3 && judged.iter().all(|verdict| *verdict == Verdict::Few));
}

#[test]
fn what_is_compared_with_nothing_is_not_judged() {
    let columns = pair(side(500, 7), side(400, 8));
    for group in groups(Lang::En, &columns) {
        assert!(group.rows.iter().all(|row| row.cells[0].verdict.is_none()));
    }
}
