//! The test vectors of the formulas, and what holds for any data.

use super::curve::{Curve, CurvePoint, Quantile, SuggestedLimits};
use super::durations::{Durations, Exit, TargetCounts, median};
use super::flow::{Direction, PipelineStatus};
use super::share::Share;
use crate::clock::DAY_SECONDS;
use crate::statuses::Kind;

/// How visits of these durations keep to a target of so many seconds.
pub fn target_counts(durations: &Durations, target: i64) -> TargetCounts {
    let mut counts = TargetCounts::default();
    for count in durations.counts() {
        let ends = [(count.exited(), true), (count.without_exit, false)];
        for (visits, has_left) in ends {
            (0..visits).for_each(|_| counts.add(count.seconds, has_left, target));
        }
    }
    counts
}

fn days(visits: &[(i64, Option<Exit>)]) -> Durations {
    let in_seconds = visits
        .iter()
        .map(|(days, exit)| (days * DAY_SECONDS, *exit));
    Durations::of_visits(in_seconds)
}

fn ten_visits() -> Durations {
    use Exit::{Advanced, Lost};
    days(&[
        (2, Some(Advanced)),
        (3, Some(Advanced)),
        (3, Some(Lost)),
        (4, None),
        (5, Some(Advanced)),
        (6, None),
        (8, Some(Lost)),
        (9, None),
        (13, Some(Advanced)),
        (20, None),
    ])
}

fn assert_near(one: f64, other: f64) {
    assert!((one - other).abs() < 1e-9, "{one} is not {other}");
}

#[test]
fn ten_visits_have_the_curve_of_the_table() {
    let durations = ten_visits();
    let curve = Curve::of(&durations);
    let expected = [
        (2, 10, 1, 0.9, 0.1, 0.0),
        (3, 9, 2, 0.7, 0.2, 0.1),
        (5, 6, 1, 7.0 / 12.0, 19.0 / 60.0, 0.1),
        (8, 4, 1, 7.0 / 16.0, 19.0 / 60.0, 59.0 / 240.0),
        (13, 2, 1, 7.0 / 32.0, 257.0 / 480.0, 59.0 / 240.0),
    ];
    assert_eq!(curve.points().len(), expected.len());
    for (point, (day, observed, exits, survival, advanced, lost)) in
        curve.points().iter().zip(expected)
    {
        assert_eq!(
            (point.seconds, point.observed, point.exits),
            (day * DAY_SECONDS, observed, exits)
        );
        assert_near(point.survival, survival);
        assert_near(point.exit_shares[Exit::Advanced as usize], advanced);
        assert_near(point.exit_shares[Exit::Lost as usize], lost);
    }
    let day = |day: i64| Some(day * DAY_SECONDS);
    let p50 = Quantile {
        seconds: day(8),
        low: day(2),
        high: None,
    };
    assert_eq!(curve.quantile(0.5), p50);
    assert_eq!(curve.quantile(0.75).seconds, day(13));
    assert_eq!(curve.quantile(0.9).seconds, None);
    assert_eq!(curve.longest(), 20 * DAY_SECONDS);
    let (low, high) = curve.points()[3].interval.unwrap_or_default();
    assert_eq!(
        (format!("{low:.3}"), format!("{high:.3}")),
        ("0.119".into(), "0.726".into())
    );
    let chance = curve.chance_to_move_on(5 * DAY_SECONDS, 8 * DAY_SECONDS);
    assert_near(chance.unwrap_or_default(), 0.375);
    assert_eq!(
        curve.chance_to_move_on(15 * DAY_SECONDS, 6 * DAY_SECONDS),
        None
    );
    let target = target_counts(&durations, 7 * DAY_SECONDS);
    assert_eq!(
        target,
        TargetCounts {
            met: 4,
            missed: 4,
            undecided: 2
        }
    );
    assert_eq!(target.share(), Some(0.5));
}

#[test]
fn a_percentile_is_reached_in_spite_of_rounding() {
    let all: Vec<_> = (1..=10).map(|day| (day, Some(Exit::Advanced))).collect();
    let curve = Curve::of(&days(&all));
    let day = |day: i64| Some(day * DAY_SECONDS);
    let p50 = Quantile {
        seconds: day(5),
        low: day(1),
        high: day(8),
    };
    assert_eq!(curve.quantile(0.5), p50);
    assert_eq!(curve.quantile(0.75).seconds, day(8));
    assert_eq!(curve.quantile(0.9).seconds, day(9));
    let sure = curve.chance_to_move_on(5 * DAY_SECONDS, 99 * DAY_SECONDS);
    assert_near(sure.unwrap_or_default(), 1.0);
    assert_eq!(curve.chance_to_move_on(10 * DAY_SECONDS, 1), None);
}

#[test]
fn limits_are_suggested_from_thirty_exits_in_whole_days_rounded_up() {
    let visits = |number: i64| (0..number).map(|n| (n * DAY_SECONDS / 2 + 1, Some(Exit::Advanced)));
    assert_eq!(
        Curve::of(&Durations::of_visits(visits(29))).suggested_limits(),
        None
    );
    let thirty = Curve::of(&Durations::of_visits(visits(30))).suggested_limits();
    assert_eq!(
        thirty,
        Some(SuggestedLimits {
            target_days: Some(8),
            limit_days: Some(13)
        })
    );
    let many_open = visits(30).chain((0..170).map(|_| (90 * DAY_SECONDS, None)));
    let none = Curve::of(&Durations::of_visits(many_open)).suggested_limits();
    assert_eq!(none, Some(SuggestedLimits::default()));
}

#[test]
fn shares_have_wilson_intervals() {
    for (some, all, low, high) in [
        (12, 40, "18.1", "45.4"),
        (0, 5, "0.0", "43.4"),
        (5, 5, "56.6", "100.0"),
    ] {
        let share = Share::of(some, all).map(|share| (share.low * 100.0, share.high * 100.0));
        let (found_low, found_high) = share.unwrap_or_default();
        assert_eq!(
            (format!("{found_low:.1}"), format!("{found_high:.1}")),
            (low.into(), high.into())
        );
    }
    assert_eq!(Share::of(0, 0), None);
}

#[test]
fn a_median_is_the_smallest_duration_that_half_do_not_exceed() {
    assert_eq!(median(&mut []), None);
    assert_eq!(median(&mut [5]), Some(5));
    assert_eq!(median(&mut [9, 1]), Some(1));
    assert_eq!(median(&mut [9, 1, 4]), Some(4));
}

#[test]
fn moves_are_forward_skip_back_or_dropped() {
    use Direction::{Back, Dropped, Forward, Skip};
    let kinds = [
        Kind::Open,
        Kind::Open,
        Kind::Paused,
        Kind::Open,
        Kind::Won,
        Kind::Lost,
    ];
    let status = |(position, kind)| PipelineStatus {
        id: position,
        kind,
        position,
        is_in_use: true,
    };
    let pipeline: Vec<PipelineStatus> = (1..).zip(kinds).map(status).collect();
    let path = [1, 4, 2, 3, 4, 6, 2, 5];
    let directions: Vec<Direction> = path
        .windows(2)
        .map(|pair| pipeline[pair[0] - 1].direction(&pipeline[pair[1] - 1], &pipeline))
        .collect();
    assert_eq!(
        directions,
        [Skip, Back, Forward, Forward, Dropped, Back, Skip]
    );
}

/// Numbers that look random, from a seed.
fn numbers(seed: u64) -> impl FnMut(i64) -> i64 {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((state >> 33) % u64::try_from(below).unwrap_or(1)).unwrap_or(0)
    }
}

#[test]
fn curves_of_any_visits_agree_with_the_definition() {
    for seed in 0..200 {
        let mut number = numbers(seed);
        let count = 1 + number(60);
        let mut visits = Vec::new();
        for _ in 0..count {
            let exit = usize::try_from(number(7))
                .ok()
                .and_then(|index| Exit::ALL.get(index).copied());
            visits.push((number(20), exit));
        }
        let curve = Curve::of(&Durations::of_visits(visits.iter().copied()));
        for time in 0..22 {
            let mut survival = 1.0;
            let mut shares = [0.0; 5];
            for seconds in 0..=time {
                let observed = visits.iter().filter(|(taken, _)| *taken >= seconds).count() as f64;
                let mut exits = 0.0;
                for (index, exit) in Exit::ALL.into_iter().enumerate() {
                    let ended = visits
                        .iter()
                        .filter(|visit| **visit == (seconds, Some(exit)))
                        .count() as f64;
                    exits += ended;
                    shares[index] += if ended > 0.0 {
                        survival * ended / observed
                    } else {
                        0.0
                    };
                }
                survival *= if exits > 0.0 {
                    1.0 - exits / observed
                } else {
                    1.0
                };
            }
            assert_near(curve.survival_at(time), survival);
            for (index, exit) in Exit::ALL.into_iter().enumerate() {
                assert_near(curve.exit_share(exit, time), shares[index]);
            }
            assert_near(survival + shares.iter().sum::<f64>(), 1.0);
        }
        let falls = |pair: &[CurvePoint]| pair[1].survival <= pair[0].survival;
        assert!(curve.points().windows(2).all(falls));
    }
}

#[test]
fn a_thinned_curve_has_the_same_percentiles_and_daily_shares() {
    let mut seed = 7_u64;
    let visits = (0..5_000).map(|_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let seconds = (seed >> 33) as i64 % (40 * DAY_SECONDS);
        (seconds, (seed >> 60 != 0).then_some(Exit::Advanced))
    });
    let full = Curve::of(&Durations::of_visits(visits));
    let marks: Vec<i64> = (0..=40).map(|day| day * DAY_SECONDS).collect();
    let thinned = full.clone().thinned(&marks);
    assert!(thinned.points().len() < 500 && full.points().len() > 4_000);
    for part in [0.5, 0.75, 0.85, 0.9] {
        assert_eq!(thinned.quantile(part), full.quantile(part));
    }
    for mark in marks {
        assert_eq!(thinned.survival_at(mark), full.survival_at(mark));
        let chance = |curve: &Curve| curve.chance_to_move_on(mark, 5 * DAY_SECONDS);
        assert_eq!(chance(&thinned), chance(&full));
    }
    assert_eq!(thinned.exit_shares(), full.exit_shares());
    assert_eq!(thinned.suggested_limits(), full.suggested_limits());
}

#[test]
fn a_status_that_is_gone_stands_before_the_one_that_has_its_number() {
    let status = |id, position, is_in_use| PipelineStatus {
        id,
        kind: Kind::Open,
        position,
        is_in_use,
    };
    let (new, gone, next) = (status(1, 1, true), status(2, 2, false), status(3, 2, true));
    assert_eq!(new.exit_to(&gone), Exit::Advanced);
    assert_eq!(gone.exit_to(&next), Exit::Advanced);
    assert_eq!(next.exit_to(&gone), Exit::Back);
}
