//! Every number is the number of visits behind it, on random histories.

use crate::clock::{DAY_SECONDS, Timestamp};
use crate::reports::actions::counted_visits::counted_visits;
use crate::reports::actions::figures::figures;
use crate::reports::domain::conversion::ConversionSpec;
use crate::reports::domain::counted_set::CountedSet;
use crate::reports::domain::durations::Exit;
use crate::reports::domain::figures::{Figures, ReachRule, ReportStatus};
use crate::reports::domain::flow::Direction;
use crate::reports::domain::period::Period;
use crate::reports::domain::report_spec::{Owners, ReportSpec};
use crate::reports::store::history::{HistoryPage, LeadRow, PauseRow, VisitRow};
use crate::reports::store::history_file::HistoryFile;
use crate::statuses::{Color, Kind};

const NOW: i64 = 1_790_000_000;
const LEADS: i64 = 400;

/// Random numbers, equal in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, sides: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as i64
    }
}

fn statuses() -> Vec<ReportStatus> {
    let kinds = [
        (Kind::Open, Some(3), Some(9)),
        (Kind::Open, None, Some(5)),
        (Kind::Paused, None, None),
        (Kind::Open, Some(20), None),
        (Kind::Won, Some(2), None),
        (Kind::Lost, None, None),
        (Kind::Junk, None, None),
        (Kind::Open, Some(1), Some(1)),
    ];
    let status = |(n, (kind, target_days, limit_days)): (usize, (Kind, _, _))| ReportStatus {
        id: n as i64 + 1,
        kind,
        position: n as i64 + 1,
        is_in_use: n != 7,
        name: format!("Status {n}"),
        color: Color::default(),
        target_days,
        limit_days,
    };
    kinds.into_iter().enumerate().map(status).collect()
}

fn at(second: i64) -> Timestamp {
    Timestamp(second * 1_000_000)
}

/// The history of one lead: up to six visits, some begun by a replacement, some paused.
fn add_lead(page: &mut HistoryPage, random: &mut Random, id: i64) {
    let mut entered = NOW - DAY_SECONDS * (60 + random.below(60)) - random.below(DAY_SECONDS);
    let deleted_at = (random.below(8) == 0).then(|| at(NOW - random.below(20 * DAY_SECONDS)));
    page.leads.push(LeadRow {
        id,
        owner: (random.below(3) > 0).then(|| 1 + random.below(2)),
        source: ["Web", "Fair", ""][random.below(3) as usize].to_owned(),
        value_cents: (random.below(2) == 0).then(|| random.below(100_000)),
        currency: ["EUR", "RON"][random.below(2) as usize].to_owned(),
        deleted_at,
        clock_from: at(entered),
        paused_until: None,
    });
    let visits = 1 + random.below(6);
    for n in 0..visits {
        let left = entered + random.below(25 * DAY_SECONDS);
        let is_last = n + 1 == visits || left >= NOW;
        page.visits.push(VisitRow {
            lead_id: id,
            status_id: 1 + random.below(8),
            entered_at: at(entered),
            left_at: (!is_last).then(|| at(left)),
            recorded_at: at(entered),
            voided_at: None,
            is_replacement: n > 0 && random.below(9) == 0,
        });
        if random.below(5) == 0 {
            let began = entered + random.below(DAY_SECONDS * 3);
            page.pauses.push(PauseRow {
                lead_id: id,
                began_at: at(began),
                ends_at: at(began + random.below(12 * DAY_SECONDS)),
            });
        }
        if is_last {
            break;
        }
        entered = left;
    }
}

fn histories() -> HistoryFile {
    let (mut page, mut random) = (HistoryPage::default(), Random(99));
    for id in 1..=LEADS {
        add_lead(&mut page, &mut random, id);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut histories = HistoryFile::empty(folder.path()).unwrap();
    histories.write_page(0, &page).unwrap();
    histories
}

fn specs() -> Vec<ReportSpec> {
    let all = ReportSpec {
        period: Period::default(),
        owners: Owners::All,
        source: None,
        as_of: at(NOW),
        conversion: ConversionSpec {
            start: 1,
            within_days: 30,
            rule: ReachRule::Visited,
        },
        reach: None,
    };
    let from = Some(at(NOW - 80 * DAY_SECONDS).utc().date_naive());
    let to = Some(at(NOW - 10 * DAY_SECONDS).utc().date_naive());
    let passed = ConversionSpec {
        rule: ReachRule::Passed,
        ..all.conversion
    };
    vec![
        ReportSpec {
            period: Period { from, to },
            conversion: passed,
            ..all.clone()
        },
        ReportSpec {
            owners: Owners::User(1),
            period: Period { from, to: None },
            ..all.clone()
        },
        all.of(Owners::Except(2)),
        ReportSpec {
            owners: Owners::Unassigned,
            source: Some("web".to_owned()),
            as_of: at(NOW - 15 * DAY_SECONDS),
            ..all.clone()
        },
        all,
    ]
}

/// Every number of these figures with the set that it counts.
fn numbers(figures: &Figures) -> Vec<(CountedSet, i64)> {
    let mut numbers = Vec::new();
    for time in &figures.times {
        let id = time.status;
        numbers.push((CountedSet::Visits(id), time.visits));
        numbers.push((CountedSet::Exits(id), time.exits));
        numbers.push((CountedSet::Ongoing(id), time.ongoing));
        numbers.push((CountedSet::Censored(id), time.censored));
        numbers.push((CountedSet::LimitBasis(id), time.limit_basis.exits));
        numbers.push((CountedSet::MovedOn(id), time.exits_by(&Exit::MOVED_ON)));
        numbers.push((CountedSet::Dropped(id), time.exits_by(&Exit::DROPPED)));
        for (exit, exits) in Exit::ALL.into_iter().zip(time.exit_counts) {
            numbers.push((CountedSet::ExitsBy(id, exit), exits));
        }
        if let Some(target) = time.within_target {
            numbers.push((CountedSet::TargetMet(id), target.met));
            numbers.push((CountedSet::TargetMissed(id), target.missed));
            numbers.push((CountedSet::TargetUndecided(id), target.undecided));
        }
        for days in [1, 5, 40] {
            let flagged = CountedSet::Flagged { status: id, days };
            numbers.push((flagged, time.limit_basis.flagged_at(days)));
        }
    }
    let funnel = &figures.funnel;
    numbers.push((CountedSet::Eligible, funnel.eligible));
    numbers.push((CountedSet::TooRecent, funnel.too_recent));
    for step in &funnel.steps {
        numbers.push((CountedSet::Reached(step.status), step.reached));
        numbers.push((CountedSet::Entries(step.status), step.entries));
        let came = step.from_previous.map_or(0, |from| from.reached);
        numbers.push((CountedSet::FromPrevious(step.status), came));
    }
    numbers.push((CountedSet::ResolvedWon, funnel.resolved.won));
    numbers.push((CountedSet::ResolvedLost, funnel.resolved.lost));
    let flow = &figures.flow;
    for one in &flow.moves {
        let (from, to) = (one.from, one.to);
        numbers.push((CountedSet::Moves { from, to }, one.count));
    }
    for direction in Direction::ALL {
        numbers.push((CountedSet::Direction(direction), flow.count(direction)));
    }
    numbers.push((CountedSet::Returns, flow.returns));
    let series = &figures.series;
    for (index, day) in series.days.iter().enumerate().rev().step_by(7) {
        let open = series.open.iter().map(|(_, counts)| counts[index]);
        numbers.push((CountedSet::OpenOrPausedOn(*day), open.sum()));
        numbers.push((CountedSet::AtRiskOn(*day), series.at_risk[index]));
        numbers.push((CountedSet::StuckOn(*day), series.stuck[index]));
    }
    numbers
}

#[test]
fn every_number_is_the_number_of_counted_visits_it() {
    let histories = histories();
    for spec in specs() {
        let specs = std::slice::from_ref(&spec);
        let figures = figures(&histories, statuses(), specs, false).unwrap();
        let figures = &figures[0];
        let numbers = numbers(figures);
        assert!(numbers.iter().filter(|(_, number)| *number > 0).count() > 60);
        for (set, number) in numbers {
            let found = counted_visits(&histories, statuses(), &spec, set, 1).unwrap();
            assert_eq!(found.page.total, number, "{set:?} of {spec:?}");
        }
    }
}

#[test]
fn the_longest_visits_come_first_page_by_page() {
    let (histories, spec) = (histories(), specs().remove(4));
    let page = |page| {
        counted_visits(&histories, statuses(), &spec, CountedSet::Visits(1), page)
            .unwrap()
            .page
    };
    let (first, second) = (page(1), page(2));
    assert_eq!(first.rows.len(), 50);
    let seconds: Vec<i64> = first
        .rows
        .iter()
        .chain(&second.rows)
        .map(|visit| visit.seconds)
        .collect();
    assert!(seconds.is_sorted_by(|one, next| one >= next));
    assert_ne!(first.rows, second.rows);
    assert_eq!(
        page(first.pages + 1),
        page(first.pages),
        "past the end is the last page"
    );
}

#[test]
fn a_page_that_is_written_again_takes_the_place_of_the_old_one() {
    let mut histories = histories();
    let count = |histories: &HistoryFile| {
        let mut leads = 0;
        histories.for_each(|_, _, _| leads += 1).unwrap();
        leads
    };
    assert_eq!(count(&histories), LEADS);
    let (before, mut page, mut random) = (histories.clone(), HistoryPage::default(), Random(5));
    add_lead(&mut page, &mut random, 7);
    histories.write_page(0, &page).unwrap();
    histories.write_page(2, &page).unwrap();
    assert_eq!(count(&histories), 2);
    assert_eq!(
        count(&before),
        LEADS,
        "whoever reads the older one still can"
    );
}

#[test]
fn reports_that_are_counted_together_have_the_figures_that_they_have_alone() {
    let histories = histories();
    let all: Vec<ReportSpec> = specs()
        .into_iter()
        .filter(|spec| spec.as_of == at(NOW))
        .collect();
    assert!(all.len() > 3);
    let together = figures(&histories, statuses(), &all, false).unwrap();
    for (spec, together) in all.iter().zip(together) {
        let alone = figures(&histories, statuses(), std::slice::from_ref(spec), false);
        assert_eq!(alone.unwrap(), [together], "{spec:?}");
    }
}

#[test]
fn an_owner_and_the_rest_are_all() {
    let (histories, all) = (histories(), specs().remove(4));
    for owners in [Owners::User(1), Owners::Unassigned] {
        let specs = [
            all.clone(),
            all.of(owners),
            all.of(owners.others().unwrap()),
        ];
        let figures = figures(&histories, statuses(), &specs, false).unwrap();
        let visits = |index: usize| {
            figures[index]
                .times
                .iter()
                .map(|times| times.visits)
                .sum::<i64>()
        };
        assert!(visits(1) > 0 && visits(2) > 0);
        assert_eq!(visits(0), visits(1) + visits(2));
        let leads = |index: usize| {
            figures[index]
                .owners
                .iter()
                .map(|(_, leads)| leads)
                .sum::<i64>()
        };
        assert_eq!(leads(0), leads(1) + leads(2));
    }
}
