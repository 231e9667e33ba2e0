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

    /// The class of those who have been here longest.
    const LAST: usize = Ages::FROM.len() - 1;

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

/// Where the last class is cut, so that the day of a median is looked for among few.
const OLD: [i64; 4] = [Ages::FROM[Ages::LAST], 121, 181, 366];

/// The ages in one status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Aged {
    pub ages: Ages,
    /// Half of them have been here for at most this many whole days; nothing where no one waits.
    pub median_days: Option<i64>,
}

/// The ages in each of these statuses, given how many leads each has. The database adds up the stretches of the last
/// three months, and the rest is older; only where the median is there, too, are older ones looked at, and only of the
/// one stretch that holds a median the days.
pub(super) fn aged(
    conn: &mut Conn,
    totals: &[(i64, i64)],
    now: Timestamp,
) -> Result<HashMap<i64, Aged>> {
    let today = day(now);
    let mut found: HashMap<i64, Aged> = HashMap::new();
    let mut middles: HashMap<i64, Middle> = HashMap::new();
    let mut old: Vec<(i64, i64)> = Vec::new();
    let ids: Vec<i64> = totals.iter().map(|(id, _)| *id).collect();
    let mut sums = store::stretches(conn, &ids, &recent(today))?;
    for (id, total) in totals {
        let sums = sums.remove(id).unwrap_or_default();
        let aged = found.entry(*id).or_default();
        for (stretch, leads) in &sums {
            aged.ages.0[Ages::class(stretch.age)] += leads;
        }
        let young: i64 = sums.iter().map(|(_, leads)| leads).sum();
        aged.ages.0[Ages::LAST] = total - young;
        match Middle::of(&sums, 0, *total) {
            Some(middle) => _ = middles.insert(*id, middle),
            None if *total > 0 => old.push((*id, young)),
            None => {}
        }
    }
    let ids: Vec<i64> = old.iter().map(|(id, _)| *id).collect();
    let sums = store::stretches(conn, &ids, &past(today))?;
    for (id, young) in old {
        let sums = sums.get(&id).map_or(&[][..], Vec::as_slice);
        let total = young + sums.iter().map(|(_, leads)| leads).sum::<i64>();
        middles.extend(Middle::of(sums, young, total).map(|middle| (id, middle)));
    }
    for (id, days) in days_around(conn, &middles, today)? {
        if let (Some(aged), Some(middle)) = (found.get_mut(&id), middles.get(&id)) {
            aged.median_days = middle.among(days);
        }
    }
    Ok(found)
}

/// Ages in whole days and how many have them, of the stretch that holds the median of each status.
fn days_around(
    conn: &mut Conn,
    middles: &HashMap<i64, Middle>,
    today: i64,
) -> Result<HashMap<i64, Vec<(i64, i64)>>> {
    let sought = middles.iter().map(|(id, middle)| (*id, middle.stretch));
    let mut found: HashMap<i64, Vec<(i64, i64)>> = HashMap::new();
    for (id, since, leads) in store::days_of(conn, &sought.collect::<Vec<_>>())? {
        let of_status = found.entry(id).or_default();
        of_status.push(((today - since).max(0), leads));
    }
    Ok(found)
}

/// The days of entry of all classes but the last, the latest first; one that is still to come counts as today.
fn recent(today: i64) -> Vec<Stretch> {
    stretches(&Ages::FROM, today)
}

/// The days before those, in a few stretches.
fn past(today: i64) -> Vec<Stretch> {
    let oldest = OLD[OLD.len() - 1];
    let mut all = stretches(&OLD, today);
    all.push(Stretch {
        age: oldest,
        low: i32::MIN.into(),
        high: today - oldest,
    });
    all
}

/// From each of these ages to the next.
fn stretches(from: &[i64], today: i64) -> Vec<Stretch> {
    let stretch = |pair: &[i64]| Stretch {
        age: pair[0],
        low: today - pair[1] + 1,
        high: match pair[0] {
            0 => i32::MAX.into(),
            age => today - age,
        },
    };
    from.windows(2).map(stretch).collect()
}

/// The stretch in which the median is.
struct Middle {
    stretch: Stretch,
    /// The leads of all stretches, and of those before this one.
    total: i64,
    before: i64,
}

impl Middle {
    /// The stretch among these sums, behind `before` younger ones, in which half of `total` are reached.
    fn of(sums: &[(Stretch, i64)], before: i64, total: i64) -> Option<Middle> {
        let mut before = before;
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
        let all = [recent(20_000), past(20_000)].concat();
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
        let all = [recent(20_000), past(20_000)].concat();
        let sums: Vec<(Stretch, i64)> =
            all.iter().map(|stretch| (*stretch, sum(stretch))).collect();
        let middle = Middle::of(&sums, 0, ages.iter().map(|(_, leads)| leads).sum())?;
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
