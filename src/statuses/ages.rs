//! How long the leads of a status have been there: how many by class, and the median.

use std::collections::HashMap;

use super::occupancy::day;
use super::store::{self, Stretch};
use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;

/// How many leads have been here how long.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ages(pub [i64; Ages::FROM.len()]);

impl Ages {
    /// The least whole days of each class.
    pub const FROM: [i64; 8] = [0, 2, 4, 8, 15, 31, 61, 91];

    /// The class of an age in whole days.
    pub fn class(days: i64) -> usize {
        let above = Ages::FROM.iter().filter(|from| **from <= days).count();
        above.saturating_sub(1)
    }

    /// The last whole day of a class; nothing for the last class.
    pub fn to(class: usize) -> Option<i64> {
        Ages::FROM.get(class + 1).map(|next| next - 1)
    }

    /// The most leads in one class.
    pub fn most(&self) -> i64 {
        self.0.iter().copied().max().unwrap_or(0)
    }
}

/// Where the last class is cut on, so that the day of a median is looked for among few.
const OLD: [i64; 3] = [121, 181, 366];

/// The ages in one status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Aged {
    pub ages: Ages,
    /// Half of them have been here for at most this many whole days; nothing where no one waits.
    pub median_days: Option<i64>,
}

/// The ages in each of these statuses. The database adds up stretches of days; only of the one stretch that holds the
/// median are the days looked at.
pub(super) fn aged(conn: &mut Conn, ids: &[i64], now: Timestamp) -> Result<HashMap<i64, Aged>> {
    let today = day(now);
    let mut found: HashMap<i64, Aged> = HashMap::new();
    let mut middles: HashMap<i64, Middle> = HashMap::new();
    let sums = store::stretches(conn, ids, &stretches(today))?;
    for (id, sums) in &sums {
        let aged = found.entry(*id).or_default();
        for (stretch, leads) in sums {
            aged.ages.0[Ages::class(stretch.age)] += leads;
        }
        middles.extend(Middle::of(sums).map(|middle| (*id, middle)));
    }
    let sought = middles.iter().map(|(id, middle)| (*id, middle.stretch));
    let days = store::days_of(conn, &sought.collect::<Vec<_>>())?;
    for (id, middle) in &middles {
        let of_status = days.iter().filter(|(status_id, ..)| status_id == id);
        let ages = of_status.map(|(_, since, leads)| ((today - since).max(0), *leads));
        if let Some(aged) = found.get_mut(id) {
            aged.median_days = middle.among(ages.collect());
        }
    }
    Ok(found)
}

/// All days of entry in stretches, the latest first; one that is still to come counts as today.
fn stretches(today: i64) -> Vec<Stretch> {
    let from: Vec<i64> = Ages::FROM.into_iter().chain(OLD).collect();
    let stretch = |(at, age): (usize, &i64)| Stretch {
        age: *age,
        low: from
            .get(at + 1)
            .map_or(i32::MIN.into(), |next| today - next + 1),
        high: match age {
            0 => i32::MAX.into(),
            age => today - age,
        },
    };
    from.iter().enumerate().map(stretch).collect()
}

/// The stretch in which the median is.
struct Middle {
    stretch: Stretch,
    /// The leads of all stretches, and of those before this one.
    total: i64,
    before: i64,
}

impl Middle {
    fn of(sums: &[(Stretch, i64)]) -> Option<Middle> {
        let total: i64 = sums.iter().map(|(_, leads)| leads).sum();
        let mut before = 0;
        for (stretch, leads) in sums {
            if *leads > 0 && 2 * (before + leads) >= total {
                let stretch = *stretch;
                return Some(Middle {
                    stretch,
                    total,
                    before,
                });
            }
            before += leads;
        }
        None
    }

    /// The least number of days that at least half do not exceed, among the ages of the stretch.
    fn among(&self, mut ages: Vec<(i64, i64)>) -> Option<i64> {
        ages.sort_unstable();
        let mut seen = self.before;
        let median = ages.iter().find(|(_, leads)| {
            seen += leads;
            2 * seen >= self.total
        });
        median.map(|(days, _)| *days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_age_has_its_class() {
        let classes = [0, 1, 2, 3, 4, 7, 8, 90, 91, 4_000].map(Ages::class);
        assert_eq!(classes, [0, 0, 1, 1, 2, 2, 3, 6, 7, 7]);
        assert_eq!((Ages::to(0), Ages::to(7)), (Some(1), None));
    }

    #[test]
    fn every_day_is_in_one_stretch() {
        let all = stretches(20_000);
        for (since, age) in [
            (20_001, 0),
            (20_000, 0),
            (19_999, 0),
            (19_998, 2),
            (19_909, 91),
        ] {
            let within: Vec<i64> = all
                .iter()
                .filter(|stretch| (stretch.low..=stretch.high).contains(&since))
                .map(|stretch| stretch.age)
                .collect();
            assert_eq!(within, [age]);
        }
        for pair in all.windows(2) {
            assert_eq!(pair[1].high + 1, pair[0].low);
        }
    }

    /// The median of ages, found by stretches.
    fn median(ages: &[(i64, i64)]) -> Option<i64> {
        let sum = |stretch: &Stretch| {
            let within = |age: i64| (stretch.low..=stretch.high).contains(&(20_000 - age));
            ages.iter()
                .filter(|(age, _)| within(*age))
                .map(|(_, leads)| leads)
                .sum()
        };
        let all = stretches(20_000);
        let sums: Vec<(Stretch, i64)> =
            all.iter().map(|stretch| (*stretch, sum(stretch))).collect();
        let middle = Middle::of(&sums)?;
        let within = |(age, _): &&(i64, i64)| {
            (middle.stretch.low..=middle.stretch.high).contains(&(20_000 - age))
        };
        middle.among(ages.iter().filter(within).copied().collect())
    }

    #[test]
    fn the_median_is_an_age_that_someone_has() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[(3, 1)]), Some(3));
        assert_eq!(median(&[(1, 1), (5, 1)]), Some(1));
        assert_eq!(median(&[(1, 1), (5, 1), (9, 1)]), Some(5));
        assert_eq!(median(&[(9, 1), (200, 2), (190, 3), (900, 1)]), Some(190));
        assert_eq!(median(&[(0, 1), (1, 4)]), Some(1));
    }
}
