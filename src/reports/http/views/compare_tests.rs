//! Comparisons say no more than their intervals allow.

use std::sync::Arc;

use crate::i18n::Lang;
use crate::reports::domain::query::ReportQuery;
use crate::reports::http::views::compare::{CompareColumn, Verdict, groups};
use crate::reports::http::views::sample_for_tests::figures;

fn column(size: i64, seed: u64) -> CompareColumn {
    CompareColumn {
        label: size.to_string(),
        query: ReportQuery::default(),
        figures: Arc::new(figures(size, seed)),
    }
}

fn verdicts(columns: &[CompareColumn]) -> Vec<Option<Verdict>> {
    let groups = groups(Lang::En, columns);
    let rows = groups.iter().flat_map(|group| &group.rows);
    rows.filter_map(|row| row.cells.last().map(|cell| cell.verdict))
        .collect()
}

#[test]
fn a_difference_within_the_intervals_is_said_to_be_so() {
    let same = verdicts(&[column(500, 7), column(500, 7)]);
    assert!(same.contains(&Some(Verdict::Within)));
    assert!(!same.contains(&Some(Verdict::Higher)) && !same.contains(&Some(Verdict::Lower)));
    let mut better = column(5_000, 7);
    Arc::make_mut(&mut better.figures).funnel.resolved.won *= 4;
    assert_eq!(
        verdicts(&[column(5_000, 7), better])[0],
        Some(Verdict::Higher)
    );
}

#[test]
fn few_leads_are_never_judged() {
    let columns = [column(500, 7), column(9, 7)];
    let conversion = &groups(Lang::En, &columns)[0];
    let verdicts = conversion.rows.iter().map(|row| row.cells[1].verdict);
    let judged: Vec<Verdict> = verdicts.flatten().collect();
    assert!(judged.len() > 3 && judged.iter().all(|verdict| *verdict == Verdict::Few));
}

#[test]
fn the_first_column_is_what_others_are_compared_with() {
    let columns = [column(500, 7), column(400, 8)];
    for group in groups(Lang::En, &columns) {
        assert!(group.rows.iter().all(|row| row.cells[0].verdict.is_none()));
    }
}
