//! How long leads have been in their status: the number by class of age, and the median.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::db::Conn;
use crate::error::Result;
use crate::statuses::domain::stats::{AgeHistogram, day_number};
use crate::statuses::store;
use crate::statuses::store::ages::DayRange;
use crate::statuses::store::figure_cache::StatusFigureCache;

/// The bounds that divide the last class, so that a median is searched in a short range of days: reading a sum takes as
/// long as reading four days.
const OLDER_BOUNDS: [i64; 13] = [
    AgeHistogram::LOWER_BOUNDS[AgeHistogram::LAST],
    121,
    151,
    181,
    226,
    271,
    316,
    366,
    456,
    546,
    636,
    731,
    1_096,
];

/// The ages of the leads in one status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct AgeStats {
    pub ages: AgeHistogram,
    /// Half of the leads have been in it for at most this many whole days; nothing without leads.
    pub median_days: Option<i64>,
}

/// The ages of the leads in each of these statuses, given the number of leads in each. The result of the last
/// read is used until the day is over or a lead of the status changes.
pub(crate) fn age_stats(
    conn: &mut Conn,
    totals: &[(i64, i64)],
    now: Timestamp,
) -> Result<HashMap<i64, AgeStats>> {
    let today = day_number(now);
    let Some(cache) = StatusFigureCache::<(), (i64, AgeStats)>::of(conn)? else {
        return read_age_stats(conn, totals, today);
    };
    let mut stats = HashMap::new();
    let mut unknown = Vec::new();
    for (id, total) in totals {
        match cache.get(*id, ()).filter(|(day, _)| *day == today) {
            Some((_, aged)) => _ = stats.insert(*id, aged),
            None => unknown.push((*id, *total)),
        }
    }
    for (id, aged) in read_age_stats(conn, &unknown, today)? {
        cache.insert(id, (), (today, aged));
        stats.insert(id, aged);
    }
    Ok(stats)
}

/// Reads the ages. The database sums the ranges of the last three months; all other leads are older. Older ranges are read
/// only for statuses whose median is in them, and single days only for the range that holds the median.
fn read_age_stats(
    conn: &mut Conn,
    totals: &[(i64, i64)],
    today: i64,
) -> Result<HashMap<i64, AgeStats>> {
    let mut stats: HashMap<i64, AgeStats> = HashMap::new();
    let mut medians: HashMap<i64, MedianRange> = HashMap::new();
    let mut old: Vec<(i64, i64)> = Vec::new();
    let ids: Vec<i64> = totals.iter().map(|(id, _)| *id).collect();
    let mut sums = store::ages::leads_by_range(conn, &ids, &recent_ranges(today))?;
    for (id, total) in totals {
        let sums = sums.remove(id).unwrap_or_default();
        let aged = stats.entry(*id).or_default();
        for (range, leads) in &sums {
            aged.ages.0[AgeHistogram::class_of(range.min_age)] += leads;
        }
        let young: i64 = sums.iter().map(|(_, leads)| leads).sum();
        aged.ages.0[AgeHistogram::LAST] = total - young;
        match MedianRange::find(&sums, 0, *total) {
            Some(range) => _ = medians.insert(*id, range),
            None if *total > 0 => old.push((*id, young)),
            None => {}
        }
    }
    let ids: Vec<i64> = old.iter().map(|(id, _)| *id).collect();
    let sums = store::ages::leads_by_range(conn, &ids, &older_ranges(today))?;
    for (id, young) in old {
        let sums = sums.get(&id).map_or(&[][..], Vec::as_slice);
        let total = young + sums.iter().map(|(_, leads)| leads).sum::<i64>();
        medians.extend(MedianRange::find(sums, young, total).map(|range| (id, range)));
    }
    for (id, days) in days_near_medians(conn, &medians, today)? {
        if let (Some(aged), Some(range)) = (stats.get_mut(&id), medians.get(&id)) {
            aged.median_days = range.median_among(days);
        }
    }
    Ok(stats)
}

/// The number of leads by age in whole days, for the range that holds the median of each status.
fn days_near_medians(
    conn: &mut Conn,
    medians: &HashMap<i64, MedianRange>,
    today: i64,
) -> Result<HashMap<i64, Vec<(i64, i64)>>> {
    let ranges = medians.iter().map(|(id, median)| (*id, median.range));
    let mut by_status: HashMap<i64, Vec<(i64, i64)>> = HashMap::new();
    for (id, since, leads) in store::ages::leads_by_day(conn, &ranges.collect::<Vec<_>>())? {
        let of_status = by_status.entry(id).or_default();
        of_status.push(((today - since).max(0), leads));
    }
    Ok(by_status)
}

/// The days of entry of all classes but the last, the latest first; a day in the future counts as today.
fn recent_ranges(today: i64) -> Vec<DayRange> {
    ranges_between(&AgeHistogram::LOWER_BOUNDS, today)
}

/// The days of entry of the last class, in a few ranges.
fn older_ranges(today: i64) -> Vec<DayRange> {
    let oldest = OLDER_BOUNDS[OLDER_BOUNDS.len() - 1];
    let mut all = ranges_between(&OLDER_BOUNDS, today);
    all.push(DayRange {
        min_age: oldest,
        first_day: i32::MIN.into(),
        last_day: today - oldest,
    });
    all
}

/// The days of entry from each of these ages to the next.
fn ranges_between(from: &[i64], today: i64) -> Vec<DayRange> {
    let range = |pair: &[i64]| DayRange {
        min_age: pair[0],
        first_day: today - pair[1] + 1,
        last_day: match pair[0] {
            0 => i32::MAX.into(),
            age => today - age,
        },
    };
    from.windows(2).map(range).collect()
}

/// The range of days that holds the median.
struct MedianRange {
    range: DayRange,
    /// The number of leads in all ranges, and in those of younger leads.
    total: i64,
    before: i64,
}

impl MedianRange {
    /// The range among these sums, after `before` younger leads, in which half of `total` is reached.
    fn find(sums: &[(DayRange, i64)], before: i64, total: i64) -> Option<MedianRange> {
        let mut before = before;
        for (range, leads) in sums {
            if *leads > 0 && 2 * (before + leads) >= total {
                return Some(MedianRange {
                    range: *range,
                    total,
                    before,
                });
            }
            before += leads;
        }
        None
    }

    /// The smallest age in days that at least half of the leads don't exceed, given the ages in the range.
    fn median_among(&self, mut ages: Vec<(i64, i64)>) -> Option<i64> {
        ages.sort_unstable();
        let mut counted = self.before;
        let median = ages.iter().find(|(_, leads)| {
            counted += leads;
            2 * counted >= self.total
        });
        median.map(|(days, _)| *days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_age_has_its_class() {
        let classes = [0, 1, 2, 3, 4, 7, 8, 90, 91, 4_000].map(AgeHistogram::class_of);
        assert_eq!(classes, [0, 0, 1, 1, 2, 2, 3, 6, 7, 7]);
        assert_eq!(
            (AgeHistogram::upper_bound(0), AgeHistogram::upper_bound(7)),
            (Some(1), None)
        );
    }

    #[test]
    fn every_day_is_in_one_range() {
        let all = [recent_ranges(20_000), older_ranges(20_000)].concat();
        for (since, age) in [
            (20_001, 0),
            (20_000, 0),
            (19_999, 0),
            (19_998, 2),
            (19_909, 91),
        ] {
            let within: Vec<i64> = all
                .iter()
                .filter(|range| (range.first_day..=range.last_day).contains(&since))
                .map(|range| range.min_age)
                .collect();
            assert_eq!(within, [age]);
        }
        for pair in all.windows(2) {
            assert_eq!(pair[1].last_day + 1, pair[0].first_day);
        }
    }

    /// The median of these ages, computed by ranges.
    fn median(ages: &[(i64, i64)]) -> Option<i64> {
        let sum = |range: &DayRange| {
            let within = |age: i64| (range.first_day..=range.last_day).contains(&(20_000 - age));
            ages.iter()
                .filter(|(age, _)| within(*age))
                .map(|(_, leads)| leads)
                .sum()
        };
        let all = [recent_ranges(20_000), older_ranges(20_000)].concat();
        let sums: Vec<(DayRange, i64)> = all.iter().map(|range| (*range, sum(range))).collect();
        let middle = MedianRange::find(&sums, 0, ages.iter().map(|(_, leads)| leads).sum())?;
        let within = |(age, _): &&(i64, i64)| {
            (middle.range.first_day..=middle.range.last_day).contains(&(20_000 - age))
        };
        middle.median_among(ages.iter().filter(within).copied().collect())
    }

    #[test]
    fn the_median_is_an_age_that_some_lead_has() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[(3, 1)]), Some(3));
        assert_eq!(median(&[(1, 1), (5, 1)]), Some(1));
        assert_eq!(median(&[(1, 1), (5, 1), (9, 1)]), Some(5));
        assert_eq!(median(&[(9, 1), (200, 2), (190, 3), (900, 1)]), Some(190));
        assert_eq!(median(&[(0, 1), (1, 4)]), Some(1));
    }
}
