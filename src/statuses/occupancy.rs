//! Which leads are in a status now: how many, worth how much, how long they have been there.

use std::collections::{BTreeMap, HashMap};

use super::{Cutoffs, Kind, LeadStatus, store};
use crate::clock::{DAY, Timestamp};
use crate::db::Conn;
use crate::error::Result;

/// How many leads are in one status, and worth how much.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Headcount {
    pub leads: i64,
    /// Leads in the bin that would come back into this status.
    pub in_bin: i64,
    /// The sum of the values of `leads` by currency, in minor units; only sums that are not zero, the largest first.
    pub sums: Vec<(String, i64)>,
}

/// The leads of one status at one moment; without those in the bin, but in the head count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Occupancy {
    pub head: Headcount,
    pub at_risk: i64,
    pub stuck: i64,
    pub paused: i64,
    /// Half of them have been here for at most this many whole days; nothing where no one waits.
    pub median_days: Option<i64>,
    pub ages: Ages,
}

/// How many leads of one status are past its target and past its limit; those that are set aside are neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    pub at_risk: i64,
    pub stuck: i64,
}

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

/// Leads that entered on one day and whose clock counts from one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct AgeRow {
    pub status_id: i64,
    pub clock_day: i64,
    pub wake_day: i64,
    pub since_day: i64,
    pub leads: i64,
}

/// Leads whose clock counts from the very day of a cutoff, at that cutoff or before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Edge {
    pub status_id: i64,
    pub cutoff: Timestamp,
}

/// The day of an instant, counted from 1970.
pub(super) fn day(at: Timestamp) -> i64 {
    at.0.div_euclid(DAY)
}

impl LeadStatus {
    /// The instants before which its leads are at risk and stuck.
    pub fn cutoffs(&self, now: Timestamp) -> Cutoffs {
        Cutoffs::new(self.kind, self.target_days, self.limit_days, now)
    }
}

/// How many leads are in each status, by status id; a status without any may be missing.
pub fn headcounts(conn: &mut Conn) -> Result<HashMap<i64, Headcount>> {
    let mut found: HashMap<i64, Headcount> = HashMap::new();
    for total in store::totals(conn)? {
        let head = found.entry(total.status_id).or_default();
        match total.is_deleted {
            true => head.in_bin += total.leads,
            false => head.add(total.currency, total.leads, total.value_cents),
        }
    }
    Ok(found)
}

/// How many leads are in one status.
pub fn headcount_of(conn: &mut Conn, id: i64) -> Result<Headcount> {
    Ok(headcounts(conn)?.remove(&id).unwrap_or_default())
}

/// The leads in each of these statuses, by status id.
pub fn occupancy(
    conn: &mut Conn,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<HashMap<i64, Occupancy>> {
    let mut heads = headcounts(conn)?;
    let occupied = |status: &LeadStatus| Occupancy {
        head: heads.remove(&status.id).unwrap_or_default(),
        ..Occupancy::default()
    };
    let ids = statuses.iter().map(|status| status.id);
    let mut found: HashMap<i64, Occupancy> = ids.zip(statuses.iter().map(occupied)).collect();
    let waiting: Vec<&LeadStatus> = statuses
        .iter()
        .filter(|status| matches!(status.kind, Kind::Open | Kind::Paused))
        .collect();
    let ids: Vec<i64> = waiting.iter().map(|status| status.id).collect();
    let rows = store::ages(conn, &ids)?;
    let edges = store::edges(conn, &edges_of(&waiting, now), now)?;
    for status in waiting {
        if let Some(occupancy) = found.get_mut(&status.id) {
            let rows: Vec<&AgeRow> = rows
                .iter()
                .filter(|row| row.status_id == status.id)
                .collect();
            occupancy.stand(status, &rows, &edges, now);
        }
    }
    Ok(found)
}

/// The leads in one status.
pub fn occupancy_of(conn: &mut Conn, status: &LeadStatus, now: Timestamp) -> Result<Occupancy> {
    let mut found = occupancy(conn, std::slice::from_ref(status), now)?;
    Ok(found.remove(&status.id).unwrap_or_default())
}

/// How many leads of each of these statuses are at risk and stuck, by status id: what [`occupancy`] tells, too, but
/// summed up by the database and so at any size.
pub fn waiting(
    conn: &mut Conn,
    statuses: &[LeadStatus],
    now: Timestamp,
) -> Result<HashMap<i64, Waiting>> {
    let statuses: Vec<&LeadStatus> = statuses.iter().collect();
    let counted = store::past(conn, &edges_of(&statuses, now), now)?;
    let of_status = |status: &&LeadStatus| {
        let Cutoffs { at_risk, stuck, .. } = status.cutoffs(now);
        let past = |cutoff: Option<Timestamp>| {
            let edge = cutoff.map(|cutoff| Edge {
                status_id: status.id,
                cutoff,
            });
            let count = edge.and_then(|edge| counted.get(&edge));
            count.copied().unwrap_or(0)
        };
        let stuck = past(stuck);
        let at_risk = past(at_risk) - stuck;
        (status.id, Waiting { at_risk, stuck })
    };
    Ok(statuses.iter().map(of_status).collect())
}

/// How many leads are stuck, in all statuses together.
pub fn stuck_in_all(conn: &mut Conn, now: Timestamp) -> Result<i64> {
    let cutoffs = store::stuck_cutoffs(conn, now)?;
    store::stuck(conn, &cutoffs, now)
}

/// How many leads of one owner are stuck.
pub fn stuck_of_owner(conn: &mut Conn, owner: i64, now: Timestamp) -> Result<i64> {
    let cutoffs = store::stuck_cutoffs(conn, now)?;
    store::stuck_of_owner(conn, &cutoffs, owner, now)
}

fn edges_of(statuses: &[&LeadStatus], now: Timestamp) -> Vec<Edge> {
    let edges = statuses.iter().flat_map(|status| {
        let Cutoffs { at_risk, stuck, .. } = status.cutoffs(now);
        let cutoffs = [at_risk, stuck].into_iter().flatten();
        cutoffs.map(|cutoff| Edge {
            status_id: status.id,
            cutoff,
        })
    });
    let mut edges: Vec<Edge> = edges.collect();
    edges.dedup();
    edges
}

impl Headcount {
    /// All leads that keep the status in use, those in the bin too.
    pub fn all(&self) -> i64 {
        self.leads + self.in_bin
    }

    /// Several head counts as one.
    pub fn together<'a>(heads: impl IntoIterator<Item = &'a Headcount>) -> Headcount {
        let mut together = Headcount::default();
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for head in heads {
            together.leads += head.leads;
            together.in_bin += head.in_bin;
            for (currency, cents) in &head.sums {
                *sums.entry(currency).or_default() += cents;
            }
        }
        for (currency, cents) in sums {
            together.add(currency.to_owned(), 0, cents);
        }
        together
    }

    fn add(&mut self, currency: String, leads: i64, cents: i64) {
        self.leads += leads;
        if cents != 0 {
            let at = self.sums.iter().position(|(_, sum)| *sum < cents);
            self.sums
                .insert(at.unwrap_or(self.sums.len()), (currency, cents));
        }
    }
}

impl Occupancy {
    fn stand(
        &mut self,
        status: &LeadStatus,
        rows: &[&AgeRow],
        edges: &HashMap<Edge, i64>,
        now: Timestamp,
    ) {
        let today = day(now);
        let Cutoffs { at_risk, stuck, .. } = status.cutoffs(now);
        let past = |cutoff: Option<Timestamp>| {
            let Some(cutoff) = cutoff else { return 0 };
            let is_past = |row: &&&AgeRow| row.clock_day < day(cutoff) && row.wake_day <= today;
            let whole: i64 = rows.iter().filter(is_past).map(|row| row.leads).sum();
            let edge = Edge {
                status_id: status.id,
                cutoff,
            };
            whole + edges.get(&edge).copied().unwrap_or(0)
        };
        self.stuck = past(stuck);
        self.at_risk = past(at_risk) - self.stuck;
        let is_asleep = |row: &&&AgeRow| status.kind == Kind::Open && row.wake_day > today;
        self.paused = rows.iter().filter(is_asleep).map(|row| row.leads).sum();
        let mut ages: Vec<(i64, i64)> = rows
            .iter()
            .map(|row| ((today - row.since_day).max(0), row.leads))
            .collect();
        ages.sort_unstable();
        for (days, leads) in &ages {
            self.ages.0[Ages::class(*days)] += leads;
        }
        self.median_days = median(&ages);
    }
}

/// The least number of days that at least half do not exceed; `ages` in ascending order.
fn median(ages: &[(i64, i64)]) -> Option<i64> {
    let total: i64 = ages.iter().map(|(_, leads)| leads).sum();
    let mut seen = 0;
    ages.iter()
        .filter(|_| total > 0)
        .find(|(_, leads)| {
            seen += leads;
            2 * seen >= total
        })
        .map(|(days, _)| *days)
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
    fn the_median_is_an_age_that_someone_has() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[(3, 1)]), Some(3));
        assert_eq!(median(&[(1, 1), (5, 1)]), Some(1));
        assert_eq!(median(&[(1, 1), (5, 1), (9, 1)]), Some(5));
    }

    #[test]
    fn sums_stand_with_the_largest_first_and_zero_is_left_out() {
        let mut head = Headcount::default();
        for (currency, cents) in [("EUR", 5), ("RON", 0), ("USD", 9)] {
            head.add(currency.to_owned(), 1, cents);
        }
        let sums = [("USD".to_owned(), 9), ("EUR".to_owned(), 5)];
        assert_eq!((head.leads, &head.sums[..]), (3, &sums[..]));
        let twice = Headcount::together([&head, &head]);
        let sums = [("USD".to_owned(), 18), ("EUR".to_owned(), 10)];
        assert_eq!((twice.all(), &twice.sums[..]), (6, &sums[..]));
    }
}
