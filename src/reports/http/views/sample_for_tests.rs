//! Figures of a made-up pipeline, to look at and to test views with.

use chrono::{Days, NaiveDate};

use crate::clock::{DAY_SECONDS, Timestamp};
use crate::money::{Currency, Money};
use crate::reports::domain::curve::Curve;
use crate::reports::domain::durations::{Durations, Exit};
use crate::reports::domain::figures::*;
use crate::reports::domain::flow::Direction;
use crate::reports::domain::tests::target_counts;
use crate::statuses::{Color, Kind};

/// Numbers that look like chance and are always the same.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1u64 << 31) as f64
    }
}

/// The instant of the figures.
pub fn as_of() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-23T09:00:00Z").unwrap()
}

/// Name, colour, kind, target and limit in days.
type SampleStatus = (&'static str, &'static str, Kind, Option<i32>, Option<i32>);

const STATUSES: [SampleStatus; 9] = [
    ("New", "#2a80e2", Kind::Open, Some(1), Some(3)),
    ("Contacted", "#0090a8", Kind::Open, Some(3), Some(7)),
    ("Qualified", "#9163d5", Kind::Open, Some(7), Some(14)),
    (
        "Demo scheduled for two",
        "#c74c8e",
        Kind::Open,
        Some(10),
        Some(15),
    ),
    ("Proposal", "#a97500", Kind::Open, Some(10), Some(18)),
    ("Nurture", "#123456", Kind::Paused, None, None),
    ("Won", "#049a4e", Kind::Won, None, None),
    ("Lost", "#d24c49", Kind::Lost, None, None),
    ("Spam", "#74809a", Kind::Junk, None, None),
];

fn statuses() -> Vec<ReportStatus> {
    let status = |(index, (name, color, kind, target_days, limit_days)): (usize, &SampleStatus)| {
        ReportStatus {
            id: index as i64 + 1,
            kind: *kind,
            position: index as i64 + 1,
            is_in_use: true,
            name: (*name).to_owned(),
            color: Color::parse(color).unwrap(),
            target_days: *target_days,
            limit_days: *limit_days,
        }
    };
    STATUSES.iter().enumerate().map(status).collect()
}

fn times(dice: &mut Dice, status: &ReportStatus, visits: i64, typical_days: f64) -> TimeInStatus {
    let mut single = Vec::new();
    let mut exit_counts = [0i64; 5];
    let (mut open, mut exits) = (0, 0);
    for nth in 0..visits {
        let seconds = (-(dice.next() + 1e-9).ln() * typical_days * 1.4 * DAY_SECONDS as f64) as i64;
        let age = (dice.next() * 90.0 * DAY_SECONDS as f64) as i64;
        let exit = match (dice.next() * 100.0) as i64 {
            ..62 => Exit::Advanced,
            62..70 => Exit::Back,
            70..76 => Exit::Won,
            76..94 => Exit::Lost,
            _ => Exit::Junk,
        };
        if age < seconds {
            open += 1;
            single.push((age, None));
        } else if nth % 60 == 7 {
            single.push((seconds, None));
        } else {
            exits += 1;
            exit_counts[exit as usize] += 1;
            single.push((seconds, Some(exit)));
        }
    }
    let durations = Durations::of_visits(single);
    let is_timed = !status.kind.is_closed();
    let curve = (is_timed && visits >= 10).then(|| Curve::of(&durations));
    let target = status.target_days.map(|days| i64::from(days) * DAY_SECONDS);
    TimeInStatus {
        status: status.id,
        visits,
        exits,
        ongoing: open,
        censored: visits - exits - open,
        exit_counts,
        within_target: target.map(|target| target_counts(&durations, target)),
        is_rounded: false,
        limit_basis: LimitBasis {
            exits,
            suggested: curve.as_ref().and_then(Curve::suggested_limits),
            clock_days: (0..60).map(|day| (60 - day) / 9).collect(),
            curve: curve.clone(),
        },
        curve,
    }
}

/// Figures with so many visits to the first status.
pub fn figures(first: i64, seed: u64) -> Figures {
    let mut dice = Dice(seed);
    let statuses = statuses();
    let typical = [1.2, 4.0, 8.0, 9.0, 38.0, 60.0, 0.0, 0.0, 0.0];
    let sizes = [100, 74, 50, 33, 24, 4, 10, 22, 5].map(|part| part * first / 100);
    let timed = statuses.iter().zip(typical).zip(sizes);
    let times = timed
        .map(|((status, typical), size)| times(&mut dice, status, size, typical))
        .collect();
    let step = |status: i64, reached: i64, entries: i64| FunnelStep {
        status,
        reached: reached * first / 100,
        entries: entries * first / 100,
        from_previous: (status > 1).then(|| StepConversion {
            previous: status - 1,
            previous_reached: 80 * first / 100,
            reached: reached * first / 100,
        }),
    };
    let series = series(&mut dice, first);
    Figures {
        as_of: as_of(),
        current: current(&series),
        times,
        owners: Vec::new(),
        funnel: Funnel {
            start: 1,
            within_days: 30,
            rule: ReachRule::Visited,
            eligible: 80 * first / 100,
            too_recent: 20 * first / 100,
            entries: first,
            steps: vec![
                step(1, 80, 100),
                step(2, 61, 74),
                step(3, 38, 50),
                step(4, 21, 33),
                step(5, 14, 104),
                step(6, 3, 4),
                step(7, 8, 10),
            ],
            resolved: Resolved {
                won: 10 * first / 100,
                lost: 22 * first / 100,
            },
        },
        flow: flow(first),
        series,
        wins: Wins {
            median_seconds: Some(23 * DAY_SECONDS),
            velocities: vec![
                Velocity {
                    currency: Currency::DEFAULT,
                    open: 400,
                    won: 9,
                    mean_cents: 1_250_000.0,
                    cents_per_day: Some(412_050.0),
                },
                Velocity {
                    currency: Currency::find("RON").unwrap(),
                    open: 12,
                    won: 1,
                    mean_cents: 950_000.0,
                    cents_per_day: Some(12_050.0),
                },
            ],
        },
        deleted_leads: 3,
        is_revised: false,
        statuses,
    }
}

fn flow(first: i64) -> Flow {
    let one = |from, to, direction, count: i64, days: f64| FlowMove {
        from,
        to,
        direction,
        count: (count * first / 100).max(1),
        median_seconds: (days * DAY_SECONDS as f64) as i64,
    };
    use Direction::{Back, Dropped, Forward, Skip};
    let moves = vec![
        one(1, 2, Forward, 60, 1.1),
        one(1, 3, Skip, 6, 0.4),
        one(1, 8, Dropped, 12, 2.0),
        one(1, 9, Dropped, 5, 0.2),
        one(2, 1, Back, 2, 3.0),
        one(2, 3, Forward, 40, 3.5),
        one(2, 8, Dropped, 14, 6.0),
        one(3, 2, Back, 3, 9.0),
        one(3, 4, Forward, 30, 7.5),
        one(3, 6, Skip, 3, 12.0),
        one(3, 8, Dropped, 5, 15.0),
        one(4, 5, Forward, 21, 9.0),
        one(4, 8, Dropped, 4, 11.0),
        one(5, 7, Forward, 9, 21.0),
        one(5, 8, Dropped, 6, 44.0),
        one(6, 2, Back, 1, 50.0),
    ];
    let count = |direction: Direction| {
        let one = moves.iter().filter(|one| one.direction == direction);
        one.map(|one| one.count).sum()
    };
    Flow {
        forward: count(Forward),
        skip: count(Skip),
        back: count(Back),
        dropped: count(Dropped),
        returns: 4 * first / 100,
        moves,
    }
}

fn series(dice: &mut Dice, first: i64) -> Series {
    let last: NaiveDate = "2026-11-23".parse().unwrap();
    let days: Vec<NaiveDate> = (0..90).map(|ago| last - Days::new(89 - ago)).collect();
    let mut line = |level: f64| -> Vec<i64> {
        let mut value = level * 0.6;
        let step = |_: &NaiveDate| {
            value = (value + (dice.next() - 0.46) * level * 0.08).max(0.0);
            value.round() as i64
        };
        days.iter().map(step).collect()
    };
    let first = first as f64;
    Series {
        open: (1..=6)
            .map(|id| (id, line(first / (id as f64 + 2.0))))
            .collect(),
        at_risk: line(first / 6.0),
        stuck: line(first / 5.0),
        days,
    }
}

/// Where leads are at the end of a series.
fn current(series: &Series) -> CurrentCounts {
    let counts = series.open.iter().map(|(status, values)| CurrentInStatus {
        status: *status,
        leads: values.last().copied().unwrap_or(0),
        at_risk: values.last().copied().unwrap_or(0) / 5,
        stuck: values.last().copied().unwrap_or(0) / 4,
    });
    let by_status: Vec<CurrentInStatus> = counts.collect();
    let sum = |value: fn(&CurrentInStatus) -> i64| by_status.iter().map(value).sum();
    let money = |cents| Money {
        cents,
        currency: Currency::DEFAULT,
    };
    CurrentCounts {
        open_or_paused: sum(|one| one.leads),
        open_or_paused_values: vec![money(124_000_000)],
        at_risk: sum(|one| one.at_risk),
        stuck: sum(|one| one.stuck),
        stuck_values: vec![money(31_000_000)],
        by_status,
    }
}
